//! Limits of reading: how large an input and how deep, which files, which hosts.

use std::path::Path;

/// How far reading may go: a value that callers pass, in [`ReadOptions`](super::ReadOptions),
/// [`ConvertOptions`](super::ConvertOptions) or to [`Dataset::open_within`](super::Dataset::open_within).
///
/// By default the files that were named are read and nothing else: a manifest cannot name files outside its folder, not
/// even through a link, and GDAL is kept to local files and to drivers that neither fetch nor follow other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Greatest size of an input, unpacked, in GiB; no border data come near the default.
    pub max_gib: u32,
    /// Greatest nesting of JSON, WKT and WKB, in levels; GeoJSON needs eight and what its properties hold. JSON nested up
    /// to the default is always read. A reader needs up to 16 KiB of stack a level: threads of rayon's pool, and the
    /// caller's, must have them before more is allowed.
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

    /// Greatest size of an input, unpacked, in bytes.
    pub(super) fn max_bytes(self) -> u64 {
        u64::from(self.max_gib) << 30
    }

    /// Whether a specification or a manifest in `folder` may name this file: one in the folder, links followed, unless
    /// files outside are allowed. A file that is not there is not read anyway.
    pub fn may_name(self, folder: &Path, file: &Path) -> bool {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match (std::fs::canonicalize(here), std::fs::canonicalize(file)) {
            (Ok(folder), Ok(file)) => file.starts_with(folder) || self.outside,
            _ => true,
        }
    }
}
