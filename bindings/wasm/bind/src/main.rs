//! Writes the JavaScript and TypeScript files beside the WebAssembly module, as `wasm-bindgen --target web` does:
//! `merestone-wasm-bind MODULE FOLDER`.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("error: two arguments are needed: the module, and the folder to write to");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let written = bindgen.input_path(module).out_name("merestone").omit_default_module_path(false).web(true).and_then(
        |bindgen| bindgen.typescript(true).remove_name_section(true).remove_producers_section(true).generate(folder),
    );
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
