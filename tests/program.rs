//! The program as a whole: commands, files, plates and documentation.

mod always;
mod cases;
mod cmd;
mod files;
mod filter;
mod maps;
mod package;
mod perspective;
mod programs;
mod readme;
mod seal;
mod support;
