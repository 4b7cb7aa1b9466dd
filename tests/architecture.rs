//! Enforced conventions: module dependencies, one adapter per foreign crate, file sizes.

#[path = "architecture/advisories.rs"]
mod advisories;
#[path = "architecture/doors.rs"]
mod doors;
#[path = "support/files.rs"]
mod files;
#[path = "architecture/hints.rs"]
mod hints;
#[path = "architecture/housekeeping.rs"]
mod housekeeping;
#[path = "architecture/layers.rs"]
mod layers;
#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/places.rs"]
mod places;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/supply.rs"]
mod supply;
