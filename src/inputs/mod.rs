//! What a question is asked about, made of what was read: versions of a line, the sides of a ledger, the layers of a plate.
//!
//! The command line and the bindings read the features, each in its own way, and hand them over.

mod ledger;
mod line;
#[cfg(feature = "plates")]
mod plate;

pub use ledger::{After, AfterSide, MixedSides, one_for_one};
pub use line::{LineVersion, NoBorder, border_of, lines_of, tolerance_m};
#[cfg(feature = "plates")]
pub use plate::{as_layers, plain_spec, stated_by};
