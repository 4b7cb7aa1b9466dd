use super::preset;
use geo::Coord;
use merestone::earth::distance_m;
use merestone::map::PlateSpec;

#[test]
fn scale_bar_length_matches_the_ground_distance() {
    for name in PlateSpec::preset_names() {
        let bar = preset(name).scale_bar;
        let [a, b] = bar.ends.map(|[x, y]| Coord { x, y });
        let km = distance_m(a, b) / 1000.0;
        assert!((km / bar.km - 1.0).abs() < 0.005, "{name}: the bar says {} km, the map {km} km", bar.km);
    }
}

#[test]
fn the_bar_has_the_length_that_the_scale_gives() {
    let sheet = preset("syunik-routes");
    assert_eq!(sheet.scale, 750_000.0);
    assert!((sheet.scale_bar.mm - sheet.scale_bar.km * 1e6 / 750_000.0).abs() < 1e-9);
}

#[test]
fn paper_and_picture_have_the_true_size() {
    let sheet = preset("overview");
    assert_eq!((sheet.width_mm, sheet.height_mm), (420.0, 297.0));
    assert!(sheet.svg().contains("width=\"420mm\" height=\"297mm\" viewBox=\"0 0 420 297\""));
    let png = sheet.png(72.0).expect("a picture");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((number(16), number(20)), (1191, 842));
    let at = png.windows(4).position(|w| w == b"pHYs").expect("the resolution is in the file") + 4;
    assert_eq!(number(at), 2835);
    let pdf = sheet.pdf().expect("a document");
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("1190.5") && text.contains("841.8"), "the page is A3");
}
