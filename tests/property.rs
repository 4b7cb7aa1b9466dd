//! Properties of any input: partition, symmetry, reversal, identity.

#[path = "property/angles.rs"]
mod angles;
#[path = "property/antimeridian.rs"]
mod antimeridian;
#[path = "property/borders.rs"]
mod borders;
#[path = "property/figures.rs"]
mod figures;
mod fuzz;
#[path = "property/gaps.rs"]
mod gaps;
#[path = "property/geojson.rs"]
mod geojson;
#[path = "property/ledger.rs"]
mod ledger;
#[path = "property/marks.rs"]
mod marks;
#[path = "property/measures.rs"]
mod measures;
#[path = "property/nesting.rs"]
mod nesting;
#[path = "property/neutral.rs"]
mod neutral;
#[path = "property/parties.rs"]
mod parties;
#[path = "property/predicates.rs"]
mod predicates;
#[path = "property/routes.rs"]
mod routes;
#[path = "property/shared_edges.rs"]
mod shared_edges;
#[path = "property/short.rs"]
mod short;
#[path = "property/threads.rs"]
mod threads;
#[path = "property/traces.rs"]
mod traces;
#[path = "property/turned.rs"]
mod turned;

/// Configuration with this number of cases; a failure prints its input, to be added as a named test.
fn cases(number: u32) -> proptest::prelude::ProptestConfig {
    proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::with_cases(number)
    }
}
