//! Results of the questions: by construction, against other software, and on real data.

mod check;
mod convert;
mod dataset;
mod edges;
mod findings;
mod ids;
mod lines;
mod overlay;
mod papers;
mod reference;
mod skip;
mod support;
