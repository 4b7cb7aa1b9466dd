//! The detail maps that a map needs: those requested by the specification, and those of areas too small to be visible.

use super::corners::wrapped;
use crate::map::canvas::{Text, View};
use crate::map::cluster::{Cluster, Outlier};
use crate::map::content::{Content, Level, Region};
use crate::map::fonts::LEAST_PT;
use crate::map::framing;
use crate::map::naming::{Naming, Style, called, check_text};
use crate::map::palette::{GREY_INK, INK};
use crate::map::paper::{Bounds, MM, area};
use crate::map::spec::{DetailSpec, InsetSpec, Note, PlateSpec};
use crate::map::{error::MapError, fonts::Face};
use crate::model::{Meta, Name};
use geo::Coord;

/// Territories smaller than this on the plate get a detail map, in square millimetres.
const VISIBLE_MM2: f64 = 4.0;
/// Scales of detail maps.
const SCALES: [f64; 10] = [
    10_000_000.0,
    5_000_000.0,
    2_500_000.0,
    1_000_000.0,
    500_000.0,
    250_000.0,
    100_000.0,
    50_000.0,
    25_000.0,
    10_000.0,
];
/// Desired area of a territory in its detail map, in square millimetres.
const WANTED_MM2: f64 = 60.0;
/// Width and height of a detail map in millimetres.
const SIDE_MM: (f64, f64) = (46.0, 38.0);
/// Greatest size of a box of large land outside the main map: at least so many millimetres, else a share of the map's frame.
const LARGE_MM: (f64, f64) = (84.0, 64.0);
const LARGE: f64 = 0.42;
/// Room around land in such a box, in millimetres: above and below it for the title and the scale.
const AROUND_MM: (f64, f64) = (7.0, 13.0);
/// Least share of the extent of a box that is land, if the land is drawn smaller than on the main map: else it is specks in the sea.
const LEAST_LAND: f64 = 0.02;
/// A territory of more parts, too far apart for one detail map, has none.
const FEW_PARTS: usize = 3;
/// Greatest number of names joined in a title.
const JOINED: usize = 3;

/// The content of a detail map.
pub(crate) struct Wanted {
    /// Extent on the main map.
    pub bounds: Bounds,
    pub scale: f64,
    /// Width and height in millimetres.
    pub side_mm: (f64, f64),
    /// Whether it may be made smaller if room is scarce; not if the specification sets its extent.
    pub may_shrink: bool,
    /// The small territories for which it is made.
    pub ids: Vec<String>,
    /// Box of each of them on the main map.
    boxes: Vec<Bounds>,
    /// Names of the territories to which they belong, for a title where they have none of their own.
    owners: Vec<Name>,
    /// The notes of the specification that name it.
    pub notes: Vec<usize>,
    /// Ids of features named by the title alone, so that the map need not repeat the name.
    pub named: Vec<String>,
    /// Ids of features named by the title, of several: the map tells which is which.
    pub listed: Vec<String>,
    /// Lines of the title, one above the other.
    pub title: Vec<Text>,
    /// Centre in degrees if it is outside the main map, where it has no box and no leader.
    pub beyond: Option<Coord>,
}

/// Number of groups of small territories after which the search for them ends.
const MOST_GROUPS: usize = 64;
/// Greatest number of automatic detail maps on a plate.
const MOST: usize = 4;

/// The detail maps requested by the specification, and those of small territories.
pub(crate) fn wanted(
    spec: &PlateSpec,
    content: &Content,
    view: &View,
    naming: &Naming,
) -> Result<Vec<Wanted>, MapError> {
    let asked = spec.insets.detail.iter().map(|detail| Wanted::asked(detail, spec, view, naming));
    let mut all: Vec<Wanted> = asked.filter(|w| view.frame.contains(w.bounds.centre())).collect();
    if spec.insets.details && !leaves_small_ones_out(spec, view) {
        let small = small_territories(content, view, &spec.insets);
        let beyond = outliers(spec, content, view, naming);
        let small = small.into_iter().map(|group| group.titled(content, &spec.notes, view, naming));
        all.extend(beyond.into_iter().chain(small).take(MOST));
    }
    all.iter().flat_map(|w| &w.title).try_for_each(|line| check_text(line, "the title of a detail map"))?;
    Ok(all)
}

/// A map of the world has no detail maps of small territories unless their scale is specified: there are too many.
fn leaves_small_ones_out(spec: &PlateSpec, view: &View) -> bool {
    spec.insets.scale.is_none() && view.is_world()
}

/// Whether the detail maps of small territories are omitted because there are too many.
pub(crate) fn has_left_out(spec: &PlateSpec, content: &Content, view: &View) -> bool {
    if !spec.insets.details {
        return false;
    }
    let small = || small_territories(content, view, &spec.insets).len();
    let most = if leaves_small_ones_out(spec, view) { 0 } else { MOST };
    small() > most.saturating_sub(boxes_beyond(spec, content, view).len())
}

/// Land outside the automatic extent of a plate and not in sight.
fn beyond(spec: &PlateSpec, content: &Content, view: &View) -> Vec<Outlier> {
    let cluster = Cluster::of(content).filter(|_| framing::is_fitted(&spec.frame) && spec.panels.is_empty());
    let is_seen = |outlier: &Outlier| {
        framing::outline(&outlier.bounds).into_iter().all(|p| view.frame.grown(-2.0).contains(view.paper(p)))
    };
    cluster.map(|cluster| cluster.outliers).unwrap_or_default().into_iter().filter(|o| !is_seen(o)).collect()
}

/// The part of it that is large enough for a box.
fn boxes_beyond(spec: &PlateSpec, content: &Content, view: &View) -> Vec<Outlier> {
    let outliers = beyond(spec, content, view);
    let total: f64 = outliers.iter().map(|outlier| outlier.size).sum();
    // Land below a thousandth of the total is a rock in the sea.
    let is_shown = |outlier: &Outlier| {
        let b = outlier.bounds;
        let land = outlier.size / (b.width() * b.centre().y.to_radians().cos() * b.height()).max(f64::MIN_POSITIVE);
        outlier.size > total * 1e-3 && (land > LEAST_LAND || box_of(&b, view).0 <= view.scale)
    };
    outliers.into_iter().filter(is_shown).collect()
}

/// The scale of a box for land outside the main map, and its width and height in millimetres: as small as that of other
/// detail maps if the land is no smaller there than on the main map, else as large as needed for that, within limits.
fn box_of(b: &Bounds, view: &View) -> (f64, (f64, f64)) {
    const DEG_KM: f64 = 111.2;
    let (width_km, height_km) = (b.width() * b.centre().y.to_radians().cos() * DEG_KM, b.height() * DEG_KM);
    let round = |composed: f64| framing::round_scale((composed / view.enlargement()).max(1000.0));
    let small = round((width_km / (SIDE_MM.0 * 0.8)).max(height_km / (SIDE_MM.1 * 0.7)) * 1e6);
    if small <= view.scale {
        return (small, SIDE_MM);
    }
    let frame = view.frame;
    let most = ((frame.width() / MM * LARGE).max(LARGE_MM.0), (frame.height() / MM * LARGE).max(LARGE_MM.1));
    let room = (most.0 - AROUND_MM.0, most.1 - AROUND_MM.1);
    let fitting = (width_km / room.0).max(height_km / room.1) * 1e6 / view.enlargement();
    let scale = if fitting <= view.scale { view.scale } else { round(fitting * view.enlargement()) };
    let on_paper_mm = |km: f64| km * 1e6 / (scale * view.enlargement());
    let side = |km: f64, around: f64, least: f64, most: f64| (on_paper_mm(km) + around).clamp(least, most);
    (scale, (side(width_km, AROUND_MM.0, SIDE_MM.0, most.0), side(height_km, AROUND_MM.1, SIDE_MM.1, most.1)))
}

/// The middle of land outside the main map in whole degrees: the box of the land has no place on the map.
fn position_text(at: Coord) -> String {
    let degrees = |value: f64, [positive, negative]: [char; 2]| {
        let whole = value.abs().round();
        let half = if value < 0.0 { negative } else { positive };
        if whole == 0.0 { "0°".to_owned() } else { format!("{whole}°{half}") }
    };
    let x = at.x - 360.0 * (at.x / 360.0).round();
    format!("{} {}", degrees(at.y, ['N', 'S']), degrees(x, ['E', 'W']))
}

/// Names of territories with land outside the frame and without a box, each once.
pub(crate) fn unseen(spec: &PlateSpec, content: &Content, view: &View, language: &str) -> Vec<String> {
    let boxes = if spec.insets.details { boxes_beyond(spec, content, view) } else { Vec::new() };
    let drawn: Vec<Outlier> = boxes.into_iter().take(MOST).collect();
    let all = beyond(spec, content, view);
    let name = |outlier: &Outlier| {
        let meta = content.regions[outlier.region].meta;
        meta.name.best(&[language.to_owned()]).unwrap_or(&meta.id).to_owned()
    };
    let mut names: Vec<String> = Vec::new();
    for name in all.iter().filter(|outlier| !drawn.contains(outlier)).map(name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A box for each group of outlying land, the largest first, at a round scale at which it fits, with its position.
fn outliers(spec: &PlateSpec, content: &Content, view: &View, naming: &Naming) -> Vec<Wanted> {
    let wanted = |outlier: Outlier| {
        let b = outlier.bounds;
        let (scale, side_mm) = box_of(&b, view);
        let style = Style { face: Face::Bold, ..Style::new(6.0, INK) };
        let meta = content.regions[outlier.region].meta;
        let lines = naming.block(&called(meta), style).lines.into_iter();
        let mut title: Vec<Text> = lines.flat_map(|line| wrapped(line, side_mm.0 - 4.0)).collect();
        title.push(Text::new(position_text(b.centre()), LEAST_PT).color(GREY_INK));
        // It has no position on the main map: a corner of the frame stands in for it.
        let corner = Bounds { x0: view.frame.x0, y0: view.frame.y1, x1: view.frame.x0, y1: view.frame.y1 }.grown(-0.01);
        Wanted {
            bounds: Bounds {
                x0: corner.x1 - MM * 9.0,
                x1: corner.x1 - MM * 9.0,
                y0: corner.y0 + MM * 9.0,
                y1: corner.y0 + MM * 9.0,
            },
            scale,
            side_mm,
            may_shrink: true,
            ids: Vec::new(),
            boxes: Vec::new(),
            owners: Vec::new(),
            notes: Vec::new(),
            named: vec![meta.id.clone()],
            listed: Vec::new(),
            title,
            beyond: Some(b.centre()),
        }
    };
    boxes_beyond(spec, content, view).into_iter().map(wanted).collect()
}

impl Wanted {
    /// The title is a heading: in the language of the furniture, with the others below it.
    fn asked(detail: &DetailSpec, spec: &PlateSpec, view: &View, naming: &Naming) -> Self {
        let [x0, y0, x1, y1] = detail.extent;
        let corners: Vec<Coord> =
            framing::outline(&Bounds { x0, y0, x1, y1 }).into_iter().map(|p| view.paper(p)).collect();
        let bounds = Bounds::of(&corners).expect("an outline has points");
        let zoom = view.scale / detail.scale / MM;
        let heading = spec.title_of(&detail.title, naming.languages.first());
        let others = naming.texts_of_others(&detail.title, heading);
        let others = others.into_iter().map(|text| Text::new(text, LEAST_PT).color(GREY_INK));
        let heading = heading.map(|text| Text::new(text, 6.2).bold());
        Wanted {
            bounds,
            scale: detail.scale,
            side_mm: (bounds.width() * zoom, bounds.height() * zoom),
            may_shrink: false,
            ids: Vec::new(),
            boxes: Vec::new(),
            owners: Vec::new(),
            notes: Vec::new(),
            named: Vec::new(),
            listed: Vec::new(),
            title: heading
                .into_iter()
                .chain(others)
                .flat_map(|line| wrapped(line, bounds.width() * zoom - 4.0))
                .collect(),
            beyond: None,
        }
    }

    /// Its extent on the main map, reduced to a share of the desired size.
    pub(super) fn shown(&self, main_scale: f64, share: f64) -> Bounds {
        if self.beyond.is_some() {
            return self.bounds;
        }
        let (c, half) = (self.bounds.centre(), self.scale / main_scale / 2.0 * share * MM);
        let (x, y) = (self.side_mm.0 * half, self.side_mm.1 * half);
        Bounds { x0: c.x - x, x1: c.x + x, y0: c.y - y, y1: c.y + y }
    }

    /// Sets the title: the names of its territories and of other enclaves in it, language by language; if these have
    /// none, the notes on them, else the territories to which they belong. Of many names it has the first that fit.
    fn titled(mut self, content: &Content, notes: &[Note], view: &View, naming: &Naming) -> Self {
        let shown = self.shown(view.scale, 1.0);
        let lies_in_it = |ring: &[Coord]| ring.iter().all(|p| shown.contains(view.paper(*p)));
        let enclaves = content.regions.iter().filter(|r| {
            self.ids.contains(&r.meta.id) || r.level == Level::Enclave && r.parts.iter().all(|p| lies_in_it(&p[0]))
        });
        let pieces = content.pieces.iter().map(|(piece, _)| piece);
        let pieces = pieces.filter(|p| p.parts.iter().all(|part| lies_in_it(&part.exterior().0)));
        let metas: Vec<&Meta> = enclaves.map(|r| r.meta).chain(pieces.map(|p| &p.meta)).collect();
        let mut names: Vec<Name> = Vec::new();
        for meta in metas.iter().filter(|meta| !meta.name.is_empty()) {
            if !names.contains(&meta.name) {
                names.push(meta.name.clone());
            }
        }
        if names.is_empty() {
            let lies_on_it = |note: &Note| self.boxes.iter().any(|b| b.contains(view.paper(note.position())));
            let own = notes.iter().enumerate().filter(|(_, note)| note.point.is_none() && lies_on_it(note));
            (self.notes, names) = own.map(|(i, note)| (i, note.named())).unzip();
        }
        if names.is_empty() {
            names.clone_from(&self.owners);
        }
        let style = Style { face: Face::Bold, ..Style::new(6.0, INK) };
        let room_mm = self.side_mm.0 - 4.0;
        let of_first = |count: usize| -> Vec<Text> {
            let more = if count < names.len() { " …" } else { "" };
            let lines = naming.block(&naming.joined(&names[..count]), style).lines.into_iter();
            lines.map(|line| Text { text: line.text.clone() + more, halo: None, ..line }.within(room_mm)).collect()
        };
        let fits = |lines: &Vec<Text>| lines.iter().all(|line| line.width_mm() <= room_mm + 0.01);
        let most = names.len().min(JOINED);
        self.title = (2..=most).rev().map(of_first).find(fits).unwrap_or_else(|| {
            let lines = of_first(most.min(1)).into_iter();
            lines.flat_map(|line| wrapped(line, room_mm)).collect()
        });
        if names.len() <= JOINED && fits(&self.title) {
            let ids = metas.iter().map(|meta| meta.id.clone()).collect();
            if names.len() == 1 { self.named = ids } else { self.listed = ids }
        }
        self
    }
}

/// Small territories of the view, grouped if one detail map can show several, or would show the ground of another.
fn small_territories(content: &Content, view: &View, spec: &InsetSpec) -> Vec<Wanted> {
    let mut groups: Vec<Wanted> = Vec::new();
    for Small { id, owner, rings } in small_areas(content, spec) {
        // Far more than a plate has: further ones change neither its detail maps nor what it says of the others.
        if groups.len() >= MOST_GROUPS {
            break;
        }
        let paper: Vec<Vec<Coord>> = rings.iter().map(|ring| ring.iter().map(|p| view.paper(*p)).collect()).collect();
        let mm2 = |parts: &[Vec<Coord>]| parts.iter().map(|ring| area(ring).abs()).sum::<f64>() / (MM * MM);
        if mm2(&paper) >= VISIBLE_MM2 {
            continue;
        }
        // In one map, or one each if they are so far apart that the area between them would be empty.
        let whole = own_map(&paper, mm2(&paper), view, spec);
        let parts = || -> Vec<(Bounds, f64)> {
            // Of a group of islands such maps would show nothing of its shape.
            let some = paper.chunks(1).filter(|_| paper.len() <= FEW_PARTS);
            some.filter_map(|part| own_map(part, mm2(part), view, spec)).collect()
        };
        for (b, scale) in whole.map_or_else(parts, |whole| vec![whole]) {
            let is_known = groups.iter().any(|g| g.boxes.iter().any(|known| known.is_like(&b)));
            if !view.frame.contains(b.centre()) || is_known {
                continue;
            }
            let own = Wanted {
                bounds: b,
                scale,
                side_mm: SIDE_MM,
                may_shrink: true,
                ids: id.iter().cloned().collect(),
                boxes: vec![b],
                owners: vec![owner.clone()],
                notes: Vec::new(),
                named: Vec::new(),
                listed: Vec::new(),
                title: Vec::new(),
                beyond: None,
            };
            match groups.iter_mut().find(|g| g.scale == scale && fits(&g.bounds.union(&b), view.scale / scale)) {
                Some(group) => group.join(own, scale),
                None => groups.push(own),
            }
        }
    }
    let mut merged: Vec<Wanted> = Vec::new();
    for mut group in groups {
        while let Some((at, scale)) = merged
            .iter()
            .enumerate()
            .find_map(|(i, other)| group.with_ground_of(other, view, spec).map(|scale| (i, scale)))
        {
            let mut first = merged.remove(at);
            first.join(group, scale);
            group = first;
        }
        merged.push(group);
    }
    merged
}

impl Wanted {
    /// Takes in what another shows.
    fn join(&mut self, other: Wanted, scale: f64) {
        self.scale = scale;
        self.bounds = self.bounds.union(&other.bounds);
        self.boxes.extend(other.boxes);
        for id in other.ids {
            if !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
        for name in other.owners {
            if !self.owners.contains(&name) {
                self.owners.push(name);
            }
        }
    }

    /// The scale of one map for the objects of two that would show the same ground; none if they are apart, or no scale
    /// shows both.
    fn with_ground_of(&self, other: &Wanted, view: &View, spec: &InsetSpec) -> Option<f64> {
        if !self.shown(view.scale, 1.0).overlaps(&other.shown(view.scale, 1.0)) {
            return None;
        }
        let (both, largest) = (self.bounds.union(&other.bounds), self.scale.max(other.scale));
        let smaller = SCALES.iter().rev().copied().filter(|scale| spec.scale.is_none() && *scale > largest);
        let mut scales = std::iter::once(largest).chain(smaller.filter(|scale| *scale <= view.scale / 2.0));
        scales.find(|scale| fits(&both, view.scale / scale))
    }
}

/// The box of parts on the main map and the scale of their detail map; none if they do not fit at any scale.
fn own_map(parts: &[Vec<Coord>], mm2: f64, view: &View, spec: &InsetSpec) -> Option<(Bounds, f64)> {
    let b = Bounds::of(parts.iter().flatten()).filter(|_| mm2 > 0.0)?;
    let smallest = view.scale / 2.0;
    if let Some(scale) = spec.scale {
        let scale = scale.min(smallest);
        return fits(&b, view.scale / scale).then_some((b, scale));
    }
    let km2 = mm2 * (view.composed_scale() / 1e6).powi(2);
    let fitting = SCALES.iter().copied().find(|s| km2 / (s / 1e6).powi(2) >= WANTED_MM2);
    let wanted = fitting.unwrap_or(100_000.0).max(100_000.0).min(smallest);
    // A single long and narrow part needs a smaller scale than its area suggests.
    let smaller = SCALES.iter().rev().copied().filter(|scale| *scale > wanted && *scale < smallest);
    let alone = parts.len() == 1;
    let mut scales = std::iter::once(wanted).chain(smaller.chain([smallest]).filter(|_| alone));
    scales.find(|scale| fits(&b, view.scale / scale)).map(|scale| (b, scale))
}

/// Whether a box on the main map fits into a detail map when magnified by `zoom`.
fn fits(b: &Bounds, zoom: f64) -> bool {
    b.width() * zoom < SIDE_MM.0 * 0.7 * MM && b.height() * zoom < SIDE_MM.1 * 0.7 * MM
}

/// An area that may be too small to be visible.
struct Small {
    /// The id of the territory or piece of land, if it is a whole one.
    id: Option<String>,
    /// Its name, or that of the territory of which it is a part.
    owner: Name,
    rings: Vec<Vec<Coord>>,
}

/// Areas that may be too small to be visible: whole territories and the land of proposals. Single parts of larger
/// territories only if islands are requested: hundreds of skerries and exclaves would fill the sheet.
fn small_areas(content: &Content, spec: &InsetSpec) -> Vec<Small> {
    let regions = || content.regions.iter().filter(|r| matches!(r.level, Level::Base | Level::Enclave | Level::Unit));
    let small = |meta: &Meta, rings| Small { id: Some(meta.id.clone()), owner: called(meta), rings };
    let whole = |r: &Region| small(r.meta, r.parts.iter().map(|part| part[0].clone()).collect());
    let pieces = content.pieces.iter();
    let pieces = pieces.map(|(p, _)| small(&p.meta, p.parts.iter().map(|part| part.exterior().0.clone()).collect()));
    // Enclaves as parts of their owners are last: their own layer, with their names, has precedence.
    let several = regions().filter(|r| spec.islands && r.level == Level::Base && r.parts.len() > 1);
    let parts = several.flat_map(|r| r.parts.iter().map(move |part| (r.meta, part)));
    let parts = parts.map(|(meta, part)| Small { id: None, owner: called(meta), rings: vec![part[0].clone()] });
    regions().map(whole).chain(pieces).chain(parts).collect()
}
