//! Conventions that are executed: who may use whom, one door per foreign crate, sizes of files.

#[path = "architecture/doors.rs"]
mod doors;
#[path = "support/files.rs"]
mod files;
#[path = "architecture/housekeeping.rs"]
mod housekeeping;
#[path = "architecture/layers.rs"]
mod layers;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/supply.rs"]
mod supply;
