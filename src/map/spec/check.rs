//! Validation of the values of a specification, before anything is drawn.

use super::{Contours, DetailSpec, LayerSpec, PlateSpec, SpecError};
use crate::map::symbol::State;
use crate::model::{Party, Status};

impl PlateSpec {
    pub(super) fn checked(self, path: &str) -> Result<Self, SpecError> {
        let refuse = |key: &'static str, value: String, reason: &'static str| {
            Err(SpecError::Value { path: path.to_owned(), key, value, reason })
        };
        if let Some(scale) = self.frame.scale.filter(|s| !(100.0..=1e9).contains(s)) {
            return refuse(
                "frame.scale",
                scale.to_string(),
                "the denominator of a scale lies between 100 and 1 000 000 000",
            );
        }
        if let Some([lon, lat]) = self.frame.centre.filter(|c| c[0].abs() > 180.0 || c[1].abs() > 90.0) {
            return refuse("frame.centre", format!("[{lon}, {lat}]"), "it is [longitude, latitude] in degrees");
        }
        if let Some(e) = self.frame.extent.filter(|e| e[0] >= e[2] || e[1] >= e[3] || e[1] < -90.0 || e[3] > 90.0) {
            return refuse("frame.extent", format!("{e:?}"), "it is [west, south, east, north] in degrees");
        }
        let wrong = |d: &&DetailSpec| {
            d.extent[0] >= d.extent[2] || d.extent[1] >= d.extent[3] || !(100.0..=1e9).contains(&d.scale)
        };
        if let Some(detail) = self.insets.detail.iter().find(wrong) {
            return refuse(
                "insets.detail",
                format!("{:?}", detail.extent),
                "it needs [west, south, east, north] in degrees and a scale",
            );
        }
        if let Some(id) = Party::shared(&self.parties) {
            return refuse("parties", id.to_owned(), "a code or territory is that of one party");
        }
        if let Some(code) = self.alternat.as_ref().filter(|_| !self.parties.is_empty())
            && Party::position(&self.parties, code).is_none()
        {
            return refuse("alternat", code.clone(), "it is the id of one of the parties");
        }
        if let Some(zone) = self.projection.zone.filter(|z| !(1..=60).contains(z)) {
            return refuse("projection.zone", zone.to_string(), "zones are numbered 1 to 60");
        }
        let (width_mm, height_mm) = self.paper.size_mm();
        if !(width_mm > 0.0 && height_mm > 0.0) {
            return refuse("paper", format!("{width_mm} × {height_mm} mm"), "a sheet has a width and a height");
        }
        if let Some(minutes) = self.frame.graticule_minutes.filter(|m| !(0.05..=5400.0).contains(m)) {
            return refuse("frame.graticule_minutes", minutes.to_string(), "it lies between 0.05 and 5400 minutes");
        }
        if let Some(relief) = &self.relief {
            if let Some(sun) = relief.sun.filter(|sun| !(0.0..=360.0).contains(sun)) {
                return refuse("relief.sun", sun.to_string(), "it is a direction of 0 to 360 degrees from north");
            }
            if let Contours::Every(metres) = relief.contours
                && !(1.0..=5000.0).contains(&metres)
            {
                return refuse("relief.contours", metres.to_string(), "contours are 1 to 5000 metres apart");
            }
        }
        for layer in self.layers.iter().chain(self.panels.iter().flat_map(|p| &p.layers)) {
            if let Some((key, value, reason)) = wrong_style(layer) {
                return refuse(key, value, reason);
            }
        }
        Ok(self)
    }
}

/// The first invalid value of a layer's styles, with the rule.
fn wrong_style(layer: &LayerSpec) -> Option<(&'static str, String, &'static str)> {
    for style in &layer.style {
        if let Some(status) = &style.status
            && Status::from_word(status).is_none()
            && State::from_word(status).is_none()
        {
            return Some((
                "layers.style.status",
                status.clone(),
                "a line is demarcated, delimited, agreed, undefined, disputed, control-line, historical, proposed or unspecified, a route in-use, planned or dismantled",
            ));
        }
        if let Some(color) = style.color.as_ref().filter(|_| style.rgb().is_none()) {
            return Some(("layers.style.color", color.clone(), "a colour is written as \"#rrggbb\""));
        }
        if let Some(width) = style.width_mm.filter(|w| !(0.05..=5.0).contains(w)) {
            return Some(("layers.style.width_mm", width.to_string(), "a line is between 0.05 and 5 mm wide"));
        }
        let wrong =
            |dash: &&Vec<f64>| dash.len() > 8 || dash.len() % 2 == 1 || dash.iter().any(|d| !(0.0..=50.0).contains(d));
        if let Some(dash) = style.dash_mm.as_ref().filter(wrong) {
            return Some((
                "layers.style.dash_mm",
                format!("{dash:?}"),
                "dashes and gaps stand in turn, at most four pairs, each up to 50 mm",
            ));
        }
    }
    None
}
