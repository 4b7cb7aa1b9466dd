//! Hints for errors and warnings: the library reports kinds, values and positions, and this module alone names the
//! options that help.

mod catalogue;
mod corridor;
#[cfg(feature = "plates")]
mod describe;
mod heights;
mod marks;
mod parse;
#[cfg(feature = "plates")]
mod plate;
mod read;
mod resolve;
mod seal;
mod status;
mod trace;
mod warning;

pub use warning::of_warnings;

use merestone::earth::SheetError;
use merestone::io::WriteError;
use merestone::question::FieldMapError;

/// The hint for an error.
pub trait Hint {
    /// What to type or do next.
    fn hint(&self) -> String;
}

impl Hint for WriteError {
    fn hint(&self) -> String {
        match self.cause.kind() {
            std::io::ErrorKind::NotFound => "make the folder first".into(),
            _ => "choose a path that may be written, with room on its disk".into(),
        }
    }
}

impl Hint for SheetError {
    fn hint(&self) -> String {
        match self {
            SheetError::Joined(_, name) => format!("ask for {name}"),
            _ => "sheets are named like K-38, K-38-В, K-38-XXVII, K-38-103, K-38-103-В, K-38-103-В-а".into(),
        }
    }
}

impl Hint for FieldMapError {
    fn hint(&self) -> String {
        let presets = merestone::question::FieldMap::presets().collect::<Vec<_>>().join(", ");
        format!("give a preset ({presets}), none, or status=FIELD,left=FIELD,right=FIELD (also source, date, accuracy)")
    }
}
