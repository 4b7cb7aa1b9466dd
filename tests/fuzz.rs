//! Runs the fuzz targets on their committed corpus and on mutations of it; `make fuzz` runs longer.

#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::path::PathBuf;

/// Mutations of each seed.
const VARIANTS: u64 = 60;

/// Reproducible pseudorandom numbers (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Changes, removes, duplicates or replaces a few bytes.
    fn vary(&mut self, seed: &[u8]) -> Vec<u8> {
        const BREAKERS: [&[u8]; 12] =
            [b"{", b"[", b"]", b"\"", b"1e400", b"-0", b"NaN", b"\xff", b"\0", b"null", b"180.0000001", b"\\ud800"];
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let to = (at + self.below(12)).min(bytes.len());
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] = self.next() as u8,
                1 => drop(bytes.drain(at..to)),
                2 => bytes
                    .splice(at..at, seed[at.min(seed.len())..to.min(seed.len()).max(at.min(seed.len()))].to_vec())
                    .for_each(drop),
                3 => bytes.splice(at..to, BREAKERS[self.below(12)].to_vec()).for_each(drop),
                _ => bytes.truncate(bytes.len() - self.below(bytes.len() / 4)),
            }
        }
        bytes
    }
}

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("a seed can be read");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

fn over(target: &str, ask: fn(&[u8])) {
    for (name, seed) in corpus(target) {
        let mut chance = Chance(
            seed.iter().fold(0x9E37_79B9_7F4A_7C15, |sum, b| (sum ^ u64::from(*b)).wrapping_mul(0x100_0000_01B3)) | 1,
        );
        ask(&seed);
        for variant in 0..VARIANTS {
            let bytes = chance.vary(&seed);
            let held = std::panic::catch_unwind(|| ask(&bytes));
            assert!(held.is_ok(), "{target}: variant {variant} of {name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn angle() {
    over("angle", targets::angle);
}

#[test]
fn catalogue() {
    over("catalogue", targets::catalogue);
}

#[test]
fn table_of_places() {
    over("table_of_places", targets::table_of_places);
}

#[test]
fn descriptions_are_read_or_refused() {
    over("description", targets::description);
}

#[test]
fn bundles_are_read_or_refused() {
    over("bundle", targets::bundle);
}

#[test]
fn topojson() {
    over("topojson", targets::topojson);
}

#[test]
fn esri_json() {
    over("esri_json", targets::esri_json);
}

#[test]
fn reader() {
    over("reader", targets::reader);
}

/// Every length at which a file may be truncated.
#[test]
fn truncations() {
    for (name, seed) in corpus("reader").into_iter().filter(|(_, seed)| seed.len() < 600) {
        for end in 0..seed.len() {
            let held = std::panic::catch_unwind(|| targets::reader(&seed[..end]));
            assert!(held.is_ok(), "{name}, its first {end} bytes");
        }
    }
}

#[test]
fn plate_specification() {
    over("plate_specification", targets::plate_specification);
}

#[test]
fn dataset_manifest() {
    over("dataset_manifest", targets::dataset_manifest);
}

#[test]
fn overlay() {
    over("overlay", targets::overlay);
}

#[test]
fn route() {
    over("route", targets::route);
}
