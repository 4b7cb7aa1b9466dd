//! Outlines of another source for comparison, in a dash pattern of their own.

use super::{layers, options};
use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::map::{LayerSpec, PlateSpec, draw};
use merestone::model::{Content, Layer, LayerInfo, Role, Territory};

#[test]
fn the_enclaves_as_another_source_draws_them() {
    let Some(file) = crate::support::shared::shared("wof/wof_enclaves.json") else { return };
    let reference = Reference::parse(&file.display().to_string());
    let rings = Dataset::embedded().select::<Territory>(&reference, &ReadOptions::default()).expect("it can be read");
    let mut spec = PlateSpec::preset("enclaves").expect("listed");
    let mut data = layers(&spec);
    let before = draw(&spec, &data, &options(&spec, &data)).expect("it draws");
    let info = LayerInfo {
        id: "second".into(),
        role: Role::Territory,
        source: "Who's On First".into(),
        date: "2026".into(),
        ..data[0].info.clone()
    };
    data.push(Layer { info, input: rings.input, content: Content::Territories(rings.features) });
    spec.layers.push(LayerSpec { second_opinion: true, ..LayerSpec::of("second") });
    let after = draw(&spec, &data, &options(&spec, &data)).expect("it draws");
    let entry = after.legend.iter().find(|e| e.symbol == "opinion-1").expect("the legend names it");
    assert_eq!(entry.text, "Outline by Who's On First (2026)");
    // One outline in each of the five panels, dashed; nothing else has changed.
    let outlines = after.svg().matches("<g class=\"opinion-1\">\n<path").count();
    assert_eq!(outlines, 5 + 1, "five panels and the legend");
    let drawn = after.svg().split_once("<g class=\"opinion-1\">").expect("it is drawn").1;
    assert!(drawn.split_once("</g>").expect("it ends").0.contains("stroke-dasharray"));
    let others = |sheet: &merestone::map::Plate| {
        sheet.legend.iter().map(|e| e.symbol.clone()).filter(|s| s != "opinion-1").collect::<Vec<_>>()
    };
    assert_eq!(others(&before), others(&after));
    assert!(after.svg().contains("second: Who's On First"));
}
