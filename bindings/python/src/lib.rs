//! merestone in Python: every question of the library as a function.
//!
//! An input becomes a [`layer::Layer`], a question is asked without the interpreter's lock, and its envelope becomes an
//! [`answer::Answer`], which renders it as the program does. Nothing is computed here.

mod answer;
mod arrow;
mod band;
mod fault;
mod guard;
mod hint;
mod layer;
mod native;
mod plate;
mod question;
mod value;

use library::model::Role;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// The layers of the embedded dataset: id, role, title of the source, date.
#[pyfunction]
fn datasets(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let out = PyList::empty(py);
    for layer in layer::embedded().layers().iter().filter(|layer| layer.role != Role::Relief) {
        let row = PyDict::new(py);
        row.set_item("id", &layer.id)?;
        row.set_item("role", format!("{:?}", layer.role).to_lowercase())?;
        row.set_item("source", &layer.source)?;
        row.set_item("licence", &layer.licence)?;
        row.set_item("date", &layer.date)?;
        out.append(row)?;
    }
    Ok(out)
}

/// Land borders: lengths, enclaves, routes, shared lines and plates, with the method stated for every number.
#[pymodule]
fn merestone(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    fault::register(module)?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<layer::Layer>()?;
    module.add_class::<plate::Plate>()?;
    macro_rules! functions {
        ($($path:path),* $(,)?) => { $(module.add_function(wrap_pyfunction!($path, module)?)?;)* };
    }
    functions![
        datasets,
        layer::layer,
        plate::plate,
        plate::presets,
        question::audit,
        question::borders,
        question::catalogue,
        question::catalogue_of_table,
        question::check,
        question::compare,
        question::convert,
        question::corridor,
        question::decide,
        question::describe,
        question::diff,
        question::enclaves,
        question::evidence,
        question::info,
        question::ledger,
        question::marks,
        question::parse,
        question::resolve,
        question::routes,
        question::severance,
        question::sheets,
        question::status,
        question::trace,
        question::verify,
    ];
    Ok(())
}
