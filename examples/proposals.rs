//! The land that would pass under the two illustrative proposals of the embedded dataset, side by side. No party
//! proposes them.
//!
//! `cargo run --example proposals`

use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::model::{Piece, Territory};
use merestone::question::{LedgerOptions, ledger_of_proposal};
use std::error::Error;
use std::io::Write;

/// Writes, for each proposal, a line for each territory with the land that passes to it and from it.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::embedded();
    let read = ReadOptions::default();
    let states = dataset.select::<Territory>(&Reference::parse("states"), &read)?.features;
    for proposal in ["enclaves-as-held", "enclaves-restored"] {
        let pieces = dataset.select::<Piece>(&Reference::parse(proposal), &read)?.features;
        let report = ledger_of_proposal(&states, &pieces, &LedgerOptions::default())?.report;
        writeln!(out, "{proposal}: {} pieces of land pass", report.pieces.len())?;
        for total in &report.territories {
            let km2 = |m2: f64| m2 / 1e6;
            writeln!(
                out,
                "  {}: {:.3} km² to it, {:.3} km² from it",
                total.territory,
                km2(total.to_it_m2),
                km2(total.from_it_m2)
            )?;
        }
        writeln!(out, "  balanced: {}", report.balance.balanced)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}
