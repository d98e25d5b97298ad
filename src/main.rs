//! The `chutoa` command; see `chutoa --help`.

#![forbid(unsafe_code)]

mod cli;

fn main() -> cli::Exit {
    cli::run()
}
