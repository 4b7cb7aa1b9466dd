/// Rotation convention of a seven-parameter transformation. The two conventions differ in sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelmertMethod {
    /// Coordinate frame rotation (EPSG method 9607), as in Soviet and Russian standards.
    CoordinateFrame,
    /// Position vector rotation (EPSG method 9606).
    PositionVector,
    /// Translations only (EPSG method 9603).
    Translation,
}

impl HelmertMethod {
    /// The method and its EPSG code.
    pub const fn name(self) -> &'static str {
        match self {
            HelmertMethod::CoordinateFrame => "coordinate frame rotation, EPSG method 9607",
            HelmertMethod::PositionVector => "position vector transformation, EPSG method 9606",
            HelmertMethod::Translation => "geocentric translations, EPSG method 9603",
        }
    }
}

/// The seven parameters of a Helmert transformation of geocentric coordinates.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Helmert {
    /// Translations along X, Y, Z in metres.
    pub translation_m: [f64; 3],
    /// Rotations about X, Y, Z in arc seconds, in the convention of the method.
    pub rotation_arcsec: [f64; 3],
    /// Scale difference in parts per million.
    pub scale_ppm: f64,
}

impl Helmert {
    pub(super) fn forward(&self, method: HelmertMethod, from: [f64; 3]) -> [f64; 3] {
        let turned = rotate(self.angles(method), from);
        let scale = self.scale();
        std::array::from_fn(|i| scale * turned[i] + self.translation_m[i])
    }

    pub(super) fn inverse(&self, method: HelmertMethod, to: [f64; 3]) -> [f64; 3] {
        let scale = self.scale();
        let moved = std::array::from_fn(|i| (to[i] - self.translation_m[i]) / scale);
        // The transpose of a small-angle rotation matrix has the opposite angles.
        rotate(self.angles(method).map(|angle| -angle), moved)
    }

    fn scale(&self) -> f64 {
        1.0 + self.scale_ppm * 1e-6
    }

    /// Rotations in radians, in the position vector convention.
    fn angles(&self, method: HelmertMethod) -> [f64; 3] {
        let sign = match method {
            HelmertMethod::PositionVector => 1.0,
            HelmertMethod::CoordinateFrame => -1.0,
            HelmertMethod::Translation => 0.0,
        };
        self.rotation_arcsec.map(|seconds| sign * (seconds / 3600.0).to_radians())
    }
}

/// Rotates a position vector by small angles.
fn rotate([rx, ry, rz]: [f64; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    [x - rz * y + ry * z, rz * x + y - rx * z, -ry * x + rx * y + z]
}
