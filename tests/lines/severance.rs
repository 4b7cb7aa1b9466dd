//! Land and places that a line cuts off.

use super::{lines, pieces, places, polygon, routes, states, territory};
use geo::{Coord, LineString};
use merestone::model::{Content, Line, Meta, Place, Status};
use merestone::question::{Asked, SeveranceOptions, SeveranceReport, Subject, severance};

fn options() -> SeveranceOptions {
    let mut options = SeveranceOptions::default();
    options.within_m = 1000.0;
    options.reach_m = 2000.0;
    options.surroundings_m = 2000.0;
    options.tolerance_m = 0.1;
    options.languages = vec!["en".into()];
    options
}

fn asked() -> Vec<Asked> {
    vec![Asked::new("places", Content::Places(places())), Asked::new("routes", Content::Routes(routes()))]
}

fn ask(subject: &Subject) -> SeveranceReport {
    severance("line", subject, &states(), &asked(), &options()).report
}

#[test]
fn enclaves_that_pass_to_their_host_leave_no_line() {
    let report = ask(&Subject::Proposal(pieces("enclaves-as-held")));
    let changed: Vec<&str> = report.settlements.iter().filter(|s| s.changes).map(|s| s.id.as_str()).collect();
    assert_eq!(changed.len(), 5, "{changed:?}");
    // The rings of Yaradullu 1 and 2, which stay.
    assert!((report.length_m - 2020.8).abs() < 5.0, "{}", report.length_m);
    assert!(report.routes.is_empty());
}

#[test]
fn enclaves_that_stay_cut_the_routes_through_them() {
    let report = ask(&Subject::Proposal(pieces("enclaves-restored")));
    assert!(report.settlements.iter().all(|s| !s.changes));
    let m2 = report.routes.iter().find(|r| r.id == "m2").unwrap();
    assert_eq!((m2.cuts.len(), m2.excursions.len()), (2, 1));
    assert!(m2.indicative);
    assert!(report.only_route_cut.iter().any(|s| s.id == "v-karki"));
    let karki = report.land.iter().find(|l| l.id == "v-karki").unwrap();
    assert!((0.3..0.7).contains(&karki.cut_off_share), "{}", karki.cut_off_share);
}

#[test]
fn the_ring_alone_gives_the_same_cuts() {
    let report = ask(&Subject::Line(vec![Content::Lines(lines("lines/ring-karki"))]));
    assert_eq!(report.routes.iter().find(|r| r.id == "m2").map(|r| r.cuts.len()), Some(2));
    // The present line moves no settlement.
    assert!(report.settlements.iter().all(|s| !s.changes));
}

#[test]
fn a_new_line_moves_those_on_its_other_side() {
    let square = |west: f64| polygon(&[(west, 40.0), (west + 1.0, 40.0), (west + 1.0, 41.0), (west, 41.0)]);
    let territories = [territory("W", vec![square(45.0)]), territory("E", vec![square(46.0)])];
    let line = Line {
        meta: Meta { id: "new".into(), ..Meta::default() },
        left: Some("W".into()),
        right: Some("E".into()),
        status: Status::Proposed,
        runs: vec![LineString(vec![Coord { x: 45.9, y: 40.0 }, Coord { x: 45.9, y: 41.0 }])],
        published_length_km: None,
    };
    let place = |id: &str, x: f64| Place {
        meta: Meta { id: id.into(), ..Meta::default() },
        position: Coord { x, y: 40.5 },
        rank: 4,
    };
    let points = vec![place("stays-west", 45.85), place("moves", 45.905), place("stays-east", 46.2)];
    let parcel = territory("parcel", vec![polygon(&[(45.89, 40.2), (45.93, 40.2), (45.93, 40.24), (45.89, 40.24)])]);
    // The line runs along the edge that its polygons share.
    let half = |west: f64, east: f64| polygon(&[(west, 40.3), (east, 40.3), (east, 40.34), (west, 40.34)]);
    let halves = territory("halves", vec![half(45.89, 45.9), half(45.9, 45.93)]);
    let asked = [
        Asked::new("buildings", Content::Places(points)),
        Asked::new("parcels", Content::Territories(vec![parcel, halves])),
    ];
    let subject = Subject::Line(vec![Content::Lines(vec![line])]);
    let report = severance("new", &subject, &territories, &asked, &options()).report;
    let moved: Vec<_> = report.settlements.iter().filter(|s| s.changes).collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(
        (moved[0].id.as_str(), moved[0].from.as_deref(), moved[0].to.as_deref()),
        ("moves", Some("W"), Some("E"))
    );
    let divided = report.land.iter().find(|l| l.id == "parcel").unwrap();
    assert!((divided.cut_off_share - 0.25).abs() < 1e-4, "{}", divided.cut_off_share);
    let halves = report.land.iter().find(|l| l.id == "halves").unwrap();
    assert!((halves.cut_off_share - 0.25).abs() < 1e-4, "{}", halves.cut_off_share);
    let home = report.land.iter().find(|l| l.id == "moves").unwrap();
    assert!((0.2..0.5).contains(&home.cut_off_share), "{}", home.cut_off_share);
}
