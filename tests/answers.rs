//! Results of the questions: by construction, against other software, and on real data.

mod api;
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
mod reference;
mod skip;
mod support;
