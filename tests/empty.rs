//! Geometries without positions: constructors refuse them, and questions about features with such geometries are
//! answered.

use merestone::document::{CatalogueOptions, catalogue, courses_of};
use merestone::geo::{Coord, LineString, Polygon, Rect, coord};
use merestone::model::{Content, InvalidGeometry, Line, Meta, Piece, Place, Route, Territory};
use merestone::question::{
    self, Asked, CompareOptions, EnclaveOptions, LedgerOptions, SeveranceOptions, Subject, Version,
};
use merestone::topology;

fn square(west: f64) -> Polygon {
    Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()
}

fn bent() -> LineString {
    LineString::from(vec![(9.5, 45.5), (11.5, 45.6)])
}

/// Territories, one with a part without positions, one with nothing else, and one without parts.
fn territories() -> Vec<Territory> {
    let whole = |id: &str, west: f64| Territory::new(id, [square(west)]).expect("a square");
    let half = Territory::from_parts_unchecked(Meta::new("half"), vec![Polygon::empty(), square(10.0)]);
    let hollow = Territory::from_parts_unchecked(Meta::new("hollow"), vec![Polygon::empty()]);
    let nothing = Territory::from_parts_unchecked(Meta::new("nothing"), Vec::new());
    vec![half, whole("whole", 11.0), hollow, nothing]
}

fn contents() -> Vec<Content> {
    let empties = || vec![LineString::from(Vec::<Coord>::new()), bent(), LineString::from(vec![(10.0, 45.0)])];
    let line = Line { runs: empties(), ..Line::new("line", [bent()]).expect("a line") };
    let route = Route { runs: empties(), ..Route::new("route", [bent()]).expect("a route") };
    let none = Route { runs: Vec::new(), meta: Meta::new("none"), ..route.clone() };
    let piece = Piece::new("piece", "whole", [square(10.0)]).expect("a square");
    let piece = Piece { parts: vec![Polygon::empty(), square(10.25)], ..piece };
    let place = Place::new("place", coord! { x: 10.5, y: 45.5 }).expect("a position");
    vec![
        Content::Territories(territories()),
        Content::Lines(vec![line]),
        Content::Routes(vec![route, none]),
        Content::Places(vec![place]),
        Content::Pieces(vec![piece]),
    ]
}

fn routes() -> Vec<Route> {
    contents().into_iter().find_map(|c| if let Content::Routes(all) = c { Some(all) } else { None }).expect("routes")
}

fn pieces() -> Vec<Piece> {
    contents().into_iter().find_map(|c| if let Content::Pieces(all) = c { Some(all) } else { None }).expect("pieces")
}

#[test]
fn borders_are_those_of_the_parts_that_have_positions() {
    for tolerance_m in [None, Some(100.0)] {
        let mut options = question::BorderOptions::default();
        options.tolerance_m = tolerance_m;
        options.by_scale = true;
        let report = question::borders(&territories(), &options).report;
        assert_eq!(report.rows.len(), 1);
        assert_eq!((report.rows[0].a.as_str(), report.rows[0].b.as_str()), ("half", "whole"));
    }
}

#[test]
fn parts_without_positions_are_no_enclaves() {
    let mut options = EnclaveOptions::default();
    (options.routes, options.named) = (routes(), territories());
    let report = question::enclaves(&territories(), &options).report;
    let of: Vec<&str> = report.rows.iter().map(|row| row.territory.as_str()).collect();
    assert_eq!(of, ["half", "whole"]);
}

#[test]
fn routes_have_the_length_of_their_runs_that_have_one() {
    let reports = question::routes(&routes(), &territories(), &question::RouteOptions::default()).report;
    assert_eq!(reports.len(), 2);
    let one = question::route(&routes()[0], &territories(), &Default::default()).report;
    assert!(one.length_m > 150_000.0 && (one.length_m - reports[0].length_m).abs() < 1e-3);
    assert_eq!(reports[1].length_m, 0.0);
}

#[test]
fn land_passes_as_if_the_empty_parts_were_not_there() {
    let mut options = LedgerOptions::default();
    options.routes = routes();
    options.named = territories();
    let mut after = territories();
    after.swap(0, 1);
    let same = question::ledger(&territories(), &after, &options).expect("it settles").report;
    assert!(same.pieces.is_empty());
    let report = question::ledger_of_proposal(&territories(), &pieces(), &options).expect("it settles").report;
    assert_eq!(report.pieces.len(), 1, "{:?}", report.pieces);
}

#[test]
fn a_line_without_positions_cuts_nothing_off() {
    let asked: Vec<Asked> = contents().into_iter().map(|content| Asked::new("data", content)).collect();
    let subjects = [Subject::Line(contents()), Subject::Line(Vec::new()), Subject::Proposal(pieces())];
    for subject in subjects {
        let options = SeveranceOptions::default();
        let report = question::severance("line", &subject, &territories(), &asked, &options).report;
        assert!(report.length_m.is_finite());
    }
}

#[test]
fn lines_without_length_are_not_compared() {
    let version = |runs: Vec<Vec<Coord>>| Version::new("v", runs);
    let line = version(vec![bent().0]);
    for runs in [Vec::new(), vec![Vec::new()], vec![vec![bent().0[0]]]] {
        assert!(question::compare(&line, &version(runs.clone()), &CompareOptions::within(1.0)).is_err());
        assert!(question::compare(&version(runs), &line, &CompareOptions::within(1.0)).is_err());
    }
    let report = question::compare(&line, &version(vec![Vec::new(), bent().0]), &CompareOptions::within(1.0))
        .expect("both have a length")
        .report;
    assert_eq!(report.hausdorff_m, 0.0);
}

#[test]
fn what_has_no_positions_is_summed_up_as_nothing() {
    for content in contents() {
        for row in question::info_features(&content, &[]) {
            assert!(row.area_km2.is_none_or(f64::is_finite) && row.length_m.is_none_or(f64::is_finite));
        }
    }
    let evidence = question::evidence(&contents(), &question::FieldMap::default()).report;
    assert!(evidence.length_m.is_finite() && evidence.agreed_share.is_finite());
    assert_eq!(question::evidence(&[], &question::FieldMap::default()).report.length_m, 0.0);
    let sheets = question::sheets(&contents(), &question::SheetOptions::default()).expect("far from the poles");
    assert!(!sheets.report.sheets.is_empty());
    let catalogue = catalogue(&courses_of(&contents()), &CatalogueOptions::default()).report;
    assert!(!catalogue.points.is_empty());
}

#[test]
fn constructions_on_nothing_are_nothing() {
    let all = territories();
    let graph = topology::CoverageGraph::new(&all);
    let shared = graph.shared_edges();
    assert_eq!(topology::nest(&all, &graph, &shared).len(), graph.parts.len());
    assert!(topology::union(&[Polygon::empty()]).is_empty());
    assert!(topology::enclosed(&[Polygon::empty()]).is_empty());
    let pair = topology::overlay(&[Polygon::empty(), square(10.0)], &[Polygon::empty()]);
    assert_eq!(topology::union(&[Polygon::empty(), square(10.0)]).len(), 1);
    assert!(pair.both.is_empty() && pair.only_a.len() == 1);
    assert_eq!(topology::widest_place(&Polygon::empty(), 1.0).0, 0.0);
    assert!(topology::join_runs(&[Vec::new()]).iter().all(Vec::is_empty));
    assert!(topology::Nearest::new([[].as_slice()]).is_none());
    let mut land = vec![Polygon::empty(), square(179.0)];
    topology::unwrap_land(&mut land, 1.0);
    assert!(!topology::wrapped_land(&land).is_empty());
    let _ = topology::across_antimeridian(land);
}

#[test]
fn measures_of_nothing_are_nothing() {
    use merestone::earth;
    assert_eq!(earth::polygon_area_m2(&Polygon::empty()), 0.0);
    assert_eq!((earth::ring_area_m2(&[]), earth::geodesic_ring_area_m2(&[])), (0.0, 0.0));
    assert_eq!((earth::rhumb_ring_area_m2(&[]), earth::line_length_m(&[])), (0.0, 0.0));
    assert_eq!(earth::divider_length_m(&[], 1000.0), 0.0);
    assert!(earth::divider_points(&[], 1000.0).is_empty());
    assert_eq!(earth::area_error_m2(&[Polygon::empty()], 10.0), 0.0);
    for edges in [merestone::model::Edges::Lonlat, merestone::model::Edges::Geodesic, merestone::model::Edges::Rhumb] {
        assert!(earth::densify(&[], edges).is_empty());
        assert!(earth::densify_and_split(&[], edges).iter().all(Vec::is_empty));
    }
}

#[test]
fn constructors_refuse_what_is_no_feature() {
    let refused = |error: InvalidGeometry| error.to_string();
    let none = Territory::new("a", Vec::<Polygon>::new()).expect_err("no polygons");
    assert_eq!(refused(none), "a: no polygons");
    let empty = Territory::new("a", [square(10.0), Polygon::empty()]).expect_err("an empty one");
    assert_eq!(refused(empty), "a: ring 0 of polygon 1 encloses no area");
    let flat = Polygon::new(LineString::from(vec![(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), Vec::new());
    assert!(matches!(Piece::new("p", "b", [flat]), Err(InvalidGeometry::NoArea { .. })));
    assert!(matches!(Territory::new("a", [square(180.0)]), Err(InvalidGeometry::Position { .. })));
    for at in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (0.0, 90.5)] {
        assert!(matches!(Place::new("x", at.into()), Err(InvalidGeometry::Position { .. })), "{at:?}");
    }
    assert!(matches!(Line::new("l", [LineString::from(vec![(0.0, 0.0)])]), Err(InvalidGeometry::ShortLine { .. })));
    assert!(matches!(Route::new("r", Vec::<LineString>::new()), Err(InvalidGeometry::Empty { .. })));
}
