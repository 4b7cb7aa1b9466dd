//! Outputs are made again; commands of strangers do no harm.

use super::{answer, ends, refused, run, talks, write};
use merestone::document::seal::Bundle;
use merestone::io::write_archive;
use std::path::Path;

/// A bundle with any command lines, as a stranger may write it.
fn forge(folder: &Path, commands: &[&[&str]], files: &[(&str, &str)]) {
    let commands = commands.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect();
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec(), None));
    let bundle = Bundle::new("0.2.0", commands, files);
    let manifest = bundle.manifest.text();
    let listed = bundle.archive_files(&manifest);
    let named: Vec<(&str, &[u8])> = listed.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    std::fs::write(folder.join("talks.zip"), write_archive(&named).expect("good names")).expect("it can be written");
}

#[test]
fn outputs_are_made_again_byte_for_byte() {
    let folder = talks();
    let lines = "borders land.geojson -o out/borders.csv\n\
                 info land.geojson --format json -o info.json\n\
                 convert land.geojson shapes/land.shp\n\
                 borders land.geojson -o lists/\n\
                 # exit code 1: the answer is no\n\
                 check land.geojson --no-reference -o found.json\n";
    write(&folder.path().join("talks/commands.txt"), lines);
    if cfg!(not(feature = "gdal")) {
        return;
    }
    std::fs::create_dir(folder.path().join("talks/shapes")).expect("it can be made");
    write(&folder.path().join("talks/shapes/note.txt"), "drawn by hand");
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip"], 0);
    let rebuilt = answer(&ends(folder.path(), &["seal", "--rebuild", "talks.zip", "--json"], 0));
    let commands = rebuilt["results"]["commands"].as_array().expect("a list").clone();
    assert_eq!(commands.len(), 5);
    assert!(
        commands.iter().all(|command| command["same"] == true && command["outputs"].as_u64() > Some(0)),
        "{commands:#?}"
    );
    // A Shapefile is several files, a folder of lists too.
    assert!(commands[2]["outputs"].as_u64() >= Some(3), "{commands:#?}");
}

#[cfg(feature = "plates")]
#[test]
fn plates_and_papers_are_made_again() {
    let folder = talks();
    let lines = "map --layer land.geojson -o plate.svg -o plate.png --dpi 50\n\
                 describe alpha beta --dataset . -o text.docx\n";
    let manifest = "id = \"mine\"\ntitle = \"Mine\"\n[[layer]]\nid = \"land\"\nrole = \"territory\"\nfile = \"land.geojson\"\n\
                    source = \"s\"\nlicence = \"CC0\"\nattribution = \"a\"\ndate = \"2026\"\ndatum_operation = \"none\"\n\
                    position_accuracy_m = 10\n";
    write(&folder.path().join("talks/dataset.toml"), manifest);
    write(&folder.path().join("talks/commands.txt"), lines);
    ends(folder.path(), &["seal", "talks", "-o", "talks.zip"], 0);
    let rebuilt = answer(&ends(folder.path(), &["seal", "--rebuild", "talks.zip", "--json"], 0));
    assert_eq!(rebuilt["results"]["holds"], true);
    let outputs: Vec<_> =
        rebuilt["results"]["commands"].as_array().expect("a list").iter().map(|c| &c["outputs"]).collect();
    assert_eq!(outputs, [2, 1]);
}

/// The output in the bundle is not what the command makes: the manifest is consistent, so only the rebuild tells.
#[test]
fn an_output_that_is_not_made_again_is_named() {
    let folder = talks();
    let land = std::fs::read_to_string(super::SQUARES).expect("it is there");
    let commands = vec![vec!["borders".to_owned(), "land.geojson".into(), "-o".into(), "borders.csv".into()]];
    let files =
        [("land.geojson".to_owned(), land.into_bytes(), None), ("borders.csv".to_owned(), b"a,b\n".to_vec(), Some(1))];
    let bundle = Bundle::new("0.1.0", commands, files);
    let manifest = bundle.manifest.text();
    let listed = bundle.archive_files(&manifest);
    let named: Vec<(&str, &[u8])> = listed.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    std::fs::write(folder.path().join("talks.zip"), write_archive(&named).expect("good names")).expect("written");
    ends(folder.path(), &["seal", "--verify", "talks.zip"], 0);
    let output = ends(folder.path(), &["seal", "--rebuild", "talks.zip", "--json"], 1);
    let said = answer(&output);
    assert_eq!(said["results"]["files"][0]["state"], "changed");
    assert_eq!(said["results"]["commands"][0]["same"], false);
    assert!(String::from_utf8_lossy(&output.stderr).contains("made by version 0.1.0"));
}

#[test]
fn malicious_command_lines_are_refused_before_any_runs() {
    let folder = talks();
    let victim = folder.path().join("victim.txt");
    let land = std::fs::read_to_string(super::SQUARES).expect("it is there");
    let victim_text = victim.display().to_string();
    let output = format!("--output={victim_text}");
    let attached = format!("-o{victim_text}");
    for (words, why) in [
        (&["rm", "-rf", "."][..], "\"rm\" is no command"),
        (&["sh", "-c", "touch victim.txt"], "\"sh\" is no command"),
        (&["seal", "."], "\"seal\" is no command"),
        (&["demo"], "\"demo\" is no command"),
        (&["info", "land.geojson", "-o", &victim_text], "leads out of the folder"),
        (&["info", "land.geojson", &output], "leads out of the folder"),
        (&["info", "land.geojson", &attached], "leads out of the folder"),
        (&["info", "land.geojson", "-o", "../../victim.txt"], "leads out of the folder"),
        (&["info", "../victim.txt", "-o", "x.json"], "leads out of the folder"),
        (&["info", "/etc/passwd", "-o", "x.json"], "leads out of the folder"),
        (&["info", "/vsicurl/http://192.0.2.1/x", "-o", "x.json"], "leads out of the folder"),
        (&["info", "land.geojson", "--allow-network", "-o", "x.json"], "is not for a bundle"),
        (&["info", "land.geojson", "--allow-outside", "-o", "x.json"], "is not for a bundle"),
        (&[], "the command line is empty"),
        (&["info", "a\u{1b}[2J"], "control characters"),
    ] {
        // An honest command before it must not run either.
        forge(folder.path(), &[&["info", "land.geojson", "-o", "info.json"], words], &[("land.geojson", &land)]);
        refused(&run(folder.path(), &["seal", "--rebuild", "talks.zip"]), why);
        assert!(!victim.exists());
    }
}

/// Files in the bundle that name files outside: a manifest, a specification of a plate, a virtual data source.
#[test]
fn files_of_a_bundle_do_not_lead_out() {
    let folder = talks();
    let secret = folder.path().join("secret.geojson");
    std::fs::copy(super::SQUARES, &secret).expect("it can be copied");
    let manifest = format!(
        "id = \"m\"\ntitle = \"M\"\n[[layer]]\nid = \"land\"\nrole = \"territory\"\nfile = \"{}\"\nsource = \"s\"\n\
         licence = \"CC0\"\nattribution = \"a\"\ndate = \"2026\"\ndatum_operation = \"none\"\nposition_accuracy_m = 10\n",
        secret.display()
    );
    let plate = format!("title = \"x\"\n[[layer]]\nfile = \"{}\"\n", secret.display());
    let source = format!(
        "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        secret.display()
    );
    let files = [("dataset.toml", manifest.as_str()), ("plate.toml", &plate), ("x.vrt", &source)];
    for words in [
        &["borders", "land", "--dataset", ".", "-o", "x.csv"][..],
        #[cfg(feature = "plates")]
        &["map", "plate.toml", "-o", "x.svg"],
        &["borders", "x.vrt", "-o", "x.csv"],
    ] {
        forge(folder.path(), &[words], &files);
        let said = answer(&ends(folder.path(), &["seal", "--rebuild", "talks.zip", "--json"], 1));
        let failure = said["results"]["commands"][0]["failure"].as_str().unwrap_or_default().to_owned();
        assert!(failure.starts_with("error: "), "{words:?}: {said:#}");
    }
}

#[test]
fn a_command_that_runs_too_long_is_ended_and_nothing_stays() {
    let folder = talks();
    let temporary = folder.path().join("temporary");
    std::fs::create_dir(&temporary).expect("it can be made");
    let mut command = crate::files::merestone(
        folder.path(),
        &["seal", "-o", "talks.zip", "--command", "borders states -o borders.csv", "--timeout", "0"],
    );
    let output = command.env("TMPDIR", &temporary).output().expect("it starts");
    refused(&output, "it ran longer than 0 s");
    assert_eq!(std::fs::read_dir(&temporary).expect("a folder").count(), 0);
}
