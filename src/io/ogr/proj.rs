//! Systems that only PROJ knows, through GDAL.

use super::near;
use super::operation::{Entry, applied, by_code};
use crate::earth::{ChainStep, Crs, Datum, Misfit, azimuth_deg, distance_m};
use crate::io::Problem;
use crate::io::frame::{Choice, Frame, System};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, CoordTransformOptions, SpatialRef};
use geo::Coord;
use std::cell::{Cell, OnceCell};

/// A transformation between a system that is none of ours and one that is: WGS 84, or Pulkovo 1942 where it is on that datum.
pub(in crate::io) struct Proj {
    transform: CoordTransform,
    name: String,
    hub: Crs,
    text: String,
    unit: Unit,
    /// Where it is one within a metre of WGS 84 and taken as that.
    accuracy_m: Option<f64>,
    backwards: bool,
    /// The way between the other system and its own longitudes and latitudes, and these and the hub's as systems.
    base: Base,
    /// The operation of EPSG's that PROJ goes by, once a position has gone; nothing where the datum is the hub's, or no
    /// operation of the table leads where PROJ does.
    operation: OnceCell<Option<Entry>>,
    /// A position (lon, lat) where the operation is not valid.
    outside: Cell<Option<Coord>>,
}

/// The geographic system that another rests on.
struct Base {
    crs: SpatialRef,
    hub: SpatialRef,
    /// Out of the other system into it, and back; none where the other is it.
    there: Option<(CoordTransform, CoordTransform)>,
    /// Whether its datum is another than the hub's.
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

    /// Longitude and latitude on the other system's own datum of a position in it.
    fn lonlat(&self, at: Coord) -> Option<Coord> {
        self.there.as_ref().map_or(Some(at), |(out, _)| applied(out, at))
    }
}

/// What the numbers of a system are, as far as that tells degrees from metres.
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
    /// The transformation to the hub, or `backwards` from it.
    pub fn new(name: &str, definition: &str, frame: &Frame, backwards: bool) -> Result<Self, Problem> {
        super::quiet();
        let unknown = |_| Problem::UnknownCrs(name.to_owned());
        let mut there = SpatialRef::from_definition(definition).map_err(unknown)?;
        there.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
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
            (false, true) => {
                "ballpark: the difference of datums is passed over, as --allow-ballpark lets it".to_owned()
            }
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
        let (operation, outside) = (OnceCell::new(), Cell::new(None));
        let accuracy_m = near_it.map(|_| near::WITHIN_M);
        Ok(Proj { transform, name: name.to_owned(), text, hub, unit, accuracy_m, backwards, base, operation, outside })
    }

    /// The transformation by an operation of EPSG's; PROJ takes one between geographic systems only.
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
        let (operation, outside) = (OnceCell::from(Entry::of(code)), Cell::new(None));
        let (name, hub, unit) = (name.to_owned(), hub.clone(), Unit::of(far));
        Ok(Proj { transform, name, text, hub, unit, accuracy_m: None, backwards, base, operation, outside })
    }

    /// The system of ours that it leads to or from.
    pub fn hub(&self) -> &Crs {
        &self.hub
    }

    /// Coordinates (east, north) in the hub of a position that a file has in the other system.
    ///
    /// # Errors
    /// The position is in degrees and the system in metres, or the other way about; or PROJ cannot transform it.
    pub fn out_of(&self, at: Coord) -> Result<Coord, Problem> {
        let within = |limit: f64| at.x.abs() <= limit && at.y.abs() <= limit;
        let misfit = match self.unit {
            Unit::Metres if within(180.0) => Misfit::Degrees,
            Unit::Degrees if !within(540.0) => Misfit::Metres,
            _ => return self.apply(at),
        };
        Err(Problem::Misfit { x: at.x, y: at.y, crs: self.name.clone(), misfit })
    }

    /// Whether the other system is in degrees; nothing where its unit is neither that nor metres.
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
            let entry = self.operation.get_or_init(|| {
                let base = self.base.lonlat(far)?;
                Entry::leading(&self.base.crs, &self.base.hub, base, hub)
            });
            if self.outside.get().is_none() && entry.is_some_and(|entry| !entry.covers(hub)) {
                self.outside.set(Some(hub));
            }
        }
        Ok(there)
    }

    /// The operation of EPSG's that positions have gone by.
    fn operation(&self) -> Option<Entry> {
        self.operation.get().copied().flatten()
    }

    /// How far, in metres, and in which azimuth the datum's change moves a position: of the other system, or `backwards`
    /// of the hub.
    pub fn moves(&self, at: Coord) -> Option<(f64, f64)> {
        let there = self.apply(at).ok().filter(|_| self.base.crosses)?;
        let (far, hub) = if self.backwards { (there, at) } else { (at, there) };
        let own = self.base.lonlat(far)?;
        let (before, after) = if self.backwards { (hub, own) } else { (own, hub) };
        Some((distance_m(before, after), azimuth_deg(before, after)))
    }

    /// What reports say of its operation, and its accuracy in metres.
    pub fn said(&self) -> (String, Option<f64>) {
        let named = self.operation().map(|entry| (entry.to_string(), entry.accuracy_m));
        named.unwrap_or_else(|| (self.text.clone(), self.accuracy_m))
    }

    /// A position (lon, lat) that lies outside the area of use of the operation, with its id and that area.
    pub fn outside(&self) -> Option<(Coord, String, &'static str)> {
        let (at, entry) = (self.outside.get()?, self.operation()?);
        Some((at, entry.id(), entry.area_of_use))
    }

    /// Its steps, in order.
    pub fn steps(&self) -> Vec<ChainStep> {
        let plain = |step: String, accuracy_m| ChainStep { step, parameters: None, accuracy_m, area_of_use: None };
        let Some(entry) = self.operation() else { return vec![plain(self.text.clone(), self.accuracy_m)] };
        let mut steps = vec![entry.step(self.backwards)];
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

/// The system of a layer, as one of ours where it is.
pub(super) fn system(crs: &SpatialRef) -> System {
    let known = crs.authority().ok().and_then(|id| Crs::parse(&id).ok());
    if let Some(known) = known {
        return System::Ours(known);
    }
    if crs.is_geographic() && is_wgs84(crs) {
        return System::Ours(Crs::wgs84());
    }
    let name = crs.name().unwrap_or_else(|| "a system of its own".to_owned());
    let name = crs.authority().map_or(name.clone(), |id| format!("{id} {name}"));
    let definition = crs.to_wkt().unwrap_or_default();
    System::Other { name, definition }
}

/// A system's name without the underscores and the prefix by which ESRI writes it.
fn plain_name(crs: &SpatialRef) -> String {
    crs.name().unwrap_or_default().replace('_', " ").replace("GCS ", "")
}

/// The name of a system's datum.
fn datum_name(crs: &SpatialRef) -> String {
    crs.get_attr_value("DATUM", 0).ok().flatten().unwrap_or_default().replace('_', " ")
}

/// Whether a geographic system, or its datum, has one of these names: MapInfo's systems have none of their own.
fn is_named(crs: &SpatialRef, names: &[&str]) -> bool {
    let datum = datum_name(crs);
    names.contains(&plain_name(crs).as_str()) || names.contains(&datum.as_str())
}

fn is_wgs84(crs: &SpatialRef) -> bool {
    let by_name = plain_name(crs).starts_with("WGS 84") || is_named(crs, &["WGS 1984", "World Geodetic System 1984"]);
    crs.auth_code().is_ok_and(|code| code == 4326) || by_name
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
        let frame = Frame::default();
        let sea = Proj::new("Caspian", "EPSG:3388", &frame, false).expect("PROJ knows it");
        assert_eq!(sea.hub().datum(), Datum::Pulkovo1942);
        let lambert = Proj::new("Lambert-93", "EPSG:2154", &frame, false).expect("PROJ knows it");
        assert_eq!(lambert.hub().datum(), Datum::Wgs84);
        let wrong = Frame { operation: Choice::Ours(Operation::default()), ..Frame::default() };
        assert!(matches!(Proj::new("Lambert-93", "EPSG:2154", &wrong, false), Err(Problem::Operation(_))));
    }

    #[test]
    fn the_operation_that_proj_chooses_is_named() {
        let frame = Frame::default();
        // Bern in LV95: EPSG:1676, three parameters; 196 m by pyproj.
        let swiss = Proj::new("LV95", "EPSG:2056", &frame, false).expect("PROJ knows it");
        let bern = Coord { x: 2_600_000.0, y: 1_200_000.0 };
        swiss.apply(bern).expect("it is there");
        assert!(swiss.said().0.starts_with("EPSG:1676 CH1903+ to WGS 84 (1)"), "{}", swiss.said().0);
        assert_eq!((swiss.said().1, swiss.steps().len(), swiss.outside()), (Some(1.0), 2, None));
        let moved_m = swiss.moves(bern).expect("the datums differ").0;
        assert!((100.0..250.0).contains(&moved_m), "{moved_m}");
        let back = Proj::new("LV95", "EPSG:2056", &frame, true).expect("PROJ knows it");
        back.apply(Coord { x: 7.44, y: 46.95 }).expect("it is there");
        assert!(back.steps()[0].step.ends_with("taken backwards (by PROJ)"));
        // Bengal on the datum of Great Britain.
        let british = Proj::new("OSGB36", "EPSG:4277", &frame, false).expect("PROJ knows it");
        british.apply(Coord { x: 88.5, y: 26.4 }).expect("it is somewhere");
        assert!(british.outside().is_some());
    }

    #[test]
    fn realisations_of_the_terrestrial_system_pass_with_their_accuracy() {
        // EPSG: CGCS2000 is ITRF97 at epoch 2000.0; CGCS2000 / 3-degree Gauss-Kruger zone 39 is a grid on it.
        for code in ["EPSG:4490", "EPSG:4527", "EPSG:8988"] {
            let proj = Proj::new(code, code, &Frame::default(), false).expect(code);
            assert_eq!(proj.said().1, Some(1.0), "{code}");
            assert!(proj.said().0.contains("within 1 m"), "{}", proj.said().0);
        }
        let proj = Proj::new("CGCS2000", "EPSG:4490", &Frame::default(), false).expect("it passes");
        let at = Coord { x: 110.0, y: 35.0 };
        assert_eq!(proj.apply(at).expect("it is there"), at);
        // North America's moves with its plate, 1 to 2 m away.
        assert!(Proj::new("NAD83(CORS96)", "EPSG:6783", &Frame::default(), false).is_err());
    }

    #[test]
    fn a_datum_that_nobody_ties_to_wgs_84_is_refused() {
        let unknown = "+proj=longlat +ellps=krass +no_defs";
        let strict = Proj::new("unknown", unknown, &Frame::default(), false);
        assert!(matches!(strict, Err(Problem::Ballpark(_))));
        let loose = Frame { allow_ballpark: true, ..Frame::default() };
        let loose = Proj::new("unknown", unknown, &loose, false).expect("it is allowed");
        assert!(loose.steps()[0].step.contains("ballpark"));
    }
}
