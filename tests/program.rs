//! What the program does as a whole: its commands, its files, its plates and its documentation.

mod always;
mod cases;
mod cmd;
mod files;
mod maps;
mod readme;
mod support;
