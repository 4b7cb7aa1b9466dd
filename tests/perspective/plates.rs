//! Plates of a day and of a view.

use super::{claims, run};
use png::Decoder;
use std::io::Cursor;
use std::path::Path;

/// A picture: its width, and its pixels.
fn picture(path: &Path) -> (usize, Vec<[u8; 3]>) {
    let bytes = std::fs::read(path).expect("it was written");
    let mut reader = Decoder::new(Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    let frame = reader.next_frame(&mut pixels).expect("a picture");
    let channels = frame.color_type.samples();
    (frame.width as usize, pixels.chunks_exact(channels).map(|p| [p[0], p[1], p[2]]).collect())
}

fn drawn(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, &[&["map"], arguments, &["--quiet"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let svg = arguments.iter().find(|word| word.ends_with(".svg")).expect("one of the outputs is an SVG");
    std::fs::read_to_string(folder.join(svg)).expect("it was written")
}

/// Positions in millimetres of the vertices of a line on a plate, from the path of its status.
fn course(svg: &str) -> Vec<[f64; 2]> {
    let group = svg.split("<g class=\"boundary-state-undefined\">").nth(1).expect("the line is drawn");
    let path = group.split(" d=\"M").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
    let mut out: Vec<[f64; 2]> = Vec::new();
    for run in path.split('M') {
        let numbers = run.replace('-', " -").replace('l', " ");
        let numbers: Vec<f64> = numbers.split_whitespace().map(|n| n.parse().expect("a number")).collect();
        let mut at = [0.0, 0.0];
        for step in numbers.chunks_exact(2) {
            at = [at[0] + step[0], at[1] + step[1]];
            out.push(at);
        }
    }
    out
}

/// Where the views part: around these three stretches, and the line of text that names the view.
#[test]
fn plates_of_two_views_are_equal_where_they_do_not_part() {
    let folder = claims();
    let plate = |view: &str, file: &str| {
        let (png, svg) = (format!("{file}.png"), format!("{file}.svg"));
        let arguments = ["--layer", "claims.geojson", "--view", view, "-o", &png, "-o", &svg, "--dpi", "150"];
        let svg = drawn(folder.path(), &arguments);
        (picture(&folder.path().join(png)), svg)
    };
    let ((width, of_a), svg_a) = plate("A", "a");
    let ((other_width, of_b), svg_b) = plate("B", "b");
    assert_eq!((width, of_a.len()), (other_width, of_b.len()));
    let pixels = |mm: f64| mm * 150.0 / 25.4;
    // Vertices that only one of the views has, and those next to them.
    let (a, b) = (course(&svg_a), course(&svg_b));
    let is_in = |at: &[f64; 2], all: &[[f64; 2]]| all.iter().any(|p| (p[0] - at[0]).hypot(p[1] - at[1]) < 0.01);
    let alone = |own: &[[f64; 2]], other: &[[f64; 2]]| -> Vec<[f64; 2]> {
        let around = own.windows(2).filter(|pair| pair.iter().any(|at| !is_in(at, other)));
        around.flatten().copied().collect()
    };
    let apart: Vec<[f64; 2]> = alone(&a, &b).into_iter().chain(alone(&b, &a)).collect();
    assert!(apart.len() >= 8, "{apart:?}");
    let extent = |axis: usize| {
        let all = apart.iter().map(|at| at[axis]);
        (all.clone().fold(f64::INFINITY, f64::min) - 1.0, all.fold(0.0, f64::max) + 1.0)
    };
    let ([west, east], [north, south]) = ([extent(0).0, extent(0).1], [extent(1).0, extent(1).1]);
    let note = svg_a.split("aria-label=\"View of A").nth(1).and_then(|rest| rest.split("translate(").nth(1));
    let note: Vec<f64> = note
        .and_then(|rest| rest.split(')').next())
        .expect("the plate names its view")
        .split(' ')
        .map(|n| n.parse().expect("a number"))
        .collect();
    let (mut inside, mut outside) = (0, Vec::new());
    for (at, (p, q)) in of_a.iter().zip(&of_b).enumerate() {
        if p == q {
            continue;
        }
        let (x, y) = ((at % width) as f64, (at / width) as f64);
        let is_apart = x >= pixels(west) && x <= pixels(east) && y >= pixels(north) && y <= pixels(south);
        let is_note = x >= pixels(note[0] - 0.5) && (y - pixels(note[1])).abs() < pixels(2.5);
        if is_apart || is_note {
            inside += 1;
        } else {
            outside.push((x * 25.4 / 150.0, y * 25.4 / 150.0));
        }
    }
    assert!(inside > 100, "the views do part");
    assert!(outside.is_empty(), "{} pixels differ elsewhere: {:?}", outside.len(), &outside[..outside.len().min(5)]);
    // Beyond the stretch the common line goes on, and is compared.
    assert!(a.iter().any(|at| at[0] > east) && a.iter().any(|at| at[0] < west));
}

#[test]
fn a_plate_says_its_day_and_its_view() {
    let folder = claims();
    let svg = drawn(
        folder.path(),
        &["--layer", "claims.geojson", "--view", "neutral", "--as-of", "2021", "-o", "n.svg", "--live-text"],
    );
    assert!(svg.contains("As of 2021-12-31") && svg.contains("Neutral view"), "it says so");
    assert!(!svg.contains("boundary-state-undefined") && svg.contains("boundary-state-delimited"));
    let svg = drawn(folder.path(), &["--layer", "claims.geojson", "--as-of", "1985", "-o", "n.svg", "--live-text"]);
    assert!(svg.contains("boundary-state-historical") && !svg.contains("boundary-state-delimited"));
}

/// The section of 2024 is delimited on a plate of that day, and undefined, without name and remark, on an earlier one.
#[test]
fn a_plate_of_a_year_has_nothing_younger() {
    let folder = claims();
    let plate = |day: &str| drawn(folder.path(), &["tavush", "--as-of", day, "-o", "t.svg", "--live-text"]);
    let (before, after) = (plate("2018"), plate("2024-05-15"));
    assert!(!before.contains("boundary-state-delimited") && after.contains("boundary-state-delimited"));
    assert!(!before.contains("2024") && after.contains("2024"), "no text on a plate of 2018 speaks of 2024");
    // Routes are of 2026.
    assert!(!before.contains("class=\"route") && !after.contains("class=\"route"));
    let soviet = drawn(folder.path(), &["overview", "--as-of", "1988", "-o", "o.svg", "--live-text"]);
    assert!(soviet.contains("Armenian SSR") && !soviet.contains("class=\"route"));
    assert!(!soviet.contains("boundary-state-undefined"), "lines of 2018 are not drawn");
    drawn(folder.path(), &["soviet-1988", "--as-of", "1988", "-o", "s.svg"]);
}
