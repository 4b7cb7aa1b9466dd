//! Systems known only to PROJ, through GDAL.

use super::near;
use super::operation::{Followed, applied, by_code};
use crate::earth::{ChainStep, Crs, Datum, Misfit, azimuth_deg, distance_m};
use crate::io::Problem;
use crate::io::frame::{Choice, SourceCrs, System};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, CoordTransformOptions, SpatialRef};
use geo::Coord;

/// A transformation between a system that is not built in and a built-in one (the hub): WGS 84, or Pulkovo 1942 if that
/// is its datum.
pub(in crate::io) struct Proj {
    transform: CoordTransform,
    name: String,
    hub: Crs,
    text: String,
    unit: Unit,
    /// Accuracy in metres if no operation states one.
    accuracy_m: Option<f64>,
    backwards: bool,
    /// The geographic base system of the other system.
    base: Base,
    /// The EPSG operations used by PROJ so far.
    followed: Followed,
}

/// The geographic base system of another.
struct Base {
    crs: SpatialRef,
    hub: SpatialRef,
    /// Transformations from the other system to the base and back; `None` if the other system is the base.
    there: Option<(CoordTransform, CoordTransform)>,
    /// Whether its datum differs from the hub's.
    crosses: bool,
}

impl Base {
    fn of(there: &SpatialRef, hub: &SpatialRef, crosses: bool) -> Option<Self> {
        let mut crs = there.geog_cs().ok()?;
        crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        let ways =
            |crs: &SpatialRef| Some((CoordTransform::new(there, crs).ok()?, CoordTransform::new(crs, there).ok()?));
        let there = if there.is_geographic() { None } else { Some(ways(&crs)?) };
        Some(Base { crs, hub: hub.clone(), there, crosses })
    }

    /// Longitude and latitude, on the other system's own datum, of a position in it.
    fn lonlat(&self, at: Coord) -> Option<Coord> {
        self.there.as_ref().map_or(Some(at), |(out, _)| applied(out, at))
    }
}

/// Unit of a system, as needed to distinguish degrees from metres.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Degrees,
    /// Metres, or feet.
    Metres,
    Other,
}

impl Unit {
    fn of(crs: &SpatialRef) -> Self {
        match (crs.is_geographic(), crs.is_projected() && crs.linear_units() < 2.0) {
            (true, _) => Unit::Degrees,
            (_, true) => Unit::Metres,
            _ => Unit::Other,
        }
    }
}

impl Proj {
    /// The transformation to the hub, or from it if `backwards`.
    pub fn new(name: &str, definition: &str, frame: &SourceCrs, backwards: bool) -> Result<Self, Problem> {
        let unknown = |_| Problem::UnknownCrs(name.to_owned());
        let mut there = SpatialRef::from_definition(definition).map_err(unknown)?;
        there.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        if there.is_geocentric() {
            return Err(Problem::ThreeAxes(name.to_owned()));
        }
        let base = there.geog_cs().map_err(unknown)?;
        let other = match frame.operation {
            Choice::Other(code) => Some(code),
            _ => None,
        };
        let on_pulkovo = is_pulkovo(&base) && other.is_none();
        if !on_pulkovo && matches!(frame.operation, Choice::Ours(_)) && !is_wgs84(&base) {
            let operation = frame.operation.ours();
            let message = format!("{} {} does not lead out of {name}", operation.id(), operation.name);
            return Err(Problem::Operation(message));
        }
        let hub = if on_pulkovo { Crs::epsg(4284) } else { None }.unwrap_or_else(Crs::wgs84);
        let mut near = SpatialRef::from_epsg(if on_pulkovo { 4284 } else { 4326 }).map_err(unknown)?;
        near.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        let (from, to) = if backwards { (&near, &there) } else { (&there, &near) };
        if let Some(code) = other {
            return Proj::named(name, code, (&there, &near), &hub, backwards);
        }
        let near_it = near::realisation(&base.name().unwrap_or_default(), &datum_name(&base));
        let (transform, ballpark) = match strict(from, to) {
            Ok(transform) => (transform, false),
            Err(_) if frame.allow_ballpark || near_it.is_some() => {
                let loose = CoordTransform::new(from, to).map_err(|_| Problem::Ballpark(name.to_owned()))?;
                (loose, true)
            }
            Err(_) => return Err(Problem::Ballpark(name.to_owned())),
        };
        let how = match (on_pulkovo || is_wgs84(&base), ballpark) {
            (true, _) => format!("projection by PROJ, datum {}", hub.datum().name()),
            (false, true) => "ballpark: the difference of datums is ignored, as allowed".to_owned(),
            (false, false) => {
                "by the operation that PROJ ranks first, which GDAL does not name; no ballpark".to_owned()
            }
        };
        let near_it = near_it.filter(|_| ballpark);
        let how = near_it.map_or(how, |what| {
            format!("taken as WGS 84: {what}, and WGS 84 agree within {} m; {}", near::WITHIN_M, near::SOURCE)
        });
        let (a, b) = if backwards { (hub.name(), name) } else { (name, hub.name()) };
        let (text, unit) = (format!("{a} → {b} ({how})"), Unit::of(&there));
        let crosses = !on_pulkovo && !is_wgs84(&base) && !ballpark;
        let base = Base::of(&there, &near, crosses).ok_or_else(|| Problem::UnknownCrs(name.to_owned()))?;
        let accuracy_m = near_it.map(|_| near::WITHIN_M);
        let followed = Followed::none(backwards);
        Ok(Proj { transform, name: name.to_owned(), text, hub, unit, backwards, base, followed, accuracy_m })
    }

    /// The transformation by an EPSG operation; PROJ applies it between geographic systems only.
    fn named(
        name: &str,
        code: u32,
        (far, near): (&SpatialRef, &SpatialRef),
        hub: &Crs,
        backwards: bool,
    ) -> Result<Self, Problem> {
        let (from, to) = if backwards { (near, far) } else { (far, near) };
        if !far.is_geographic() {
            let message = format!("EPSG:{code} leads between longitudes and latitudes, {name} is projected");
            return Err(Problem::Operation(message));
        }
        let wrong = || Problem::Operation(format!("PROJ cannot take EPSG:{code} out of {name}"));
        let transform = by_code(from, to, code, backwards).ok_or_else(wrong)?;
        let text = format!("{name} → {} (EPSG:{code}, by PROJ)", hub.name());
        let base = Base::of(far, near, true).ok_or_else(wrong)?;
        let followed = Followed::only(code, backwards);
        let (name, hub, unit) = (name.to_owned(), hub.clone(), Unit::of(far));
        Ok(Proj { transform, name, text, hub, unit, backwards, base, followed, accuracy_m: None })
    }

    /// The built-in system at its other end.
    pub fn hub(&self) -> &Crs {
        &self.hub
    }

    /// Coordinates (east, north) in the hub of a position in the other system.
    ///
    /// # Errors
    /// The position is in degrees and the system in metres, or vice versa; or PROJ cannot transform it.
    pub fn out_of(&self, at: Coord) -> Result<Coord, Problem> {
        let within = |limit: f64| at.x.abs() <= limit && at.y.abs() <= limit;
        let misfit = match self.unit {
            Unit::Metres if within(180.0) => Misfit::Degrees,
            Unit::Degrees if !within(540.0) => Misfit::Metres,
            _ => return self.apply(at),
        };
        Err(Problem::Misfit { x: at.x, y: at.y, crs: self.name.clone(), misfit })
    }

    /// Whether the other system is in degrees; `None` if its unit is neither degrees nor metres.
    pub fn in_degrees(&self) -> Option<bool> {
        match self.unit {
            Unit::Degrees => Some(true),
            Unit::Metres => Some(false),
            Unit::Other => None,
        }
    }

    pub fn apply(&self, at: Coord) -> Result<Coord, Problem> {
        let there = applied(&self.transform, at);
        let there = there.ok_or_else(|| Problem::NoTransform { x: at.x, y: at.y, crs: self.name.clone() })?;
        if self.base.crosses {
            let (far, hub) = if self.backwards { (there, at) } else { (at, there) };
            if self.followed.is_new(hub)
                && let Some(own) = self.base.lonlat(far)
            {
                self.followed.note((&self.base.crs, &self.base.hub), (own, hub));
            }
        }
        Ok(there)
    }

    /// Displacement of a position by the change of datum: metres, and azimuth in degrees; the position is in the other
    /// system, or if `backwards` in the hub.
    pub fn moves(&self, at: Coord) -> Option<(f64, f64)> {
        let there = self.apply(at).ok().filter(|_| self.base.crosses)?;
        let (far, hub) = if self.backwards { (there, at) } else { (at, there) };
        let own = self.base.lonlat(far)?;
        let (before, after) = if self.backwards { (hub, own) } else { (own, hub) };
        Some((distance_m(before, after), azimuth_deg(before, after)))
    }

    /// Description of its operations for reports, and their accuracy in metres: that of the least accurate.
    pub fn said(&self) -> (String, Option<f64>) {
        let entries = self.followed.entries();
        if entries.is_empty() {
            return (self.text.clone(), self.accuracy_m);
        }
        let unnamed = self.followed.has_unnamed();
        let mut all: Vec<String> = entries.iter().map(ToString::to_string).collect();
        all.extend(unnamed.then(|| self.text.clone()));
        let said = match all.len() {
            1 => all.remove(0),
            _ => format!("where PROJ ranks each first: {}", all.join("; or ")),
        };
        let accuracies = entries.iter().map(|entry| entry.accuracy_m).chain(unnamed.then_some(None));
        (said, accuracies.reduce(|a, b| Some(a?.max(b?))).flatten())
    }

    /// Positions (lon, lat in degrees) outside the area of use of their operation, with its id and that area.
    pub fn outside(&self) -> Vec<(Coord, String, &'static str)> {
        self.followed.outside().into_iter().map(|(at, entry)| (at, entry.id(), entry.area_of_use)).collect()
    }

    /// Its steps, in order.
    pub fn steps(&self) -> Vec<ChainStep> {
        let plain = |step: String, accuracy_m| ChainStep { step, parameters: None, accuracy_m, area_of_use: None };
        let entries = self.followed.entries();
        let mut steps = match entries.as_slice() {
            [] => return vec![plain(self.text.clone(), self.accuracy_m)],
            [entry] if !self.followed.has_unnamed() => vec![entry.step(self.backwards)],
            _ => {
                let (said, accuracy_m) = self.said();
                vec![plain(said, accuracy_m)]
            }
        };
        if self.base.there.is_some() {
            let own = self.base.crs.name().unwrap_or_default();
            match self.backwards {
                true => steps.push(plain(format!("{own} longitude, latitude → {} (projected)", self.name), Some(0.0))),
                false => steps.insert(
                    0,
                    plain(format!("{} → {own} longitude, latitude (projection undone)", self.name), Some(0.0)),
                ),
            }
        }
        steps
    }
}

fn strict(from: &SpatialRef, to: &SpatialRef) -> gdal::errors::Result<CoordTransform> {
    let mut options = CoordTransformOptions::new()?;
    options.set_ballpark_allowed(false)?;
    CoordTransform::new_with_options(from, to, &options)
}

/// The system of a layer, built in if possible; `None` if a GeoPackage states that it is undefined (OGC 12-128r19,
/// 1.1.2.1).
pub(super) fn system(crs: &SpatialRef) -> Option<System> {
    let known = crs.authority().ok().and_then(|id| Crs::parse(&id).ok());
    if let Some(known) = known {
        return Some(System::Ours(known));
    }
    if crs.name().is_some_and(|name| name.to_lowercase().starts_with("undefined ")) {
        return None;
    }
    if crs.is_geographic() && is_wgs84(crs) {
        return Some(System::Ours(Crs::wgs84()));
    }
    let name = crs.name().unwrap_or_else(|| "a system of its own".to_owned());
    let name = crs.authority().map_or(name.clone(), |id| format!("{id} {name}"));
    let definition = crs.to_wkt().unwrap_or_default();
    Some(System::Other { name, definition })
}

/// A system's name without underscores and Esri's prefix.
fn plain_name(crs: &SpatialRef) -> String {
    crs.name().unwrap_or_default().replace('_', " ").replace("GCS ", "")
}

/// The name of a system's datum.
fn datum_name(crs: &SpatialRef) -> String {
    crs.get_attr_value("DATUM", 0).ok().flatten().unwrap_or_default().replace('_', " ")
}

/// Whether a geographic system or its datum has one of these names: MapInfo's systems have no names of their own.
fn is_named(crs: &SpatialRef, names: &[&str]) -> bool {
    let datum = datum_name(crs);
    names.contains(&plain_name(crs).as_str()) || names.contains(&datum.as_str())
}

fn is_wgs84(crs: &SpatialRef) -> bool {
    let by_name = plain_name(crs).starts_with("WGS 84") || is_named(crs, &["WGS 1984", "World Geodetic System 1984"]);
    crs.auth_code().is_ok_and(|code| code == 4326) || by_name
}

/// Whether a system is WGS 84 longitude and latitude, or agrees with it within metres.
pub(super) fn is_near_wgs84(crs: &SpatialRef) -> bool {
    let near = || near::realisation(&crs.name().unwrap_or_default(), &datum_name(crs)).is_some();
    crs.is_geographic() && (is_wgs84(crs) || near())
}

fn is_pulkovo(crs: &SpatialRef) -> bool {
    crs.auth_code().is_ok_and(|code| code == 4284) || is_named(crs, &[Datum::Pulkovo1942.name()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::Operation;

    #[test]
    fn projections_of_pulkovo_1942_that_are_not_in_the_table_take_our_operation() {
        let frame = SourceCrs::default();
        let sea = Proj::new("Caspian", "EPSG:3388", &frame, false).expect("PROJ knows it");
        assert_eq!(sea.hub().datum(), Datum::Pulkovo1942);
        let lambert = Proj::new("Lambert-93", "EPSG:2154", &frame, false).expect("PROJ knows it");
        assert_eq!(lambert.hub().datum(), Datum::Wgs84);
        let wrong = SourceCrs { operation: Choice::Ours(Operation::default()), ..SourceCrs::default() };
        assert!(matches!(Proj::new("Lambert-93", "EPSG:2154", &wrong, false), Err(Problem::Operation(_))));
    }

    #[test]
    fn realisations_of_the_terrestrial_system_pass_with_their_accuracy() {
        // EPSG: CGCS2000 is ITRF97 at epoch 2000.0; CGCS2000 / 3-degree Gauss-Kruger zone 39 is a grid on it.
        for code in ["EPSG:4490", "EPSG:4527", "EPSG:8988"] {
            let proj = Proj::new(code, code, &SourceCrs::default(), false).expect(code);
            assert_eq!(proj.said().1, Some(1.0), "{code}");
            assert!(proj.said().0.contains("within 1 m"), "{}", proj.said().0);
        }
        let proj = Proj::new("CGCS2000", "EPSG:4490", &SourceCrs::default(), false).expect("it passes");
        let at = Coord { x: 110.0, y: 35.0 };
        assert_eq!(proj.apply(at).expect("it is there"), at);
        // The North American frame moves with its plate, 1 to 2 m away.
        assert!(Proj::new("NAD83(CORS96)", "EPSG:6783", &SourceCrs::default(), false).is_err());
    }

    #[test]
    fn the_operation_that_proj_chooses_is_named() {
        let frame = SourceCrs::default();
        // Bern in LV95: EPSG:1676, three parameters; 196 m by pyproj.
        let swiss = Proj::new("LV95", "EPSG:2056", &frame, false).expect("PROJ knows it");
        let bern = Coord { x: 2_600_000.0, y: 1_200_000.0 };
        swiss.apply(bern).expect("it is there");
        assert!(swiss.said().0.starts_with("EPSG:1676 CH1903+ to WGS 84 (1)"), "{}", swiss.said().0);
        assert_eq!((swiss.said().1, swiss.steps().len(), swiss.outside()), (Some(1.0), 2, vec![]));
        let moved_m = swiss.moves(bern).expect("the datums differ").0;
        assert!((100.0..250.0).contains(&moved_m), "{moved_m}");
        let back = Proj::new("LV95", "EPSG:2056", &frame, true).expect("PROJ knows it");
        back.apply(Coord { x: 7.44, y: 46.95 }).expect("it is there");
        assert!(back.steps()[0].step.ends_with("taken backwards (by PROJ)"));
        // Bengal on the datum of Great Britain.
        let british = Proj::new("OSGB36", "EPSG:4277", &frame, false).expect("PROJ knows it");
        british.apply(Coord { x: 88.5, y: 26.4 }).expect("it is somewhere");
        assert_eq!(british.outside().len(), 1);
    }

    #[test]
    fn every_operation_is_named_where_positions_go_by_several() {
        // ED50 in Cyprus, Spain and Norway: EPSG:1784, 1633 and 1612 or their like, by pyproj's get_last_used_operation.
        let places = [(33.0, 35.0), (-3.0, 40.0), (10.0, 60.0)].map(|(x, y)| Coord { x, y });
        let said = |places: &[Coord]| {
            let proj = Proj::new("ED50", "EPSG:4230", &SourceCrs::default(), false).expect("PROJ knows it");
            for at in places {
                proj.apply(*at).expect("it is there");
            }
            assert!(proj.outside().is_empty(), "{:?}", proj.outside());
            proj.said()
        };
        let (words, accuracy_m) = said(&places);
        for name in ["ED50 to WGS 84 (30)", "ED50 to WGS 84 (28)", "ED50 to WGS 84 (7)"] {
            assert!(words.contains(name), "{words}");
        }
        assert!(accuracy_m.is_some_and(|m| m >= 2.0), "{accuracy_m:?}");
        let [a, b, c] = places;
        assert_eq!(said(&[c, a, b]).0, words);
    }

    #[test]
    fn grids_and_chains_of_operations_are_named() {
        // By projinfo: DHDN by the grid BETA2007 where it is installed; NTF (Paris), NGO 1948 (Oslo) by two steps.
        for (system, at, names) in [
            ("EPSG:31467", (3_450_000.0, 5_570_000.0), &["DHDN to WGS 84 (4)", "DHDN to WGS 84 (2)"][..]),
            ("EPSG:27572", (600_000.0, 2_200_000.0), &["NTF (Paris) to WGS 84 (1)"]),
            ("EPSG:4817", (0.0, 60.0), &["NGO 1948 (Oslo) to WGS 84 (1)"]),
        ] {
            let proj = Proj::new(system, system, &SourceCrs::default(), false).expect(system);
            proj.apply(Coord { x: at.0, y: at.1 }).expect("it is there");
            let (words, accuracy_m) = proj.said();
            assert!(names.iter().any(|name| words.contains(name)) && accuracy_m.is_some(), "{words}");
        }
    }

    #[test]
    fn a_datum_that_nobody_ties_to_wgs_84_is_refused() {
        let unknown = "+proj=longlat +ellps=krass +no_defs";
        let strict = Proj::new("unknown", unknown, &SourceCrs::default(), false);
        assert!(matches!(strict, Err(Problem::Ballpark(_))));
        let loose = SourceCrs { allow_ballpark: true, ..SourceCrs::default() };
        let loose = Proj::new("unknown", unknown, &loose, false).expect("it is allowed");
        assert!(loose.steps()[0].step.contains("ballpark"));
    }
}
