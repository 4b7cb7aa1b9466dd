//! All trigonometry.

pub mod projection;
