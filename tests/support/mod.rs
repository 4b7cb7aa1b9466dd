//! What several tests use: the files of the repository, and data that is not in it.

pub mod files;
pub mod shared;
