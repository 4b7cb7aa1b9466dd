//! Degree labels of meridians and parallels, along the outline of a map of the world.

use crate::map::canvas::{Align, Text, View};
use crate::map::labels::{Ground, Quad};
use crate::map::paper::MM;
use geo::Coord;

/// Distance from the outline of the world to its labels, in millimetres.
const OFF_MM: f64 = 1.4;

/// The labels with their baseline positions: parallels on either side, meridians above and below, if the frame has room
/// for them. `step` is in degrees.
pub(super) fn labels(view: &View, meridian: f64, step: f64) -> Vec<(Text, Coord, Align)> {
    let text = |degrees: f64, halves: [char; 2]| {
        // Beyond the antimeridian, longitudes wrap to the other hemisphere.
        let degrees = if degrees.abs() > 180.0 { degrees - 360.0 * degrees.signum() } else { degrees };
        let shown = (degrees.abs() * 1000.0).round() / 1000.0;
        let half = if degrees < 0.0 { halves[1] } else { halves[0] };
        let half = if shown == 0.0 || shown == 180.0 { String::new() } else { half.to_string() };
        Text::new(format!("{shown}°{half}"), 6.0)
    };
    let multiples = |low: f64, high: f64, step: f64| {
        ((low / step).ceil() as i64..=(high / step).floor() as i64).map(move |i| i as f64 * step)
    };
    let mut labels = Vec::new();
    for lat in multiples(-90.0 + step / 2.0, 90.0 - step / 2.0, step) {
        for (side, align) in [(-1.0, Align::End), (1.0, Align::Start)] {
            let text = text(lat, ['N', 'S']);
            let end = view.paper(Coord { x: meridian + side * 180.0, y: lat });
            labels.push((text.clone(), end + Coord { x: side * OFF_MM, y: text.cap_mm() / 2.0 } * MM, align));
        }
    }
    // The pole lines are shorter than the equator: there may be room only for every second or third meridian.
    let pole = |lon: f64, lat: f64| view.paper(Coord { x: lon, y: lat });
    let apart_mm = (pole(meridian + step, 90.0).x - pole(meridian, 90.0).x) / MM;
    let widest_mm = Text::new("150°W", 6.0).width_mm() + 1.5;
    let step = step * (widest_mm / apart_mm).ceil().max(1.0);
    for lon in multiples(meridian - 180.0, meridian + 180.0, step) {
        for (lat, down) in [(90.0, -OFF_MM), (-90.0, OFF_MM)] {
            let text = text(lon, ['E', 'W']);
            let down = if down > 0.0 { down + text.cap_mm() } else { down };
            labels.push((text, pole(lon, lat) + Coord { x: 0.0, y: down * MM }, Align::Middle));
        }
    }
    let frame = view.frame.grown(-0.5);
    labels.retain(|(text, at, align)| {
        let left = at.x - text.width_mm() * MM * align.share();
        let right = left + text.width_mm() * MM;
        left > frame.x0 && right < frame.x1 && at.y - text.cap_mm() * MM > frame.y0 && at.y < frame.y1
    });
    labels
}

/// Keeps the labels of a map of the world off its degree labels.
pub(crate) fn reserve(view: &View, step: f64, ground: &mut Ground) {
    let Some((meridian, _)) = view.world() else { return };
    for (text, at, align) in labels(view, meridian, step) {
        let (width, cap) = (text.width_mm() * MM, text.cap_mm() * MM);
        let middle = at + Coord { x: width * (0.5 - align.share()), y: -cap / 2.0 };
        ground.take(Quad::new(middle, width, cap, 0.0));
    }
}
