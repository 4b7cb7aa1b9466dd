//! Nothing hides a state line, and every name is on its own side of it.

use super::preset;
use merestone::map::PlateSpec;

#[test]
fn no_text_of_a_preset_covers_a_state_line_or_stands_beyond_it() {
    for name in PlateSpec::preset_names() {
        let findings: Vec<String> = preset(name).findings.iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "{name}: {findings:?}");
    }
}

/// The number after an attribute's name.
fn number(text: &str, attribute: &str) -> Option<f64> {
    text.split_once(&format!("{attribute}=\""))?.1.split_once('"')?.0.parse().ok()
}

/// Independent of the program's own check: label halos as in the file, against the axes of state lines. A halo's path
/// begins with the translation to its baseline.
#[test]
fn no_baseline_of_the_overview_lies_on_a_state_line() {
    let sheet = preset("overview");
    let lines: Vec<Vec<[f64; 2]>> = ["boundary-state-undefined", "boundary-state-unspecified"]
        .iter()
        .flat_map(|symbol| super::world::rings(sheet.svg(), symbol))
        .collect();
    let labels =
        sheet.svg().split_once("<g id=\"labels\">").expect("it has labels").1.split_once("</g>").expect("it ends").0;
    let mut seen = 0;
    for text in labels.split("<text ").skip(1).filter(|text| text.starts_with("x=")) {
        let (x, y, size) = (number(text, "x"), number(text, " y"), number(text, "font-size"));
        let (Some(x), Some(y), Some(size)) = (x, y, size) else { panic!("{text}") };
        seen += 1;
        // Just over its baseline, at the first letter: half a millimetre and more from every line.
        let (px, py) = (x + size * 0.3, y - size * 0.35);
        let near = |p: &[f64; 2]| (p[0] - px).hypot(p[1] - py) < 0.5;
        assert!(!lines.iter().flatten().any(near), "{text}");
    }
    assert!(seen > 30, "{seen} labels");
}
