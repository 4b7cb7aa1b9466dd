//! Selects the layers to read from a file with several, if none is named.

use crate::model::Role;
use gdal::Dataset;
use gdal::vector::{Layer, LayerAccess, OGRwkbGeometryType as Wkb, geometry_type_flatten};

/// Formats whose layers are folders of one map, or the same data by geometry type.
const ONE_MAP: [&str; 3] = ["GPX", "KML", "LIBKML"];

/// Whether a layer repeats the points of routes or tracks, as the GPX driver does.
pub(super) fn is_again(name: &str) -> bool {
    matches!(name, "route_points" | "track_points")
}

/// Indices of the layers with features of the geometry type that a role needs (of any type without a role): all of them
/// if the layers form one map, else the first. If there is none, the first non-empty layer, else the first.
pub(super) fn holding(dataset: &Dataset, role: Option<Role>) -> Vec<usize> {
    let indices_of = |holds: &dyn Fn(&mut Layer<'_>) -> bool| -> Vec<usize> {
        let layers = dataset.layers().enumerate().filter(|(_, layer)| !is_again(&layer.name()));
        layers.filter_map(|(index, mut layer)| holds(&mut layer).then_some(index)).collect()
    };
    let mut found = indices_of(&|layer| {
        layer
            .features()
            .any(|feature| feature.geometry().is_some_and(|g| !g.is_empty() && fits(g.geometry_type(), role)))
    });
    if found.is_empty() {
        found = indices_of(&|layer| layer.features().next().is_some());
        found.truncate(1);
    }
    if !ONE_MAP.contains(&dataset.driver().short_name().as_str()) {
        found.truncate(1);
    }
    if found.is_empty() { vec![0] } else { found }
}

fn fits(kind: Wkb::Type, role: Option<Role>) -> bool {
    let kind = geometry_type_flatten(kind);
    let point = matches!(kind, Wkb::wkbPoint | Wkb::wkbMultiPoint);
    let line = matches!(
        kind,
        Wkb::wkbLineString
            | Wkb::wkbMultiLineString
            | Wkb::wkbCircularString
            | Wkb::wkbCompoundCurve
            | Wkb::wkbMultiCurve
    );
    match role {
        None => true,
        Some(Role::Place | Role::Mark) => point,
        Some(Role::Line | Role::River | Role::Route) => line || kind == Wkb::wkbGeometryCollection,
        Some(Role::Territory | Role::Water | Role::Proposal) => !point && !line,
        Some(Role::Relief) => false,
    }
}
