//! Names, order and location of the parties change nothing but names in the borders of overlapping claims.

use super::figures::{altered, brickwork, change_parts, rectangle, territory};
use geo::{BoundingRect, Coord, LineString, MapCoords, Polygon};
use merestone::model::{Territory, WarningCode};
use merestone::question::{BorderOptions, borders};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Results of a pair: lengths of each kind, points, rings, and other claimants of the land.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    lengths_m: Vec<f64>,
    points: usize,
    rings: usize,
    claimed: BTreeMap<String, f64>,
}

type Answer = BTreeMap<[String; 2], Said>;

fn answer(territories: Vec<Territory>, named: impl Fn(&str) -> String) -> Answer {
    let mut options = BorderOptions::default();
    options.tolerance_m = Some(500.0);
    options.pair = None;
    options.by_scale = true;
    let report = borders(&territories, &options).report;
    let rows = report.rows.into_iter().map(|row| {
        let mut pair = [named(&row.a), named(&row.b)];
        let mut sides = [row.a_side_length_m, row.b_side_length_m].map(|side| side.unwrap_or(row.length_m));
        if pair[0] > pair[1] {
            pair.reverse();
            sides.reverse();
        }
        let mut lengths_m = vec![row.length_m, sides[0], sides[1]];
        lengths_m.extend(row.by_scale.iter().map(|at| at.length_m));
        let rings = row.components.iter().filter(|c| c.ring).count();
        let claimed = row.claimed_by.iter().map(|claim| (named(&claim.territory), claim.length_m)).collect();
        (pair, Said { lengths_m, points: row.points.len(), rings, claimed })
    });
    rows.collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-3 + 1e-7 * a.abs()
}

fn same(a: &Answer, b: &Answer) -> Result<(), String> {
    if a.keys().ne(b.keys()) {
        return Err(format!("{a:?} {b:?}"));
    }
    for (pair, first) in a {
        let second = &b[pair];
        let lengths = first.lengths_m.iter().zip(&second.lengths_m).all(|(a, b)| close(*a, *b));
        let claims = first.claimed.keys().eq(second.claimed.keys())
            && first.claimed.values().zip(second.claimed.values()).all(|(a, b)| close(*a, *b));
        if !lengths || !claims || (first.points, first.rings) != (second.points, second.rings) {
            return Err(format!("{pair:?}: {first:?} {second:?}"));
        }
    }
    Ok(())
}

fn moved(territories: &[Territory], to: impl Fn(Coord) -> Coord + Copy) -> Vec<Territory> {
    let mut all = territories.to_vec();
    change_parts(&mut all, |part| {
        let turned = part.map_coords(to);
        // Mirrored rings have the opposite orientation.
        let mirrored = to(Coord { x: 2.0, y: 1.0 }) - to(Coord { x: 1.0, y: 1.0 });
        let upright = to(Coord { x: 1.0, y: 2.0 }) - to(Coord { x: 1.0, y: 1.0 });
        *part = if mirrored.x * upright.y < 0.0 { reversed(&turned) } else { turned };
    });
    all
}

fn reversed(part: &Polygon) -> Polygon {
    let back = |ring: &LineString| LineString(ring.0.iter().rev().copied().collect());
    Polygon::new(back(part.exterior()), part.interiors().iter().map(back).collect())
}

/// Moves boxes to ±180° and splits them there, as in RFC 7946.
fn onto_the_antimeridian(territories: &[Territory], east_deg: f64) -> Vec<Territory> {
    let moved = |each: &Territory| {
        let mut parts = Vec::new();
        for part in each.parts() {
            let ends = &part.exterior().0;
            let (west, south, east, north) = (ends[0].x + east_deg, ends[0].y, ends[2].x + east_deg, ends[2].y);
            if west < 180.0 {
                parts.push(rectangle(west, south, east.min(180.0), north));
            }
            if east > 180.0 {
                parts.push(rectangle(west.max(180.0) - 360.0, south, east - 360.0, north));
            }
        }
        Territory::from_parts_unchecked(each.meta.clone(), parts)
    };
    territories.iter().map(moved).collect()
}

/// Boxes distributed over some territories, and overlapping claims.
fn disputed() -> impl Strategy<Value = Vec<Territory>> {
    let claim = (0..50_u32, 0..50_u32, 1..10_u32, 1..10_u32).prop_map(|(x, y, wide, high)| {
        let at = |n: u32| f64::from(n) / 32.0;
        rectangle(45.0 + at(x), 39.0 + at(y), 45.0 + at(x + wide), 39.0 + at(y + high))
    });
    (brickwork(), 2..5_usize, prop::collection::vec(claim, 0..3)).prop_map(|(boxes, number, claims)| {
        let mut parts: Vec<Vec<Polygon>> = vec![Vec::new(); number];
        boxes.into_iter().enumerate().for_each(|(i, each)| parts[i % number].push(each));
        let named = parts.into_iter().enumerate().map(|(i, parts)| territory(format!("t{i}"), parts));
        let claims = claims.into_iter().enumerate().map(|(i, claim)| territory(format!("u{i}"), vec![claim]));
        named.chain(claims).filter(|t| !t.parts().is_empty()).collect()
    })
}

/// Adds to each ring the midpoints of the edges for which `turns` is true.
fn with_middles(territories: &[Territory], turns: &[bool]) -> Vec<Territory> {
    let (mut all, mut turns) = (territories.to_vec(), turns.iter().cycle());
    change_parts(&mut all, |part| {
        let ring = &part.exterior().0;
        let mut more = vec![ring[0]];
        for edge in ring.windows(2) {
            // Coordinates are whole parts of a power of two: the middle is exact.
            more.extend(turns.next().is_some_and(|turn| *turn).then(|| (edge[0] + edge[1]) / 2.0));
            more.push(edge[1]);
        }
        *part = Polygon::new(LineString(more), vec![]);
    });
    all
}

fn as_it_is(id: &str) -> String {
    id.to_owned()
}

proptest! {
    #![proptest_config(super::cases(96))]

    #[test]
    fn parties_exchanged(given in disputed(), a in 0..6_usize, b in 0..6_usize) {
        let (a, b) = (a % given.len(), b % given.len());
        let [p, q] = [a, b].map(|i| given[i].meta.id.clone());
        let mut exchanged = given.clone();
        (exchanged[a].meta.id, exchanged[b].meta.id) = (q.clone(), p.clone());
        let back = |id: &str| if id == p { q.clone() } else if id == q { p.clone() } else { id.to_owned() };
        prop_assert_eq!(same(&answer(given, as_it_is), &answer(exchanged, back)), Ok(()));
    }

    #[test]
    fn features_in_another_order(given in disputed(), turn in 0..6_usize) {
        let mut turned = given.clone();
        let at = turn % turned.len();
        turned.rotate_left(at);
        turned.iter_mut().for_each(|t| *t = altered(t, |parts| parts.reverse()));
        prop_assert_eq!(same(&answer(given, as_it_is), &answer(turned, as_it_is)), Ok(()));
    }

    #[test]
    fn mirrored(given in disputed(), east_west: bool) {
        let flip = move |c: Coord| if east_west { Coord { x: -c.x, ..c } } else { Coord { y: -c.y, ..c } };
        let mirrored = moved(&given, flip);
        prop_assert_eq!(same(&answer(given, as_it_is), &answer(mirrored, as_it_is)), Ok(()));
    }

    #[test]
    fn moved_onto_the_antimeridian(given in disputed(), column in 0..61_u32) {
        let moved = onto_the_antimeridian(&given, 135.0 - f64::from(column) / 32.0);
        prop_assert_eq!(same(&answer(given, as_it_is), &answer(moved, as_it_is)), Ok(()));
    }

    #[test]
    fn vertices_more_on_straight_edges(given in disputed(), turns in prop::collection::vec(any::<bool>(), 1..40)) {
        let plain = |territories: Vec<Territory>| {
            let report = borders(&territories, &BorderOptions::default()).report;
            let rows = report.rows.into_iter().map(|row| ([row.a, row.b], (row.length_m, row.points.len())));
            rows.collect::<BTreeMap<_, _>>()
        };
        let (given, more) = (plain(given.clone()), plain(with_middles(&given, &turns)));
        prop_assert!(given.keys().eq(more.keys()), "{given:?} {more:?}");
        for (a, b) in given.values().zip(more.values()) {
            prop_assert!(close(a.0, b.0) && a.1 == b.1, "{given:?} {more:?}");
        }
    }

    #[test]
    fn rings_begun_elsewhere_and_reversed(given in disputed(), turn in 0..4_usize) {
        let mut turned = given.clone();
        change_parts(&mut turned, |part| {
            let mut ring = part.exterior().0.clone();
            ring.pop();
            ring.rotate_left(turn);
            ring.push(ring[0]);
            *part = Polygon::new(LineString(ring), vec![]);
        });
        prop_assert_eq!(same(&answer(given, as_it_is), &answer(turned, as_it_is)), Ok(()));
    }
}

/// Pairs reported as overlapping by a warning.
fn overlaps(territories: Vec<Territory>) -> BTreeSet<[String; 2]> {
    let warnings = borders(&territories, &BorderOptions::default()).warnings;
    let said = warnings.iter().filter(|warning| warning.code == WarningCode::Overlap);
    let pair = |text: &str| {
        let (pair, _) = text.split_once(" overlap: ")?;
        let (a, b) = pair.split_once(" and ")?;
        Some([a.to_owned(), b.to_owned()])
    };
    said.filter_map(|warning| pair(&warning.message)).collect()
}

proptest! {
    #![proptest_config(super::cases(96))]

    #[test]
    fn whose_land_overlaps_whose_is_said(given in disputed()) {
        let over = |a: &Polygon, b: &Polygon| {
            let [p, q] = [a, b].map(|land| land.bounding_rect().expect("a box"));
            p.min().x < q.max().x && q.min().x < p.max().x && p.min().y < q.max().y && q.min().y < p.max().y
        };
        let mut asked = BTreeSet::new();
        for (i, a) in given.iter().enumerate() {
            for b in &given[i + 1..] {
                if a.parts().iter().any(|p| b.parts().iter().any(|q| over(p, q))) {
                    asked.insert([a.meta.id.clone(), b.meta.id.clone()]);
                }
            }
        }
        prop_assert_eq!(overlaps(given), asked);
    }
}

/// A claim whose corner lies on the inside of an edge that two others share.
#[test]
fn a_claim_that_begins_on_the_inside_of_a_border() {
    let with_vertex = |mut land: Polygon, at: Coord, behind: usize| {
        land.exterior_mut(|ring| ring.0.insert(behind + 1, at));
        land
    };
    let middle = Coord { x: 2.0, y: 4.0 };
    let south = with_vertex(rectangle(0.0, 0.0, 4.0, 4.0), middle, 2);
    let north = with_vertex(rectangle(0.0, 4.0, 4.0, 8.0), middle, 0);
    let claim = rectangle(0.0, 2.0, 1.0, 4.0);
    let given = vec![territory("south", vec![south]), territory("north", vec![north]), territory("claim", vec![claim])];
    let report = borders(&given, &BorderOptions::default()).report;
    let length_m = |a: &str, b: &str| report.rows.iter().find(|row| row.a == a && row.b == b).map(|row| row.length_m);
    // A degree of the parallel of 4°: a cos φ / √(1 − e² sin² φ) · π/180 = 111 050.1 m.
    let degree_m = length_m("claim", "north").expect("they share a degree of the parallel");
    assert!((degree_m - 111_050.0).abs() < 1.0, "{degree_m}");
    let whole_m = length_m("north", "south").expect("neighbours");
    assert!((whole_m - 4.0 * degree_m).abs() < 1e-6, "{whole_m}");
}
