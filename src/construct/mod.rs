//! Constructions: lines and points derived from others.
//!
//! To add a construction: write its file here and name it in this list.

mod access;
mod flat;
mod gaps;
mod graph;
mod network;
mod path;
mod pieces;
mod territory_mask;
mod trace;

pub use access::Mode;
pub use gaps::{DEFAULT_GAP_M, NetworkGap};
pub use network::{Network, NetworkOptions, NetworkSummary};
pub use territory_mask::PREFERENCE;
pub use trace::{
    DEFAULT_WITHIN_M, Trace, TraceError, TraceLink, TraceOptions, TraceVia, TraceWay, ViaPoint, Weight, trace,
};
