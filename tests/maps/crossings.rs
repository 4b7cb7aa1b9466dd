//! Crossings of routes: numbered on the map, listed with their chainages, as in the report.

use super::{layers, options, preset, reports};
use merestone::map::{MapError, PlateOptions, PlateSpec, draw};

/// The group with this id, up to the end of its texts.
fn group<'s>(svg: &'s str, id: &str) -> &'s str {
    let start = svg.find(&format!("<g id=\"{id}\">")).unwrap_or_else(|| panic!("no group {id}"));
    let end = svg[start..].find("</g>\n<").expect("it ends");
    &svg[start..start + end]
}

fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ").skip(1).filter_map(|t| t.split_once('>')?.1.split_once("</text>")).map(|t| t.0).collect()
}

#[test]
fn the_list_has_every_crossing_in_the_frame_with_its_chainage() {
    let spec = PlateSpec::preset("syunik-routes").expect("listed");
    let data = layers(&spec);
    let sheet = preset("syunik-routes");
    let listed = texts(group(sheet.svg(), "crossings"));
    let railway = reports(&spec, &data).into_iter().find(|r| r.route == "southern-railway").expect("it is a route");
    let entry = |crossing: &merestone::question::Crossing| {
        let side = |id: &Option<String>| id.clone().unwrap_or_else(|| "outside".to_owned());
        (
            format!("{:.1} km", crossing.chainage_m / 1000.0),
            format!("{} → {}", side(&crossing.from), side(&crossing.to)),
        )
    };
    assert_eq!(railway.crossings.len(), 3, "{:?}", railway.crossings);
    for (i, crossing) in railway.crossings.iter().enumerate() {
        let at = listed.iter().position(|t| *t == format!("1.{}", i + 1)).expect("it is numbered");
        let (km, passage) = entry(crossing);
        assert_eq!(listed[at + 1..at + 3], [km.as_str(), passage.as_str()]);
        assert!(crossing.is_uncertain(), "a chain of waypoints crosses nowhere for certain");
    }
    let symbols: Vec<&str> = sheet.legend.iter().map(|e| e.symbol.as_str()).collect();
    assert!(symbols.contains(&"crossing-uncertain") && !symbols.contains(&"crossing"), "{symbols:?}");
    // The number is beside its mark too, and in the profile under the map.
    assert!(texts(sheet.svg()).iter().filter(|t| **t == "1.2").count() >= 3);
}

#[test]
fn certain_crossing_is_filled_with_chainage_in_metres() {
    let spec = PlateSpec::preset("syunik-routes").expect("listed");
    let data = layers(&spec);
    let mut options = options(&spec, &data);
    for report in &mut options.routes {
        report.indicative = false;
        report.crossings.iter_mut().for_each(|c| c.uncertain = Some(false));
    }
    let sheet = draw(&spec, &data, &options).expect("it draws");
    assert!(sheet.legend.iter().any(|e| e.symbol == "crossing"));
    let km = format!("{:.3} km", options.routes[0].crossings[0].chainage_m / 1000.0);
    assert!(texts(group(sheet.svg(), "crossings")).contains(&km.as_str()), "{km}");
}

#[test]
fn plate_with_crossings_needs_the_reports() {
    let mut spec = PlateSpec::preset("syunik-routes").expect("listed");
    let data = layers(&spec);
    let error = draw(&spec, &data, &PlateOptions::default()).unwrap_err();
    assert!(matches!(error, MapError::MissingReport { .. }), "{error}");
    spec.crossings.as_mut().expect("it has them").routes = vec!["nowhere".to_owned()];
    let error = draw(&spec, &data, &options(&spec, &data)).unwrap_err();
    assert!(matches!(error, MapError::MissingFeature { .. }) && error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn the_profile_under_the_map_names_what_it_runs_through() {
    let sheet = preset("syunik-routes");
    let profile = sheet.svg().split_once("<g id=\"profile\">").expect("it is there").1;
    for words in [
        "Profile · Profil · Պրոֆիլ: Southern railway",
        "Armenia<",
        "Azerbaijan<",
        "Հայաստան<",
        "Azərbaycan<",
        "43.2 km",
    ] {
        assert!(profile.contains(words), "{words}");
    }
}
