//! Archives from strangers: each rule has an archive that breaks it.

use super::{ends, refused, run, talks};
use merestone::io::{ArchiveLimits, ArchiveProblem, read_archive, write_archive};
use std::path::Path;

/// An entry of an archive made by hand.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    data: Vec<u8>,
    method: u16,
    flags: u16,
    /// The size that the list states, if another than that of the data.
    size: Option<u32>,
    /// The name in the header of the file, if another than in the list.
    own_name: Option<Vec<u8>>,
    mode: u32,
    /// The offset of the header, if that of another file.
    header: Option<u32>,
}

fn entry(name: &str, data: &[u8]) -> Entry {
    Entry {
        name: name.as_bytes().to_vec(),
        data: data.to_vec(),
        method: 0,
        flags: 0,
        size: None,
        own_name: None,
        mode: 0o100_644,
        header: None,
    }
}

/// An archive with these entries (PKWARE APPNOTE 4.3), whether or not they follow the rules.
fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for one in entries {
        let header = one.header.unwrap_or(out.len() as u32);
        let common = |name: &[u8]| {
            let mut bytes = Vec::new();
            for word in [20, one.flags, one.method, 0, 33] {
                bytes.extend(word.to_le_bytes());
            }
            for long in [0, one.data.len() as u32, one.size.unwrap_or(one.data.len() as u32)] {
                bytes.extend(long.to_le_bytes());
            }
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend([0, 0]);
            bytes
        };
        let own = one.own_name.as_ref().unwrap_or(&one.name);
        if one.header.is_none() {
            out.extend(b"PK\x03\x04");
            out.extend(common(own));
            out.extend(own);
            out.extend(&one.data);
        }
        list.extend(b"PK\x01\x02");
        list.extend([20, 3]);
        list.extend(common(&one.name));
        list.extend([0; 6]);
        list.extend((one.mode << 16).to_le_bytes());
        list.extend(header.to_le_bytes());
        list.extend(&one.name);
    }
    let start = out.len() as u32;
    out.extend(&list);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn problem(entries: &[Entry]) -> ArchiveProblem {
    read_archive(&archive(entries), &ArchiveLimits::default()).expect_err("it breaks a rule").problem
}

#[test]
fn an_honest_archive_of_another_program_is_read() {
    let folder = Entry { mode: 0o040_755, ..entry("a/", b"") };
    // "x" times 100, by Deflate with fixed codes, as Python's zlib writes it.
    let packed = Entry { method: 8, size: Some(100), ..entry("a/b", &[0xab, 0xa8, 0xa0, 0x3d, 0x00, 0x00]) };
    let bytes = archive(&[folder, packed, entry("a/c.docx", b"PK\x03\x04")]);
    let files = read_archive(&bytes, &ArchiveLimits::default()).expect("it is read");
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a/b", "a/c.docx"]);
    assert_eq!(files[0].bytes, [b'x'; 100]);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for (name, expected) in [
        ("../x", ArchiveProblem::Traversal),
        ("a/../../x", ArchiveProblem::Traversal),
        ("a\\..\\x", ArchiveProblem::Traversal),
        ("./x", ArchiveProblem::Traversal),
        ("/etc/passwd", ArchiveProblem::Absolute),
        ("\\\\server\\x", ArchiveProblem::Absolute),
        ("C:/x", ArchiveProblem::Absolute),
        ("c:x", ArchiveProblem::Absolute),
        ("", ArchiveProblem::Name),
        ("a//b", ArchiveProblem::Name),
        ("a\0b", ArchiveProblem::Name),
        ("a\nb", ArchiveProblem::Name),
    ] {
        assert_eq!(problem(&[entry(name, b"x")]), expected, "{name:?}");
    }
    for name in ["a\\b", "ab:stream", "nul", "sub/COM1.txt", "end.", "end ", " start"] {
        assert!(matches!(problem(&[entry(name, b"x")]), ArchiveProblem::Portable(_)), "{name:?}");
    }
    assert_eq!(problem(&[Entry { name: vec![0xff, 0xfe], ..entry("", b"x") }]), ArchiveProblem::Name);
    // These only look like devices.
    let fine = ["console", "nuls.txt", "com", "lpt10", "a.b/c..d"].map(|name| entry(name, b"x"));
    assert!(read_archive(&archive(&fine), &ArchiveLimits::default()).is_ok());
}

#[test]
fn names_that_collide_are_refused() {
    let pair = |a: &str, b: &str| problem(&[entry(a, b"1"), entry(b, b"2")]);
    assert_eq!(pair("a", "a"), ArchiveProblem::Duplicate);
    assert_eq!(pair("a", "A"), ArchiveProblem::Case("a".into()));
    assert_eq!(pair("Ä/x", "ä/y"), ArchiveProblem::Case("Ä".into()));
    assert_eq!(pair("a", "a/b"), ArchiveProblem::FileAndFolder);
    assert_eq!(pair("a/b", "a"), ArchiveProblem::FileAndFolder);
}

#[test]
fn links_and_devices_are_refused() {
    for mode in [0o120_777, 0o020_644, 0o010_644, 0o140_644, 0o040_755] {
        assert_eq!(problem(&[Entry { mode, ..entry("a", b"/etc/passwd") }]), ArchiveProblem::Special, "{mode:o}");
    }
}

#[test]
fn what_is_packed_otherwise_is_refused() {
    assert_eq!(problem(&[Entry { flags: 1, ..entry("a", b"x") }]), ArchiveProblem::Encrypted);
    assert_eq!(problem(&[Entry { method: 12, ..entry("a", b"x") }]), ArchiveProblem::Method(12));
    assert_eq!(problem(&[entry("a.zip", b"PK\x03\x04")]), ArchiveProblem::Nested);
    assert_eq!(problem(&[entry("a.geojson", b"PK\x03\x04")]), ArchiveProblem::Nested);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let limits = ArchiveLimits::default();
    let bomb = Entry { method: 8, size: Some(1 << 30), ..entry("a", &[0; 1000]) };
    assert_eq!(problem(&[bomb]), ArchiveProblem::Ratio((1 << 30) / 1000, 200));
    // Each file is within the ratio; together they exceed the limit.
    let many: Vec<Entry> = (0..6)
        .map(|n| Entry { method: 8, size: Some(200 << 20), ..entry(&format!("a{n}"), &vec![0; 2 << 20]) })
        .collect();
    assert_eq!(problem(&many), ArchiveProblem::TooLarge(1200 << 20, 1 << 30));
    let files: Vec<Entry> = (0..=limits.max_files).map(|n| entry(&n.to_string(), b"")).collect();
    assert_eq!(problem(&files), ArchiveProblem::TooMany(10_001, 10_000));
    // A file that is longer than stated is unpacked to one byte more, no further.
    let longer = Entry { method: 8, size: Some(50), ..entry("a", &[0xab, 0xa8, 0xa0, 0x3d, 0x00, 0x00]) };
    assert_eq!(problem(&[longer]), ArchiveProblem::Size);
    // Two names for the same bytes (the overlapping bomb of Fifield 2019).
    let twice = [entry("a", b"xxxx"), Entry { own_name: None, header: Some(0), ..entry("b", b"xxxx") }];
    assert_eq!(problem(&twice), ArchiveProblem::Contradiction);
    let inner = archive(&[entry("bbbb", b"y")]);
    let outer = entry("aaaa", &inner[..35]);
    let shared = [outer, Entry { header: Some(34), ..entry("bbbb", b"y") }];
    assert_eq!(problem(&shared), ArchiveProblem::Overlap);
}

#[test]
fn lists_that_contradict_the_files_are_refused() {
    let renamed = Entry { own_name: Some(b"b".to_vec()), ..entry("a", b"x") };
    assert_eq!(problem(&[renamed]), ArchiveProblem::Contradiction);
    let mut bytes = archive(&[entry("a", b"x")]);
    // The count of files in the end record.
    let end = bytes.len() - 22;
    bytes[end + 8] = 2;
    bytes[end + 10] = 2;
    let refused = read_archive(&bytes, &ArchiveLimits::default()).expect_err("a file is missing");
    assert_eq!(refused.problem, ArchiveProblem::Truncated);
}

/// Every beginning of an archive is refused, and every archive with one byte changed is read or refused, without a panic.
#[test]
fn truncated_and_damaged_archives_are_refused() {
    let bytes =
        write_archive(&[("content/a.geojson", b"{\"type\":\"Point\"}"), ("manifest.json", b"{}")]).expect("good names");
    let limits = ArchiveLimits::default();
    assert_eq!(read_archive(&bytes, &limits).expect("it is read").len(), 2);
    for length in 0..bytes.len() {
        assert!(read_archive(&bytes[..length], &limits).is_err(), "{length}");
    }
    for at in 0..bytes.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= change;
            let _ = read_archive(&damaged, &limits);
        }
    }
}

fn put(folder: &Path, bytes: &[u8]) {
    std::fs::write(folder.join("talks.zip"), bytes).expect("it can be written");
}

#[test]
fn the_program_refuses_archives_that_are_no_bundles() {
    let folder = talks();
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--quiet"], 0);
    let good = std::fs::read(folder.path().join("talks.zip")).expect("a bundle");
    std::fs::write(folder.path().join("good.zip"), &good).expect("it can be written");
    let manifest = |text: &str| archive(&[entry("manifest.json", text.as_bytes())]);
    for (bytes, why) in [
        (b"text".to_vec(), "it is no zip archive"),
        (good[..good.len() / 2].to_vec(), "breaks off"),
        (archive(&[entry("content/../../x", b"x")]), "has a part \"..\""),
        (archive(&[entry("content/x", b"x")]), "it has no manifest.json"),
        (manifest("{}"), "manifest.json cannot be read"),
        (manifest("[1"), "manifest.json cannot be read"),
    ] {
        put(folder.path(), &bytes);
        for command in ["--verify", "--rebuild"] {
            refused(&run(folder.path(), &["seal", command, "talks.zip"]), why);
        }
    }
    refused(&run(folder.path(), &["seal", "--verify", "nowhere.zip"]), "nowhere.zip");
    refused(&run(folder.path(), &["seal", "--verify", "talks"]), "talks");
    ends(folder.path(), &["seal", "--verify", "good.zip"], 0);
}

/// A file that the manifest does not list, and one that it lists but the archive lacks.
#[test]
fn added_and_missing_files_are_named() {
    let folder = talks();
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--quiet"], 0);
    let bytes = std::fs::read(folder.path().join("talks.zip")).expect("a bundle");
    let files = read_archive(&bytes, &ArchiveLimits::default()).expect("it is read");
    let mut named: Vec<(&str, &[u8])> = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    named.retain(|(path, _)| *path != "content/papers/minutes.md");
    named.extend([("content/zz.txt", &b"new"[..]), ("readme.txt", b"outside")]);
    put(folder.path(), &write_archive(&named).expect("good names"));
    let said = ends(folder.path(), &["seal", "--verify", "talks.zip", "--json"], 1);
    let mut changed = super::states(&super::answer(&said));
    changed.retain(|row| !row.ends_with("unchanged"));
    assert_eq!(changed, ["papers/minutes.md missing", "zz.txt added", "readme.txt added"]);
}
