//! Support for several tests: files of the repository, and shared data outside it.

pub mod files;
pub mod shared;
