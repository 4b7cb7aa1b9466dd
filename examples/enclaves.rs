//! Every enclave among the states of the embedded dataset: host, area, perimeter, distance to the main part.
//!
//! `cargo run --example enclaves`

use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::model::Territory;
use merestone::question::{EnclaveOptions, enclaves};
use std::error::Error;
use std::io::Write;

/// Writes a line for each enclave.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::embedded();
    let read = ReadOptions::default();
    let states = dataset.select::<Territory>(&Reference::parse("states"), &read)?;
    let mut options = EnclaveOptions::default();
    options.named = dataset.select::<Territory>(&Reference::parse("enclaves"), &read)?.features;
    let report = enclaves(&states.features, &options).report;
    for row in &report.rows {
        let Some(host) = &row.enclave_in else { continue };
        let name = row.name.as_deref().unwrap_or("unnamed");
        let error_km2 = row.area_error_km2.map_or("unknown".to_owned(), |error| format!("{error:.2}"));
        writeln!(
            out,
            "{name}: of {} in {host}, {:.2} km² (standard error {error_km2}), perimeter {:.2} km, {:.1} km from the main part",
            row.territory,
            row.area_km2,
            row.perimeter_m / 1000.0,
            row.gap_to_main_m.unwrap_or(0.0) / 1000.0,
        )?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}
