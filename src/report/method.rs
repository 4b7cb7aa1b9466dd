//! How an answer was obtained, in words: the method note, from the provenance of the answer.

use crate::earth::AREA_ERROR;
use crate::model::{Input, MethodNote, Provenance, UncertainRule};
use crate::question::{UNCERTAIN, UNDECIDABLE};

/// Renders the provenance of an answer as its method note.
pub(super) fn note(provenance: &Provenance) -> MethodNote {
    MethodNote {
        earth: provenance.earth.text().to_owned(),
        edges: edges(provenance),
        territories: provenance.territories.clone(),
        tolerance_m: provenance.tolerance_m,
        datum_operation: datum_operation(provenance),
        accuracy: provenance.accuracy(),
        ids: ids(&provenance.inputs),
        selection: selection(&provenance.inputs),
        incomplete: incomplete(&provenance.inputs),
        area_error: (provenance.area_error && provenance.position_accuracy_m.is_some()).then(|| AREA_ERROR.to_owned()),
        uncertain: provenance.uncertain.map(|rule| uncertain(rule).to_owned()),
    }
}

fn uncertain(rule: UncertainRule) -> &'static str {
    match rule {
        UncertainRule::Crossing => UNCERTAIN,
        UncertainRule::Verdict => UNDECIDABLE,
    }
}

/// The edges, and how those of transformed files were treated.
fn edges(provenance: &Provenance) -> String {
    let mut treated: Vec<&str> = provenance.datum_notes().iter().filter_map(|note| note.edges.as_deref()).collect();
    treated.dedup();
    std::iter::once(provenance.edges.text()).chain(treated).collect::<Vec<_>>().join("; ")
}

/// The operations of transformed files; without one, the datum of the positions and the operation of the analysis.
fn datum_operation(provenance: &Provenance) -> String {
    let mut operations: Vec<&str> = provenance.datum_notes().iter().map(|note| note.operation.as_str()).collect();
    operations.dedup();
    match (operations.is_empty(), &provenance.operation) {
        (false, _) => operations.join("; "),
        (true, None) => provenance.datum.text().to_owned(),
        (true, Some(applied)) => {
            format!("{}; {}: {}", provenance.datum.text(), applied.purpose.text(), applied.operation)
        }
    }
}

/// States the source of feature identifiers, by file if it differs; for layers of a dataset, that of the layers.
fn ids(inputs: &[Input]) -> Option<String> {
    let is_file = |input: &&Input| !input.is_embedded;
    let files: Vec<(&str, &str)> =
        inputs.iter().filter(is_file).filter_map(|input| Some((input.path.as_str(), input.ids.as_deref()?))).collect();
    match files.as_slice() {
        [] => inputs.iter().find_map(|input| input.ids.clone()),
        [(_, first), rest @ ..] if rest.iter().all(|(_, rule)| rule == first) => Some((*first).to_owned()),
        all => Some(all.iter().map(|(path, rule)| format!("{path}: {rule}")).collect::<Vec<_>>().join("; ")),
    }
}

/// States which features of which files a filter selected.
fn selection(inputs: &[Input]) -> Option<String> {
    let filtered = |input: &Input| Some(format!("{}: {}", input.path, input.selection.as_ref()?));
    let all: Vec<String> = inputs.iter().filter_map(filtered).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// States how many features of which files were omitted.
fn incomplete(inputs: &[Input]) -> Option<String> {
    let left_out = inputs.iter().filter(|input| input.left_out > 0);
    let all: Vec<String> = left_out
        .map(|input| format!("{} of {} features of {} are left out", input.left_out, input.features, input.path))
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}
