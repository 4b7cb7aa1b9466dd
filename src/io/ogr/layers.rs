//! Which layers of a file of several are read where none is named.

use crate::model::Role;
use gdal::Dataset;
use gdal::vector::{Layer, LayerAccess, OGRwkbGeometryType as Wkb, geometry_type_flatten};

/// Formats whose layers are folders of one map, or the same data sorted by shape.
const ONE_MAP: [&str; 3] = ["GPX", "KML", "LIBKML"];

/// Whether a layer gives the points of routes or tracks once more, as the driver of GPX does.
pub(super) fn is_again(name: &str) -> bool {
    matches!(name, "route_points" | "track_points")
}

/// Positions of the layers that hold features of the shape that a role needs, of any shape without one: all of them where
/// the layers are one map, else the first. Where none does, the first that holds anything, else the first.
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
