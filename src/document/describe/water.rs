//! Lakes that the line passes through.

use super::follow::Stretch;
use crate::document::description::LandmarkClass;

/// A crossing of the outline of a water.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shore {
    /// Chainage in metres.
    pub at_m: f64,
    pub way: u32,
    /// Whether the line enters the water there.
    pub enters: bool,
}

/// Whether waters of a class are lakes; areas of rivers are not.
pub(super) fn is_standing(class: Option<LandmarkClass>) -> bool {
    use LandmarkClass as C;
    matches!(class, Some(C::Lake | C::Pond | C::Reservoir | C::Backwater | C::Sea))
}

/// The stretches of a path in waters whose shores it does not follow: from and to which chainage, and the water.
pub(super) fn waters(mut shores: Vec<Shore>, length_m: f64, followed: &[Stretch]) -> Vec<(f64, f64, u32)> {
    shores.sort_by(|a, b| a.way.cmp(&b.way).then(a.at_m.total_cmp(&b.at_m)));
    let mut out = Vec::new();
    for of_water in shores.chunk_by(|a, b| a.way == b.way) {
        let way = of_water[0].way;
        let mut entered = if of_water[0].enters { None } else { Some(0.0) };
        for shore in of_water {
            match (shore.enters, entered) {
                (true, None) => entered = Some(shore.at_m),
                (false, Some(from_m)) => {
                    out.push((from_m, shore.at_m, way));
                    entered = None;
                }
                _ => {}
            }
        }
        out.extend(entered.map(|from_m| (from_m, length_m, way)));
    }
    let follows = |&(from_m, to_m, way): &(f64, f64, u32)| {
        followed.iter().any(|one| one.way == way && one.from_m < to_m && from_m < one.to_m)
    };
    out.retain(|one| !follows(one));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_in_a_water_from_shore_to_shore() {
        let shore = |at_m, way, enters| Shore { at_m, way, enters };
        let shores = vec![shore(70.0, 1, false), shore(20.0, 1, true), shore(90.0, 1, true), shore(30.0, 0, false)];
        assert_eq!(waters(shores, 100.0, &[]), [(0.0, 30.0, 0), (20.0, 70.0, 1), (90.0, 100.0, 1)]);
    }
}
