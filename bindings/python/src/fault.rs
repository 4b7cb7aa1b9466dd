//! Errors as Python exceptions: one tree of classes, with the feature, the position, the kind and a hint.

use crate::hint;
use library::io::{Problem, ReadError};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::{PyTypeInfo, create_exception};

create_exception!(merestone, MerestoneError, PyException, "The base of all errors of merestone.");
create_exception!(merestone, InputError, MerestoneError, "An input cannot be read or cannot serve the question.");
create_exception!(merestone, CrsError, InputError, "The reference system of an input is unknown or wrong.");
create_exception!(merestone, GeometryError, InputError, "A geometry is invalid or of the wrong type.");
create_exception!(merestone, NotFoundError, InputError, "There is nothing of that name.");
create_exception!(merestone, ArgumentError, MerestoneError, "An argument has a value that cannot be used.");
create_exception!(merestone, QuestionError, MerestoneError, "The question has no answer for these inputs.");
create_exception!(merestone, PlateError, MerestoneError, "A plate cannot be drawn.");

/// The class of an exception.
#[derive(Debug, Clone, Copy)]
pub enum Class {
    Input,
    Crs,
    Geometry,
    NotFound,
    Argument,
    Question,
    Plate,
}

/// An error on its way to Python; made where the interpreter is not held.
#[derive(Debug)]
pub struct Fault {
    class: Class,
    message: String,
    kind: &'static str,
    hint: Option<String>,
    path: Option<String>,
    /// Id of the feature, and its number from 0.
    feature: Option<(Option<String>, usize)>,
    position: Option<[f64; 2]>,
    pointer: Option<String>,
}

impl Fault {
    pub fn new(class: Class, kind: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        Fault { class, message: message.into(), kind, hint, path: None, feature: None, position: None, pointer: None }
    }

    /// An argument that cannot be used.
    pub fn argument(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Fault::new(Class::Argument, "argument", message, hint)
    }

    /// A question without an answer.
    pub fn question(error: impl std::fmt::Display) -> Self {
        Fault::new(Class::Question, "question", error.to_string(), "")
    }

    /// A plate that cannot be drawn.
    pub fn plate(error: impl std::fmt::Display, hint: &str) -> Self {
        Fault::new(Class::Plate, "plate", error.to_string(), hint)
    }

    /// The same about a feature of an input.
    pub fn at(self, path: &str, index: usize) -> Self {
        Fault { path: Some(path.to_owned()), feature: Some((None, index)), ..self }
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        let message = error.to_string();
        Fault {
            class: class(&error.problem),
            message,
            kind: error.problem.kind(),
            hint: Some(hint::of(&error.problem)).filter(|hint| !hint.is_empty()),
            position: error.problem.position(),
            feature: error.feature.map(|feature| (feature.id, feature.index)),
            pointer: error.pointer,
            path: Some(error.path),
        }
    }
}

fn class(problem: &Problem) -> Class {
    use Problem::*;
    match problem {
        OtherCrs(_)
        | Projected { .. }
        | Misfit { .. }
        | NoTransform { .. }
        | Ballpark(_)
        | ThreeAxes(_)
        | UnknownCrs(_)
        | CrsNeedsGdal(_)
        | Swapped { .. }
        | Operation(_) => Class::Crs,
        OutOfRange { .. }
        | NotFinite
        | ShortPosition(_)
        | ShortLine(_)
        | ShortRing(_)
        | LoopsCancel(_)
        | OpenRing { .. }
        | HoleOutside(_)
        | HolesOverlap(_)
        | WrongShape { .. }
        | MixedKinds { .. } => Class::Geometry,
        UnknownId { .. } | UnknownLayer { .. } | Ambiguous { .. } | NoIdField { .. } | NoDataset => Class::NotFound,
        _ => Class::Input,
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        Python::attach(|py| {
            let class = match fault.class {
                Class::Input => InputError::type_object(py),
                Class::Crs => CrsError::type_object(py),
                Class::Geometry => GeometryError::type_object(py),
                Class::NotFound => NotFoundError::type_object(py),
                Class::Argument => ArgumentError::type_object(py),
                Class::Question => QuestionError::type_object(py),
                Class::Plate => PlateError::type_object(py),
            };
            let text = match &fault.hint {
                Some(hint) => format!("{}\nhint: {hint}", fault.message),
                None => fault.message,
            };
            let made = || -> PyResult<Bound<'_, PyAny>> {
                let error = class.call1((text,))?;
                let (id, index) = fault.feature.unzip();
                let feature = id.flatten().or_else(|| index.map(|index| index.to_string()));
                error.setattr("kind", fault.kind)?;
                error.setattr("hint", fault.hint)?;
                error.setattr("path", fault.path)?;
                error.setattr("feature", feature)?;
                error.setattr("feature_index", index)?;
                error.setattr("position", fault.position.map(|[x, y]| (x, y)))?;
                error.setattr("pointer", fault.pointer)?;
                Ok(error)
            };
            made().map_or_else(|error| error, PyErr::from_value)
        })
    }
}

/// The result of a question, before it is a Python object.
pub type Result<T> = std::result::Result<T, Fault>;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("MerestoneError", MerestoneError::type_object(py))?;
    module.add("InputError", InputError::type_object(py))?;
    module.add("CrsError", CrsError::type_object(py))?;
    module.add("GeometryError", GeometryError::type_object(py))?;
    module.add("NotFoundError", NotFoundError::type_object(py))?;
    module.add("ArgumentError", ArgumentError::type_object(py))?;
    module.add("QuestionError", QuestionError::type_object(py))?;
    module.add("PlateError", PlateError::type_object(py))?;
    // What every error has, where one says nothing of it.
    let base = MerestoneError::type_object(py);
    for name in ["kind", "hint", "path", "feature", "feature_index", "position", "pointer"] {
        base.setattr(name, py.None())?;
    }
    Ok(())
}
