//! Numbers of routes and their crossings, used by the map, its list and its profile.

use super::canvas::{Canvas, Text, View};
use super::content::Content;
use super::error::MapError;
use super::labels::{Anchor, Block, Ground, Quad, Request};
use super::naming::HALO;
use super::paint::Drawn;
use super::palette::INK;
use super::paper::MM;
use super::spec::PlateSpec;
use super::symbol::{self, CROSSING_MM, Symbol};
use crate::question::{Crossing, RouteReport};
use geo::Coord;
use std::collections::BTreeMap;

/// A crossing with its number on the plate.
pub(crate) struct Numbered<'r> {
    /// Number of the route, a dot, number of the crossing along it.
    pub label: String,
    pub crossing: &'r Crossing,
    /// Whether the route joins waypoints, so that its chainages are only indicative.
    pub indicative: bool,
}

impl Numbered<'_> {
    fn at(&self) -> Coord {
        let [x, y] = self.crossing.position;
        Coord { x, y }
    }
}

/// Numbers of the routes that a plate shows, and the crossings in its list.
#[derive(Default)]
pub(crate) struct Numbers<'r> {
    pub routes: BTreeMap<String, usize>,
    pub crossings: Vec<Numbered<'r>>,
}

impl<'r> Numbers<'r> {
    /// Numbers the routes visible in any of the views, in the order of the data, and the crossings within the views.
    pub(crate) fn of(
        spec: &PlateSpec,
        content: &Content,
        views: &[View],
        reports: &'r [RouteReport],
    ) -> Result<Self, MapError> {
        let inside = |p: Coord| views.iter().any(|view| view.frame.contains(view.paper(p)));
        let seen = |lines: &Vec<Vec<Coord>>| lines.iter().flatten().any(|p| inside(*p));
        // Numbered before visibility is known: a route has the same number on every sheet.
        let all = content.ways.iter().filter(|way| way.labels).enumerate();
        let routes: BTreeMap<String, usize> =
            all.filter(|(_, way)| seen(&way.lines)).map(|(i, way)| (way.meta.id.clone(), i + 1)).collect();
        let mut numbers = Numbers { routes, crossings: Vec::new() };
        let Some(wanted) = &spec.crossings else { return Ok(numbers) };
        if let Some(id) = wanted.routes.iter().find(|id| content.ways.iter().all(|way| way.meta.id != **id)) {
            return Err(MapError::MissingFeature { feature: id.clone() });
        }
        let mut order: Vec<(usize, &String)> = numbers.routes.iter().map(|(id, number)| (*number, id)).collect();
        order.retain(|(_, id)| wanted.routes.is_empty() || wanted.routes.contains(id));
        order.sort();
        for (number, id) in order {
            let report = report_of(id, reports)?;
            let all = report.crossings.iter().enumerate().map(|(i, crossing)| Numbered {
                label: format!("{number}.{}", i + 1),
                crossing,
                indicative: report.indicative,
            });
            numbers.crossings.extend(all.filter(|numbered| inside(numbered.at())));
        }
        Ok(numbers)
    }

    /// The crossings within a view, with their positions on paper.
    fn within<'s>(&'s self, view: &'s View) -> impl Iterator<Item = (&'s Numbered<'r>, Coord)> {
        let frame = view.frame.grown(-CROSSING_MM);
        self.crossings.iter().map(|n| (n, view.paper(n.at()))).filter(move |(_, at)| frame.contains(*at))
    }

    /// Draws the marks of the crossings.
    pub(crate) fn paint(&self, canvas: &Canvas, view: &View, drawn: &mut Drawn) {
        for (numbered, at) in self.within(view) {
            let uncertain = numbered.crossing.is_uncertain();
            let mut sheet = canvas.sheet();
            sheet.open_symbol(&Symbol::Crossing(uncertain).class());
            symbol::crossing(&mut sheet, at, uncertain);
            sheet.close();
            drawn.insert(Symbol::Crossing(uncertain));
        }
    }

    /// Requests labels for the numbers beside the marks, and keeps other labels off the marks.
    pub(crate) fn requests(&self, view: &View, ground: &mut Ground, wanted: &mut Vec<Request>) {
        for (numbered, at) in self.within(view) {
            let side = 2.0 * CROSSING_MM * MM;
            ground.take(Quad::new(at, side, side, 0.0));
            wanted.push(Request {
                block: Block { lines: vec![Text::new(&numbered.label, 5.2).bold().color(INK).halo(HALO, 0.45)] },
                anchor: Anchor::Point { at, radius: CROSSING_MM * MM * 0.8, leader: true, own_side: false },
                priority: 26,
                name: format!("crossing {}", numbered.label),
                badge: false,
                shrink_to: 1.0,
                partner: None,
            });
        }
    }
}

/// The report for a route, from those given.
pub(crate) fn report_of<'r>(id: &str, reports: &'r [RouteReport]) -> Result<&'r RouteReport, MapError> {
    reports.iter().find(|r| r.route == id).ok_or_else(|| MapError::MissingReport { route: id.to_owned() })
}
