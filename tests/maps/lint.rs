//! Lint errors of a plate: one change provokes each finding, and an option allows it.

use super::{layers, options};
use merestone::map::{LayerSpec, LintCode, LintFinding, MapError, PlateOptions, PlateSpec, StyleSpec, draw, lint};
use merestone::model::{Content, Layer, Line, Piece, Status};

fn codes(spec: &PlateSpec, layers: &[Layer]) -> Vec<LintCode> {
    let findings = lint(spec, layers, &PlateOptions::default()).expect("it can be read");
    let mut codes: Vec<LintCode> = findings.iter().filter(|f| f.is_error).map(|f| f.code).collect();
    codes.dedup();
    codes
}

/// The only error of a changed plate prevents drawing; if allowed, the plate is drawn with the finding as a warning.
fn stops(spec: &PlateSpec, layers: &[Layer], code: LintCode) {
    assert_eq!(codes(spec, layers), [code]);
    let stopped = draw(spec, layers, &PlateOptions::default()).unwrap_err();
    assert!(matches!(&stopped, MapError::Lint { findings } if findings.iter().any(|f| f.code == code)), "{stopped}");
    let mut allowed = options(spec, layers);
    allowed.allow = vec![code];
    // A missing glyph cannot be allowed: it would be drawn as a box.
    if code != LintCode::MissingGlyph {
        let svg = draw(spec, layers, &allowed).expect("it draws").svg().to_owned();
        let words: String =
            svg.split('>').filter(|t| t.ends_with("</text")).map(|t| t.replace("</text", " ")).collect();
        assert!(words.contains("Allowed to pass") && words.contains(code.word()), "{}", code.word());
    }
}

fn held() -> (PlateSpec, Vec<Layer>) {
    let mut spec = PlateSpec::preset("illustration-a").expect("listed");
    // The map after the proposal alone, without detail maps: the same findings, drawn faster.
    spec.layers = std::mem::take(&mut spec.panels)[5].layers.clone();
    (spec.insets.details, spec.insets.locator) = (false, false);
    let layers = layers(&spec);
    assert_eq!(codes(&spec, &layers), []);
    (spec, layers)
}

fn pieces(layers: &mut [Layer], change: impl Fn(&mut Piece)) {
    let all = layers.iter_mut().find_map(|l| if let Content::Pieces(p) = &mut l.content { Some(p) } else { None });
    change(&mut all.expect("a proposal")[0]);
}

fn lines(layers: &mut [Layer], change: impl Fn(&mut Line)) {
    let all = layers.iter_mut().find_map(|l| if let Content::Lines(p) = &mut l.content { Some(p) } else { None });
    all.expect("lines").iter_mut().for_each(change);
}

#[test]
fn a_layer_without_source_or_attribution() {
    let (spec, mut data) = held();
    let whole = data.clone();
    data[0].info.source.clear();
    stops(&spec, &data, LintCode::MissingSource);
    for change in [|l: &mut Layer| l.info.attribution.clear(), |l: &mut Layer| l.info.licence.clear()] {
        let mut data = whole.clone();
        change(&mut data[0]);
        stops(&spec, &data, LintCode::MissingLicence);
    }
}

#[test]
fn a_plate_without_disclaimer() {
    let (mut spec, data) = held();
    spec.disclaimer.insert("en".into(), String::new());
    stops(&spec, &data, LintCode::MissingDisclaimer);
}

#[test]
fn names_that_break_the_rule() {
    let (spec, data) = held();
    let mut missing = data.clone();
    pieces(&mut missing, |p| drop(p.meta.name.texts.remove("hy")));
    stops(&spec, &missing, LintCode::Naming);
    let mut renamed = data.clone();
    pieces(&mut renamed, |p| {
        let former = p.meta.name.texts["az"].clone();
        p.meta.name.variants.push(format!("az:{former}"));
    });
    stops(&spec, &renamed, LintCode::Naming);
    let mut odd = data;
    pieces(&mut odd, |p| drop(p.meta.name.texts.insert("hy".into(), "漢".into())));
    stops(&spec, &odd, LintCode::MissingGlyph);
}

#[test]
fn a_proposal_that_nobody_proposes() {
    let (spec, data) = held();
    let mut silent = data.clone();
    pieces(&mut silent, |p| p.proposed_by = None);
    silent.iter_mut().for_each(|layer| layer.info.proposed_by = None);
    stops(&spec, &silent, LintCode::ProposedBy);
    // A proposed line needs its proposer like proposed land; then the legend names it.
    let spec = PlateSpec::preset("tavush").expect("listed");
    let mut data = layers(&spec);
    lines(&mut data, |l| {
        if l.status == Status::Delimited {
            l.status = Status::Proposed;
        }
    });
    stops(&spec, &data, LintCode::ProposedBy);
    lines(&mut data, |l| drop(l.meta.properties.insert("proposed_by".into(), "a commission".into())));
    let sheet = draw(&spec, &data, &options(&spec, &data)).expect("it draws");
    let legend: Vec<&str> = sheet.legend.iter().map(|e| e.text.as_str()).collect();
    assert!(legend.iter().any(|t| t.contains("proposed by a commission")), "{legend:?}");
    assert!(sheet.svg().contains(">PROPOSAL<") && sheet.svg().contains("PROPOSAL – NOT AGREED"));
}

fn styled(style: &[StyleSpec]) -> (PlateSpec, Vec<Layer>) {
    let mut spec = PlateSpec::preset("tavush").expect("listed");
    let data = layers(&spec);
    let lines = |l: &&mut LayerSpec| l.id == "lines";
    spec.layers.iter_mut().find(lines).expect("it has lines").style = style.to_vec();
    (spec, data)
}

fn of(status: &str) -> StyleSpec {
    StyleSpec { status: Some(status.to_owned()), ..StyleSpec::default() }
}

#[test]
fn an_undefined_line_drawn_solid() {
    let (spec, data) = styled(&[StyleSpec { dash_mm: Some(Vec::new()), ..of("undefined") }]);
    stops(&spec, &data, LintCode::SolidUndefined);
}

#[test]
fn statuses_distinguished_by_colour_alone() {
    let dash = Some(vec![0.8, 0.8, 2.4, 0.8]);
    let mark = Some(merestone::map::MarkKind::None);
    let red = StyleSpec { color: Some("#b3122f".into()), dash_mm: dash.clone(), mark, ..of("undefined") };
    let green = StyleSpec { color: Some("#2f6b1e".into()), dash_mm: dash, mark, ..of("delimited") };
    let (spec, data) = styled(&[red.clone(), green.clone()]);
    stops(&spec, &data, LintCode::ColourAlone);
    // A mark on one of them distinguishes them.
    let (spec, data) = styled(&[red, StyleSpec { mark: Some(merestone::map::MarkKind::Tick), ..green }]);
    assert_eq!(codes(&spec, &data), []);
}

#[test]
fn a_style_changes_the_line_and_its_legend() {
    let legend = [("en".to_owned(), "Line of 2024".to_owned())].into();
    let (spec, data) =
        styled(&[StyleSpec { color: Some("#123456".into()), width_mm: Some(0.8), legend, ..of("delimited") }]);
    let sheet = draw(&spec, &data, &options(&spec, &data)).expect("it draws");
    let entry = sheet.legend.iter().find(|e| e.text == "Line of 2024").expect("the legend says it");
    let drawn = sheet.svg().split_once(&format!("<g class=\"{}\">", entry.symbol)).expect("it is drawn").1;
    let drawn = drawn.split_once("</g>").expect("it ends").0;
    assert!(drawn.contains("stroke=\"#123456\" stroke-width=\"0.8\""), "{drawn}");
}

#[test]
fn every_code_has_a_word_and_every_word_its_code() {
    for code in LintCode::ALL {
        assert_eq!(LintCode::from_word(code.word()), Some(code));
    }
    let (mut spec, data) = held();
    spec.disclaimer.insert("en".into(), String::new());
    let findings = lint(&spec, &data, &PlateOptions::default()).expect("it can be read");
    let told: Vec<String> = findings.iter().filter(|f: &&LintFinding| f.is_error).map(ToString::to_string).collect();
    assert_eq!(told, ["missing-disclaimer: the disclaimer: its text is empty"]);
}
