//! Hints for networks without a route.

use super::Hint;
use merestone::construct::{Mode, TraceError};

/// Greatest distance of a place from a way.
const MOST_M: f64 = 50_000.0;
/// Greatest width in metres of gaps for which a straight line is suggested.
const MOST_BRIDGED_M: f64 = 5000.0;

impl Hint for TraceError {
    fn hint(&self) -> String {
        match self {
            TraceError::Vias(_) => "name the places in their order: --via A --via B".into(),
            TraceError::NoWays { mode: Mode::Road, .. } => "for railways: --mode rail".into(),
            TraceError::NoWays { .. } => "for roads: --mode road".into(),
            TraceError::Far { distance_m, at: [lon, lat], .. } if *distance_m < MOST_M => {
                let metres = distance_m.ceil();
                format!("move it to {lon:.6},{lat:.6}, or allow for the distance: --within {metres:.0}")
            }
            TraceError::Far { at: [lon, lat], .. } => {
                format!("longitude comes before latitude; the nearest place of a way is {lon:.6},{lat:.6}")
            }
            TraceError::InAvoided { .. } => "move it out of that territory, or leave --avoid out".into(),
            TraceError::Apart { gaps, .. } => match gaps.iter().map(|gap| gap.width_m).reduce(f64::max) {
                Some(widest_m) if widest_m <= MOST_BRIDGED_M => {
                    format!("to close the gaps by straight lines: --bridge {:.0}", widest_m.ceil().max(1.0))
                }
                _ => "move the places to one part of the network, or take a network that joins them".into(),
            },
            TraceError::Avoided { .. } => "without --avoid the answer says how long the way is there".into(),
            TraceError::OneWay { .. } => "ask for the way back, or move the place to another way".into(),
            _ => "`merestone trace --help` says how to ask".into(),
        }
    }
}
