//! The border of Colorado and Kansas from bytes in memory, as a server or a web page receives them: a table in text.
//!
//! `cargo run --example memory`

use merestone::io::{Limits, MemoryFile, ReadOptions};
use merestone::model::Territory;
use merestone::question::{BorderOptions, borders};
use std::error::Error;
use std::io::Write;

/// The two states along their common meridian near 102°03′ west, between 37° and 40° north, as well-known text.
const TABLE: &str = "\
name,wkt
Colorado,\"POLYGON ((-109.05 37, -102.05 37, -102.05 40, -109.05 40, -109.05 37))\"
Kansas,\"POLYGON ((-102.05 37, -94.62 37, -94.62 40, -102.05 40, -102.05 37))\"
";

/// Writes the length of the border and the warnings of the reader.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Any `impl Read`: a socket, a response, an archive member.
    let reader = TABLE.as_bytes();
    let file = MemoryFile::from_reader("states.csv", reader, Limits::default())?;
    let states = file.select::<Territory>(None, &ReadOptions::default())?;
    for warning in &states.warnings {
        writeln!(out, "warning: {}", warning.message)?;
    }
    let report = borders(&states.features, &BorderOptions::default()).report;
    for row in &report.rows {
        writeln!(out, "{} and {}: {:.3} km", row.a, row.b, row.length_m / 1000.0)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout().lock())
}
