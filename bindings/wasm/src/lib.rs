//! The module for browsers and other hosts of WebAssembly: it takes files as bytes, and asks the library's questions. It
//! computes nothing itself.

mod fault;
mod files;
mod gathered;
mod hint;
mod options;
mod plate;
mod question;

pub use fault::Fault;
pub use files::Files;
pub use plate::{Plate, plate};
pub use question::{Answer, borders, check, compare, enclaves, ledger, route};

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
