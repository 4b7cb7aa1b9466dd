//! The roles of lines follow from the data; undetermined roles are requested from the user.

use super::odd::{box_of, territories};
use super::user_data::{layer, spec};
use geo::{Coord, LineString};
use merestone::map::{LayerSpec, MapError, Plate, PlateOptions, PlateSpec, draw};
use merestone::model::{Content, Layer, Line, Meta, Role, Status, Territory};

fn line(properties: &[(&str, &str)]) -> Vec<Line> {
    let properties = properties.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
    vec![Line {
        meta: Meta { id: "road".into(), properties, ..Meta::default() },
        left: None,
        right: None,
        published_length_km: None,
        status: Status::Unspecified,
        runs: vec![LineString(vec![Coord { x: 20.05, y: 45.05 }, Coord { x: 20.15, y: 45.05 }])],
    }]
}

fn land() -> Vec<Territory> {
    vec![box_of("west", 20.0, 45.0, 20.1, 45.1), box_of("east", 20.1, 45.0, 20.2, 45.1)]
}

fn with_line(properties: &[(&str, &str)], role: Option<Role>) -> Result<Plate, MapError> {
    let layers = [
        layer("land", Role::Territory, Content::Territories(land())),
        layer("road", Role::Line, Content::Lines(line(properties))),
    ];
    let mut spec = spec(&["land", "road"]);
    spec.layers[1] = LayerSpec { role, ..LayerSpec::of("road") };
    draw(&spec, &layers, &PlateOptions::default())
}

fn symbols(sheet: &Plate) -> Vec<&str> {
    sheet.legend.iter().map(|entry| entry.symbol.as_str()).collect()
}

#[test]
fn a_line_with_a_mode_is_a_route() {
    for (properties, symbol) in [
        (&[("mode", "road"), ("status", "planned")][..], "route-road-planned"),
        (&[("mode", "rail")], "route-rail-inuse"),
        (&[("highway", "trunk")], "route-road-inuse"),
        (&[("railway", "abandoned")], "route-rail-dismantled"),
    ] {
        let sheet = with_line(properties, None).expect("it draws");
        assert!(symbols(&sheet).contains(&symbol), "{properties:?}: {:?}", symbols(&sheet));
    }
}

#[test]
fn a_line_that_says_nothing_is_an_error_until_its_role_is_stated() {
    let error = with_line(&[("width", "7")], None).unwrap_err();
    assert!(
        matches!(&error, MapError::AmbiguousLine { layer, feature, .. } if layer == "road" && feature == "road"),
        "{error}"
    );
    assert!(error.to_string().contains("road.geojson"), "{error}");
    let stated = with_line(&[("width", "7")], Some(Role::Line)).expect("it draws");
    assert!(symbols(&stated).contains(&"boundary-state-unspecified"));
}

#[test]
fn a_line_of_openstreetmap_has_the_level_that_it_says() {
    let sheet = with_line(&[("boundary", "administrative"), ("admin_level", "4")], None).expect("it draws");
    assert!(symbols(&sheet).contains(&"boundary-unit-unspecified"), "{:?}", symbols(&sheet));
}

/// The boundary shared by two territories, by the kind of each.
fn shared(of: [(Option<&str>, Option<&str>); 2]) -> Vec<String> {
    let mut land = land();
    for (land, (kind, parent)) in land.iter_mut().zip(of) {
        (land.meta.kind, land.meta.parent) = (kind.map(str::to_owned), parent.map(str::to_owned));
    }
    let sheet = super::odd::bare(&territories(land));
    symbols(&sheet).into_iter().filter(|symbol| symbol.starts_with("boundary")).map(str::to_owned).collect()
}

#[test]
fn a_boundary_has_the_level_of_what_it_divides() {
    let province = Some("province");
    assert_eq!(shared([(province, Some("A")), (province, Some("B"))]), ["boundary-state-unspecified"]);
    assert_eq!(shared([(province, Some("A")), (province, Some("A"))]), ["boundary-unit-unspecified"]);
    assert_eq!(shared([(province, None), (province, None)]), ["boundary-unit-unspecified"]);
    assert_eq!(shared([(province, Some("A")), (Some("state"), None)]), ["boundary-state-unspecified"]);
    assert_eq!(shared([(None, None), (None, None)]), ["boundary-territory-unspecified"]);
    let member = Some("union-republic");
    assert_eq!(shared([(member, None), (member, None)]), ["boundary-member-unspecified"]);
    assert_eq!(shared([(member, None), (Some("state"), None)]), ["boundary-state-unspecified"]);
}

#[test]
fn what_is_not_valid_in_the_year_of_a_plate_is_not_drawn() {
    let mut land = land();
    land[0].meta.valid_from = Some("2008-05-01".into());
    land[1].meta.valid_to = Some("1991".into());
    let layers: Vec<Layer> = territories(land);
    for (year, drawn) in [(1988, vec!["region-east"]), (2008, vec!["region-west"]), (1991, vec!["region-east"])] {
        let text = format!("year = {year}\n[[layers]]\nid = \"land\"\n");
        let spec = PlateSpec::parse(&text, "t.toml").expect("a specification");
        let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
        let regions: Vec<&str> = symbols(&sheet).into_iter().filter(|symbol| symbol.starts_with("region")).collect();
        assert_eq!(regions, drawn, "{year}");
    }
}
