//! Albums: every place of a line on a sheet, numbers that agree, the same bytes again, texts that are there once.

use merestone::earth::{distance_m, edge_length_m, point_along};
use merestone::geo::{Coord, coord};
use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::map::{Album, AlbumPage, AlbumSpec, LayerSpec, MapError, Paper, PlateOptions, PlateSpec, SheetSide};
use merestone::model::{Content, Input, Layer, LayerInfo, Line, Meta, Name, Place, Role};

/// Lines of the embedded dataset, with the layers of its sheets.
fn of_dataset(reference: &str) -> (Vec<Content>, Vec<Layer>, PlateOptions) {
    let dataset = Dataset::embedded();
    let lines =
        dataset.select_any(&Reference::parse(reference), &ReadOptions::default()).expect("it is there").contents;
    let layers = ["states", "lines"].map(|id| dataset.layer(id, None).expect("it is there").0).to_vec();
    let mut options = PlateOptions::default();
    options.parties = dataset.parties().to_vec();
    (lines, layers, options)
}

fn spec(scale: f64, layers: &[&str]) -> AlbumSpec {
    let mut album = AlbumSpec::default();
    album.plate = PlateSpec { layers: layers.iter().map(|id| LayerSpec::of(id)).collect(), ..PlateSpec::default() };
    album.plate.paper = Paper { width_mm: Some(420.0), height_mm: Some(297.0), ..Paper::default() };
    album.scale = scale;
    album
}

/// Marks at every so many metres of lines.
fn marks_along(lines: &[Content], every_m: f64) -> Layer {
    let mut places = Vec::new();
    for (_, runs) in lines.iter().flat_map(Content::courses) {
        let mut next_m = 0.0;
        for edge in runs.iter().flat_map(|run| run.windows(2)) {
            let length_m = edge_length_m(edge[0], edge[1]);
            while next_m < length_m {
                let number = format!("M{}", places.len() + 1);
                let at = point_along(edge[0], edge[1], next_m / length_m);
                let place = Place::new(number.as_str(), at).expect("a position");
                let meta = Meta { name: Name::plain(number), ..place.meta };
                places.push(Place { meta, ..place });
                next_m += every_m;
            }
            next_m -= length_m;
        }
    }
    Layer {
        info: LayerInfo::bare("marks", Role::Mark, "marks"),
        input: Input::new("made", "0"),
        content: Content::Places(places),
    }
}

fn album(reference: &str, scale: f64, marks_m: Option<f64>) -> (Vec<Content>, Album) {
    let (lines, layers, options) = of_dataset(reference);
    let marks = marks_m.map(|every_m| marks_along(&lines, every_m));
    let made = Album::new(&lines, marks, spec(scale, &["states", "lines"]), layers, &options);
    (lines, made.unwrap_or_else(|error| panic!("{reference}: {error}")))
}

/// Whether a sheet shows a place at least `inside_m` from its frame.
fn shows(frame: &[Coord], at: Coord, inside_m: f64) -> bool {
    let east = |p: &Coord| (p.x - at.x) * at.y.to_radians().cos() * 111_320.0;
    let north = |p: &Coord| (p.y - at.y) * 111_320.0;
    let ring: Vec<Coord> = frame.iter().map(|p| coord! { x: east(p), y: north(p) }).collect();
    let mut is_inside = false;
    for edge in ring.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        if (a.y > 0.0) != (b.y > 0.0) && a.x + (0.0 - a.y) / (b.y - a.y) * (b.x - a.x) > 0.0 {
            is_inside = !is_inside;
        }
        let along = b - a;
        let share = (-(a.x * along.x + a.y * along.y) / (along.x * along.x + along.y * along.y)).clamp(0.0, 1.0);
        let nearest = a + along * share;
        if nearest.x.hypot(nearest.y) < inside_m {
            return false;
        }
    }
    is_inside
}

#[test]
fn every_place_of_a_line_is_on_a_sheet_with_a_centimetre_to_spare() {
    for (reference, scale) in
        [("lines/arm-aze-naxcivan", 100_000.0), ("lines/arm-aze-main", 250_000.0), ("lines/ring-karki", 10_000.0)]
    {
        let (lines, album) = album(reference, scale, None);
        assert!(!album.sheets.is_empty());
        let spare_m = 0.01 * scale * 0.99;
        for (_, runs) in lines.iter().flat_map(Content::courses) {
            for at in runs.into_iter().flatten() {
                let shown = album.sheets.iter().any(|sheet| shows(&sheet.frame, *at, spare_m));
                assert!(shown, "{reference} at 1:{scale}: {at:?} is on no sheet");
            }
        }
    }
}

#[test]
fn sheets_are_no_more_than_needed_and_their_chainages_go_on() {
    let (lines, album) = album("lines/arm-aze-naxcivan", 100_000.0, None);
    let sheets = &album.sheets;
    let whole_m: f64 = lines
        .iter()
        .flat_map(Content::courses)
        .flat_map(|(_, runs)| runs)
        .flat_map(|run| run.windows(2).map(|edge| edge_length_m(edge[0], edge[1])).collect::<Vec<_>>())
        .sum();
    let covered_m: f64 = sheets.iter().map(|sheet| sheet.to_m - sheet.from_m).sum();
    assert!((covered_m / whole_m - 1.0).abs() < 1e-9, "{covered_m} of {whole_m} m");
    for pair in sheets.windows(2).filter(|pair| pair[1].from_m > 0.0) {
        assert_eq!(pair[0].to_m, pair[1].from_m);
    }
    // A sheet of about 30 km leaves no more than its diagonal to the next one.
    assert!(sheets.len() as f64 <= 2.0 + whole_m / 20_000.0, "{} sheets for {whole_m} m", sheets.len());
}

#[test]
fn adjoining_sheets_name_each_other_on_opposite_sides() {
    let (_, album) = album("lines/arm-aze-main", 250_000.0, None);
    let mut count = 0;
    for sheet in &album.sheets {
        for (side, number) in &sheet.adjoining {
            let back = (side.opposite(), sheet.number);
            assert!(album.sheets[number - 1].adjoining.contains(&back), "sheets {} and {number}", sheet.number);
            let (own, other) = (sheet.centre, album.sheets[number - 1].centre);
            match side {
                SheetSide::North => assert!(other[1] > own[1]),
                SheetSide::South => assert!(other[1] < own[1]),
                SheetSide::East => assert!(other[0] > own[0]),
                SheetSide::West => assert!(other[0] < own[0]),
            }
            count += 1;
        }
    }
    assert!(count >= 2 * (album.sheets.len() - 1), "{count}");
}

/// The texts of a page.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ").skip(1).filter_map(|t| Some(t.split_once('>')?.1.split_once("</text>")?.0)).collect()
}

#[test]
fn every_mark_is_on_the_map_once_and_in_the_list_once() {
    let (_, album) = album("lines/ring-karki", 25_000.0, Some(500.0));
    let mut named = 0;
    for (index, sheet) in album.sheets.iter().enumerate() {
        let plate = album.page(AlbumPage::Sheet(index)).expect("a sheet");
        let all = texts(plate.svg());
        for number in &sheet.marks {
            let count = all.iter().filter(|text| **text == number.as_str()).count();
            assert_eq!(count, 2, "mark {number} on sheet {}", sheet.number);
            named += 1;
        }
    }
    assert!(named >= 20, "{named} marks");
    let last = *album.pages().last().expect("pages");
    let catalogue = album.page(last).expect("a page");
    for number in album.sheets.iter().flat_map(|sheet| &sheet.marks) {
        assert!(texts(catalogue.svg()).contains(&number.as_str()), "{number}");
    }
}

/// A ruler on paper: the scale bar of every sheet is as long as its ground at the scale of the album.
#[test]
fn a_ruler_on_a_sheet_measures_the_ground() {
    let (_, album) = album("lines/arm-aze-naxcivan", 100_000.0, None);
    for index in 0..album.sheets.len() {
        let plate = album.page(AlbumPage::Sheet(index)).expect("a sheet");
        let bar = plate.scale_bar;
        let [a, b] = bar.ends.map(|[x, y]| coord! { x: x, y: y });
        let ruler_m = bar.mm / 1000.0 * 100_000.0;
        assert!((ruler_m / (bar.km * 1000.0) - 1.0).abs() < 1e-9, "sheet {}: {} mm", index + 1, bar.mm);
        let ground_m = distance_m(a, b);
        assert!((ground_m / ruler_m - 1.0).abs() < 1e-3, "sheet {}: {ground_m} m, {ruler_m} m", index + 1);
    }
}

#[test]
fn at_small_scales_marks_on_the_map_are_three_millimetres_apart() {
    let (_, album) = album("lines/ring-karki", 100_000.0, Some(100.0));
    let plate = album.page(AlbumPage::Sheet(0)).expect("a sheet");
    let all = texts(plate.svg());
    let (lines, ..) = of_dataset("lines/ring-karki");
    let Content::Places(places) = marks_along(&lines, 100.0).content else { panic!("places") };
    // Listed besides: a mark that is on the map as well is there twice.
    let drawn: Vec<Coord> = places
        .iter()
        .filter(|place| all.iter().filter(|text| **text == place.meta.id.as_str()).count() == 2)
        .map(|place| place.position)
        .collect();
    assert!(drawn.len() > 5 && drawn.len() < places.len(), "{} of {}", drawn.len(), places.len());
    let near = |a: usize, b: usize| distance_m(drawn[a], drawn[b]) < 0.98 * 300.0;
    let pairs = (0..drawn.len()).flat_map(|a| (0..a).map(move |b| (a, b))).filter(|(a, b)| near(*a, *b)).count();
    // Sharp turns are kept whatever their distance: the ring has three within 90 m.
    assert!(pairs <= 3, "{pairs} pairs nearer than 3 mm");
}

#[test]
fn an_album_is_the_same_bytes_again_and_its_twin_begins_with_the_other_party() {
    let (lines, layers, options) = of_dataset("lines/ring-karki");
    let made = |alternat: &str| {
        let mut options = options.clone();
        options.alternat = Some(alternat.to_owned());
        Album::new(&lines, None, spec(25_000.0, &["states", "lines"]), layers.clone(), &options).expect("an album")
    };
    let first = made("ARM");
    let bytes = first.pdf(|_, _, _| ()).expect("a document");
    assert_eq!(bytes, first.pdf(|_, _, _| ()).expect("a document"));
    assert!(bytes.starts_with(b"%PDF"));
    let cover = |album: &Album| album.page(AlbumPage::Cover).expect("a cover").svg().to_owned();
    let place = |svg: &str, name: &str| svg.find(name).unwrap_or_else(|| panic!("{name}"));
    let [own, twin] = [cover(&first), cover(&made("AZE"))];
    assert!(place(&own, "Հայաստան") < place(&own, "Azərbaycan"));
    assert!(place(&twin, "Azərbaycan") < place(&twin, "Հայաստան"));
}

#[test]
fn a_line_of_no_dataset_has_an_album_in_its_own_words() {
    let course = [(10.0, 45.0), (10.3, 45.05), (10.6, 44.9)].map(Coord::from);
    let line = Line::new("north", [merestone::geo::LineString(course.to_vec())]).expect("a line");
    let line = Line { left: Some("Aland".to_owned()), right: Some("Beland".to_owned()), ..line };
    let content = Content::Lines(vec![line]);
    let info = LayerInfo::bare("layer 1", Role::Line, "north.geojson");
    let layers = vec![Layer { info, input: Input::new("made", "0"), content: content.clone() }];
    let album = Album::new(&[content], None, spec(50_000.0, &["layer 1"]), layers, &PlateOptions::default());
    let album = album.unwrap_or_else(|error| panic!("{error}"));
    let pages = album.pages();
    assert_eq!(pages[..2], [AlbumPage::Cover, AlbumPage::Index]);
    let svg = album.page(AlbumPage::Sheet(0)).expect("a sheet").svg().to_owned();
    assert!(svg.contains("For: Aland") && svg.contains("For: Beland") && svg.contains("Sheet 1/"), "{svg}");
    let foreign = ["Հ", "Ə", "ə"];
    assert!(foreign.iter().all(|letter| !svg.contains(letter)));
    for page in pages {
        album.page(page).unwrap_or_else(|error| panic!("{page:?}: {error}"));
    }
}

#[test]
fn too_many_sheets_are_an_error_and_nothing_is_drawn() {
    let (lines, layers, options) = of_dataset("lines/arm-aze-main");
    let mut spec = spec(5_000.0, &["states", "lines"]);
    spec.max_sheets = 10;
    assert_eq!(Album::new(&lines, None, spec, layers, &options).err(), Some(MapError::TooManySheets { most: 10 }));
}
