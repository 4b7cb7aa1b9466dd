//! Where the routes of the embedded dataset cross the borders of its states.
//!
//! `cargo run --example crossings`

use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::model::{Route, Territory};
use merestone::question::{RouteOptions, routes};
use std::error::Error;
use std::io::Write;

/// Writes a line for each route and one for each of its crossings.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::embedded();
    let read = ReadOptions::default();
    let lines = dataset.select::<Route>(&Reference::parse("routes"), &read)?;
    let states = dataset.select::<Territory>(&Reference::parse("states"), &read)?;
    let reports = routes(&lines.features, &states.features, &RouteOptions::default()).report;
    for report in &reports {
        let indicative = if report.indicative { " (indicative)" } else { "" };
        writeln!(out, "{}: {:.1} km{indicative}", report.route, report.length_m / 1000.0)?;
        for crossing in &report.crossings {
            let side = |territory: &Option<String>| territory.clone().unwrap_or_else(|| "outside".to_owned());
            let [lon, lat] = crossing.position;
            let uncertain = if crossing.is_uncertain() { ", uncertain" } else { "" };
            writeln!(
                out,
                "  km {:.1}: {} to {} at {lon:.4}, {lat:.4}{uncertain}",
                crossing.chainage_m / 1000.0,
                side(&crossing.from),
                side(&crossing.to),
            )?;
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}
