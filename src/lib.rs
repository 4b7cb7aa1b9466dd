//! Land borders: lengths, enclaves, routes, shared lines and plates, with every number's method stated.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]
#![warn(missing_docs)]

#[cfg(feature = "dataset")]
mod dataset;
pub mod demarcate;
pub mod earth;
pub mod io;
#[cfg(feature = "plates")]
pub mod map;
pub mod model;
pub mod question;
pub mod report;
#[cfg(feature = "plates")]
mod text;
pub mod topology;

/// The README's Rust example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
