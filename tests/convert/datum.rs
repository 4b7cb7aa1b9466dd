//! Datum rules: coordinates are never reinterpreted silently, and the operation is always named.

use super::{first, folder_with, read, refused, run};

/// Meghri in zone 8, in the form of a survey office's export.
fn zone_8(x: f64, y: f64, crs: &str) -> String {
    let crs = if crs.is_empty() {
        String::new()
    } else {
        format!(r#""crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{crs}"}}}},"#)
    };
    let feature = format!(
        r#"{{"type":"Feature","properties":{{"id":"meghri"}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#
    );
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{feature}]}}"#)
}

/// `cs2cs EPSG:28408 EPSG:4326` of PROJ 9.1.1 for 4308492.539 N, 8607949.305 E: PROJ selects EPSG:15865 there.
const MEGHRI: (f64, f64) = (46.2432158591, 38.9023844748);

#[track_caller]
fn near(at: &[f64], expected: (f64, f64)) {
    let place = |(x, y)| geo::Coord { x, y };
    let miss = merestone::earth::distance_m(place((at[0], at[1])), place(expected));
    assert!(miss < 0.001, "{at:?} is {miss} m from {expected:?}");
}

#[test]
fn zone_8_with_and_without_its_number_comes_to_the_same_place() {
    for (x, crs) in [(8_607_949.305, "28408"), (607_949.305, "2498"), (607_949.305, "28468")] {
        let (folder, _) = folder_with("in.geojson", &zone_8(x, 4_308_492.539, crs));
        let (_, said) = run(folder.path(), &["convert", "in.geojson", "out.geojson"]);
        let out = read(folder.path(), "out.geojson");
        near(&first(&out), MEGHRI);
        let operation = out["features"][0]["properties"]["datum_operation"].as_str().expect("it is on record");
        for part in
            ["EPSG:15865", "coordinate frame", "9607", "25, -141, -78.5", "accuracy 4.5 m", "Armenia, Azerbaijan"]
        {
            assert!(operation.contains(part) && said.contains(part), "{part}");
        }
        assert_eq!(out["merestone"]["method"]["datum_operation"], operation);
        assert_eq!(out["merestone"]["method"]["accuracy"]["datum_operation_m"], 4.5);
        assert!(out.get("crs").is_none());
    }
}

#[test]
fn a_zone_number_that_does_not_fit_is_refused_with_the_system_that_does() {
    for (x, crs, fits) in [(607_949.305, "28408", "EPSG:2498"), (8_607_949.305, "2498", "EPSG:28408")] {
        let (folder, _) = folder_with("in.geojson", &zone_8(x, 4_308_492.539, crs));
        let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson"]);
        assert!(error.contains("feature 0 (meghri)") && error.contains(&format!("--from {fits}")), "{error}");
        run(folder.path(), &["convert", "in.geojson", "out.geojson", "--from", fits, "--quiet"]);
        near(&first(&read(folder.path(), "out.geojson")), MEGHRI);
    }
}

#[test]
fn metres_declared_as_wgs_84_are_refused() {
    let (folder, _) = folder_with("in.geojson", &zone_8(8_607_949.305, 4_308_492.539, ""));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson"]);
    assert!(error.contains("projected (metres)") && error.contains("--from EPSG:28408"), "{error}");
    assert!(!folder.path().join("out.geojson").exists());
    let error = refused(folder.path(), &["info", "in.geojson"]);
    assert!(error.contains("--from EPSG:28408"), "{error}");
    run(folder.path(), &["convert", "in.geojson", "out.geojson", "--from", "EPSG:28408", "--quiet"]);
    near(&first(&read(folder.path(), "out.geojson")), MEGHRI);
}

#[test]
fn swapped_axes_are_refused_unless_stated() {
    let (folder, _) = folder_with("in.geojson", &zone_8(4_308_492.539, 8_607_949.305, "28408"));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson"]);
    assert!(error.contains("axes swapped") && error.contains("--axes yx"), "{error}");
    run(folder.path(), &["convert", "in.geojson", "out.geojson", "--axes", "yx", "--quiet"]);
    near(&first(&read(folder.path(), "out.geojson")), MEGHRI);
    // In degrees, an exchange can be detected only by the land that the file should intersect.
    let (folder, _) = folder_with("in.geojson", &zone_8(39.5, 46.25, ""));
    for alone in [&["convert", "in.geojson", "out.geojson"][..], &["info", "in.geojson"]] {
        let (answer, said) = run(folder.path(), alone);
        assert!(!said.contains("axes") && !answer.contains("axes"), "{said}{answer}");
    }
    // The file has the name of a place of the dataset.
    let (answer, _) = run(folder.path(), &["check", "in.geojson"]);
    assert!(answer.contains("swapped-axes"), "{answer}");
    let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson", "--reference", "states"]);
    assert!(error.contains("1 of 1") && error.contains("--axes yx"), "{error}");
    let yx = ["convert", "in.geojson", "out.geojson", "--reference", "states", "--axes", "yx"];
    run(folder.path(), &yx);
    assert_eq!(first(&read(folder.path(), "out.geojson")), [46.25, 39.5]);
}

#[test]
fn other_operations_and_parameters_of_ones_own_are_used_and_named() {
    let (folder, _) = folder_with("in.geojson", &zone_8(8_607_949.305, 4_308_492.539, "28408"));
    let own = "name = \"Commission 2025\"\nconvention = \"coordinate-frame\"\ntranslation_m = [25, -141, -78.5]\n\
               rotation_arcsec = [0, -0.35, -0.736]\naccuracy_m = 1.5\n";
    std::fs::write(folder.path().join("own.toml"), own).expect("written");
    run(folder.path(), &["convert", "in.geojson", "out.geojson", "--operation", "own.toml", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    near(&first(&out), MEGHRI);
    assert_eq!(out["merestone"]["method"]["accuracy"]["datum_operation_m"], 1.5);
    let mut places = vec![first(&out)];
    for code in ["5044", "1808", "EPSG:1254"] {
        let (_, said) = run(folder.path(), &["convert", "in.geojson", "out.geojson", "--operation", code]);
        assert!(said.contains(&format!("EPSG:{}", code.trim_start_matches("EPSG:"))), "{said}");
        assert_eq!(said.contains("outside the area of use"), code != "1808", "{said}");
        places.push(first(&read(folder.path(), "out.geojson")));
    }
    places.dedup();
    assert_eq!(places.len(), 4);
    std::fs::write(folder.path().join("own.toml"), own.replace("convention", "conventoin")).expect("written");
    let error = refused(folder.path(), &["info", "in.geojson", "--operation", "own.toml"]);
    assert!(error.contains("conventoin") && error.contains("\"convention\""), "{error}");
}

#[test]
fn every_question_applies_the_datum_rules() {
    let points = "[[8607949.305,4308492.539],[8508949.305,4548492.539]]";
    let text = zone_8(0.0, 0.0, "28408")
        .replace(r#""Point","coordinates":[0,0]"#, &format!(r#""LineString","coordinates":{points}"#));
    let (folder, _) = folder_with("route.geojson", &text);
    // RFC 7946 has no `crs` member, but a declared one is honoured and named.
    let (declared, _) = run(folder.path(), &["route", "route.geojson", "--format", "json", "--quiet"]);
    let from = ["route", "route.geojson", "--format", "json", "--quiet", "--from", "EPSG:28408"];
    let (answer, _) = run(folder.path(), &from);
    assert_eq!(declared, answer, "what the file declares is what --from says");
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let operation = answer["method"]["datum_operation"].as_str().expect("text");
    assert!(operation.starts_with("EPSG:15865"), "{operation}");
    assert_eq!(answer["inputs"][0]["datum"]["crs"], "EPSG:28408 Pulkovo 1942 / Gauss-Kruger zone 8");
    let (other, _) = run(folder.path(), &[&from[..], &["--operation", "5044"]].concat());
    assert!(other.contains("EPSG:5044") && !other.contains("EPSG:15865"));
}

#[test]
fn explain_states_steps_and_displacement() {
    let (folder, _) = folder_with("in.geojson", &zone_8(8_607_949.305, 4_308_492.539, "28408"));
    let (json, _) = run(folder.path(), &["convert", "in.geojson", "--explain", "--format", "json", "--quiet"]);
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let steps = report["results"]["steps"].as_array().expect("steps");
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1]["accuracy_m"], 4.5);
    let moved = report["results"]["middle"]["moved_m"].as_f64().expect("metres");
    assert!((95.0..110.0).contains(&moved), "{moved} m");
}

#[cfg(feature = "gdal")]
#[test]
fn what_only_proj_knows_is_named_and_ballpark_is_refused() {
    // Lambert-93, near Paris: 2.3522 E, 48.8566 N by PROJ 9.1.1.
    let (folder, _) = folder_with("in.geojson", &zone_8(652_469.02, 6_862_035.26, "2154"));
    let (_, said) = run(folder.path(), &["convert", "in.geojson", "out.geojson"]);
    assert!(said.contains("PROJ"), "{said}");
    let at = first(&read(folder.path(), "out.geojson"));
    assert!((at[0] - 2.3522).abs() < 1e-6 && (at[1] - 48.8566).abs() < 1e-6, "{at:?}");
    let unknown = ["--from", "+proj=longlat +ellps=krass +no_defs"];
    let (folder, _) = folder_with("in.geojson", &zone_8(45.0, 40.0, ""));
    let refusal = refused(folder.path(), &[&["convert", "in.geojson", "out.geojson"], &unknown[..]].concat());
    assert!(refusal.contains("ballpark") && refusal.contains("--allow-ballpark"), "{refusal}");
    let allowed = [&["convert", "in.geojson", "out.geojson", "--allow-ballpark"], &unknown[..]].concat();
    let (_, said) = run(folder.path(), &allowed);
    assert!(said.contains("ballpark"), "{said}");
}

#[cfg(feature = "gdal")]
#[test]
fn shapefile_in_zone_8_agrees_with_cs2cs() {
    let (folder, _) = folder_with("in.geojson", &zone_8(8_607_949.305, 4_308_492.539, "28408"));
    run(folder.path(), &["convert", "in.geojson", "zone8.shp", "--to", "EPSG:28408", "--quiet"]);
    run(folder.path(), &["convert", "zone8.shp", "out.geojson", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    near(&first(&out), MEGHRI);
    assert!(out["features"][0]["properties"]["datum_operation"].as_str().is_some_and(|t| t.contains("15865")));
    let mut cs2cs = std::process::Command::new("cs2cs");
    cs2cs.args(["-f", "%.10f", "EPSG:28408", "EPSG:4326"]).stdin(std::process::Stdio::piped());
    let Ok(mut child) = cs2cs.stdout(std::process::Stdio::piped()).spawn() else {
        eprintln!("skipped: cs2cs is not there");
        return;
    };
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), b"4308492.539 8607949.305\n").expect("taken");
    let text = String::from_utf8(child.wait_with_output().expect("it ends").stdout).expect("text");
    let numbers: Vec<f64> = text.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    near(&first(&out), (numbers[1], numbers[0]));
}

#[cfg(feature = "gdal")]
#[test]
fn degrees_in_a_system_of_metres_that_only_proj_knows_are_refused() {
    let degrees = zone_8(46.24, 38.9, "");
    let (folder, _) = folder_with("in.geojson", &degrees);
    for command in [vec!["convert", "in.geojson", "out.geojson"], vec!["info", "in.geojson"]] {
        let error = refused(folder.path(), &[command, vec!["--from", "EPSG:27700"]].concat());
        assert!(error.contains("looks like degrees, and EPSG:27700 is in metres"), "{error}");
    }
    // Declared in the file itself.
    run(folder.path(), &["convert", "in.geojson", "tagged.gpkg", "--quiet"]);
    retag(&folder.path().join("tagged.gpkg"), 27700);
    for command in [vec!["convert", "tagged.gpkg", "out.geojson"], vec!["info", "tagged.gpkg"]] {
        let error = refused(folder.path(), &command);
        assert!(error.contains("looks like degrees") && error.contains("British National Grid"), "{error}");
    }
    assert!(!folder.path().join("out.geojson").exists());
    // Metres where degrees are expected.
    let (folder, _) = folder_with("in.geojson", &zone_8(530_000.0, 180_000.0, ""));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson", "--from", "EPSG:4258"]);
    assert!(error.contains("looks projected (metres), and EPSG:4258 is in degrees"), "{error}");
    // `cs2cs EPSG:27700 EPSG:4326` of PROJ 9.1.1 for 530000, 180000: within the 2 m of the operation without its grid.
    run(folder.path(), &["convert", "in.geojson", "out.geojson", "--from", "EPSG:27700", "--quiet"]);
    let at = first(&read(folder.path(), "out.geojson"));
    assert!((at[0] + 0.1283).abs() < 1e-3 && (at[1] - 51.5037).abs() < 1e-3, "{at:?}");
}

/// Changes the system that a GeoPackage declares.
#[cfg(feature = "gdal")]
fn retag(path: &std::path::Path, code: u32) {
    let options = gdal::DatasetOptions {
        open_flags: gdal::GdalOpenFlags::GDAL_OF_VECTOR | gdal::GdalOpenFlags::GDAL_OF_UPDATE,
        ..Default::default()
    };
    let mut dataset = gdal::Dataset::open_ex(path, options).expect("GDAL opens it");
    let system = gdal::spatial_ref::SpatialRef::from_epsg(code).expect("PROJ knows it");
    let other = gdal::vector::LayerOptions { name: "other", srs: Some(&system), ..Default::default() };
    dataset.create_layer(other).expect("it can be added");
    for table in ["gpkg_contents", "gpkg_geometry_columns"] {
        let sentence = format!("UPDATE {table} SET srs_id = {code}");
        dataset.execute_sql(sentence, None, gdal::vector::sql::Dialect::DEFAULT).expect("it is SQL");
    }
    dataset.execute_sql("DROP TABLE other", None, gdal::vector::sql::Dialect::DEFAULT).expect("it is SQL");
}

#[cfg(feature = "gdal")]
#[test]
fn dataset_uses_the_chosen_operation_or_that_of_the_manifest() {
    let two = r#"{"type":"LineString","coordinates":[[8607949.305,4308492.539],[8608949.305,4309492.539]]}"#;
    let line = format!(r#"{{"type":"Feature","properties":{{"id":"line"}},"geometry":{two}}}"#);
    let (folder, _) = folder_with("in.geojson", &line);
    run(folder.path(), &["convert", "in.geojson", "set.gpkg", "--from", "EPSG:28408", "--to", "EPSG:28408", "--quiet"]);
    std::fs::create_dir(folder.path().join("set")).expect("it can be made");
    std::fs::rename(folder.path().join("set.gpkg"), folder.path().join("set/line.gpkg")).expect("it can be moved");
    let own = "convention = \"coordinate-frame\"\ntranslation_m = [20, -130, -80]\n";
    std::fs::write(folder.path().join("set/own.toml"), own).expect("it can be written");
    let catalogued = |manifest: &str, more: &[&str]| {
        let text = format!(
            "id = \"set\"\ntitle = \"Set\"\n[[layer]]\nid = \"line\"\nrole = \"line\"\nfile = \"line.gpkg\"\nsource = \"s\"\n\
             licence = \"CC0\"\nattribution = \"a\"\ndate = \"2026\"\ndatum_operation = \"{manifest}\"\n\
             position_accuracy_m = 10\n"
        );
        std::fs::write(folder.path().join("set/dataset.toml"), text).expect("it can be written");
        let asked = ["info", "line", "--dataset", "set", "--format", "json", "--quiet"];
        let (answer, _) = run(folder.path(), &[&asked, more].concat());
        serde_json::from_str::<serde_json::Value>(&answer).expect("it is JSON")
    };
    let alone = |more: &[&str]| {
        let asked = ["info", "set/line.gpkg", "--format", "json", "--quiet"];
        let (answer, _) = run(folder.path(), &[&asked, more].concat());
        serde_json::from_str::<serde_json::Value>(&answer).expect("it is JSON")
    };
    let (default, other) = (alone(&[]), alone(&["--operation", "EPSG:1808"]));
    let own = alone(&["--operation", "set/own.toml"]);
    for (answer, expected) in [
        (catalogued("none: as published", &[]), &default),
        (catalogued("none: as published", &["--operation", "EPSG:1808"]), &other),
        (catalogued("EPSG:1808, as the office says", &[]), &other),
        (catalogued("EPSG:1808, as the office says", &["--operation", "EPSG:15865"]), &default),
        (catalogued("own.toml", &[]), &own),
    ] {
        assert_eq!(answer["inputs"][0]["datum"], expected["inputs"][0]["datum"]);
        assert_eq!(answer["results"]["layers"][0]["bounds"], expected["results"]["layers"][0]["bounds"]);
        assert!(answer["results"]["layers"][0]["bounds"].is_array(), "{answer}");
    }
    let found: Vec<String> = [&default, &other, &own].map(|a| a["results"]["layers"][0]["bounds"].to_string()).to_vec();
    assert!(found[0] != found[1] && found[1] != found[2], "{found:?}");
}

#[test]
fn input_that_fits_its_reference_only_with_swapped_axes_is_refused() {
    let road = |from: [f64; 2], to: [f64; 2]| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"road"}},"geometry":{{"type":"LineString","coordinates":[{from:?},{to:?}]}}}}"#
        )
    };
    let (folder, _) = folder_with("road.geojson", &road([39.5, 45.25], [39.5, 46.5]));
    let squares = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/answers.in/squares.geojson");
    let questions: [&[&str]; 6] = [
        &["route", "road.geojson"],
        &["route", "road.geojson", "--territories", squares],
        &["compare", "road.geojson", "lines/ring-karki", "--chart", "chart.svg"],
        &["map", "--layer", "states", "--layer", "road.geojson", "-o", "plate.svg"],
        &["map", "--layer", "road.geojson", "--layer", "states", "-o", "plate.png"],
        &["map", "--profile", "road.geojson", "-o", "profile.svg"],
    ];
    for question in questions {
        let error = refused(folder.path(), question);
        // The dataset's layer is not a default beyond its bounds.
        let by_default = matches!(question, ["route", "road.geojson"] | ["map", "--profile", ..]);
        let why = if by_default { "does not lie within the bounds" } else { "road.geojson: no position" };
        assert!(error.contains(why) && error.contains("hint: ") && error.contains("--axes yx"), "{error}");
        assert_eq!(error.contains("--territories FILE"), by_default, "{error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is written");
    // By itself it is accepted: the default territories are no reason to refuse it.
    let (_, said) = run(folder.path(), &["info", "road.geojson"]);
    assert!(!said.contains("axes"), "{said}");
    let (_, said) = run(folder.path(), &["severance", "road.geojson"]);
    assert!(said.contains("lies outside the bounds of the dataset") && said.contains("--axes yx"), "{said}");
    let stated = ["route", "road.geojson", "--territories", "states", "--axes", "xy", "--format", "csv"];
    let (answer, said) = run(folder.path(), &stated);
    assert!(!said.contains("--axes") && answer.contains("road,"), "{said}{answer}");
    let (exchanged, _) = run(folder.path(), &["route", "road.geojson", "--axes", "yx", "--format", "csv", "--quiet"]);
    let (folder, _) = folder_with("road.geojson", &road([45.25, 39.5], [46.5, 39.5]));
    let (straight, _) = run(folder.path(), &["route", "road.geojson", "--format", "csv", "--quiet"]);
    assert_eq!(exchanged, straight);
}

#[test]
fn two_versions_that_fit_only_with_swapped_axes_are_refused() {
    let land = |x: f64, y: f64, exchanged: bool| {
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)].map(|(dx, dy)| (x + dx, y + dy));
        let ring = ring.map(|(x, y)| if exchanged { [y, x] } else { [x, y] });
        format!(
            r#"{{"type":"Feature","properties":{{"id":"a"}},"geometry":{{"type":"Polygon","coordinates":[{ring:?}]}}}}"#
        )
    };
    let (folder, _) = folder_with("old.geojson", &land(13.0, 47.0, false));
    std::fs::write(folder.path().join("new.geojson"), land(13.01, 47.02, false)).expect("it can be written");
    std::fs::write(folder.path().join("turned.geojson"), land(13.01, 47.02, true)).expect("it can be written");
    for command in ["compare", "ledger"] {
        run(folder.path(), &[command, "old.geojson", "new.geojson"]);
        for (a, b) in [("old.geojson", "turned.geojson"), ("turned.geojson", "old.geojson")] {
            let error = refused(folder.path(), &[command, a, b]);
            assert!(error.contains("no position lies beside") && error.contains("--axes yx"), "{command}: {error}");
            // With `--axes` stated, they are answered.
            run(folder.path(), &[command, a, b, "--axes", "xy"]);
        }
        // As the hint suggests.
        run(folder.path(), &["convert", "turned.geojson", "back.geojson", "--axes", "yx", "--quiet"]);
        let (answer, _) = run(folder.path(), &[command, "old.geojson", "back.geojson", "--format", "csv"]);
        let (expected, _) = run(folder.path(), &[command, "old.geojson", "new.geojson", "--format", "csv"]);
        // The answer of `compare` names its inputs.
        assert_eq!(answer.replace("back.geojson", "new.geojson"), expected);
    }
}

#[test]
fn axes_are_held_against_other_inputs_and_never_against_a_region_of_our_own() {
    let land = |id: &str, (x, y): (f64, f64), exchanged: bool| {
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)].map(|(dx, dy)| (x + dx, y + dy));
        let ring = ring.map(|(x, y)| if exchanged { [y, x] } else { [x, y] });
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Polygon","coordinates":[{ring:?}]}}}}"#
        )
    };
    // Two neighbours near Rostov, in the Donbas, in Switzerland, in Chile: with exchanged axes, the first two are in
    // the South Caucasus.
    for (x, y) in [(39.2, 46.5), (38.0, 48.0), (8.0, 46.0), (-70.5, -33.0)] {
        let (folder, _) = folder_with("a.geojson", &land("a", (x, y), false));
        std::fs::write(folder.path().join("b.geojson"), land("b", (x + 1.0, y), false)).expect("it can be written");
        std::fs::write(folder.path().join("turned.geojson"), land("b", (x, y - 0.2), true)).expect("it can be written");
        for question in [
            &["info", "a.geojson"][..],
            &["check", "a.geojson", "b.geojson"],
            &["convert", "a.geojson", "a.csv"],
            &["borders", "a.geojson", "b.geojson"],
            &["enclaves", "a.geojson", "b.geojson"],
            &["map", "--layer", "a.geojson", "--layer", "b.geojson", "-o", "plate.svg"],
        ] {
            let (answer, said) = run(folder.path(), question);
            assert!(!said.contains("axes") && !answer.contains("axes"), "{question:?} at {x}, {y}: {said}{answer}");
        }
        let plate = ["map", "--layer", "a.geojson", "--layer", "turned.geojson", "-o", "plate.svg"];
        for question in [&["borders", "a.geojson", "turned.geojson"][..], &plate] {
            let (_, said) = run(folder.path(), question);
            assert!(said.contains("turned.geojson: no position lies near") && said.contains("--axes yx"), "{said}");
        }
    }
}
