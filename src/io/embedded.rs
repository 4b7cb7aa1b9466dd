//! The dataset that is compiled into the program.

/// A layer's bytes, with what the build script knows of them.
pub(super) struct EmbeddedLayer {
    pub id: &'static str,
    pub text: &'static str,
    pub sha256: &'static str,
    pub ids: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
