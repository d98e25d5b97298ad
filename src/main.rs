//! The `chutoa` command; see `chutoa --help`.

#![forbid(unsafe_code)]

mod cli;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> cli::Exit {
    cli::run()
}
