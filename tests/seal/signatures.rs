//! Signatures: made, verified here and by OpenSSH, broken by any change.

use super::{answer, ends, refused, run, states, talks, write};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Keys made for these tests (`ssh-keygen -t ed25519 -N ""`).
const NORTH: &str = include_str!("../examples/seal.in/north.key");
const SOUTH: &str = include_str!("../examples/seal.in/south.key");
const ENCRYPTED: &str = include_str!("keys/encrypted.key");
const ECDSA: &str = include_str!("keys/ecdsa.key");
const SIGNERS: &str = include_str!("../examples/seal.in/signers");

/// A folder with a bundle, keys and allowed signers.
fn sealed() -> TempDir {
    let folder = talks();
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--quiet"], 0);
    let keys = [("north.key", NORTH), ("south.key", SOUTH), ("encrypted.key", ENCRYPTED), ("ecdsa.key", ECDSA)];
    keys.into_iter().chain([("signers", SIGNERS)]).for_each(|(name, text)| write(&folder.path().join(name), text));
    folder
}

fn sign(folder: &Path, key: &str) {
    ends(folder, &["seal", "--sign", key, "talks.zip", "--quiet"], 0);
}

fn verify(folder: &Path, more: &[&str], code: i32) -> serde_json::Value {
    let arguments = [&["seal", "--verify", "talks.zip", "--json"], more].concat();
    answer(&ends(folder, &arguments, code))["results"].clone()
}

const BOTH: [&str; 4] = ["--allowed-signers", "signers", "--signed-by", "north,south"];

#[test]
fn two_parties_sign_one_hash() {
    let folder = sealed();
    let before = std::fs::read(folder.path().join("talks.zip")).expect("a bundle");
    sign(folder.path(), "north.key");
    let one = verify(folder.path(), &BOTH, 1);
    assert_eq!(one["unsigned_by"], serde_json::json!(["south"]));
    sign(folder.path(), "south.key");
    let both = verify(folder.path(), &BOTH, 0);
    let signers: Vec<_> =
        both["signatures"].as_array().expect("a list").iter().map(|one| one["signers"].clone()).collect();
    let names = [serde_json::json!(["north"]), serde_json::json!(["south"])];
    assert!(signers.len() == 2 && names.iter().all(|name| signers.contains(name)), "{signers:?}");
    assert!(before == std::fs::read(folder.path().join("talks.zip")).expect("a bundle"), "signing changed the bundle");
    for key in [NORTH, SOUTH] {
        let secret = key.lines().nth(2).expect("three lines");
        assert!(!String::from_utf8_lossy(&before).contains(secret), "a key is in the bundle");
    }
    // Signed again, the same.
    let file = both["signatures"][0]["file"].as_str().expect("a file").to_owned();
    let first = std::fs::read(folder.path().join(&file)).expect("a signature");
    ["north.key", "south.key"].iter().for_each(|key| sign(folder.path(), key));
    assert_eq!(first, std::fs::read(folder.path().join(&file)).expect("a signature"));
}

#[test]
fn one_changed_coordinate_breaks_both_signatures() {
    let folder = sealed();
    ["north.key", "south.key"].iter().for_each(|key| sign(folder.path(), key));
    let file = folder.path().join("talks/land.geojson");
    let text = std::fs::read_to_string(&file).expect("it is there");
    let changed = text.replacen("[45, 40]", "[45, 40.0000001]", 1);
    assert_ne!(text, changed);
    write(&file, &changed);
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--quiet"], 0);
    let broken = verify(folder.path(), &BOTH, 1);
    let holds: Vec<_> =
        broken["signatures"].as_array().expect("a list").iter().map(|one| one["holds"].clone()).collect();
    assert_eq!(holds, [false, false]);
    assert_eq!(broken["unsigned_by"], serde_json::json!(["north", "south"]));
}

/// A byte of a file changed in the archive itself: the file is named, and nothing is signed or rebuilt.
#[test]
fn a_changed_file_is_named() {
    let folder = sealed();
    sign(folder.path(), "north.key");
    let path = folder.path().join("talks.zip");
    let mut bytes = std::fs::read(&path).expect("a bundle");
    let at = bytes.windows(7).position(|window| window == b"Minutes").expect("the paper is stored");
    bytes[at] = b'm';
    std::fs::write(&path, bytes).expect("it can be written");
    let said = ends(folder.path(), &["seal", "--verify", "talks.zip", "--json"], 1);
    let changed: Vec<String> = states(&answer(&said)).into_iter().filter(|row| !row.ends_with("unchanged")).collect();
    assert_eq!(changed, ["papers/minutes.md changed"]);
    // The signature is of the manifest, which is as it was.
    assert_eq!(answer(&said)["results"]["signatures"][0]["holds"], true);
    for command in [vec!["seal", "--sign", "south.key", "talks.zip"], vec!["seal", "--rebuild", "talks.zip"]] {
        ends(folder.path(), &command, 1);
    }
    let signatures = std::fs::read_dir(folder.path()).expect("a folder").flatten();
    let signatures = signatures.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "sig"));
    assert_eq!(signatures.count(), 1);
}

#[test]
fn signatures_by_others_and_forged_ones_do_not_hold() {
    let folder = sealed();
    sign(folder.path(), "north.key");
    let north_alone: String =
        SIGNERS.lines().filter(|line| !line.starts_with("north")).map(|line| format!("{line}\n")).collect();
    write(&folder.path().join("signers"), &north_alone);
    let other = verify(folder.path(), &["--allowed-signers", "signers"], 1);
    assert_eq!(other["signatures"][0]["note"], "its key is not that of an allowed signer");
    for text in ["", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", "\u{0}"] {
        write(&folder.path().join("forged.sig"), text);
        let forged = verify(folder.path(), &["--signature", "forged.sig"], 1);
        assert_eq!(forged["signatures"].as_array().map(Vec::len), Some(2), "{text}");
    }
}

#[test]
fn keys_that_cannot_sign_are_refused() {
    let folder = sealed();
    write(
        &folder.path().join("north.key.pub"),
        SIGNERS.lines().next().expect("a line").split_once(' ').expect("two").1,
    );
    write(&folder.path().join("cut.key"), &NORTH[..NORTH.len() / 2]);
    let damaged: String = NORTH.replacen('A', "B", 40);
    write(&folder.path().join("damaged.key"), &damaged);
    for (key, why) in [
        ("encrypted.key", "the key is encrypted"),
        ("ecdsa.key", "the key is of the algorithm"),
        ("north.key.pub", "it is a public key"),
        ("cut.key", "no private key"),
        ("damaged.key", "damaged.key"),
        ("talks/land.geojson", "no private key"),
        ("nowhere.key", "nowhere.key"),
    ] {
        refused(&run(folder.path(), &["seal", "--sign", key, "talks.zip"]), why);
    }
    write(&folder.path().join("minutes.txt"), "not a signature");
    let there = ["seal", "--sign", "north.key", "talks.zip", "-o", "minutes.txt"];
    refused(&run(folder.path(), &there), "is there already");
}

#[test]
fn lists_of_signers_are_tested() {
    let folder = sealed();
    sign(folder.path(), "north.key");
    let ask = |text: &str, more: &[&str]| {
        write(&folder.path().join("list"), text);
        run(folder.path(), &[&["seal", "--verify", "talks.zip", "--allowed-signers", "list"], more].concat())
    };
    refused(&ask("north ssh-ed25519", &[]), "line 1");
    refused(&ask("", &["--signed-by", "north"]), "no line names the signer \"north\"");
    let line = SIGNERS.lines().find(|line| line.starts_with("north")).expect("north signs");
    let limited = line.replacen("north ", "north valid-before=\"20261231\" ", 1);
    refused(&ask(&limited, &[]), "limited in time");
    assert_eq!(ask(&limited, &["--at", "20261130"]).status.code(), Some(0));
    assert_eq!(ask(&limited, &["--at", "20270101"]).status.code(), Some(1));
    let elsewhere = line.replacen("north ", "north namespaces=\"file\" ", 1);
    assert_eq!(ask(&elsewhere, &[]).status.code(), Some(1));
}

/// Both ways: OpenSSH verifies what the program signs, and the program what OpenSSH signs.
#[test]
fn openssh_and_the_program_understand_each_other() {
    let folder = sealed();
    let openssh = |arguments: &[&str], stdin: Option<&str>| {
        let mut command = Command::new("ssh-keygen");
        command.args(arguments).current_dir(folder.path());
        if let Some(name) = stdin {
            command.stdin(std::fs::File::open(folder.path().join(name)).map_or(Stdio::null(), Stdio::from));
        }
        command.output()
    };
    if openssh(&["-l", "-f", "signers"], None).is_err() {
        return eprintln!("skipped: there is no ssh-keygen");
    }
    let bytes = std::fs::read(folder.path().join("talks.zip")).expect("a bundle");
    let limits = merestone::io::ArchiveLimits::default();
    let files = merestone::io::read_archive(&bytes, &limits).expect("it is read");
    let manifest = files.into_iter().find(|file| file.path == "manifest.json").expect("a manifest");
    std::fs::write(folder.path().join("manifest.json"), manifest.bytes).expect("it can be written");
    ends(folder.path(), &["seal", "--sign", "north.key", "talks.zip", "-o", "north.sig", "--quiet"], 0);
    let verify = |message: &str| {
        let ask = ["-Y", "verify", "-f", "signers", "-I", "north", "-n", "merestone-seal", "-s", "north.sig"];
        openssh(&ask, Some(message)).expect("ssh-keygen runs")
    };
    let holds = verify("manifest.json");
    assert!(holds.status.success(), "{}", String::from_utf8_lossy(&holds.stderr));
    assert!(!verify("signers").status.success(), "another message");
    // The other way, with either hash.
    let key = folder.path().join("south.key");
    let only_mine = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o600);
    std::fs::set_permissions(&key, only_mine).expect("its owner may");
    for hash in ["sha256", "sha512"] {
        let option = format!("hashalg={hash}");
        let made =
            openssh(&["-Y", "sign", "-f", "south.key", "-n", "merestone-seal", "-O", &option, "manifest.json"], None);
        let made = made.expect("ssh-keygen runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        std::fs::rename(folder.path().join("manifest.json.sig"), folder.path().join("talks.zip.south.sig"))
            .expect("made");
        let read = super::answer(&ends(
            folder.path(),
            &["seal", "--verify", "talks.zip", "--allowed-signers", "signers", "--signed-by", "south", "--json"],
            0,
        ));
        assert_eq!(read["results"]["signatures"][0]["signers"], serde_json::json!(["south"]), "{hash}");
    }
    // The same key, message and hash: the same bytes from both.
    ends(folder.path(), &["seal", "--sign", "south.key", "talks.zip", "-o", "ours.sig", "--quiet"], 0);
    let again = openssh(
        &["-Y", "sign", "-f", "south.key", "-n", "merestone-seal", "-O", "hashalg=sha256", "manifest.json"],
        None,
    );
    assert!(again.expect("ssh-keygen runs").status.success());
    let texts =
        ["ours.sig", "manifest.json.sig"].map(|name| std::fs::read_to_string(folder.path().join(name)).expect(name));
    assert_eq!(texts[0], texts[1]);
}
