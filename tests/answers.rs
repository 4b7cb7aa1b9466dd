//! Results of the questions: by construction, against other software, and on real data.

mod api;
mod audit;
#[path = "support/chance.rs"]
mod chance;
mod check;
mod convert;
mod dataset;
mod edges;
mod empty;
mod findings;
mod ids;
mod lines;
mod memory_file;
mod overlay;
mod papers;
mod parse;
mod reference;
mod regressions;
mod skip;
mod support;
