//! Straight lines through space (chords): vectors in metres, nearest points.

/// Geocentric coordinates, or a vector, in metres.
pub(crate) type Point = [f64; 3];

pub(crate) fn length(a: Point) -> f64 {
    dot(a, a).sqrt()
}

pub(super) fn between([a, b]: [Point; 2], share: f64) -> Point {
    std::array::from_fn(|axis| a[axis] + (b[axis] - a[axis]) * share)
}

pub(crate) fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn minus(a: Point, b: Point) -> Point {
    std::array::from_fn(|axis| a[axis] - b[axis])
}

/// Squared distance from a point to a chord, in m², and the share along the chord.
pub(super) fn squared_to(point: Point, chord: [Point; 2]) -> (f64, f64) {
    let (d, w) = (minus(chord[1], chord[0]), minus(point, chord[0]));
    let length = dot(d, d);
    let share = if length > 0.0 { (dot(w, d) / length).clamp(0.0, 1.0) } else { 0.0 };
    let off = minus(point, between(chord, share));
    (dot(off, off), share)
}

/// Shares along two chords at their nearest points.
pub(super) fn nearest_shares(a: [Point; 2], b: [Point; 2]) -> (f64, f64) {
    /// For chords closer to parallel than this, nearest points at an end are accurate to rounding.
    const PARALLEL: f64 = 1e-12;
    let (u, v, w) = (minus(a[1], a[0]), minus(b[1], b[0]), minus(a[0], b[0]));
    let (uu, uv, vv, uw, vw) = (dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w));
    let det = uu * vv - uv * uv;
    if det > PARALLEL * uu * vv {
        let (s, t) = ((uv * vw - vv * uw) / det, (uu * vw - uv * uw) / det);
        if (0.0..=1.0).contains(&s) && (0.0..=1.0).contains(&t) {
            return (s, t);
        }
    }
    // One of the nearest points is an end.
    let (mut least, mut shares) = (f64::INFINITY, (0.0, 0.0));
    for (s, point) in [(0.0, a[0]), (1.0, a[1])] {
        let (squared, t) = squared_to(point, b);
        if squared < least {
            (least, shares) = (squared, (s, t));
        }
    }
    for (t, point) in [(0.0, b[0]), (1.0, b[1])] {
        let (squared, s) = squared_to(point, a);
        if squared < least {
            (least, shares) = (squared, (s, t));
        }
    }
    shares
}
