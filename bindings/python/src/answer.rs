//! The answer to a question, as Python sees it.

use crate::fault::{Fault, Result};
use crate::guard;
use crate::plate::Plate;
use library::io::write_file;
use library::map::{MapError, Plate as Sheet};
use library::model::Envelope;
use library::report::{Rendering, TableOptions, csv, geojson, html, json, markdown, table};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use std::path::PathBuf;
use std::sync::OnceLock;

/// An answer whatever its report.
trait Held: Send + Sync {
    fn command(&self) -> &str;
    fn json(&self) -> String;
    fn geojson(&self) -> String;
    fn csv(&self) -> String;
    fn table(&self) -> String;
    fn markdown(&self) -> String;
    fn html(&self) -> String;
    #[cfg(feature = "gdal")]
    fn geopackage(&self) -> Result<Vec<u8>>;
}

/// Most rows of a table that a notebook shows.
const SHOWN: usize = 60;

fn shown() -> TableOptions {
    let mut options = TableOptions::default();
    options.limit = Some(SHOWN);
    options
}

impl<R: Rendering + Send + Sync> Held for Envelope<R> {
    fn command(&self) -> &str {
        &self.command
    }
    fn json(&self) -> String {
        json(self)
    }
    fn geojson(&self) -> String {
        geojson(self)
    }
    fn csv(&self) -> String {
        csv(self)
    }
    fn table(&self) -> String {
        table(self, &shown())
    }
    fn markdown(&self) -> String {
        markdown(self, &TableOptions::default())
    }
    fn html(&self) -> String {
        html(self, &shown())
    }
    #[cfg(feature = "gdal")]
    fn geopackage(&self) -> Result<Vec<u8>> {
        library::report::geopackage(self).map_err(Fault::question)
    }
}

/// Draws the chart of an answer, in a language.
pub type Chart = Box<dyn Fn(&str) -> std::result::Result<Sheet, MapError> + Send + Sync>;

/// The answer to a question: the report, how it was obtained, and warnings.
#[pyclass(frozen, module = "merestone")]
pub struct Answer(Box<dyn Held>, Option<Chart>);

/// The process in which the first question was asked.
static PROCESS: OnceLock<u32> = OnceLock::new();

/// Refuses a process that was forked after a question: the threads that share the work are not in it, and it would wait for
/// them forever.
pub fn in_one_process() -> Result<()> {
    if *PROCESS.get_or_init(std::process::id) == std::process::id() {
        return Ok(());
    }
    let hint = "start processes afresh: multiprocessing.get_context(\"spawn\"); or use threads, which run side by side";
    Err(Fault::argument("this process was forked after a question was asked in its parent", hint))
}

/// Asks without the interpreter's lock.
pub fn ask<R: Rendering + Send + Sync + 'static>(
    py: Python<'_>,
    question: impl FnOnce() -> Result<Envelope<R>> + Send,
) -> PyResult<Answer> {
    ask_drawn(py, || Ok((question()?, None)))
}

/// As [`ask`], where the answer has a chart.
pub fn ask_drawn<R: Rendering + Send + Sync + 'static>(
    py: Python<'_>,
    question: impl FnOnce() -> Result<(Envelope<R>, Option<Chart>)> + Send,
) -> PyResult<Answer> {
    in_one_process()?;
    let (answer, chart) = py.detach(question)?;
    guard::of_inputs(&answer.inputs)?;
    Ok(Answer(Box::new(answer), chart))
}

impl Answer {
    fn member<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.get_item(name)
    }
}

#[pymethods]
impl Answer {
    /// The question: `borders`, `enclaves` …
    #[getter]
    fn command(&self) -> &str {
        self.0.command()
    }

    /// The results, as in the JSON of the program.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.member(py, "results")
    }

    /// How the results were obtained: the method, the inputs with their hashes, the version.
    #[getter]
    fn provenance<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (all, out) = (self.to_dict(py)?, PyDict::new(py));
        for name in ["tool", "version", "command", "schema", "method", "inputs"] {
            out.set_item(name, all.get_item(name)?)?;
        }
        Ok(out)
    }

    /// The warnings: code, message, feature.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.member(py, "warnings")
    }

    /// The whole answer, as the program prints it with `--format json`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        parsed(py, &self.to_json(py))
    }

    /// The same as text, byte for byte.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.json())
    }

    /// The answer's geometries with its fields as properties (RFC 7946).
    fn to_geojson<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        parsed(py, &py.detach(|| self.0.geojson()))
    }

    /// The first list of the answer as comma-separated values, numbers not rounded.
    fn to_csv(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.csv())
    }

    /// The answer as tables in Markdown.
    fn to_markdown(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.markdown())
    }

    /// The answer's geometries as a GeoDataFrame in WGS 84; needs geopandas.
    fn to_geodataframe<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let geopandas = py.import("geopandas")?;
        let features = self.to_geojson(py)?.get_item("features")?;
        let options = PyDict::new(py);
        options.set_item("crs", "EPSG:4326")?;
        let frame = geopandas.getattr("GeoDataFrame")?;
        if features.cast::<PyList>().is_ok_and(|all| all.is_empty()) {
            options.set_item("geometry", PyList::empty(py))?;
            return frame.call((), Some(&options));
        }
        frame.call_method("from_features", (features,), Some(&options))
    }

    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_geojson(py)
    }

    /// The chart of the answer: offsets of `compare`, lengths of `status`, strips of `corridor`.
    #[pyo3(signature = (*, lang="en"))]
    fn chart(&self, py: Python<'_>, lang: &str) -> PyResult<Plate> {
        let none = || {
            let hint = "compare, status and corridor have one; merestone.plate draws maps";
            Fault::argument(format!("an answer of {} has no chart", self.0.command()), hint)
        };
        let chart = self.1.as_ref().ok_or_else(none)?;
        let drawn = py.detach(|| chart(lang));
        Ok(Plate::of(drawn.map_err(|error| Fault::plate(error, ""))?))
    }

    /// Writes the answer to a file, in the format of its ending: .json, .geojson, .csv, .md; never half-written.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let written = py.detach(|| -> Result<()> {
            let bytes = match ending.as_str() {
                "json" => self.0.json().into_bytes(),
                "geojson" => self.0.geojson().into_bytes(),
                "csv" => self.0.csv().into_bytes(),
                "md" => self.0.markdown().into_bytes(),
                #[cfg(feature = "gdal")]
                "gpkg" => self.0.geopackage()?,
                _ => {
                    let message = format!("{}: no format of an answer has that ending", path.display());
                    return Err(Fault::argument(message, "end the name with .json, .geojson, .csv or .md"));
                }
            };
            write_file(&path, &bytes).map_err(|error| Fault::argument(error.to_string(), "choose another path"))
        });
        Ok(written?)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.table())
    }

    fn _repr_html_(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.html())
    }
}

/// Python's objects of a text of JSON.
fn parsed<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}
