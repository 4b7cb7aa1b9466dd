//! The `merestone` program: parse, run, print, exit.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod cli;

/// The largest block up to which glibc adapts its limits (`DEFAULT_MMAP_THRESHOLD_MAX`), less the header and a page.
const LARGEST_ADAPTED_BLOCK: usize = (32 << 20) - 8192;

fn main() -> std::process::ExitCode {
    // After a large block has been freed, glibc keeps freed blocks up to that size for reuse. It otherwise returns each
    // to the system, which zeroes its pages anew: 2 to 3 % of the time of `borders` on 71 MB.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGEST_ADAPTED_BLOCK)));
    cli::main()
}
