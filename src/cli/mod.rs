//! The `wirecopy` program: command line in, exit code out.
//!
//! Two stages, after ripgrep: [`args`] takes the command line apart without judging it, [`settings`] lays it over
//! environment, file and defaults and checks every value; then the commands call the library. Results
//! go to standard output, everything else to standard error. All the settings stand in one table, [`options`].

pub mod args;
pub mod choice;
pub mod config;
pub mod exit;
pub mod generate;
pub mod interrupt;
pub mod options;
pub mod output;
pub mod pairs;
pub mod progress;
pub mod settings;
pub mod terminal;
pub mod value;
