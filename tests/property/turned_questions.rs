//! The questions about routes, proposals and lines: at ±180° as at 0°.

use super::{Files, Said, Written, at_both, beside, given, same};
use merestone::construct::{Network, NetworkOptions, TraceOptions, ViaPoint, trace};
use merestone::document::description::{ClausePart, Statement, Words};
use merestone::document::{
    CatalogueOptions, Course, DescribeOptions, DescriptionContext, DescriptionLine, catalogue, courses_of, describe,
};
use merestone::geo::{Coord, Intersects, LineString, Point};
use merestone::model::{Content, Line, Name, Piece, Place, Route, Territory};
use merestone::question::{
    Asked, CompareOptions, CorridorOptions, DecideAgainst, DecideOptions, LedgerOptions, MarkBasis, MarkOptions,
    RouteOptions, SeveranceOptions, Subject, Version, compare, corridor, decide, ledger, marks, severance, traced,
};
use proptest::prelude::*;

impl Files {
    fn ways(&self) -> Vec<Route> {
        self.read("way")
    }

    fn runs(&self) -> Vec<Vec<Coord>> {
        self.ways()[0].runs.iter().map(|run| run.0.clone()).collect()
    }

    /// The route in the opposite direction, as another one.
    fn back(&self) -> Route {
        let turned = self.runs().into_iter().rev().map(|run| LineString(run.into_iter().rev().collect()));
        let mut back = Route::new("back", turned).expect("positions");
        back.meta.evidence = self.ways()[0].meta.evidence.clone();
        back
    }

    /// Settlements at the vertices of the route, without those that ±180° adds.
    fn places(&self) -> Vec<Place> {
        let at_180 = |at: &Coord| at.x.abs() == 180.0 || at.x == 0.0;
        let vertices = self.runs().into_iter().flatten().filter(|at| !at_180(at));
        let place = |(number, at): (usize, Coord)| {
            let mut place = Place::new(format!("p{number}"), at).expect("a position");
            place.meta.kind = Some("village".into());
            place
        };
        vertices.enumerate().map(place).collect()
    }

    fn at(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [1e4 * beside(lon, self.turned), 1e4 * lat]
    }

    fn ledger(&self) -> Said {
        let mut options = LedgerOptions::default();
        options.routes = self.ways();
        let report = ledger(&self.read("before"), &self.read("after"), &options).expect("an overlay").report;
        let mut said = Said::default();
        for piece in report.pieces.iter().filter(|piece| !piece.sliver) {
            let lengths = piece.routes.iter().flat_map(|route| [route.length_m, route.on_border_m]);
            // Widths are found to 0.1 %.
            let numbers = [1e-3 * piece.area_m2, 10.0 * piece.width_m.ln()].into_iter().chain(lengths);
            // Of several places as wide, which is the centre depends on rounding.
            let holds_centre = piece.polygons.iter().any(|land| land.intersects(&Point::from(piece.centre)));
            said.say((&piece.from, &piece.to, piece.sliver, piece.routes.len(), holds_centre), numbers);
        }
        said.sorted()
    }

    fn severance(&self) -> Said {
        let piece = |land: Territory| Piece {
            to: Some(land.meta.id.clone()),
            meta: land.meta.clone(),
            from: None,
            proposed_by: None,
            parts: land.into_parts(),
        };
        let subject = Subject::Proposal(self.read::<Territory>("after").into_iter().map(piece).collect());
        let asked = [
            Asked::new("ways", Content::Routes(self.ways())),
            Asked::new("places", Content::Places(self.places())),
            Asked::new("land", Content::Territories(self.read("before"))),
        ];
        let options = SeveranceOptions::default();
        let report = severance("line", &subject, &self.read::<Territory>("before"), &asked, &options).report;
        let mut said = Said::default();
        said.say("length", [report.length_m]);
        for place in &report.settlements {
            // Distances are accurate to 1e-4.
            let metres = place.distance_m.map(|metres| 200.0 * (1.0 + metres).ln());
            said.say((&place.id, &place.from, &place.to, place.near), metres);
        }
        for route in &report.routes {
            let cuts = route.cuts.iter().map(|cut| cut.chainage_m);
            said.say(&route.id, [route.length_m, route.near_length_m].into_iter().chain(cuts));
        }
        for land in &report.land {
            said.say(&land.id, [1e-3 * land.area_m2, 1e-3 * land.cut_off_m2]);
        }
        said.sorted()
    }

    fn corridor(&self) -> Said {
        let routes = [self.ways(), vec![self.back()]].concat();
        let report = corridor(&routes, &self.read("before"), &self.places(), None, &CorridorOptions::default())
            .expect("routes")
            .report;
        let mut said = Said::default();
        for row in &report.alternatives {
            let lengths = [row.length_m, row.in_enclaves_m, row.outside_m, row.near_line_m, row.shared_m];
            said.say((&row.route, row.settlements, row.crossings), lengths);
        }
        for near in &report.near_line {
            said.say(&near.route, [near.from_m, near.to_m]);
        }
        // The rank of equally long routes depends on rounding.
        said.sorted()
    }

    fn marks(&self) -> Said {
        let contents = [Content::Routes(self.ways())];
        let report = marks(&contents, &MarkBasis::default(), &MarkOptions::default()).expect("a line").report;
        let mut said = Said::default();
        for mark in &report.marks {
            // A turning of half a degree more may be rounded either way.
            let why = mark.why.trim_end_matches(|c: char| c.is_ascii_digit() || c == '°');
            let degrees = mark.why[why.len()..].trim_end_matches('°').parse::<f64>().unwrap_or(0.0);
            let numbers = [mark.chainage_m, 0.015 * degrees].into_iter().chain(self.at(mark.position));
            said.say((&mark.number, mark.kind, why), numbers);
        }
        for leg in &report.legs {
            said.say((&leg.from, &leg.to), [leg.path_m, leg.distance_m, leg.azimuth_deg]);
        }
        said
    }

    fn decide(&self) -> Said {
        let contents =
            [Content::Routes(self.ways()), Content::Places(self.places()), Content::Territories(self.read("after"))];
        let against = DecideAgainst::Territories(self.read("before"));
        let report = decide(&contents, &against, &DecideOptions::default()).report;
        let mut said = Said::default();
        for row in &report.features {
            let lengths = row.lengths.iter().map(|length| length.length_m);
            let known = [row.distance_m, row.length_m, row.undecidable_m].map(|metres| metres.unwrap_or(-1.0));
            // An outline along a line lies on one side of it or on the other by rounding.
            let territory = row.territory.as_ref().filter(|_| row.shape != "area");
            let words = (&row.id, row.verdict, territory, &row.open, row.lengths.len());
            said.say(words, known.into_iter().chain(lengths));
        }
        said
    }

    fn compare(&self) -> Said {
        let north = |at: Coord| Coord { y: at.y + 0.013, ..at };
        let runs = self.runs();
        let moved = runs.iter().map(|run| run.iter().copied().map(north).collect()).collect();
        let version = |runs| Version::new("line", runs);
        let report = compare(&version(runs), &version(moved), &CompareOptions::within(900.0))
            .expect("both have a length")
            .report;
        let mut said = Said::default();
        let frechet_m = report.frechet_m.unwrap_or(-1.0);
        said.say(
            (report.runs.len(), report.per_10_km.len()),
            [report.length_a_m, report.hausdorff_m, frechet_m, report.mean_offset_m, report.agree_share],
        );
        said
    }

    /// A road to the north and south of each settlement, which is on the route.
    fn roads(&self) -> Vec<Line> {
        let north = |place: &Place, by: f64| Coord { y: place.position.y + by, ..place.position };
        let road = |place: &Place| {
            let ends = [north(place, -0.02), place.position, north(place, 0.02)];
            let mut road = Line::new(place.meta.id.clone(), [LineString(ends.to_vec())]).expect("a line");
            road.meta.name = Name::plain(format!("R-{}", place.meta.id));
            road
        };
        self.places().iter().map(road).collect()
    }

    fn describe(&self) -> Said {
        let mut context = DescriptionContext::default();
        context.places = vec![Content::Places(self.places())];
        context.roads = vec![Content::Lines(self.roads())];
        context.territories = self.read("before");
        let line = |course: Course| {
            let mut line = DescriptionLine::new(course.id, course.points.iter().map(|point| point.position).collect());
            (line.left, line.right) = (Some(Words::of("en", "A")), Some(Words::of("en", "B")));
            line
        };
        let lines: Vec<_> = courses_of(&[Content::Routes(self.ways())]).into_iter().map(line).collect();
        let report = describe(&lines, &context, &DescribeOptions::default()).expect("a line").report;
        let mut said = Said::default();
        for leg in &report.legs {
            let numbers = [leg.length_m, leg.chord_m, leg.azimuth_deg.unwrap_or(-1.0)];
            said.say((&leg.from, &leg.to, &leg.follow, &leg.wind), numbers);
        }
        let statements = report.description.sections.iter().flat_map(|section| &section.statements);
        for (number, statement) in statements.enumerate() {
            if let Statement::Leg(clause) = statement {
                let names = |part: &ClausePart| format!("{:?} {:?}", part.crosses, part.leaves);
                let ties = format!("{:?}", clause.to_location);
                said.say((number, clause.parts.iter().map(names).collect::<Vec<_>>(), ties), []);
            }
        }
        said
    }

    fn catalogue(&self) -> Said {
        let contents = [Content::Routes(self.ways()), Content::Territories(self.read("before"))];
        let table = catalogue(&courses_of(&contents), &CatalogueOptions::default()).report;
        let mut said = Said::default();
        for line in &table.lines {
            said.say(line.points, [line.length_m]);
        }
        for point in table.points.iter().filter(|point| point.line == "way") {
            said.say(&point.number, [point.chainage_m].into_iter().chain(self.at(point.position.into())));
        }
        said.sorted()
    }

    fn trace(&self) -> Said {
        let (network, _) = Network::new(self.ways(), &NetworkOptions::default());
        let runs = self.runs();
        let ends = [runs[0][0], *runs[runs.len() - 1].last().expect("positions")];
        let vias = ends.map(|position| ViaPoint { name: "end".into(), position });
        let options = TraceOptions::default();
        let found = trace(&network, &vias, &[], &options).expect("they are on it");
        let as_route =
            traced(&network, &found, &Default::default(), &options, &self.read("before"), &RouteOptions::default());
        let report = as_route.report;
        let mut said = Said::default();
        said.say(report.ways.len(), [report.length_m, report.territories.length_m, report.territories.outside_m]);
        for part in &report.territories.parts {
            said.say(&part.territory, [part.length_m, part.on_border_m]);
        }
        said.sorted()
    }
}

proptest! {
    #![proptest_config(super::super::cases(12))]

    #[test]
    fn a_ledger_at_180_is_that_at_0(given in given(0)) {
        at_both(&given, "ledger", Files::ledger)?;
    }

    #[test]
    fn severance_at_180_is_that_at_0(given in given(0)) {
        at_both(&given, "severance", Files::severance)?;
    }

    #[test]
    fn a_corridor_at_180_is_that_at_0(given in given(0)) {
        at_both(&given, "corridor", Files::corridor)?;
    }

    #[test]
    fn marks_at_180_are_those_at_0(given in given(0)) {
        at_both(&given, "marks", Files::marks)?;
    }

    #[test]
    fn a_description_at_180_is_that_at_0(given in given(0)) {
        at_both(&given, "describe", Files::describe)?;
    }

    #[test]
    fn a_catalogue_at_180_is_that_at_0(given in given(0)) {
        // Edges straight in a projected system become chains, with other points where ±180° divides them.
        prop_assume!(given.written == Written::Lonlat);
        // Two rings that meet on ±180° are one line there.
        prop_assume!(!given.is_joined_on_meridian());
        at_both(&given, "catalogue", Files::catalogue)?;
    }

    #[test]
    fn what_is_decided_at_180_is_decided_at_0(given in given(0)) {
        at_both(&given, "decide", Files::decide)?;
    }

    #[test]
    fn a_comparison_at_180_is_that_at_0(given in given(0)) {
        let [here, there] = [false, true].map(|turned| Files::new(&given, turned).compare());
        prop_assume!(!given.rectangles.is_empty());
        // A vertex on ±180° divides an edge elsewhere into the pieces of which offsets are computed.
        same("compare", 1e-4, &here, &there)?;
    }

    #[test]
    fn a_trace_at_180_is_that_at_0(given in given(0)) {
        at_both(&given, "trace", Files::trace)?;
    }
}
