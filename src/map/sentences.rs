//! Sentences of the furniture: scale, north, projection, grid, cautions.

use super::canvas::{POLEWARD_DEG, View};
use super::furniture::grid::Grid;
use crate::earth::projection::Projection;
use crate::model::{DatumBasis, Status};
use crate::text::{Message, Voice};

/// The sentences of a plate, of one map or of several panels: scale with its least and greatest error, north,
/// projection, grid, and the datum transformation of its data.
pub(crate) fn of_the_map(
    view: &View,
    error: (f64, f64),
    (grid, panels): (Option<Grid>, bool),
    operations: &[&str],
    voice: Voice,
) -> Vec<String> {
    let north = north(view, grid.as_ref(), panels, voice);
    let grid = grid.and_then(|grid| grid_text(&grid, voice));
    let sentences = [scale_error(view, error, voice), north, projection(view, voice), grid];
    sentences.into_iter().chain([transformation(operations, voice)]).flatten().collect()
}

/// The datum operations applied to the data; those identified by a code are given as in their sources.
fn transformation(operations: &[&str], voice: Voice) -> Option<String> {
    let operations: Vec<String> =
        operations.iter().map(|known| datum_basis(&DatumBasis::of_manifest(known), voice.language())).collect();
    voice.say(Message("transformation"), &[("operations", &operations.join("; "))])
}

/// The datum of the positions of an answer, in a language.
pub(crate) fn datum_basis(datum: &DatumBasis, language: &str) -> String {
    match datum {
        DatumBasis::PublishedAsWgs84 => Message("datum-as-published").get(language),
        DatumBasis::ReadAsWgs84 => Message("datum-read-as").get(language),
        other => other.text().to_owned(),
    }
}

/// The scale error away from the centre.
fn scale_error(view: &View, (low, high): (f64, f64), voice: Voice) -> Option<String> {
    let percent = |e: f64| {
        let text = format!("{:+.2}", e * 100.0).replace('-', "−");
        if text.trim_start_matches(['+', '−']) == "0.00" { "0.00".to_owned() } else { text }
    };
    let (least, greatest) = (percent(low), percent(high));
    if view.is_world() {
        let latitude = POLEWARD_DEG.to_string();
        let values = [("least", least.as_str()), ("greatest", &greatest), ("latitude", &latitude)];
        return voice.say(Message("scale-error-world"), &values);
    }
    voice.say(Message("scale-error"), &[("least", &least), ("greatest", &greatest)])
}

/// Convergence at the centre of a map: that of the drawn grid, else of the projection.
pub(crate) fn convergence_deg(view: &View, grid: Option<&Grid>) -> f64 {
    let centre = view.centre_lonlat();
    grid.map_or_else(|| view.projection.convergence_deg(centre), |grid| grid.convergence_deg(centre))
}

fn degrees_and_minutes(angle: f64) -> (i64, String) {
    let minutes = (angle.abs() * 60.0).round() as i64;
    (minutes, format!("{}°{:02}′", minutes / 60, minutes % 60))
}

/// The convergence of one of several maps, for its heading.
pub(crate) fn convergence(view: &View, grid: Option<&Grid>, voice: Voice) -> String {
    let convergence = convergence_deg(view, grid);
    let (minutes, angle) = degrees_and_minutes(convergence);
    let sign = match minutes {
        0 => "",
        _ if convergence > 0.0 => "+",
        _ => "−",
    };
    Message("panel-convergence").with(voice.language(), &[("angle", &format!("{sign}{angle}"))])
}

/// The sentence on north.
fn north(view: &View, grid: Option<&Grid>, panels: bool, voice: Voice) -> Option<String> {
    if view.is_world() || view.pole().is_some() {
        return voice.say(Message("north-world"), &[]);
    }
    if panels {
        return voice.say(Message("north-panels"), &[]);
    }
    let convergence = convergence_deg(view, grid);
    let (minutes, angle) = degrees_and_minutes(convergence);
    let message = match minutes {
        0 => Message("north-grid-is-true"),
        _ if convergence > 0.0 => Message("north-grid-east"),
        _ => Message("north-grid-west"),
    };
    voice.say(message, &[("angle", &angle)])
}

/// The sentence on datum and projection.
fn projection(view: &View, voice: Voice) -> Option<String> {
    let degrees = |d: f64| {
        let minutes = (d.abs() * 60.0).round() as i64;
        let sign = if d < 0.0 { "−" } else { "" };
        if minutes % 60 == 0 {
            format!("{sign}{}°", minutes / 60)
        } else {
            format!("{sign}{}°{:02}′", minutes / 60, minutes % 60)
        }
    };
    let of_meridian = |message: Message, meridian: f64| voice.say(message, &[("meridian", &degrees(meridian))]);
    let projection = match &view.projection {
        Projection::Lambert(p) if p.parallels_deg().0.abs() > 89.99 => {
            of_meridian(Message("projection-polar"), p.central_meridian_deg())
        }
        Projection::Lambert(p) => {
            let (south, north) = p.parallels_deg();
            let [south, north, meridian] = [south, north, p.central_meridian_deg()].map(degrees);
            let values = [("south", south.as_str()), ("north", &north), ("meridian", &meridian)];
            voice.say(Message("projection-conic"), &values)
        }
        Projection::Transverse(p) => {
            let (meridian, factor) = (degrees(p.central_meridian_deg()), p.central_scale().to_string());
            voice.say(Message("projection-transverse"), &[("meridian", &meridian), ("factor", &factor)])
        }
        Projection::Azimuthal(p) => {
            let centre = p.centre_deg();
            let (latitude, longitude) = (degrees(centre.y), degrees(centre.x));
            let values = [("latitude", latitude.as_str()), ("longitude", &longitude)];
            voice.say(Message("projection-azimuthal"), &values)
        }
        Projection::EqualEarth(p) => of_meridian(Message("projection-equal-earth"), p.central_meridian_deg()),
        Projection::Web(_) => voice.say(Message("projection-web"), &[]),
    };
    voice.say(Message("datum"), &[("projection", &projection?)])
}

/// The sentence on the grid.
fn grid_text(grid: &Grid, voice: Voice) -> Option<String> {
    let message = if grid.is_utm() { Message("grid-utm") } else { Message("grid-gauss-kruger") };
    voice.say(message, &[("zone", &grid.zone_text()), ("km", &grid.step_km().to_string())])
}

/// The addition to the disclaimer for a status on the plate.
pub(crate) fn caution(status: Status) -> Option<Message> {
    Some(match status {
        Status::Undefined => Message("caution-undefined"),
        Status::Unspecified => Message("caution-unspecified"),
        Status::Disputed => Message("caution-disputed"),
        Status::ControlLine => Message("caution-control-line"),
        Status::Historical => Message("caution-historical"),
        Status::Proposed => Message("caution-proposed"),
        Status::Delimited | Status::Agreed | Status::Demarcated => return None,
    })
}
