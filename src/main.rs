//! The `wirecopy` program.

fn main() {}
