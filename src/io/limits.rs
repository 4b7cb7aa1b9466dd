//! Limits of reading: input size, nesting depth, files, network.

use std::path::Path;

/// Limits of reading, passed in [`ReadOptions`](super::ReadOptions),
/// [`ConvertOptions`](super::ConvertOptions) or to [`Dataset::open_within`](super::Dataset::open_within).
///
/// By default only the named files are read: a manifest cannot name files outside its folder, not
/// even through a link, and GDAL is restricted to local files and to drivers that neither fetch nor follow other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Greatest size of an input, decompressed, in GiB; border data are far below the default.
    pub max_gib: u32,
    /// Greatest nesting depth of JSON, WKT and WKB; GeoJSON needs eight levels plus those of its properties. JSON
    /// nested up to the default is always read. A reader needs up to 16 KiB of stack per level: threads of rayon's pool
    /// and the caller's thread must have them before a greater depth is set.
    pub max_depth: u32,
    /// Whether manifests may name files outside their folder.
    pub outside: bool,
    /// Whether GDAL may use the network, and drivers that fetch or follow other files.
    pub network: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits::DEFAULT
    }
}

impl Limits {
    /// 4 GiB, 127 levels, no file outside a folder, no network.
    pub const DEFAULT: Limits = Limits { max_gib: 4, max_depth: 127, outside: false, network: false };

    /// Greatest size of an input, decompressed, in bytes.
    pub(super) fn max_bytes(self) -> u64 {
        u64::from(self.max_gib) << 30
    }

    /// Whether a specification or a manifest in `folder` may name this file: one in the folder after resolving links,
    /// unless files outside are allowed. A file that does not exist passes.
    pub fn may_name(self, folder: &Path, file: &Path) -> bool {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match (std::fs::canonicalize(here), std::fs::canonicalize(file)) {
            (Ok(folder), Ok(file)) => file.starts_with(folder) || self.outside,
            _ => true,
        }
    }
}
