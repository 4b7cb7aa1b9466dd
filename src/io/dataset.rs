//! Datasets: a folder with `dataset.toml`, or layers held by a program.

use super::build::Builder;
use super::editions::Editions;
use super::file::read_file;
use super::manifest::Manifest;
use super::polygon::WrongHoles;
use super::{Choice, Filter, Inspector, Limits, MemoryFile, Problem, RawLayer, ReadError, Scan, SourceCrs};
use crate::model::{Content, Edges, Layer, LayerInfo, Party, Role, Warning, WarningCode};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Layers held by a program, for [`Dataset::from_source`]; each is identified by its id in the manifest.
pub trait LayerSource: std::fmt::Debug + Send + Sync {
    /// The name of the dataset in messages.
    fn name(&self) -> &str;
    /// The path of a layer's file in messages and reports.
    fn path(&self, id: &str) -> String;
    /// A layer as in its file.
    fn read(&self, id: &str) -> RawLayer;
    /// The file of a layer: its text for checks, or its grid of heights.
    fn text(&self, id: &str) -> &'static [u8];
    /// The SHA-256 of the file of a layer, in hexadecimal.
    fn hash(&self, id: &str) -> &'static str;
    /// The ids of the features of a layer.
    fn ids(&self, id: &str) -> &'static [&'static str];
}

/// The name of a file in messages, its bytes and their SHA-256.
pub(super) type HeldFile = (String, &'static [u8], String);

/// Storage of the layers' files.
#[derive(Debug, Clone)]
enum Store {
    Nowhere,
    Folder(PathBuf),
    Source(&'static dyn LayerSource),
}

/// Layers with a manifest.
#[derive(Debug, Clone)]
pub struct Dataset {
    manifest: Manifest,
    store: Store,
    /// The user's settings for the transformation to WGS 84.
    frame: SourceCrs,
    limits: Limits,
    /// Which features are read.
    filter: Filter,
    /// Which layers answer on the day of the filter.
    editions: Editions,
}

impl Dataset {
    /// A dataset without layers: references denote files only.
    pub fn empty() -> Self {
        Dataset {
            manifest: Manifest::default(),
            store: Store::Nowhere,
            frame: SourceCrs::default(),
            limits: Limits::DEFAULT,
            filter: Filter::default(),
            editions: Editions::default(),
        }
    }

    /// A dataset whose layers a program holds, from its manifest.
    ///
    /// # Errors
    /// The manifest is invalid.
    pub fn from_source(manifest: &str, source: &'static dyn LayerSource) -> Result<Self, ReadError> {
        let manifest = Manifest::parse(manifest, "dataset.toml", Limits::DEFAULT)?;
        Ok(Dataset { manifest, store: Store::Source(source), ..Dataset::empty() })
    }

    /// Opens a folder with `dataset.toml`. Layers are read on demand.
    ///
    /// # Errors
    /// The manifest is missing or invalid, or names a file outside the folder.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        Self::open_within(folder, Limits::DEFAULT)
    }

    /// The same with custom limits, which also apply to the files of the layers.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_within(folder: &Path, limits: Limits) -> Result<Self, ReadError> {
        let path = folder.join("dataset.toml");
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|e| ReadError::new(&shown, Problem::Unreadable(e)))?;
        let manifest = Manifest::parse(&text, &shown, limits)?;
        Ok(Dataset { manifest, store: Store::Folder(folder.to_owned()), limits, ..Dataset::empty() })
    }

    /// The same dataset, with its files transformed to WGS 84 by this operation instead of the one that its
    /// manifest names.
    #[must_use]
    pub fn by_operation(self, operation: Choice, allow_ballpark: bool) -> Self {
        Dataset { frame: SourceCrs { operation, allow_ballpark, ..SourceCrs::default() }, ..self }
    }

    /// The same dataset, of which only features that pass a filter are read. If it has a day, layers that are not valid on
    /// that day are left out, and a layer answers by its edition of that day: the one whose validity includes the day, else the
    /// one with the latest date not after the day. A warning names the edition.
    ///
    /// # Example
    /// ```
    /// use merestone::io::{Dataset, Day, Filter};
    ///
    /// let filter = Day::last_of("1988").map(Filter::valid_on).unwrap_or_default();
    /// let dataset = Dataset::embedded().selected_by(filter);
    /// let states = dataset.layers().iter().find(|layer| layer.id == "states").unwrap();
    /// assert_eq!(states.file, "soviet.geojson");
    /// ```
    #[must_use]
    pub fn selected_by(mut self, filter: Filter) -> Self {
        if let Some(day) = filter.day() {
            self.editions = Editions::choose(&mut self.manifest.layers, day);
        }
        Dataset { filter, ..self }
    }

    /// The layer that answers for another one on the day of the filter.
    pub fn stand_in(&self, id: &str) -> Option<&str> {
        self.editions.stand_in(id)
    }

    /// The same dataset, in which none of these layers answers for another of them, where both are valid.
    pub(super) fn with_own(mut self, shown: &[&str]) -> Self {
        self.editions.restore(&mut self.manifest.layers, shown);
        self
    }

    /// Its identifier.
    pub fn id(&self) -> &str {
        &self.manifest.id
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.manifest.title
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// The parties to its borders, in manifest order.
    pub fn parties(&self) -> &[Party] {
        &self.manifest.parties
    }

    /// The manifest entries of its feature layers, in order.
    pub fn layers(&self) -> &[LayerInfo] {
        &self.manifest.layers
    }

    /// The manifest entries of its height layers, in order: see [`heights`](Self::heights).
    pub fn reliefs(&self) -> &[LayerInfo] {
        &self.manifest.reliefs
    }

    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// The path of a layer of heights, or its name in messages, its bytes and their hash.
    pub(super) fn grid_file(&self, info: &LayerInfo) -> Result<Result<String, HeldFile>, ReadError> {
        match &self.store {
            Store::Folder(folder) => self.path(folder, &info.file, info).map(Ok),
            Store::Source(source) => {
                Ok(Err((source.path(&info.id), source.text(&info.id), source.hash(&info.id).to_owned())))
            }
            Store::Nowhere => Err(self.nothing(&info.id)),
        }
    }

    /// The file of a layer of a dataset compiled into a program; `None` for a folder, whose files have paths.
    pub fn layer_file(&self, id: &str) -> Option<MemoryFile<'static>> {
        match &self.store {
            Store::Source(source) if self.layers().iter().any(|layer| layer.id == id) => {
                let id = self.editions.stand_in(id).unwrap_or(id);
                Some(MemoryFile::new(source.path(id), source.text(id)))
            }
            _ => None,
        }
    }

    /// Reads a layer into the model.
    ///
    /// # Errors
    /// There is no such layer, or its file does not fit its role.
    pub fn layer(&self, id: &str, edges: Option<Edges>) -> Result<(Layer, Vec<Warning>), ReadError> {
        let info = self.info(id)?;
        let mut raw = self.raw(info)?;
        let ids = raw.identify(None)?;
        let all: Vec<usize> = (0..raw.features.len()).collect();
        let mut builder = Builder {
            datum: raw.input.datum.clone().map(Arc::new),
            raw: &mut raw,
            ids,
            info: Some(info),
            edges: edges.unwrap_or(info.edges),
            wrong_holes: WrongHoles::Refused,
        };
        let content = match info.role {
            Role::Territory | Role::Water => Content::Territories(builder.territories(&all)?),
            Role::Line | Role::River => Content::Lines(builder.lines(&all)?),
            Role::Route => Content::Routes(builder.routes(&all)?),
            Role::Place | Role::Mark => Content::Places(builder.places(&all)?),
            Role::Proposal => Content::Pieces(builder.pieces(&all)?),
            Role::Relief => return Err(ReadError::new(&info.id, Problem::Nothing("features"))),
        };
        raw.settle(false)?;
        Ok((Layer { info: info.clone(), input: raw.input, content }, raw.warnings))
    }

    pub(super) fn info(&self, id: &str) -> Result<&LayerInfo, ReadError> {
        self.layers().iter().find(|layer| layer.id == id).ok_or_else(|| {
            if let Store::Nowhere = self.store {
                return self.nothing(id);
            }
            if let Some(error) = self.not_then(id) {
                return error;
            }
            let layers = self.layers().iter().map(|layer| layer.id.clone()).collect();
            ReadError::new(self.shown(), Problem::UnknownLayer { id: id.to_owned(), layers })
        })
    }

    /// Error for a name that cannot be resolved because there is no dataset.
    pub(super) fn nothing(&self, name: &str) -> ReadError {
        ReadError::new(name, Problem::NoDataset)
    }

    /// The features of a layer that pass the filter of the dataset; there may be none.
    pub(super) fn raw(&self, info: &LayerInfo) -> Result<RawLayer, ReadError> {
        let mut raw = match &self.store {
            Store::Folder(folder) => {
                let frame = self.frame(folder, info)?;
                let path = self.path(folder, &info.file, info)?;
                read_file(&path, None, Some(info.role), frame.within(self.limits))?
            }
            Store::Source(source) => source.read(self.editions.stand_in(&info.id).unwrap_or(&info.id)),
            Store::Nowhere => return Err(self.nothing(&info.id)),
        };
        raw.input.axes_stated = true;
        let statements = raw.retain(&self.filter);
        if let Some(problem) = self.filter.view().and_then(|view| statements.unknown(view, self.parties())) {
            return Err(ReadError::new(self.shown(), problem));
        }
        if let Some(message) = self.filter.day().and_then(|day| self.editions.remark(info, day)) {
            raw.warn(WarningCode::Note, None, message);
        }
        Ok(raw)
    }

    /// The error for a layer that is not valid on the day of the filter.
    pub(super) fn not_then(&self, id: &str) -> Option<ReadError> {
        self.editions.not_then(id, self.filter.day()?)
    }

    /// The path of a layer's file; a link must not lead out of the folder either.
    fn path(&self, folder: &Path, file: &str, info: &LayerInfo) -> Result<String, ReadError> {
        let path = folder.join(file);
        if !self.limits.may_name(folder, &path) {
            let problem = Problem::Outside { layer: info.id.clone(), file: file.to_owned() };
            return Err(ReadError::new(self.shown(), problem));
        }
        Ok(path.display().to_string())
    }

    /// The transformation of a layer's file to WGS 84: by the operation that the user chose, else by the one whose code
    /// or parameter file begins its manifest's `datum_operation`.
    fn frame(&self, folder: &Path, info: &LayerInfo) -> Result<SourceCrs, ReadError> {
        let word = info.datum_operation.split([' ', ',', ';']).next().unwrap_or_default();
        let operation = match &self.frame.operation {
            Choice::Default if word.starts_with("EPSG:") => Choice::parse(word)?,
            Choice::Default if word.ends_with(".toml") => Choice::parse(&self.path(folder, word, info)?)?,
            chosen => chosen.clone(),
        };
        Ok(SourceCrs { operation, ..self.frame.clone() })
    }

    /// Scans a layer (`layer`), or a feature of it (`layer/id`), unchanged, with all its faults; an inspector examines the
    /// features.
    ///
    /// # Errors
    /// There is no such layer or feature.
    pub fn scan<I: Inspector>(&self, id: &str, inspector: &I) -> Result<(Scan, I::Known), ReadError> {
        let (id, feature) = match id.split_once('/') {
            Some((layer, feature)) => (layer, Some(feature)),
            None => (id, None),
        };
        let info = self.info(id)?;
        let mut scan = match &self.store {
            Store::Folder(folder) => {
                let frame = self.frame(folder, info)?;
                let frame = frame.within(self.limits);
                let path = self.path(folder, &info.file, info)?;
                if feature.is_none() {
                    let (mut scan, known) = Scan::read(&path, frame, inspector);
                    scan.info = Some(info.clone());
                    return Ok((scan, known));
                }
                Scan::whole(&path, None, frame)
            }
            Store::Source(source) => {
                let id = self.editions.stand_in(&info.id).unwrap_or(&info.id);
                let bytes = source.text(id).into();
                let mut scan = Scan::of_bytes(&source.path(id), bytes, None, SourceCrs::default().within(self.limits));
                scan.input.is_embedded = true;
                scan
            }
            Store::Nowhere => return Err(self.nothing(&info.id)),
        };
        scan.info = Some(info.clone());
        if feature.is_some() {
            scan.keep(feature, None)?;
        }
        Ok(scan.inspected(inspector))
    }

    /// The ids of a layer's features, in file order.
    ///
    /// # Errors
    /// There is no such layer, or its file cannot be read.
    pub fn feature_ids(&self, layer: &str) -> Result<Vec<String>, ReadError> {
        self.ids(self.info(layer)?)
    }

    /// The ids of a layer's features.
    pub(super) fn ids(&self, info: &LayerInfo) -> Result<Vec<String>, ReadError> {
        match &self.store {
            Store::Source(source) => {
                let id = self.editions.stand_in(&info.id).unwrap_or(&info.id);
                Ok(source.ids(id).iter().map(|id| (*id).to_owned()).collect())
            }
            Store::Folder(_) | Store::Nowhere => Ok(self.raw(info)?.identify(None)?.ids),
        }
    }

    /// Its name in messages.
    pub(super) fn shown(&self) -> String {
        match &self.store {
            Store::Folder(folder) => folder.display().to_string(),
            Store::Source(source) => source.name().to_owned(),
            Store::Nowhere => "no dataset".to_owned(),
        }
    }
}
