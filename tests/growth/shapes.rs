//! Adversarial input shapes. To add one: its line in [`text`] and its function.

use serde_json::{Value, json};
use std::f64::consts::TAU;

type Ring = Vec<[f64; 2]>;

/// The GeoJSON text of a shape with `count` elements.
pub fn text(shape: &str, count: usize) -> String {
    let features = match shape {
        "collinear" => collinear(count),
        "comb" => comb(count),
        "cross" => cross(count),
        "dups" => (0..count).map(|i| feature(i, polygon(&[square(20.0, 20.0, 1.0)]))).collect(),
        "fan" => fan(count),
        "features" => grid(count).map(|(i, x, y)| feature(i, polygon(&[square(x, y, 0.01)]))).collect(),
        "islets" => islets(count),
        "holesfilled" => holes_filled(count),
        "lines2" => (0..count).map(|i| feature(i, short_line(i))).collect(),
        "nested" => nested(count),
        "partsdup" => parts_that_overlap(count),
        "segs" => grid(count)
            .map(|(i, x, y)| {
                feature(
                    i,
                    json!({"type": "LineString", "coordinates": [[round(x), round(y)], [round(x + 0.006), round(y)]]}),
                )
            })
            .collect(),
        "spiral" => spiral(count),
        "stack" => stack(count),
        "star" => star(count),
        "zigzag" => zigzag(count),
        _ => panic!("no shape {shape}"),
    };
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn round(x: f64) -> f64 {
    (x * 1e7).round() / 1e7
}

fn feature(id: impl ToString, geometry: Value) -> Value {
    json!({"type": "Feature", "id": id.to_string(), "properties": {}, "geometry": geometry})
}

fn polygon(rings: &[Ring]) -> Value {
    json!({"type": "Polygon", "coordinates": rings})
}

fn parts(shells: impl Iterator<Item = Ring>) -> Value {
    json!({"type": "MultiPolygon", "coordinates": shells.map(|shell| [shell]).collect::<Vec<_>>()})
}

fn square(x: f64, y: f64, side: f64) -> Ring {
    let corners = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
    corners.map(|corner| corner.map(round)).to_vec()
}

fn around(radius: f64, angle: f64) -> [f64; 2] {
    [40.0 + radius * angle.cos(), 40.0 + radius * angle.sin()].map(round)
}

/// South-west corners on a grid.
fn grid(count: usize) -> impl Iterator<Item = (usize, f64, f64)> {
    let side = (count as f64).sqrt().ceil() as usize;
    (0..count).map(move |i| (i, 20.0 + (i % side) as f64 * 0.01, 20.0 + (i / side) as f64 * 0.01))
}

/// One of many short lines, distributed over a few degrees by the golden ratio.
fn short_line(i: usize) -> Value {
    let (x, y) = (43.5 + 3.0 * (i as f64 * 0.618_034).fract(), 39.0 + 2.0 * (i as f64 * 0.414_214).fract());
    let point = |j: usize| [x + j as f64 * 0.002, y + 0.003 * ((i + j) as f64 * 0.754_877).fract()].map(round);
    json!({"type": "LineString", "coordinates": (0..10).map(point).collect::<Vec<_>>()})
}

/// A territory of one square and many islets far from it and from each other.
fn islets(count: usize) -> Vec<Value> {
    let share = |i: usize, by: f64| (i as f64 * by).fract();
    let islet = |i: usize| square(340.0 * share(i, 0.618_034) - 170.0, 120.0 * share(i, 0.414_214) - 60.0, 0.001);
    vec![feature("a", parts(std::iter::once(square(0.0, 0.0, 3.0)).chain((1..count).map(islet))))]
}

/// A square far away.
fn other() -> Value {
    feature("b", polygon(&[square(10.0, 10.0, 1.0)]))
}

/// Both sides of one straight border, with vertices of their own.
fn collinear(count: usize) -> Vec<Value> {
    let step = 10.0 / count as f64;
    let mut north: Ring = (0..count).map(|i| [round(40.0 + i as f64 * step), 40.0]).collect();
    north.extend([[50.0, 40.0], [50.0, 41.0], [40.0, 41.0], [40.0, 40.0]]);
    let mut south: Ring = vec![[40.0, 40.0], [40.0, 39.0], [50.0, 39.0], [50.0, 40.0]];
    south.extend((1..count).rev().map(|i| [round(40.0 + (i as f64 - 0.37) * step), 40.0]));
    south.push([40.0, 40.0]);
    vec![feature("a", polygon(&[north])), feature("b", polygon(&[south]))]
}

/// Long parallel spikes.
fn comb(count: usize) -> Vec<Value> {
    let step = 10.0 / count as f64;
    let mut ring: Ring = vec![[40.0, 40.0]];
    for i in 0..count {
        let x = 40.0 + i as f64 * step;
        let corners = [[x, 41.0], [x + step / 2.0, 41.0], [x + step / 2.0, 40.1], [x + step, 40.1]];
        ring.extend(corners.map(|corner| corner.map(round)));
    }
    ring.extend([[50.0, 40.0], [40.0, 40.0]]);
    vec![feature("a", polygon(&[ring])), other()]
}

/// Strips northward across strips eastward: each overlaps all of the other kind.
fn cross(count: usize) -> Vec<Value> {
    let long = count as f64 * 0.01;
    let strip = |i: usize, wide: f64, high: f64, x: f64, y: f64, name: &str| {
        let corners = [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]];
        feature(format!("{name}{i}"), polygon(&[corners.map(|corner| corner.map(round)).to_vec()]))
    };
    let north = |i: usize| strip(i, 0.004, long, 40.0 + i as f64 * 0.01, 40.0, "n");
    let east = |i: usize| strip(i, long, 0.004, 40.0, 40.0 + i as f64 * 0.01, "e");
    (0..count).map(north).chain((0..count).map(east)).collect()
}

/// Triangles with a common vertex.
fn fan(count: usize) -> Vec<Value> {
    let triangle = |i: usize| {
        let angle = |share: f64| (i as f64 + share) / count as f64 * TAU;
        feature(i, polygon(&[vec![[40.0, 40.0], around(4.0, angle(0.0)), around(4.0, angle(0.6)), [40.0, 40.0]]]))
    };
    (0..count).map(triangle).collect()
}

/// Holes, each filled by a part of one other territory.
fn holes_filled(count: usize) -> Vec<Value> {
    let side = (count as f64).sqrt().ceil() * 0.01 + 0.02;
    let holes = grid(count).map(|(_, x, y)| square(x, y, 0.006).into_iter().rev().collect());
    let rings: Vec<Ring> = std::iter::once(square(19.99, 19.99, side)).chain(holes).collect();
    let filling = parts(grid(count).map(|(_, x, y)| square(x, y, 0.006)));
    vec![feature("a", polygon(&rings)), feature("b", filling)]
}

/// Parts of one territory, each overlapping its neighbours.
fn parts_that_overlap(count: usize) -> Vec<Value> {
    vec![feature("a", parts(grid(count).map(|(_, x, y)| square(x, y, 0.012)))), other()]
}

/// A thin spiral strip.
fn spiral(count: usize) -> Vec<Value> {
    let steps = count / 2;
    let turns = (steps as f64 / 200.0).max(4.0);
    let side = |wide: f64| {
        (0..steps).map(move |i| {
            let share = i as f64 / steps as f64;
            around(0.2 + 4.0 * share + wide, share * turns * TAU)
        })
    };
    let mut ring: Ring = side(0.0).chain(side(1.2 / turns).rev()).collect();
    ring.push(ring[0]);
    vec![feature("a", polygon(&[ring])), other()]
}

/// Concentric squares.
fn stack(count: usize) -> Vec<Value> {
    let nth = |i: usize| (count - i) as f64 / count as f64;
    let each = |i: usize| feature(i, polygon(&[square(40.0 - 5.0 * nth(i), 40.0 - 5.0 * nth(i), 10.0 * nth(i))]));
    (0..count).map(each).collect()
}

/// Concentric squares, each but the last with a hole that the next one fills.
fn nested(count: usize) -> Vec<Value> {
    let ring = |i: usize| {
        let nth = (count - i) as f64 / count as f64;
        square(40.0 - 5.0 * nth, 40.0 - 5.0 * nth, 10.0 * nth)
    };
    let hole = |i: usize| ring(i).into_iter().rev().collect();
    let each = |i: usize| match i + 1 < count {
        true => feature(i, polygon(&[ring(i), hole(i + 1)])),
        false => feature(i, polygon(&[ring(i)])),
    };
    (0..count).map(each).collect()
}

/// Long rays from a small circle.
fn star(count: usize) -> Vec<Value> {
    let corner = |i: usize| around(if i % 2 == 1 { 4.0 } else { 0.01 }, i as f64 / count as f64 * TAU);
    let mut ring: Ring = (0..count).map(corner).collect();
    ring.push(ring[0]);
    vec![feature("a", polygon(&[ring])), other()]
}

/// A territory with a zigzag northern border, and its southern neighbour.
fn zigzag(count: usize) -> Vec<Value> {
    let top = (0..count).map(|i| {
        let x = round(40.0 + i as f64 * 10.0 / count as f64);
        [x, if i % 2 == 1 { 41.0 } else { 40.0 }]
    });
    let mut ring: Ring = vec![[40.0, 39.9], [50.0, 39.9]];
    ring.extend(top.rev());
    ring.push([40.0, 39.9]);
    let south = vec![[40.0, 39.9], [40.0, 39.0], [50.0, 39.0], [50.0, 39.9], [40.0, 39.9]];
    vec![feature("a", polygon(&[ring])), feature("b", polygon(&[south]))]
}
