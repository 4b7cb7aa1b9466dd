//! The position of the map on the paper, and its projection and scale.

use super::canvas::View;
use super::cluster::Cluster;
use super::content::{Content, Level};
use super::error::MapError;
use super::paper::{Bounds, MM};
use super::spec::{FrameSpec, ProjectionKind, ProjectionSpec};
use crate::earth::projection::{
    Ellipsoid, EqualEarth, Lambert, LambertAzimuthal, Projection, TransverseMercator, WebMercator,
};
use geo::Coord;

/// The division of the paper: the map's frame and the panel beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Layout {
    pub width_mm: f64,
    pub height_mm: f64,
    /// Factor by which the composed sheet is enlarged to its paper.
    pub enlarged: f64,
    pub frame: Bounds,
    pub panel: Bounds,
    /// Room under the map for the profile of a route.
    pub strip: Option<Bounds>,
    /// Room at the foot of the sheet for notes and sources, if they are not in the panel.
    pub foot: Option<Bounds>,
}

/// The position of the panel: to the right of the map, or under a wide map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    /// Width in millimetres.
    Beside(f64),
    /// Least height in millimetres, under a map of any shape.
    Under(f64),
    /// Least height in millimetres, under a map of the world.
    UnderTheWorld(f64),
}

impl Layout {
    /// The least share of the sheet's height for the map.
    const LEAST_MAP: f64 = 0.3;
    /// Height of a frame for the world, as a share of its width: that of Equal Earth, with room for degree labels.
    const WORLD: f64 = 0.53;

    /// Possible widths of the panel in millimetres, the usual one first: at most about a third of the sheet, slightly
    /// more in portrait.
    pub(crate) fn panel_widths(width_mm: f64, height_mm: f64) -> Vec<f64> {
        let (usual, widest) = if width_mm >= height_mm { (0.205, 0.36) } else { (0.26, 0.42) };
        let least = (width_mm * usual).clamp(56.0, 92.0);
        let most = (width_mm * widest).max(least);
        (0..=4).map(|i| least + (most - least) * f64::from(i) / 4.0).collect()
    }

    /// Divides the sheet into the map, its panel and the room under both; none if no room is left for a map.
    pub(crate) fn of((width_mm, height_mm): (f64, f64), profile: bool, panel: Side, foot_mm: f64) -> Option<Self> {
        let right = width_mm - 8.0;
        let end_mm = height_mm - foot_mm;
        let foot_right = if matches!(panel, Side::Beside(_)) { right } else { width_mm - 14.0 };
        let foot = Bounds::mm(14.0, end_mm - 9.5, foot_right, height_mm - 9.5);
        let foot = (foot_mm > 0.0).then_some(foot);
        let panel_mm = match panel {
            Side::Beside(width_mm) => width_mm,
            Side::Under(panel_mm) | Side::UnderTheWorld(panel_mm) => {
                let is_world = matches!(panel, Side::UnderTheWorld(_));
                let shape_mm = if is_world { (width_mm - 28.0) * Self::WORLD } else { f64::MAX };
                let least_mm = shape_mm.min(height_mm * Self::LEAST_MAP);
                let under_mm = 13.0 + shape_mm.min(end_mm - 11.5 - panel_mm - 6.0 - 13.0);
                let frame = Bounds::mm(14.0, 13.0, width_mm - 14.0, under_mm);
                let panel = Bounds::mm(14.0, under_mm + 6.0, width_mm - 14.0, end_mm - 11.5);
                let layout = Layout { width_mm, height_mm, enlarged: 1.0, frame, panel, strip: None, foot };
                return (frame.height() >= least_mm * MM).then_some(layout);
            }
        };
        let under_mm = end_mm - if profile { 49.0 } else { 19.0 };
        if under_mm - 13.0 < height_mm * Self::LEAST_MAP {
            return None;
        }
        let frame = Bounds::mm(14.0, 13.0, right - panel_mm - 12.0, under_mm);
        let strip = Bounds::mm(14.0, under_mm + 9.0, right - panel_mm - 12.0, end_mm - 10.0);
        let panel = Bounds::mm(right - panel_mm, 11.5, right, end_mm - 11.5);
        Some(Layout { width_mm, height_mm, enlarged: 1.0, frame, panel, strip: profile.then_some(strip), foot })
    }

    /// The panel's columns: one beside the map, several under it.
    pub(crate) fn columns(&self) -> Vec<Bounds> {
        const GAP: f64 = 8.0 * MM;
        let p = self.panel;
        let is_under = p.y0 >= self.frame.y1;
        let count = if is_under { (p.width() / (85.0 * MM)).floor().max(2.0) } else { 1.0 };
        let width = (p.width() + GAP) / count - GAP;
        let left = (0..count as usize).map(|i| p.x0 + (width + GAP) * i as f64);
        left.map(|x0| Bounds { x0, x1: x0 + width, ..p }).collect()
    }

    /// Frames of `count` panels in rows of `columns`, with room for titles and labels between them.
    pub(crate) fn cells(&self, count: usize, columns: Option<usize>) -> Vec<Bounds> {
        let columns = columns.unwrap_or(if count <= 3 { count } else { count.div_ceil(2) }).clamp(1, count.max(1));
        let rows = count.div_ceil(columns);
        let (gap_x, gap_y) = (14.0 * MM, 18.0 * MM);
        let top = self.frame.y0 + 4.0 * MM;
        let width = (self.frame.width() - gap_x * (columns - 1) as f64) / columns as f64;
        let height = (self.frame.y1 - top - gap_y * (rows - 1) as f64) / rows as f64;
        let cell = |i: usize| {
            let (x, y) = ((i % columns) as f64 * (width + gap_x), (i / columns) as f64 * (height + gap_y));
            Bounds { x0: self.frame.x0 + x, y0: top + y, x1: self.frame.x0 + x + width, y1: top + y + height }
        };
        (0..count).map(cell).collect()
    }
}

/// Refuses paper too small or too large for a plate.
pub(crate) fn check_paper((width_mm, height_mm): (f64, f64)) -> Result<(), MapError> {
    let is_paper = width_mm >= 160.0 && height_mm >= 120.0 && width_mm <= 2000.0 && height_mm <= 2000.0;
    if is_paper { Ok(()) } else { Err(MapError::PaperTooSmall { width_mm, height_mm }) }
}

/// Whether the frame is fitted to the data.
pub(crate) fn is_fitted(spec: &FrameSpec) -> bool {
    spec.extent.is_none() && spec.centre.is_none() && spec.focus.is_empty()
}

/// The view of the main map.
pub(crate) fn view(
    spec: &FrameSpec,
    projection_spec: &ProjectionSpec,
    content: &Content,
    frame: Bounds,
    enlarged: f64,
) -> Result<View, MapError> {
    let mut extent = extent(spec, content)?;
    if spec.extent.is_none() {
        extent = across_the_antimeridian(extent, content);
    }
    if projection_spec.kind == ProjectionKind::WebMercator && spec.extent.is_none() {
        // Mercator maps the poles to infinity.
        extent = Bounds { y0: extent.y0.max(-72.0), y1: extent.y1.min(83.6), ..extent };
    }
    let middle = spec.centre.map_or(extent.centre(), |[x, y]| Coord { x, y });
    let projection = projection(projection_spec, middle, &seen(spec, middle, &extent, frame, enlarged))?;
    if let Projection::EqualEarth(p) = &projection {
        let (west, east) = (p.central_meridian_deg() - 180.0, p.central_meridian_deg() + 180.0);
        if extent.x0 < west || extent.x1 > east {
            extent = Bounds { x0: west, x1: east, ..extent };
        }
    }
    let shape = match is_fitted(spec) && extent.width() < 300.0 {
        true => Some(land_within(&extent, content)).filter(|land| !land.is_empty()),
        false => None,
    };
    let shape = shape.unwrap_or_else(|| outline(&extent));
    let on_projection = shape.into_iter().map(|p| projection.forward(p)).collect::<Vec<_>>();
    if on_projection.iter().any(|p| !p.x.is_finite() || !p.y.is_finite() || p.x.abs() > 4e7 || p.y.abs() > 4e7) {
        let reason = "it has no finite position for some of its corners".to_owned();
        return Err(MapError::Projection { projection: name(&projection), reason });
    }
    let box_m = Bounds::of(&on_projection).expect("an outline has points");
    let centre = match spec.centre {
        Some([x, y]) => Coord { x, y },
        None => projection.inverse(box_m.centre()),
    };
    let scale = spec.scale.unwrap_or_else(|| {
        let fitting = |width: f64, height: f64| (box_m.width() / width).max(box_m.height() / height) * 1e6 / enlarged;
        match projection {
            // With room for degree labels at the outline of the world; the scale is that of the middle parallel.
            Projection::EqualEarth(_) if extent.width() >= 300.0 => {
                let fitting = fitting(frame.width() - 20.0 * MM, frame.height() - 9.0 * MM);
                round_world_scale(fitting / projection.scale_factor(centre))
            }
            _ if spec.extent.is_some() => round_scale(fitting(frame.width(), frame.height())),
            Projection::EqualEarth(_) => {
                round_scale(fitting(frame.width(), frame.height()) * MARGIN / projection.scale_factor(centre))
            }
            _ => round_scale(fitting(frame.width(), frame.height()) * MARGIN),
        }
    });
    let view = View::new(projection, centre, scale, frame).enlarged(enlarged);
    let corners = frame.ring().into_iter().map(|p| view.lonlat(p));
    if corners.clone().any(|p| !p.x.is_finite() || !p.y.is_finite()) {
        let reason = "a corner of the frame lies off the earth; use a larger scale".to_owned();
        return Err(MapError::Projection { projection: name(&projection), reason });
    }
    Ok(view)
}

/// Share of the frame that fitted data would fill, inverted.
const MARGIN: f64 = 1.02;

/// Positions in degrees along the outlines of the territories within an extent: every edge at its ends and, if it is
/// long, between them, and of outlines with many edges only some.
fn land_within(extent: &Bounds, content: &Content) -> Vec<Coord> {
    const MOST: usize = 600;
    let is_inside = |b: &Bounds| {
        [-360.0, 0.0, 360.0].iter().any(|turn| {
            let c = Coord { x: b.centre().x + turn, y: b.centre().y };
            extent.grown(1e-9).contains(c)
        })
    };
    let land = content.regions.iter().filter(|r| r.level == Level::Base && !r.meta.clipped);
    let shells = land.flat_map(|r| r.parts.iter().filter_map(|part| part.first()));
    let mut found = Vec::new();
    for shell in shells.filter(|shell| Bounds::of(*shell).is_some_and(|b| is_inside(&b))) {
        let step = shell.len() / MOST + 1;
        for (i, edge) in shell.windows(2).enumerate() {
            let d = edge[1] - edge[0];
            let parts = if d.x.abs().max(d.y.abs()) > 1.0 { 8 } else { 1 };
            if parts > 1 || i % step == 0 {
                found.extend((0..parts).map(|k| edge[0] + d * (f64::from(k) / f64::from(parts))));
            }
        }
    }
    found
}

/// The approximate part of an extent visible in a frame of the requested scale: the projection is fitted to it.
fn seen(spec: &FrameSpec, middle: Coord, extent: &Bounds, frame: Bounds, enlarged: f64) -> Bounds {
    const DEG_M: f64 = 111_000.0;
    let Some(scale) = spec.scale else { return *extent };
    let half_deg = |um: f64| um * 1e-6 * scale * enlarged / 2.0 / DEG_M;
    let (x, y) = (half_deg(frame.width()) / middle.y.to_radians().cos().max(0.05), half_deg(frame.height()));
    let seen = Bounds {
        x0: extent.x0.max(middle.x - x),
        x1: extent.x1.min(middle.x + x),
        y0: extent.y0.max(middle.y - y),
        y1: extent.y1.min(middle.y + y),
    };
    if seen.x0 < seen.x1 && seen.y0 < seen.y1 { seen } else { *extent }
}

/// The next larger round denominator of a scale.
pub(crate) fn round_scale(scale: f64) -> f64 {
    let power = 10f64.powf(scale.log10().floor());
    let steps = [1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.5, 10.0];
    steps.iter().map(|s| s * power).find(|s| *s >= scale * 0.9999).unwrap_or(10.0 * power)
}

/// As [`round_scale`] in finer steps: a map of the world should use the paper fully.
fn round_world_scale(scale: f64) -> f64 {
    let power = 10f64.powf(scale.log10().floor()) / 20.0;
    (scale / power).ceil() * power
}

/// Bounds in degrees of the content that must be visible.
fn extent(spec: &FrameSpec, content: &Content) -> Result<Bounds, MapError> {
    if let Some([x0, y0, x1, y1]) = spec.extent {
        return Ok(Bounds { x0, y0, x1, y1 });
    }
    // Requested places are shown even if they are outliers.
    if spec.focus.is_empty()
        && spec.centre.is_none()
        && let Some(cluster) = Cluster::of(content)
    {
        return Ok(cluster.bounds);
    }
    let mut all: Option<Bounds> = None;
    let mut add = |points: &[Coord]| {
        if let Some(b) = Bounds::of(points) {
            all = Some(all.map_or(b, |a| a.union(&b)));
        }
    };
    let mut missing: Vec<&String> = spec.focus.iter().collect();
    for region in &content.regions {
        let named = spec.focus.contains(&region.meta.id);
        missing.retain(|id| **id != region.meta.id);
        let whole = spec.focus.is_empty() && region.level == Level::Base && !region.meta.clipped;
        if named || whole {
            region.parts.iter().flatten().for_each(|ring| add(ring));
        }
    }
    for way in &content.ways {
        missing.retain(|id| **id != way.meta.id);
        if spec.focus.contains(&way.meta.id) {
            way.lines.iter().for_each(|line| add(line));
        }
    }
    if let Some(id) = missing.first() {
        return Err(MapError::MissingFeature { feature: (*id).clone() });
    }
    if all.is_none() {
        let mut add = |points: &[Coord]| {
            if let Some(b) = Bounds::of(points) {
                all = Some(all.map_or(b, |a| a.union(&b)));
            }
        };
        content.regions.iter().flat_map(|r| r.parts.iter().flatten()).for_each(|l| add(l));
        content.boundaries.iter().flat_map(|b| &b.lines).for_each(|l| add(l));
        content.ways.iter().flat_map(|w| &w.lines).for_each(|l| add(l));
        content.places.iter().for_each(|p| add(&[p.place.position]));
        content.pieces.iter().flat_map(|(p, _)| &p.parts).for_each(|p| add(&p.exterior().0));
    }
    let b = all.ok_or_else(|| MapError::NothingInside { frame: "no data".to_owned() })?;
    // A single point gets a frame of some kilometres, a very small area one of some metres.
    Ok(if b.width() < 1e-7 && b.height() < 1e-7 {
        Bounds { x0: b.x0 - 0.02, y0: b.y0 - 0.02, x1: b.x1 + 0.02, y1: b.y1 + 0.02 }
    } else if b.width() < 2e-4 && b.height() < 2e-4 {
        let c = b.centre();
        Bounds { x0: c.x - 1e-4, y0: c.y - 1e-4, x1: c.x + 1e-4, y1: c.y + 1e-4 }
    } else {
        b
    })
}

/// Bounds of data on both sides of the antimeridian, with longitudes continued eastwards beyond 180°, if that makes
/// them narrower.
fn across_the_antimeridian(extent: Bounds, content: &Content) -> Bounds {
    if extent.width() <= 180.0 {
        return extent;
    }
    let east = |p: &Coord| if p.x < 0.0 { p.x + 360.0 } else { p.x };
    let rings = content.regions.iter().flat_map(|r| r.parts.iter().flatten().flatten());
    let lines = content.boundaries.iter().flat_map(|b| b.lines.iter().flatten());
    let ways = content.ways.iter().flat_map(|w| w.lines.iter().flatten());
    let points = content.places.iter().map(|s| &s.place.position);
    let all = rings.chain(lines).chain(ways).chain(points).map(east);
    let (x0, x1) = all.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
    if x1 - x0 < extent.width() * 0.75 { Bounds { x0, x1, ..extent } } else { extent }
}

/// Greatest width in degrees of an extent on the equator that is not shown on a projection of the world.
const WIDEST_ON_EQUATOR_DEG: f64 = 110.0;
/// Width in degrees beyond which land surrounds a pole; a cone can still show less.
const ROUND_DEG: f64 = 220.0;

/// Whether an extent surrounds a pole: the sign of its latitude.
fn pole(extent: &Bounds) -> Option<f64> {
    let is_round = extent.width() > ROUND_DEG;
    if extent.y0 > 83.0 || is_round && extent.y0 > 40.0 {
        Some(1.0)
    } else if extent.y1 < -83.0 || is_round && extent.y1 < -40.0 {
        Some(-1.0)
    } else {
        None
    }
}

/// Whether an extent is that of a continent: cones, and cylinders on the equator, distort its edges by more than a tenth.
fn is_continental(extent: &Bounds) -> bool {
    const HIGH_DEG: f64 = 45.0;
    const WIDE_AT_POLE_DEG: f64 = 70.0;
    let on_equator = extent.centre().y.abs() < 8.0 && extent.width() > HIGH_DEG;
    let is_near_pole = extent.y0.abs().max(extent.y1.abs()) > 75.0;
    extent.height() > HIGH_DEG || on_equator || is_near_pole && extent.width() > WIDE_AT_POLE_DEG
}

/// The azimuthal projection about a centre, rounded as the plate states it.
fn azimuthal(spec: &ProjectionSpec, middle: Coord) -> Projection {
    let meridian = spec.central_meridian.unwrap_or(middle.x.round());
    let meridian = (meridian + 180.0).rem_euclid(360.0) - 180.0;
    Projection::Azimuthal(LambertAzimuthal::wgs84(Coord { x: meridian, y: middle.y.round() }))
}

/// Whether an extent is too wide or too high for a conic projection, and no other projection was requested.
fn is_world(spec: &ProjectionSpec, extent: &Bounds) -> bool {
    let own_cone = spec.kind == ProjectionKind::Lambert && spec.parallels.is_none();
    // Far from the equator meridians converge, and a conic projection can be wide.
    let widest = if extent.y0 > 30.0 || extent.y1 < -30.0 { ROUND_DEG } else { 150.0 };
    own_cone && pole(extent).is_none() && (extent.width() > widest || extent.height() > 100.0)
}

pub(super) fn projection(spec: &ProjectionSpec, middle: Coord, extent: &Bounds) -> Result<Projection, MapError> {
    let meridian = spec.central_meridian.unwrap_or((middle.x * 10.0).round() / 10.0);
    let far = |zone_meridian: f64| (extent.x0 - zone_meridian).abs().max((extent.x1 - zone_meridian).abs()) > 40.0;
    let zone = |spec: &ProjectionSpec| {
        spec.zone.unwrap_or((((middle.x + 180.0) / 6.0).floor() as i64).rem_euclid(60) as u8 + 1)
    };
    let projection = match spec.kind {
        ProjectionKind::Lambert => {
            let sixth = extent.height() / 6.0;
            let tidy = |lat: f64| (lat * 2.0).round() / 2.0;
            let given = spec.parallels.map(|[south, north]| (south, north));
            let fitted = (tidy(extent.y0 + sixth), tidy(extent.y1 - sixth));
            // Of a small extent both would be the same half degree.
            let finer = |lat: f64| (lat * 60.0).round() / 60.0;
            let fitted = match fitted.0 == fitted.1 {
                true => (finer(extent.y0 + sixth), finer(extent.y1 - sixth)),
                false => fitted,
            };
            let (south, north) = given.unwrap_or(fitted);
            if spec.parallels.is_none()
                && let Some(sign) = pole(extent)
            {
                // The limiting case of the cone is the polar stereographic projection.
                let meridian = if extent.width() > ROUND_DEG { spec.central_meridian.unwrap_or(0.0) } else { meridian };
                Projection::Lambert(Lambert::wgs84(sign * 89.9999, sign * 89.9999, sign * 90.0, meridian))
            } else if is_world(spec, extent)
                || spec.parallels.is_none() && middle.y.abs() < 8.0 && extent.width() > WIDEST_ON_EQUATOR_DEG
            {
                world(spec, middle, extent)
            } else if spec.parallels.is_none() && is_continental(extent) {
                azimuthal(spec, middle)
            } else if spec.parallels.is_none() && middle.y.abs() < 8.0 {
                // A conic projection cannot be fitted to the equator.
                Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0))
            } else if (south + north).abs() < 1.0 || south.abs().max(north.abs()) > 89.0 {
                let reason = format!("standard parallels {south}° and {north}° give no cone");
                return Err(MapError::Projection { projection: "Lambert conformal conic", reason });
            } else {
                Projection::Lambert(Lambert::wgs84(south, north, tidy(middle.y), meridian))
            }
        }
        ProjectionKind::AzimuthalEqualArea => azimuthal(spec, middle),
        ProjectionKind::TransverseMercator => {
            Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0))
        }
        ProjectionKind::Utm => Projection::Transverse(TransverseMercator::utm(zone(spec), middle.y < 0.0)),
        ProjectionKind::GaussKruger => {
            // Gauss–Krüger zone 1 begins at Greenwich, UTM zone 1 at the antimeridian.
            let zone = spec.zone.unwrap_or(((middle.x / 6.0).floor() as i64).rem_euclid(60) as u8 + 1);
            Projection::Transverse(TransverseMercator::gauss_kruger(zone, Ellipsoid::WGS84))
        }
        ProjectionKind::EqualEarth => world(spec, middle, extent),
        ProjectionKind::WebMercator => Projection::Web(WebMercator),
    };
    if let Projection::Transverse(p) = &projection
        && far(p.central_meridian_deg())
    {
        let reason = format!("it reaches more than 40° from the central meridian {}°", p.central_meridian_deg());
        return Err(MapError::Projection { projection: name(&projection), reason });
    }
    Ok(projection)
}

/// The world about a meridian: Greenwich if all of it is shown, else a whole degree in the middle of the extent.
fn world(spec: &ProjectionSpec, middle: Coord, extent: &Bounds) -> Projection {
    let own = if extent.width() > 300.0 { 0.0 } else { (middle.x.round() + 180.0).rem_euclid(360.0) - 180.0 };
    Projection::EqualEarth(EqualEarth::wgs84(spec.central_meridian.unwrap_or(own)))
}

fn name(projection: &Projection) -> &'static str {
    match projection {
        Projection::Lambert(_) => "Lambert conformal conic",
        Projection::Azimuthal(_) => "Lambert azimuthal equal-area",
        Projection::Transverse(_) => "transverse Mercator",
        Projection::EqualEarth(_) => "Equal Earth",
        Projection::Web(_) => "web Mercator",
    }
}

/// The outline of an extent in degrees, densified between its corners.
pub(crate) fn outline(extent: &Bounds) -> Vec<Coord> {
    let ring = extent.ring();
    let between = |w: &[Coord]| {
        let (a, b) = (w[0], w[1]);
        (0..16).map(move |i| a + (b - a) * (f64::from(i) / 16.0)).collect::<Vec<_>>()
    };
    ring.windows(2).flat_map(between).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round() {
        assert_eq!(round_scale(1_870_000.0), 2_000_000.0);
        assert_eq!(round_scale(740_000.0), 750_000.0);
        assert_eq!(round_scale(1_000_000.0), 1_000_000.0);
    }
}
