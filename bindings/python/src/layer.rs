//! Inputs: what Python gives as data, and how it is read.

use crate::fault::{Class, Fault, Result};
use crate::{arrow, guard};
use library::earth::Axes;
use library::io::{
    Choice, Dataset, Day, Encoding, Filter, Found, Limits, MemoryFile, Problem, ReadError, ReadOptions, Reference,
    Selected, Shape, View, joined,
};
use library::model::{Edges, Input as File, LayerInfo, Sources, Territory, Warning};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyList, PyString, PyTuple};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Where features come from.
#[derive(Clone)]
enum Source {
    /// A path, or a name in the dataset; and how it was written.
    Named(Reference, String),
    /// A file in memory.
    Held(Arc<MemoryFile<'static>>),
}

/// Data with the options by which it is read.
#[pyclass(frozen, from_py_object, module = "merestone")]
#[derive(Clone)]
pub struct Layer {
    sources: Vec<Source>,
    options: ReadOptions,
    dataset: Arc<Dataset>,
    /// The column of well-known binary, of tables that do not mark theirs.
    geometry: Option<String>,
}

/// The embedded dataset.
pub fn embedded() -> &'static Arc<Dataset> {
    static EMBEDDED: OnceLock<Arc<Dataset>> = OnceLock::new();
    EMBEDDED.get_or_init(|| Arc::new(Dataset::embedded()))
}

#[pymethods]
impl Layer {
    fn __repr__(&self) -> String {
        format!("<merestone.Layer {}>", self.label())
    }
}

impl Layer {
    /// A layer or feature of the embedded dataset.
    pub fn named(name: &str) -> Self {
        let sources = vec![Source::Named(Reference::parse(name), name.to_owned())];
        Layer { sources, options: ReadOptions::default(), dataset: embedded().clone(), geometry: None }
    }

    /// Its name in messages.
    pub fn label(&self) -> String {
        let names = self.sources.iter().map(|source| match source {
            Source::Named(_, name) => name.clone(),
            Source::Held(file) => file.name().to_owned(),
        });
        names.collect::<Vec<_>>().join(" + ")
    }

    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    pub fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// The only file or name, for what takes one.
    pub fn single(&self) -> Result<(Option<&Reference>, Option<&MemoryFile<'static>>)> {
        match self.sources.as_slice() {
            [Source::Named(reference, _)] => Ok((Some(reference), None)),
            [Source::Held(file)] => Ok((None, Some(file))),
            _ => Err(Fault::argument(format!("{}: one input is wanted", self.label()), "give them one by one")),
        }
    }

    /// Whether a filter of it names a property.
    pub fn is_filtered_by(&self, property: &str) -> bool {
        let by_name = |source: &Source| match source {
            Source::Named(reference, _) => reference.clone().filter().is_some_and(|filter| filter.names(property)),
            Source::Held(_) => false,
        };
        self.options.filter.names(property) || self.sources.iter().any(by_name)
    }

    /// The same data, with every vertex as it is in the file and none added.
    pub fn as_vertices(&self) -> Self {
        let mut own = self.clone();
        own.options.edges = Some(Edges::Lonlat);
        own.options.frame.vertices_only = true;
        own
    }

    /// Its features as one noun, source by source.
    pub fn each<T: Shape>(&self) -> Result<Vec<Selected<T>>> {
        let one = |source: &Source| match source {
            Source::Named(reference, _) => self.dataset.select(reference, &self.options),
            Source::Held(file) => file.select(None, &self.options),
        };
        Ok(self.sources.iter().map(one).collect::<std::result::Result<_, ReadError>>()?)
    }

    /// Its features as any noun, source by source.
    pub fn found(&self) -> Result<Vec<Found>> {
        let one = |source: &Source| match source {
            Source::Named(reference, _) => self.dataset.select_any(reference, &self.options),
            Source::Held(file) => file.select_any(None, &self.options),
        };
        Ok(self.sources.iter().map(one).collect::<std::result::Result<_, ReadError>>()?)
    }

    /// Its features as drawn, source by source.
    pub fn as_drawn(&self) -> Result<Vec<Found>> {
        let one = |source: &Source| match source {
            Source::Named(reference, _) => self.dataset.select_as_drawn(reference, &self.options),
            Source::Held(file) => file.select_as_drawn(None, &self.options),
        };
        Ok(self.sources.iter().map(one).collect::<std::result::Result<_, ReadError>>()?)
    }

    /// Each source by itself, as a name or as a file in memory.
    pub fn apart(&self) -> impl Iterator<Item = Layer> {
        self.sources.iter().map(|source| Layer { sources: vec![source.clone()], ..self.clone() })
    }
}

/// The inputs of an answer, collected while they are read.
#[derive(Default)]
pub struct Gathered {
    pub files: Vec<File>,
    pub warnings: Vec<Warning>,
    /// The manifest entry of the first layer that has one.
    pub info: Option<LayerInfo>,
}

impl Gathered {
    /// What their reader knows.
    pub fn sources(self) -> Sources {
        Sources::new(self.files).with_warnings(self.warnings)
    }

    /// Territories of one or several sources as one layer.
    pub fn territories(&mut self, data: &Layer) -> Result<Selected<Territory>> {
        let (layers, held) = (data.each::<Territory>()?, self.files.len());
        self.files.extend(layers.iter().map(|layer| layer.input.clone()));
        let none = || ReadError::new(data.label(), Problem::Nothing("territories"));
        let mut layer = joined(layers).ok_or_else(none)?;
        self.warnings.append(&mut layer.warnings);
        self.warnings.extend(guard::doubts(&self.files[held..]));
        guard::of_levels(data, &layer.label, layer.features.iter().map(Shape::meta))?;
        Ok(layer)
    }

    /// Features as one noun.
    pub fn select<T: Shape>(&mut self, data: &Layer) -> Result<Vec<T>> {
        let mut features = Vec::new();
        for one in data.each::<T>()? {
            self.files.push(one.input);
            self.warnings.extend(one.warnings);
            self.info = self.info.take().or(one.info);
            features.extend(one.features);
        }
        Ok(features)
    }

    /// As [`select`](Self::select), where data is given.
    pub fn maybe<T: Shape>(&mut self, data: Option<&Input>) -> Result<Vec<T>> {
        data.map_or(Ok(Vec::new()), |data| self.select(&data.0))
    }

    /// As [`any`](Self::any); of territories, the outlines are asked about: they are of one level of administration.
    pub fn outlines(&mut self, data: &Layer) -> Result<Vec<Found>> {
        let found = self.any(data)?;
        found.iter().try_for_each(|one| guard::of_levels(data, &one.label, guard::territories(&one.contents)))?;
        Ok(found)
    }

    /// Features as any noun.
    pub fn any(&mut self, data: &Layer) -> Result<Vec<Found>> {
        let found = data.found()?;
        for one in &found {
            self.files.push(one.input.clone());
            self.warnings.extend(one.warnings.iter().cloned());
            self.info = self.info.take().or_else(|| one.info.clone());
        }
        Ok(found)
    }
}

/// Anything that is data: a layer, a path or name, bytes, GeoJSON, a frame, Arrow, or a list of these.
pub struct Input(pub Layer);

impl<'a, 'py> FromPyObject<'a, 'py> for Input {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        layer_of(&object, None, ReadOptions::default(), embedded().clone(), None).map(Input)
    }
}

fn layer_of(
    object: &Bound<'_, PyAny>,
    name: Option<&str>,
    options: ReadOptions,
    dataset: Arc<Dataset>,
    geometry: Option<String>,
) -> PyResult<Layer> {
    if let Ok(layer) = object.cast::<Layer>() {
        return Ok(layer.get().clone());
    }
    let mut layer = Layer { sources: Vec::new(), options, dataset, geometry };
    match object.cast::<PyList>().map(|all| all.to_tuple()).or_else(|_| object.cast::<PyTuple>().cloned()) {
        Ok(all) => {
            for one in all.iter() {
                layer.take(&one, name)?;
            }
            if layer.sources.is_empty() {
                return Err(Fault::argument("an empty list is no data", "give one source or more").into());
            }
        }
        Err(_) => layer.take(object, name)?,
    }
    Ok(layer)
}

impl Layer {
    /// Adds a source.
    fn take(&mut self, object: &Bound<'_, PyAny>, name: Option<&str>) -> PyResult<()> {
        if let Ok(layer) = object.cast::<Layer>() {
            // Its options hold for the whole: a list has one reading.
            let layer = layer.get();
            (self.options, self.dataset) = (layer.options.clone(), layer.dataset.clone());
            self.sources.extend(layer.sources.iter().cloned());
            return Ok(());
        }
        let py = object.py();
        let called = name.unwrap_or("data").to_owned();
        let held = |bytes: Vec<u8>| Source::Held(Arc::new(MemoryFile::new(called.clone(), bytes)));
        let source = if let Ok(text) = object.cast::<PyString>() {
            let text = text.to_str()?;
            if text.trim_start().starts_with('{') {
                held(text.as_bytes().to_vec())
            } else {
                Source::Named(Reference::parse(text), text.to_owned())
            }
        } else if let Ok(bytes) = object.cast::<PyBytes>() {
            held(bytes.as_bytes().to_vec())
        } else if let Ok(bytes) = object.cast::<PyByteArray>() {
            held(bytes.to_vec())
        } else if object.hasattr("__fspath__")? {
            let path = object.call_method0("__fspath__")?.extract::<PathBuf>()?.display().to_string();
            Source::Named(Reference::File { path: path.clone(), fragment: None }, path)
        } else if object.is_instance_of::<PyDict>() {
            held(json(object)?)
        } else if object.hasattr("to_arrow")? && object.hasattr("crs")? && object.hasattr("to_wkb")? {
            let stated = self.options.frame.from.is_some();
            if object.getattr("crs")?.is_none() && !stated {
                return Err(no_crs("the frame").into());
            }
            match py.import("pyarrow") {
                Ok(_) => {
                    let named = [("geometry_encoding", "WKB")].as_slice();
                    let table = object.call_method("to_arrow", (), Some(&kwargs(py, named)?))?;
                    let active: String = object.getattr("geometry")?.getattr("name")?.extract().unwrap_or_default();
                    self.arrow(&table, name.unwrap_or("GeoDataFrame"), Some(active))?
                }
                Err(_) => self.frame_without_arrow(object, name.unwrap_or("GeoDataFrame"))?,
            }
        } else if object.hasattr("to_csv")? && object.hasattr("columns")? && !object.hasattr("geometry")? {
            // A table without geometries: columns lon and lat, or WKT, or a log.
            let options = PyDict::new(py);
            options.set_item("index", false)?;
            let text: String = object.call_method("to_csv", (), Some(&options))?.extract()?;
            Source::Held(Arc::new(MemoryFile::new(name.unwrap_or("DataFrame").to_owned() + ".csv", text.into_bytes())))
        } else if object.hasattr("__arrow_c_stream__")? {
            self.arrow(object, name.unwrap_or("Arrow table"), self.geometry.clone())?
        } else if object.hasattr("__geo_interface__")? {
            held(json(&object.getattr("__geo_interface__")?)?)
        } else {
            let kind = object.get_type().name()?.to_string();
            let hint = "give a path, bytes, GeoJSON as a dict, a GeoDataFrame, or what has __geo_interface__ or \
                        __arrow_c_stream__";
            return Err(Fault::new(Class::Input, "type", format!("a {kind} is no data that is read"), hint).into());
        };
        self.sources.push(source);
        Ok(())
    }

    /// A table of Arrow; its system holds unless one is stated.
    fn arrow(&mut self, table: &Bound<'_, PyAny>, name: &str, active: Option<String>) -> PyResult<Source> {
        let stream = arrow::Stream::of(table, name, active)?;
        let options = &self.options;
        let (limits, stated) = (options.limits, options.frame.from.is_some());
        let table = table.py().detach(|| stream.read(limits))?;
        if !stated {
            self.stated_by(table.crs, name)?;
        }
        if table.spherical && self.options.edges.is_none() {
            let hint = "say how they are to be read: merestone.layer(data, edges=\"geodesic\") or edges=\"lonlat\"";
            let message = format!("{name}: its edges are spherical, and here they are measured on the ellipsoid");
            return Err(Fault::new(Class::Input, "edges", message, hint).into());
        }
        Ok(Source::Held(Arc::new(table.file)))
    }

    /// Takes the system that a source states; one list has one system.
    fn stated_by(&mut self, crs: arrow::Crs, name: &str) -> Result<()> {
        let from = match crs {
            arrow::Crs::Wgs84 => None,
            arrow::Crs::Code(code) => Some(code),
            arrow::Crs::None => return Err(no_crs(name)),
            arrow::Crs::Nameless => {
                let hint = "transform it first: gdf.to_crs(4326)";
                let message = format!("{name}: its reference system has no code of EPSG");
                return Err(Fault::new(Class::Crs, "unknown-crs", message, hint));
            }
        };
        if !self.sources.is_empty() && self.options.frame.from != from {
            let message = format!("{name}: its reference system differs from that of the data before it");
            return Err(Fault::new(Class::Crs, "several-crs", message, "bring all into one: gdf.to_crs(4326)"));
        }
        self.options.frame.from = from;
        Ok(())
    }

    /// A frame where pyarrow is missing: as GeoJSON, which it writes itself.
    fn frame_without_arrow(&mut self, frame: &Bound<'_, PyAny>, name: &str) -> PyResult<Source> {
        if self.options.frame.from.is_none() {
            let authority: Option<(String, String)> = frame.getattr("crs")?.call_method0("to_authority")?.extract()?;
            self.stated_by(arrow::Crs::of_authority(authority), name)?;
        }
        let text: String = frame.call_method0("to_json")?.extract()?;
        Ok(Source::Held(Arc::new(MemoryFile::new(name.to_owned(), text.into_bytes()))))
    }
}

fn no_crs(name: &str) -> Fault {
    let hint = "state it: gdf.set_crs(4326), or merestone.layer(data, crs=\"EPSG:4326\")";
    Fault::new(Class::Crs, "no-crs", format!("{name} has no reference system"), hint)
}

fn kwargs<'py>(py: Python<'py>, all: &[(&str, &str)]) -> PyResult<Bound<'py, PyDict>> {
    let out = PyDict::new(py);
    all.iter().try_for_each(|(name, value)| out.set_item(name, value))?;
    Ok(out)
}

/// A Python object as the text of JSON.
fn json(object: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let py = object.py();
    let options = PyDict::new(py);
    options.set_item("allow_nan", false)?;
    options.set_item("ensure_ascii", false)?;
    options.set_item("default", py.import("builtins")?.getattr("str")?)?;
    let text = py.import("json")?.call_method("dumps", (object,), Some(&options)).map_err(|error| {
        let message = format!("the GeoJSON cannot be written as JSON: {}", error.value(py));
        Fault::new(Class::Geometry, "not-finite", message, "every coordinate must be a finite number")
    })?;
    Ok(text.extract::<String>()?.into_bytes())
}

/// Data with the options by which it is read: for what is not read as wanted without any.
#[pyfunction]
#[pyo3(signature = (data, *, name=None, id_field=None, r#where=None, edges=None, crs=None, axes=None, operation=None,
    encoding=None, skip_invalid=false, as_of=None, view=None, max_gib=None, dataset=None, geometry=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn layer(
    data: &Bound<'_, PyAny>,
    name: Option<&str>,
    id_field: Option<String>,
    r#where: Option<&str>,
    edges: Option<&str>,
    crs: Option<String>,
    axes: Option<&str>,
    operation: Option<&str>,
    encoding: Option<&str>,
    skip_invalid: bool,
    as_of: Option<&str>,
    view: Option<&str>,
    max_gib: Option<u32>,
    dataset: Option<PathBuf>,
    geometry: Option<String>,
) -> PyResult<Layer> {
    let mut options = ReadOptions::default();
    options.id_field = id_field;
    options.edges = edges.map(edges_of).transpose()?;
    options.skip_invalid = skip_invalid;
    options.limits = Limits { max_gib: max_gib.unwrap_or(Limits::DEFAULT.max_gib), ..Limits::DEFAULT };
    options.frame.from = crs;
    options.frame.axes = axes.map(axes_of).transpose()?;
    options.frame.operation = operation.map(Choice::parse).transpose().map_err(Fault::from)?.unwrap_or_default();
    options.frame.encoding = encoding
        .map(Encoding::parse)
        .transpose()
        .map_err(|error| Fault::argument(error.to_string(), "name it like CP1251, CP866, KOI8-R, Latin-1"))?;
    let day = as_of.map(|text| Day::last_of(text).ok_or_else(|| bad_day(text))).transpose()?;
    let view = view.map(|text| View::of(text).ok_or_else(|| bad_view(text))).transpose()?;
    let seen = day.map(Filter::valid_on).unwrap_or_default().and(&view.map(Filter::seen_by).unwrap_or_default());
    let own = r#where
        .map(Filter::parse)
        .transpose()
        .map_err(|error| Fault::argument(error.to_string(), "write it like \"admin_level = 8 and name != x\""))?;
    options.filter = own.unwrap_or_default().and(&seen);
    let dataset = match dataset {
        Some(folder) => {
            let dataset = Dataset::open_within(&folder, options.limits).map_err(Fault::from)?;
            dataset.by_operation(options.frame.operation.clone(), false)
        }
        None => embedded().as_ref().clone(),
    };
    layer_of(data, name, options, Arc::new(dataset.selected_by(seen)), geometry)
}

fn bad_day(text: &str) -> Fault {
    Fault::argument(format!("\"{text}\" is no day or year"), "write it like 2024-05-15, or 1988 for its last day")
}

fn bad_view(text: &str) -> Fault {
    Fault::argument(format!("\"{text}\" is no view"), "give the code of a party, or neutral")
}

fn edges_of(word: &str) -> Result<Edges> {
    let all = [Edges::Lonlat, Edges::Geodesic, Edges::Rhumb];
    let known = all.into_iter().find(|edges| edges.word() == word);
    known.ok_or_else(|| Fault::argument(format!("there are no edges \"{word}\""), "lonlat, geodesic or rhumb"))
}

fn axes_of(word: &str) -> Result<Axes> {
    match word {
        "xy" => Ok(Axes::EastNorth),
        "yx" => Ok(Axes::NorthEast),
        _ => Err(Fault::argument(format!("there are no axes \"{word}\""), "xy: east first, or yx: north first")),
    }
}
