//! Plates of other countries: what was wrong on them, by kind.

use super::odd::{bare, box_of, territories};
use super::reported::rectangle;
use super::user_data::{layer, spec, territory};
use merestone::geo::{Coord, Polygon};
use merestone::map::{Plate, PlateOptions, WorldOutline, draw};
use merestone::model::{Content, Layer, Role, Territory};

fn symbols(sheet: &Plate) -> Vec<&str> {
    sheet.legend.iter().map(|entry| entry.symbol.as_str()).collect()
}

/// A plate with the embedded outline of the world.
fn in_the_world(land: Vec<Territory>) -> Plate {
    let mut options = PlateOptions::default();
    options.world = Some(WorldOutline::embedded());
    draw(&spec(&["land"]), &territories(land), &options).expect("it draws")
}

fn without_name(mut land: Territory, numbered: bool) -> Territory {
    land.meta.name = Default::default();
    land.meta.numbered = numbered;
    land
}

#[test]
fn territories_without_names_have_their_ids_but_no_numbers() {
    let land = |numbered: bool| {
        let land = [box_of("TCD", 10.0, 50.0, 11.0, 51.0), box_of("CAF", 11.0, 50.0, 12.0, 51.0)];
        bare(&territories(land.map(|land| without_name(land, numbered)).to_vec()))
    };
    let map = |sheet: &Plate| sheet.svg().split_once("<g id=\"labels\">").expect("labels").1.to_owned();
    assert!(map(&land(false)).contains(">TCD<") && map(&land(false)).contains(">CAF<"));
    let labels = map(&land(true));
    assert!(!labels.split("<g id=\"legend\">").next().expect("a map").contains(">TCD<"));
}

#[test]
fn a_state_is_one_where_the_data_say_so() {
    let coded = |mut land: Territory| {
        land.meta.properties.insert("ISO_A3".to_owned(), land.meta.id.clone().into());
        land
    };
    let land = || vec![box_of("TCD", 10.0, 50.0, 11.0, 51.0), box_of("CAF", 11.0, 50.0, 12.0, 51.0)];
    assert!(symbols(&bare(&territories(land()))).contains(&"boundary-territory-unspecified"));
    let of_states = bare(&territories(land().into_iter().map(coded).collect()));
    assert!(symbols(&of_states).contains(&"boundary-state-unspecified"));
}

/// The sea is where the outline of the world has it, at scales at which its land is too coarse to be drawn.
#[test]
fn sea_around_islands_is_no_ground_without_data() {
    let island = in_the_world(vec![box_of("Svalbard", 10.0, 76.4, 34.0, 81.0)]);
    assert!(island.scale < 5e6 && island.scale >= 1e6, "1:{}", island.scale);
    assert!(symbols(&island).contains(&"water") && !symbols(&island).contains(&"nodata"), "{:?}", symbols(&island));
    let inland = in_the_world(vec![box_of("inland", 9.0, 50.0, 12.0, 51.5)]);
    assert!(symbols(&inland).contains(&"nodata") && !symbols(&inland).contains(&"water"), "{:?}", symbols(&inland));
}

#[test]
fn a_continent_is_on_an_equal_area_projection_with_a_small_error() {
    let africa = vec![box_of("west", -17.0, 4.0, 10.0, 36.0), box_of("south", 12.0, -34.0, 50.0, 4.0)];
    let sheet = bare(&territories(africa));
    assert!(sheet.svg().contains("Lambert azimuthal equal-area"));
    let russia = vec![box_of("north", 30.0, 45.0, 175.0, 78.0)];
    assert!(bare(&territories(russia)).svg().contains("Lambert azimuthal equal-area"), "a cone has a gap at the pole");
    let europe = vec![box_of("small", -10.0, 36.0, 30.0, 70.0)];
    assert!(bare(&territories(europe)).svg().contains("conformal conic"));
}

/// The data draw the enclave twice: as a part of its own territory, and as land of the host, which has no hole there.
#[test]
fn land_drawn_twice_is_the_enclave_with_its_boundary() {
    let host = territory("host", vec![rectangle(10.0, 50.0, 12.0, 52.0)]);
    let own = rectangle(10.8, 50.8, 11.2, 51.2);
    let hole = rectangle(10.95, 50.95, 11.05, 51.05).exterior().clone();
    let guest = territory("guest", vec![Polygon::new(own.exterior().clone(), vec![hole])]);
    for land in [vec![host.clone(), guest.clone()], vec![guest, host]] {
        let sheet = bare(&territories(land));
        let borders = super::world::rings(sheet.svg(), "boundary-territory-unspecified");
        let wide = |ring: &Vec<[f64; 2]>| {
            let xs = || ring.iter().map(|p| p[0]);
            xs().fold(f64::MIN, f64::max) - xs().fold(f64::MAX, f64::min)
        };
        let widths: Vec<f64> = borders.iter().map(wide).collect();
        assert_eq!(widths.len(), 2, "around the enclave, and around the land of the host in it: {widths:?}");
    }
    // An enclave in an enclave is cut out of that one, in any order; the plate says what was drawn twice.
    let nested = |sizes: [usize; 3]| {
        let all = [("outer", 2.0), ("middle", 1.0), ("inner", 0.4)];
        let land = |(id, half): (&str, f64)| {
            territory(id, vec![rectangle(11.0 - half, 51.0 - half, 11.0 + half, 51.0 + half)])
        };
        bare(&territories(sizes.map(|i| land(all[i])).to_vec()))
    };
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let sheet = nested(order);
        assert_eq!(super::world::rings(sheet.svg(), "boundary-territory-unspecified").len(), 2, "{order:?}");
        assert!(sheet.svg().contains("Drawn as enclaves; in the data their land"), "{order:?}");
    }
    // Of a territory with other land, only a part is.
    let host = territory("host", vec![rectangle(10.0, 50.0, 12.0, 52.0)]);
    let both = vec![rectangle(10.8, 50.8, 11.2, 51.2), rectangle(13.0, 50.0, 14.0, 51.0)];
    let sheet = bare(&territories(vec![host, territory("guest", both)]));
    assert!(!sheet.svg().contains("in the data their land"), "the land of the guest is its own, but for a part");
    assert!(sheet.svg().contains("in the data this land is also that of the territory around it: parts"));
    // A province is no enclave in its state.
    let mut state = territory("state", vec![rectangle(10.0, 50.0, 12.0, 52.0)]);
    state.meta.properties.insert("admin_level".to_owned(), "2".into());
    let mut province = territory("province", vec![rectangle(10.8, 50.8, 11.2, 51.2)]);
    province.meta.properties.insert("admin_level".to_owned(), "4".into());
    let sheet = bare(&territories(vec![state, province]));
    assert!(!symbols(&sheet).iter().any(|symbol| symbol.starts_with("boundary")), "{:?}", symbols(&sheet));
}

/// Two outlines of one line with other vertices, a few metres apart: one boundary on the plate, not two coasts.
#[test]
fn outlines_a_few_metres_apart_are_one_boundary() {
    let wavy = |by: f64, count: u32| -> Vec<(f64, f64)> {
        let at = |i: u32| f64::from(i) / f64::from(count);
        (0..=count).map(|i| (11.0 + by * (at(i) * 40.0).sin(), 50.0 + 2.0 * at(i))).collect()
    };
    let ring = |mut points: Vec<(f64, f64)>, far: f64| {
        points.extend([(far, 52.0), (far, 50.0)]);
        let ring: Vec<Coord> = points.iter().chain(points.first()).map(|(x, y)| Coord { x: *x, y: *y }).collect();
        Polygon::new(ring.into(), vec![])
    };
    let land = |gap: f64| {
        let east = wavy(0.01, 333).into_iter().map(|(x, y)| (x + gap, y)).collect();
        bare(&territories(vec![
            territory("west", vec![ring(wavy(0.01, 400), 9.0)]),
            territory("east", vec![ring(east, 13.0)]),
        ]))
    };
    assert!(symbols(&land(0.0003)).contains(&"boundary-territory-unspecified"));
    // A strait of 4 km is none.
    assert!(!symbols(&land(0.06)).iter().any(|symbol| symbol.starts_with("boundary")), "a strait");
}

#[test]
fn the_legend_lists_no_land_and_no_sea_that_is_not_seen() {
    let text = "frame = { scale = 6_000_000, centre = [20.0, 15.0] }\n[[layers]]\nid = \"land\"\n";
    let spec = merestone::map::PlateSpec::parse(text, "t.toml").expect("a specification");
    let mut options = PlateOptions::default();
    options.world = Some(WorldOutline::embedded());
    let symbols_of = |land: Vec<Territory>| {
        let layers: Vec<Layer> = vec![layer("land", Role::Territory, Content::Territories(land))];
        let sheet = draw(&spec, &layers, &options).expect("it draws");
        symbols(&sheet).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    // All of the frame but a strip is land with data; what is left is land.
    let found = symbols_of(vec![box_of("most", 0.0, 0.0, 20.0, 30.0), box_of("more", 20.0, 0.0, 25.0, 30.0)]);
    assert!(found.contains(&"outside".to_owned()) && !found.contains(&"water".to_owned()), "{found:?}");
}
