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

/// Positions in millimetres of the vertices of the runs of a line on a plate, from the path of its status.
fn courses(svg: &str) -> Vec<Vec<[f64; 2]>> {
    let group = svg.split("<g class=\"boundary-state-undefined\">").nth(1).expect("the line is drawn");
    let group = group.split("</g>").next().expect("it ends");
    let paths = group.split(" d=\"M").skip(1).map(|rest| rest.split('"').next().expect("it ends"));
    let run = |run: &str| {
        let numbers = run.replace('-', " -").replace('l', " ");
        let numbers: Vec<f64> = numbers.split_whitespace().map(|n| n.parse().expect("a number")).collect();
        let mut at = [0.0, 0.0];
        let step = |step: &[f64]| {
            at = [at[0] + step[0], at[1] + step[1]];
            at
        };
        numbers.chunks_exact(2).map(step).collect()
    };
    paths.flat_map(|path| path.split('M')).map(run).collect()
}

/// The distance of a position from a straight edge.
fn distance(at: [f64; 2], [a, b]: [[f64; 2]; 2]) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    let share = (((at[0] - a[0]) * x + (at[1] - a[1]) * y) / (x * x + y * y)).clamp(0.0, 1.0);
    (a[0] + share * x - at[0]).hypot(a[1] + share * y - at[1])
}

/// Where the views part: around these three stretches, in the locator, and the line of text that names the view.
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
    // Edges of which the other view lacks an end.
    let (a, b) = (courses(&svg_a), courses(&svg_b));
    let is_in =
        |at: &[f64; 2], all: &[Vec<[f64; 2]>]| all.iter().flatten().any(|p| (p[0] - at[0]).hypot(p[1] - at[1]) < 0.01);
    let edges = |all: &[Vec<[f64; 2]>]| -> Vec<[[f64; 2]; 2]> {
        all.iter().flat_map(|run| run.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>()).collect()
    };
    let alone = |own: &[Vec<[f64; 2]>], other: &[Vec<[f64; 2]>]| -> Vec<[[f64; 2]; 2]> {
        edges(own).into_iter().filter(|edge| edge.iter().any(|at| !is_in(at, other))).collect()
    };
    let apart: Vec<[[f64; 2]; 2]> = alone(&a, &b).into_iter().chain(alone(&b, &a)).collect();
    assert_eq!(apart.len(), 2 + 2 + 3, "of the line of A and of the ridge, and of the line of B: {apart:?}");
    assert_eq!(edges(&a).len() - 4, 4, "the line goes on to both sides");
    // Where a text of the plate begins, in millimetres.
    let text_at = |text: &str| -> Vec<f64> {
        let after =
            svg_a.split(&format!("aria-label=\"{text}")).nth(1).and_then(|rest| rest.split("translate(").nth(1));
        let numbers = after.and_then(|rest| rest.split(')').next()).expect("the plate has this text");
        numbers.split(' ').map(|n| n.parse().expect("a number")).collect()
    };
    // The locator below its title shows the lines, too.
    let (note, locator) = (text_at("View of A"), text_at("Location"));
    let (mut inside, mut outside) = (0, Vec::new());
    for (at, (p, q)) in of_a.iter().zip(&of_b).enumerate() {
        if p == q {
            continue;
        }
        let (x, y) = ((at % width) as f64 + 0.5, (at / width) as f64 + 0.5);
        let here = [x * 25.4 / 150.0, y * 25.4 / 150.0];
        // Half the width of the line, and a pixel.
        let is_apart = apart.iter().any(|edge| distance(here, *edge) < 0.6);
        let is_note = x >= pixels(note[0] - 0.5) && (y - pixels(note[1])).abs() < pixels(2.5);
        let is_locator = here[0] > locator[0] && here[1] > locator[1] && here[1] < note[1] - 5.0;
        if is_apart || is_note || is_locator {
            inside += 1;
        } else {
            outside.push(here);
        }
    }
    assert!(inside > 100, "the views do part");
    assert!(outside.is_empty(), "{} pixels differ elsewhere: {:?}", outside.len(), &outside[..outside.len().min(5)]);
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
    let speaks_of_it = |svg: &str| {
        svg.split("<text").skip(1).any(|text| text.split("</text>").next().unwrap_or_default().contains("2024"))
    };
    assert!(!speaks_of_it(&before) && speaks_of_it(&after), "no text on a plate of 2018 speaks of 2024");
    // Routes are of 2026.
    assert!(!before.contains("class=\"route") && !after.contains("class=\"route"));
    let soviet = drawn(folder.path(), &["overview", "--as-of", "1988", "-o", "o.svg", "--live-text"]);
    assert!(soviet.contains("Armenian SSR") && !soviet.contains("class=\"route"));
    assert!(!soviet.contains("boundary-state-undefined"), "lines of 2018 are not drawn");
    drawn(folder.path(), &["soviet-1988", "--as-of", "1988", "-o", "s.svg"]);
}
