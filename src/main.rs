//! The `wirecopy` program; everything it does is in [`wirecopy::cli`].

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Passages are many small things that come and go on all threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    wirecopy::cli::main()
}
