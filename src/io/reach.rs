//! What reading may reach: how large an input and how deep, which files, which hosts.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How far reading may reach, for the whole program.
///
/// Of itself it reads the files that were named and nothing else: a manifest cannot name files outside its folder, not
/// even through a link, and GDAL is kept to local files and to drivers that neither fetch nor follow other files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Greatest size of an input, unpacked, in GiB; no border data come near the default.
    pub max_gib: u32,
    /// Greatest nesting of JSON; GeoJSON needs eight levels and what its properties hold.
    pub max_depth: u32,
    /// Whether manifests may name files outside their folder.
    pub outside: bool,
    /// Whether GDAL may use the network, and drivers that fetch or follow other files.
    pub network: bool,
}

static MAX_GIB: AtomicU32 = AtomicU32::new(Reach::DEFAULT.max_gib);
static MAX_DEPTH: AtomicU32 = AtomicU32::new(Reach::DEFAULT.max_depth);
static OUTSIDE: AtomicBool = AtomicBool::new(Reach::DEFAULT.outside);
static NETWORK: AtomicBool = AtomicBool::new(Reach::DEFAULT.network);

impl Reach {
    /// What holds unless somebody says otherwise.
    pub const DEFAULT: Reach = Reach { max_gib: 4, max_depth: 127, outside: false, network: false };

    /// Makes this hold from now on, for every reader of the program.
    pub fn set(self) {
        MAX_GIB.store(self.max_gib, Ordering::Relaxed);
        MAX_DEPTH.store(self.max_depth, Ordering::Relaxed);
        OUTSIDE.store(self.outside, Ordering::Relaxed);
        NETWORK.store(self.network, Ordering::Relaxed);
    }

    /// What holds now.
    pub fn now() -> Self {
        Reach {
            max_gib: MAX_GIB.load(Ordering::Relaxed),
            max_depth: MAX_DEPTH.load(Ordering::Relaxed),
            outside: OUTSIDE.load(Ordering::Relaxed),
            network: NETWORK.load(Ordering::Relaxed),
        }
    }

    pub(super) fn max_bytes(self) -> u64 {
        u64::from(self.max_gib) << 30
    }
}

/// Whether a specification or a manifest in `folder` may name this file: one in the folder, links followed, unless
/// [`Reach`] says otherwise. A file that is not there is not read anyway.
pub fn may_name(folder: &Path, file: &Path) -> bool {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (std::fs::canonicalize(here), std::fs::canonicalize(file)) {
        (Ok(folder), Ok(file)) => file.starts_with(folder) || Reach::now().outside,
        _ => true,
    }
}
