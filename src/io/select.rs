//! Resolves references to features.

use super::build::Builder;
use super::file::{read_file, read_held};
use super::frame::Reading;
use super::polygon::WrongHoles;
use super::{Dataset, Filter, Limits, Problem, RawGeometry, RawLayer, ReadError, Reference, SourceCrs};
use crate::model::{
    Content, Edges, Input, LayerInfo, Line, Meta, Piece, Place, Role, Route, Territory, Warning, WarningCode,
};
use std::sync::Arc;

/// Options for reading features.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The kind of edges; by default that of the layer, else straight in lon/lat.
    pub edges: Option<Edges>,
    /// The property that identifies features of plain files.
    pub id_field: Option<String>,
    /// How to interpret the coordinates of files.
    pub frame: SourceCrs,
    /// Filter for features of files; a reference may have its own filter.
    pub filter: Filter,
    /// Whether to drop invalid features with a warning instead of rejecting the file.
    pub skip_invalid: bool,
    /// Limits of reading for files given by path; a dataset has its own.
    pub limits: Limits,
}

impl ReadOptions {
    pub(super) fn reading(&self) -> Reading<'_> {
        self.frame.within(self.limits)
    }
}

/// Features of a reference, with their origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected<T> {
    /// The reference, as messages and reports name it: a layer's id or a path.
    pub label: String,
    /// The features, in the order of the file.
    pub features: Vec<T>,
    /// The file.
    pub input: Input,
    /// The manifest entry, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// The kind of edges used.
    pub edges: Edges,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
}

impl Selected<Territory> {
    /// Index of the territory with this id.
    ///
    /// # Errors
    /// There is no territory with that id; the error includes the most similar id.
    pub fn find(&self, id: &str) -> Result<usize, ReadError> {
        let have: Vec<String> = self.features.iter().map(|t| t.meta.id.clone()).collect();
        position(&have, id, &self.label)
    }

    /// Keeps the territories with these ids, in file order.
    ///
    /// # Errors
    /// There is no territory with that id; the error includes the most similar id.
    pub fn keep<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<(), ReadError> {
        let wanted: Vec<usize> = ids.map(|id| self.find(id)).collect::<Result<_, _>>()?;
        let mut index = 0..;
        self.features.retain(|_| index.next().is_some_and(|i| wanted.contains(&i)));
        Ok(())
    }
}

/// Features of any noun, grouped by noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The reference, as messages and reports name it.
    pub label: String,
    /// The features.
    pub contents: Vec<Content>,
    /// The file.
    pub input: Input,
    /// The manifest entry, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
}

/// A feature type of the model that a reference can select.
pub trait Shape: Sized {
    /// Roles of layers that hold such features.
    const ROLES: &'static [Role];
    /// The word for them in messages.
    const WANTED: &'static str;
    /// The common attributes.
    fn meta(&self) -> &Meta;
    #[doc(hidden)]
    fn take(builder: &mut ShapeBuilder<'_>, indices: &[usize]) -> Result<Vec<Self>, ReadError>;
}

/// The source of [`Shape::take`].
#[doc(hidden)]
pub struct ShapeBuilder<'a>(Builder<'a>);

macro_rules! shape {
    ($noun:ty, $method:ident, $wanted:literal, [$($role:ident),*]) => {
        impl Shape for $noun {
            const ROLES: &'static [Role] = &[$(Role::$role),*];
            const WANTED: &'static str = $wanted;
            fn meta(&self) -> &Meta {
                &self.meta
            }
            fn take(builder: &mut ShapeBuilder<'_>, indices: &[usize]) -> Result<Vec<Self>, ReadError> {
                builder.0.$method(indices)
            }
        }
    };
}
shape!(Territory, territories, "territories (polygons)", [Territory, Water, Proposal]);
shape!(Line, lines, "lines", [Line, River]);
shape!(Route, routes, "routes (lines)", [Route]);
shape!(Place, places, "places (points)", [Place, Mark]);
shape!(Piece, pieces, "land of a proposal (polygons)", [Proposal]);

/// A raw layer, its manifest entry, the requested id in it, and its name in messages.
pub(super) type Picked<'a> = (RawLayer, Option<&'a LayerInfo>, Option<String>, String);

/// Every role.
const ANY: [Role; 8] =
    [Role::Territory, Role::Line, Role::Route, Role::Place, Role::Mark, Role::Water, Role::River, Role::Proposal];

impl Dataset {
    /// Returns the features of a reference as `T`.
    ///
    /// # Errors
    /// There is nothing of that name (the error includes the most similar name), several layers have it, or a file is
    /// unusable.
    pub fn select<T: Shape>(&self, reference: &Reference, options: &ReadOptions) -> Result<Selected<T>, ReadError> {
        let role = T::ROLES.first().copied();
        selected(self.picked(reference, role, (T::ROLES, T::WANTED), options)?, options)
    }

    /// Returns the features of a reference as any noun: by the layer's role, or for a file by geometry type.
    ///
    /// # Errors
    /// As [`select`](Self::select).
    pub fn select_any(&self, reference: &Reference, options: &ReadOptions) -> Result<Found, ReadError> {
        self.any(reference, options, WrongHoles::Refused)
    }

    /// The same, but polygons with contradictory holes are returned as drawn, with a warning:
    /// for showing a file's contents, not for measuring.
    ///
    /// # Errors
    /// As [`select`](Self::select), wrong holes excepted.
    pub fn select_as_drawn(&self, reference: &Reference, options: &ReadOptions) -> Result<Found, ReadError> {
        self.any(reference, options, WrongHoles::Told)
    }

    fn any(&self, reference: &Reference, options: &ReadOptions, wrong_holes: WrongHoles) -> Result<Found, ReadError> {
        found(self.picked(reference, None, (&ANY, "features"), options)?, options, wrong_holes)
    }

    fn picked(
        &self,
        reference: &Reference,
        role: Option<Role>,
        (roles, wanted): (&[Role], &'static str),
        options: &ReadOptions,
    ) -> Result<Picked<'_>, ReadError> {
        match reference {
            Reference::Stdin { fragment } => file(Bytes::At("-"), fragment.as_deref(), role, options),
            Reference::File { path, fragment } => file(Bytes::At(path), fragment.as_deref(), role, options),
            Reference::Named(name) => self.named(name, roles, wanted),
            Reference::Where { of, filter } => {
                let mut picked = self.picked(of, role, (roles, wanted), options)?;
                picked.0.keep(filter)?;
                Ok(picked)
            }
        }
    }

    /// The layer with a feature of this type and name, and its id in that layer.
    ///
    /// # Errors
    /// No layer or several layers have it.
    pub fn layer_of<T: Shape>(&self, name: &str) -> Result<(&LayerInfo, String), ReadError> {
        self.holder(name, T::ROLES)
    }

    fn holder(&self, name: &str, roles: &[Role]) -> Result<(&LayerInfo, String), ReadError> {
        if let Some((layer, id)) = name.split_once('/') {
            return Ok((self.info(layer)?, id.to_owned()));
        }
        if let Some(error) = self.not_then(name) {
            return Err(error);
        }
        let (mut holding, mut all) = (Vec::new(), Vec::new());
        // An edition has the same ids as another layer.
        for info in self.layers().iter().filter(|info| roles.contains(&info.role) && info.edition_of.is_none()) {
            let ids = self.ids(info)?;
            if ids.iter().any(|id| id == name) {
                holding.push(info);
            }
            all.extend(ids);
        }
        match holding.as_slice() {
            [info] => Ok((info, name.to_owned())),
            [] if self.layers().is_empty() => Err(self.nothing(name)),
            [] => {
                all.extend(self.layers().iter().map(|layer| layer.id.clone()));
                Err(ReadError::new(
                    self.shown(),
                    Problem::UnknownId { id: name.to_owned(), nearest: nearest(name, &all) },
                ))
            }
            several => {
                let layers = several.iter().map(|info| info.id.clone()).collect();
                Err(ReadError::new(self.shown(), Problem::Ambiguous { id: name.to_owned(), layers }))
            }
        }
    }

    fn named(&self, name: &str, roles: &[Role], wanted: &'static str) -> Result<Picked<'_>, ReadError> {
        let (info, id) = match self.layers().iter().find(|layer| layer.id == name) {
            Some(info) => (info, None),
            None => self.holder(name, roles).map(|(info, id)| (info, Some(id)))?,
        };
        if !roles.contains(&info.role) {
            let found = format!("layer of role {:?}", info.role).to_lowercase();
            return Err(ReadError::new(&info.id, Problem::WrongShape { wanted, found }));
        }
        let raw = self.raw(info)?;
        if raw.features.is_empty() && raw.numbers.is_some() {
            return Err(ReadError::new(&info.id, Problem::NonePasses { filter: self.filter().to_string() }));
        }
        Ok((raw, Some(info), id, info.id.clone()))
    }
}

/// Location of a file's bytes.
#[derive(Clone, Copy)]
pub(super) enum Bytes<'b> {
    /// At a path, or on standard input (`-`).
    At(&'b str),
    /// In memory, with a name.
    Held(&'b str, &'b [u8]),
}

/// What follows `#` in a reference: a layer and an id; a single name may be either.
pub(super) fn layer_and_id(fragment: Option<&str>) -> (Option<&str>, Option<&str>) {
    match fragment.map(|f| (f, f.split_once('/'))) {
        Some((_, Some((layer, id)))) => (Some(layer), Some(id)),
        Some((whole, None)) => (Some(whole), Some(whole)),
        None => (None, None),
    }
}

/// Reads a file, whole or in part.
pub(super) fn file<'a>(
    bytes: Bytes<'_>,
    fragment: Option<&str>,
    role: Option<Role>,
    options: &ReadOptions,
) -> Result<Picked<'a>, ReadError> {
    let frame = options.reading();
    let (ogr_layer, id) = layer_and_id(fragment);
    let (label, mut raw) = match bytes {
        Bytes::At(path) => (path, read_file(path, ogr_layer, role, frame)?),
        Bytes::Held(name, bytes) => (name, read_held(name, bytes, (ogr_layer, role), frame.in_memory(name))?),
    };
    raw.input.axes_stated = raw.input.datum.is_some() || frame.axes.is_some();
    // A single name after `#` denotes a layer of an OGR file, or a feature in it.
    let is_layer = fragment.is_some_and(|f| !f.contains('/')) && raw.layer.as_deref() == fragment;
    let id = id.filter(|_| !is_layer).map(str::to_owned);
    let statements = raw.retain_some(&options.filter)?;
    if let Some(remark) = options.filter.day().and_then(|day| statements.undated(&raw.input.path, day)) {
        raw.warn(WarningCode::Note, None, remark);
    }
    Ok((raw, None, id, label.to_owned()))
}

/// The selected features as `T`.
pub(super) fn selected<T: Shape>(
    (mut raw, info, wanted, label): Picked<'_>,
    options: &ReadOptions,
) -> Result<Selected<T>, ReadError> {
    let ids = raw.identify(options.id_field.as_deref().filter(|_| info.is_none()))?;
    let indices = indices(&ids.ids, wanted.as_deref(), &label)?;
    if indices.is_empty() {
        return Err(ReadError::new(label, Problem::Nothing(T::WANTED)));
    }
    let edges = options.edges.or(raw.edges).or(info.map(|i| i.edges)).unwrap_or_default();
    let wrong_holes = WrongHoles::Refused;
    let datum = raw.input.datum.clone().map(Arc::new);
    let mut builder = ShapeBuilder(Builder { datum, raw: &mut raw, ids, info, edges, wrong_holes });
    let features = T::take(&mut builder, &indices)?;
    raw.settle(options.skip_invalid)?;
    if features.is_empty() {
        return Err(ReadError::new(label, Problem::Nothing(T::WANTED)));
    }
    let RawLayer { input, warnings, .. } = raw;
    Ok(Selected { label, features, input, info: info.cloned(), edges, warnings })
}

/// The selected features as any noun.
pub(super) fn found(
    (mut raw, info, wanted, label): Picked<'_>,
    options: &ReadOptions,
    wrong_holes: WrongHoles,
) -> Result<Found, ReadError> {
    let ids = raw.identify(options.id_field.as_deref().filter(|_| info.is_none()))?;
    let indices = indices(&ids.ids, wanted.as_deref(), &label)?;
    let edges = options.edges.or(raw.edges).or(info.map(|i| i.edges)).unwrap_or_default();
    let role = |g: &RawGeometry| match info {
        Some(info) => Some(info.role),
        None if !g.polygons.is_empty() => Some(Role::Territory),
        None if !g.lines.is_empty() => Some(Role::Line),
        None => (!g.points.is_empty()).then_some(Role::Place),
    };
    let roles: Vec<Option<Role>> = indices.iter().map(|&i| role(&raw.features[i].geometry)).collect();
    let of = |wanted: &[Role]| -> Vec<usize> {
        indices.iter().zip(&roles).filter(|(_, r)| r.is_some_and(|r| wanted.contains(&r))).map(|(i, _)| *i).collect()
    };
    let mut builder =
        Builder { datum: raw.input.datum.clone().map(Arc::new), raw: &mut raw, ids, info, edges, wrong_holes };
    let mut contents = Vec::new();
    let kinds = [
        &[Role::Territory, Role::Water][..],
        &[Role::Line, Role::River],
        &[Role::Route],
        &[Role::Place, Role::Mark],
        &[Role::Proposal],
    ];
    for (kind, indices) in kinds.into_iter().map(|kind| (kind[0], of(kind))).filter(|(_, indices)| !indices.is_empty())
    {
        contents.push(match kind {
            Role::Line => Content::Lines(builder.lines(&indices)?),
            Role::Route => Content::Routes(builder.routes(&indices)?),
            Role::Place | Role::Mark => Content::Places(builder.places(&indices)?),
            Role::Proposal => Content::Pieces(builder.pieces(&indices)?),
            _ => Content::Territories(builder.territories(&indices)?),
        });
    }
    raw.settle(options.skip_invalid)?;
    let RawLayer { input, warnings, .. } = raw;
    Ok(Found { label, contents, input, info: info.cloned(), warnings })
}

fn position(ids: &[String], id: &str, label: &str) -> Result<usize, ReadError> {
    ids.iter().position(|have| have == id).ok_or_else(|| unknown(ids, id, label))
}

/// Indices of the requested features: all, or those with an id.
pub(super) fn indices(ids: &[String], wanted: Option<&str>, label: &str) -> Result<Vec<usize>, ReadError> {
    let Some(id) = wanted else { return Ok((0..ids.len()).collect()) };
    let found: Vec<usize> = (0..ids.len()).filter(|&index| ids[index] == id).collect();
    if found.is_empty() { Err(unknown(ids, id, label)) } else { Ok(found) }
}

fn unknown(ids: &[String], id: &str, label: &str) -> ReadError {
    ReadError::new(label, Problem::UnknownId { id: id.to_owned(), nearest: nearest(id, ids) })
}

/// Returns the most similar id (edit distance), if any is similar enough: for "did you mean".
pub fn nearest(wanted: &str, ids: &[String]) -> Option<String> {
    let lower = wanted.to_lowercase();
    ids.iter()
        .map(|id| (crate::model::edits(&lower, &id.to_lowercase()), id))
        .filter(|(distance, id)| *distance <= 1 + wanted.chars().count() / 3 || id.to_lowercase().starts_with(&lower))
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, id)| id.clone())
}
