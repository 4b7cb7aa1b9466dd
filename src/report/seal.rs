//! Rendering of `seal` reports.

use super::{Cell, Rendering, Table};
use crate::document::seal::SealReport;
use serde_json::Value;

/// Characters of a hash in tables; JSON and CSV have the whole.
const SHORT: usize = 16;

fn short(hash: Option<&String>) -> Cell {
    Cell::text(hash.map_or("", |hash| hash.get(..SHORT).unwrap_or(hash)))
}

impl Rendering for SealReport {
    const COMMAND: &'static str = "seal";

    fn tables(&self) -> Vec<Table> {
        let number = |n: usize| Cell::number(n as f64, 0);
        let facts = vec![vec![
            Cell::text(&self.hash),
            Cell::text(&self.made_by_version),
            Cell::list(&self.unsigned_by),
            Cell::truth(self.holds),
        ]];
        let files = self.files.iter().map(|file| {
            vec![
                Cell::text(&file.path),
                Cell::text(file.state.word()),
                Cell::number(file.command.map(|n| n as f64), 0),
                Cell::number(file.bytes.map(|n| n as f64), 0),
                short(file.sha256.as_ref()),
                short(file.found_sha256.as_ref()),
            ]
        });
        let commands = self.commands.iter().map(|command| {
            vec![
                number(command.number),
                Cell::text(&command.command),
                number(command.outputs),
                command.same.map_or(Cell::Empty, Cell::truth),
                Cell::maybe(command.failure.as_deref()),
            ]
        });
        let signatures = self.signatures.iter().map(|signature| {
            vec![
                Cell::text(&signature.file),
                Cell::truth(signature.holds),
                Cell::text(signature.signers.join(", ")),
                Cell::maybe(signature.key.as_deref()),
                Cell::maybe(signature.note.as_deref()),
            ]
        });
        let table = |title: &str, columns: &[&'static str], rows: Vec<Vec<Cell>>| Table {
            title: title.to_owned(),
            columns: columns.to_vec(),
            rows,
        };
        let all = [
            table("Seal", &["hash", "made_by_version", "unsigned_by", "holds"], facts),
            table("Signatures", &["file", "holds", "signers", "key", "note"], signatures.collect()),
            table("Commands", &["no", "command", "outputs", "same", "failure"], commands.collect()),
            table("Files", &["path", "state", "command", "bytes", "sha256", "found_sha256"], files.collect()),
        ];
        all.into_iter().filter(|table| !table.rows.is_empty()).collect()
    }

    /// A seal has no geometry.
    fn features(&self) -> Vec<Value> {
        Vec::new()
    }
}
