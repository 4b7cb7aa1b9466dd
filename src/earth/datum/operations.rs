//! The built-in coordinate operations, from the EPSG dataset (v11.022, in PROJ 9.5.1); the same in every build.

use super::{Helmert, HelmertMethod, Operation};
use std::borrow::Cow;

/// The default operation, EPSG:15865: derived at 30 stations throughout the USSR, whose
/// area of use is all of it onshore.
pub const DEFAULT_OPERATION: Operation = OPERATION_15865;

const OPERATION_15865: Operation = operation(
    15865,
    "Pulkovo 1942 to WGS 84 (16)",
    HelmertMethod::CoordinateFrame,
    ([25.0, -141.0, -78.5], [0.0, -0.35, -0.736], 0.0),
    Some(4.5),
    ("Armenia, Azerbaijan and the rest of the former USSR onshore", [19.57, 35.14, -168.97, 81.91]),
);

/// The built-in operations from Pulkovo 1942 to WGS 84; the default first.
pub const OPERATIONS: [Operation; 7] = [
    OPERATION_15865,
    operation(
        5044,
        "Pulkovo 1942 to WGS 84 (20)",
        HelmertMethod::CoordinateFrame,
        ([23.57, -140.95, -79.8], [0.0, -0.35, -0.79], -0.22),
        Some(3.0),
        ("Russian Federation onshore (GOST R 51794-2008)", [19.58, 41.19, -168.97, 81.91]),
    ),
    operation(
        1267,
        "Pulkovo 1942 to WGS 84 (17)",
        HelmertMethod::CoordinateFrame,
        ([23.92, -141.27, -80.9], [0.0, -0.35, -0.82], -0.12),
        Some(4.0),
        ("Russian Federation onshore (GOST R 51794-2001, superseded)", [19.58, 41.19, -168.97, 81.91]),
    ),
    operation(
        1808,
        "Pulkovo 1942 to WGS 84 (14)",
        HelmertMethod::PositionVector,
        ([686.1, -123.5, -574.4], [8.045, -23.366, 10.791], -2.926),
        Some(5.0),
        ("Azerbaijan and Georgia onshore (AIOC97)", [39.99, 37.89, 51.73, 43.59]),
    ),
    operation(
        1807,
        "Pulkovo 1942 to WGS 84 (13)",
        HelmertMethod::PositionVector,
        ([27.0, -135.0, -84.5], [0.0, 0.0, 0.554], 0.2263),
        Some(10.0),
        ("Azerbaijan onshore and offshore (AIOC95)", [44.77, 37.89, 51.73, 42.59]),
    ),
    operation(
        1254,
        "Pulkovo 1942 to WGS 84 (1)",
        HelmertMethod::Translation,
        ([28.0, -130.0, -95.0], [0.0, 0.0, 0.0], 0.0),
        None,
        ("Russian Federation onshore (DMA)", [19.58, 41.19, -168.97, 81.91]),
    ),
    operation(
        1809,
        "Pulkovo 1942 to WGS 84 (15)",
        HelmertMethod::PositionVector,
        ([926.4, -715.9, -186.4], [-10.364, -20.78, 26.452], -7.224),
        Some(2.0),
        ("Azerbaijan, coastal area from Baku to Astara (TFE97)", [48.93, 38.31, 50.4, 40.33]),
    ),
];

const fn operation(
    code: u32,
    name: &'static str,
    method: HelmertMethod,
    (translation_m, rotation_arcsec, scale_ppm): ([f64; 3], [f64; 3], f64),
    accuracy_m: Option<f64>,
    (area_of_use, bounds): (&'static str, [f64; 4]),
) -> Operation {
    Operation {
        code: Some(code),
        name: Cow::Borrowed(name),
        method,
        parameters: Helmert { translation_m, rotation_arcsec, scale_ppm },
        accuracy_m,
        area_of_use: Cow::Borrowed(area_of_use),
        bounds: Some(bounds),
    }
}
