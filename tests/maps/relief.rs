//! Relief: extent and darkness of shading, the limit for coarse grids, and the sentences on the plate.

use super::{embedded_relief, layers, preset};
use merestone::io::Dataset;
use merestone::map::{Plate, PlateOptions, PlateSpec, ReliefGrid, draw};

/// Elements of the groups of a symbol.
fn drawn(svg: &str, symbol: &str) -> Vec<String> {
    let before_legend = svg.split("<g id=\"legend\">").next().expect("there is a map");
    let opening = format!("<g class=\"{symbol}\">\n");
    let groups = before_legend.split(&opening).skip(1);
    groups.flat_map(|group| group.split("</g>").next().expect("it ends").lines().map(str::to_owned)).collect()
}

/// All text of the sheet, with its lines joined.
fn words(sheet: &Plate) -> String {
    let texts = sheet.svg().split("</text>").filter_map(|before| before.rsplit_once('>'));
    texts.map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

fn number(element: &str, attribute: &str) -> f64 {
    let (_, rest) = element.split_once(&format!("{attribute}=\"")).expect("it has one");
    rest.split('"').next().and_then(|text| text.parse().ok()).expect("a number")
}

/// A plate of two territories side by side, with heights.
fn plate(scale: f64, relief: &str, grid: Option<ReliefGrid>) -> Plate {
    let text = format!(
        "background = \"land\"\n[paper]\nsize = \"A3\"\n[frame]\nscale = {scale}\ncentre = [45.8, 39.5]\n[relief]\n{relief}\n[insets]\nlocator = false\ndetails = false\n[[layers]]\nid = \"states\"\n"
    );
    let spec = PlateSpec::parse(&text, "relief.toml").unwrap_or_else(|error| panic!("{error}"));
    let mut options = PlateOptions::default();
    options.relief = grid;
    draw(&spec, &layers(&spec), &options).expect("it draws")
}

#[test]
fn shade_is_a_fifth_of_grey_at_the_most_and_lies_under_every_line() {
    let svg = preset("overview").svg().to_owned();
    let layers = drawn(&svg, "relief");
    assert!(layers.len() >= 3, "{} layers", layers.len());
    let light: f64 = layers.iter().map(|layer| 1.0 - number(layer, "fill-opacity")).product();
    assert!((0.8..0.95).contains(&light), "{light}");
    assert!(layers.iter().all(|layer| layer.contains("fill=\"#000000\"")), "grey has no hue");
    let at = |what: &str| svg.find(what).unwrap_or_else(|| panic!("{what} is drawn"));
    assert!(at("class=\"relief\"") < at("class=\"boundary-"), "the line lies above");
    assert!(at("class=\"relief\"") < at("class=\"water\"") && at("class=\"relief\"") < at("class=\"route-"));
}

#[test]
fn both_sides_of_a_line_are_shaded_alike() {
    // The same ridges to the west and to the east of a meridian: the shading is mirrored, although the land belongs to
    // another territory.
    let ridge = |column: usize, row: usize| {
        let wave = (column % 40) as f64 / 40.0 * std::f64::consts::TAU;
        Some(1500.0 + 900.0 * wave.sin() + 300.0 * (row as f64 / 9.0).cos())
    };
    let grid = ReliefGrid::of_nodes([44.0, 41.0], [1.0 / 120.0, 1.0 / 120.0], (481, 361), ridge);
    let sheet = plate(2_000_000.0, "contours = false", Some(grid));
    let pixels = picture(&sheet);
    // The steps of shade are the same shares of light in the hues of both parties.
    let steps = steps(&pixels);
    let [first, other] = steps.as_slice() else { panic!("there are two grounds: {steps:?}") };
    assert!(first.len() >= 4, "{steps:?}");
    let alike = |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.012);
    assert!(alike(first, other), "{steps:?}");
}

fn picture(sheet: &Plate) -> Vec<[u8; 3]> {
    let bytes = sheet.png(60.0).expect("a picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut pixels).expect("a picture");
    pixels.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect()
}

/// For the two ground colours (not grey) with the most pixels, the light shares of their common shades, the darkest
/// first.
fn steps(pixels: &[[u8; 3]]) -> Vec<Vec<f64>> {
    let mut counts: std::collections::BTreeMap<[u8; 3], usize> = Default::default();
    pixels.iter().for_each(|p| *counts.entry(*p).or_default() += 1);
    let common: Vec<[u8; 3]> = counts
        .iter()
        .filter(|(p, n)| {
            **n > 1000 && p.iter().all(|c| *c < 254) && p.iter().max() >= p.iter().min().map(|c| c + 6).as_ref()
        })
        .map(|(p, _)| *p)
        .collect();
    let share = |p: &[u8; 3], q: &[u8; 3]| f64::from(p[0]) / f64::from(q[0]);
    let is_copy = |p: &[u8; 3], q: &[u8; 3]| {
        let share = share(p, q);
        share < 0.99 && share > 0.75 && (0..3).all(|i| (f64::from(p[i]) - f64::from(q[i]) * share).abs() < 1.6)
    };
    // A ground colour is not a darker version of another.
    let mut own: Vec<&[u8; 3]> = common.iter().filter(|p| !common.iter().any(|q| is_copy(p, q))).collect();
    let shades = |q: &[u8; 3]| common.iter().filter(move |p| is_copy(p, q)).collect::<Vec<_>>();
    own.sort_by_key(|q| std::cmp::Reverse(shades(q).iter().map(|p| counts[*p]).sum::<usize>()));
    let of = |q: &[u8; 3]| {
        let mut shares: Vec<f64> = shades(q).into_iter().map(|p| share(p, q)).collect();
        shares.sort_by(f64::total_cmp);
        shares
    };
    own.into_iter().take(2).map(of).collect()
}

#[test]
fn a_coarse_grid_gives_no_shade_and_the_plate_says_so() {
    let fine = plate(2_000_000.0, "", Some(embedded_relief()));
    assert!(!drawn(fine.svg(), "relief").is_empty() && words(&fine).contains("heights every 926 m"));
    assert!(words(&fine).contains("Terrain does not define the line"));
    let coarse = plate(750_000.0, "", Some(embedded_relief()));
    assert!(drawn(coarse.svg(), "relief").is_empty());
    assert!(words(&coarse).contains("No shade: heights every 926 m"));
    assert!(!drawn(coarse.svg(), "contour").is_empty(), "contours are still true");
    let large = plate(150_000.0, "", Some(embedded_relief()));
    assert!(drawn(large.svg(), "relief").is_empty() && drawn(large.svg(), "contour").is_empty());
}

#[test]
fn contours_stand_where_the_heights_are() {
    // A cone about 45.8, 39.5 of 100 m a kilometre: its contours are circles.
    let (lon, lat, step) = (45.8, 39.5, 1.0 / 240.0);
    let height = |column: usize, row: usize| {
        let (x, y) = (44.8 + column as f64 * step, 40.5 - row as f64 * step);
        let km = (((x - lon) * 85.9_f64).powi(2) + ((y - lat) * 111.03_f64).powi(2)).sqrt();
        Some(6000.0 - 100.0 * km)
    };
    let grid = ReliefGrid::of_nodes([44.8, 40.5], [step, step], (481, 481), height);
    let sheet = plate(1_000_000.0, "contours = 1000", Some(grid));
    let lines = drawn(sheet.svg(), "contour");
    // 5000 m: 10 km from the middle, 10 mm on paper.
    let widths: Vec<f64> = lines.iter().map(|line| extent(line)).collect();
    assert!(widths.iter().any(|width| (width - 20.0).abs() < 0.3), "{widths:?}");
    assert!(widths.iter().any(|width| (width - 40.0).abs() < 0.3), "{widths:?}");
    assert!(words(&sheet).contains("Contours every 1000 m"));
}

/// The width of a path with relative vertices.
fn extent(path: &str) -> f64 {
    let (_, data) = path.split_once("d=\"").expect("a path");
    let data = data.split('"').next().expect("it ends").replace('-', " -").replace(['M', 'l', 'z'], " ");
    let mut numbers = Vec::new();
    for word in data.split_whitespace() {
        // ".5.25" holds two numbers.
        let mut rest = word;
        while let Some(dot) = rest.find('.') {
            let end = rest[dot + 1..].find('.').map_or(rest.len(), |next| dot + 1 + next);
            numbers.push(rest[..end].parse::<f64>().expect("a number"));
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            numbers.push(rest.parse::<f64>().expect("a number"));
        }
    }
    let (mut x, mut low, mut high) = (0.0, f64::MAX, f64::MIN);
    for pair in numbers.chunks_exact(2) {
        x += pair[0];
        (low, high) = (low.min(x), high.max(x));
    }
    high - low
}

#[test]
fn contours_are_no_finer_than_the_accuracy_of_the_heights() {
    let sheet = plate(750_000.0, "", Some(embedded_relief()));
    assert!(words(&sheet).contains("Contours every 500 m") && words(&sheet).contains("±150 m"));
    let mut exact = embedded_relief();
    exact.accuracy_m = Some(5.0);
    exact.step = [exact.step[0] / 4.0, exact.step[1] / 4.0];
    exact.first = [44.8, 40.3];
    assert!(words(&plate(300_000.0, "", Some(exact))).contains("Contours every 100 m"));
}

#[test]
fn a_plate_without_the_heights_that_it_asks_for_says_so() {
    let sheet = plate(2_000_000.0, "", None);
    assert!(sheet.left_out.iter().any(|what| what.contains("relief")), "{:?}", sheet.left_out);
}

#[test]
fn the_sources_and_the_margin_name_the_heights() {
    let sheet = preset("overview");
    let hash = Dataset::embedded().heights(None).expect("it is read").expect("there are some").input().sha256.clone();
    assert!(words(&sheet).contains("GLOBE") && sheet.svg().contains(&hash[..12]));
}

#[test]
fn a_value_that_cannot_be_is_refused() {
    for (text, key) in [("sun = 400", "relief.sun"), ("contours = -5", "relief.contours"), ("sunn = 1", "sunn")] {
        let error = PlateSpec::parse(&format!("[relief]\n{text}\n"), "p.toml").unwrap_err().to_string();
        assert!(error.contains(key), "{error}");
    }
}

#[test]
fn presets_of_a_scale_that_shade_serves_have_it() {
    for name in PlateSpec::preset_names() {
        let spec = PlateSpec::preset(name).expect("listed");
        let serves = spec.frame.scale.is_some_and(|scale| scale >= 1_900_000.0);
        assert!(!serves || !drawn(preset(name).svg(), "relief").is_empty(), "{name}");
    }
}
