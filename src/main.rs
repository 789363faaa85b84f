//! The `wirecopy` program; everything it does is in [`wirecopy::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    wirecopy::cli::main()
}
