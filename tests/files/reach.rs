//! Input security: only named files are read, and text from files is sanitised in every output.

use super::{SQUARES, merestone, readers, refused, run};
use std::path::Path;
use tempfile::TempDir;

fn manifest(folder: &Path, file: &str) {
    let text = format!(
        "id = \"mine\"\ntitle = \"Mine\"\n[[layer]]\nid = \"land\"\nrole = \"territory\"\nfile = \"{file}\"\nsource = \"s\"\n\
         licence = \"CC0\"\nattribution = \"a\"\ndate = \"2026\"\ndatum_operation = \"none\"\nposition_accuracy_m = 10\n"
    );
    std::fs::create_dir_all(folder.join("set")).expect("it can be made");
    std::fs::write(folder.join("set/dataset.toml"), text).expect("it can be written");
    std::fs::copy(SQUARES, folder.join("secret.geojson")).expect("it can be copied");
}

#[test]
fn a_manifest_cannot_reach_outside_its_folder() {
    let folder = TempDir::new().expect("a folder");
    let outside = folder.path().join("secret.geojson").display().to_string();
    for file in ["../secret.geojson", outside.as_str(), "./../secret.geojson"] {
        manifest(folder.path(), file);
        for command in [
            vec!["info", "--dataset", "set"],
            vec!["borders", "land", "--dataset", "set"],
            vec!["check", "land", "--dataset", "set"],
            vec!["map", "--layer", "land", "--dataset", "set", "-o", "m.svg"],
        ] {
            refused(&run(folder.path(), &command), "outside the folder that names it");
        }
        let trusted = run(folder.path(), &["borders", "land", "--dataset", "set", "--allow-outside"]);
        assert!(trusted.status.success(), "{}", String::from_utf8_lossy(&trusted.stderr));
    }
}

#[test]
fn manifest_cannot_reach_outside_its_folder_through_a_link() {
    let folder = TempDir::new().expect("a folder");
    manifest(folder.path(), "land.geojson");
    std::os::unix::fs::symlink("../secret.geojson", folder.path().join("set/land.geojson")).expect("it can be made");
    for command in ["borders", "enclaves", "check"] {
        refused(&run(folder.path(), &[command, "land", "--dataset", "set"]), "outside the folder that names it");
    }
    assert!(run(folder.path(), &["borders", "land", "--dataset", "set", "--allow-outside"]).status.success());
    // A link inside the folder is a regular file.
    std::fs::remove_file(folder.path().join("set/land.geojson")).expect("it is there");
    std::fs::copy(SQUARES, folder.path().join("set/real.geojson")).expect("it can be copied");
    std::os::unix::fs::symlink("real.geojson", folder.path().join("set/land.geojson")).expect("it can be made");
    assert!(run(folder.path(), &["borders", "land", "--dataset", "set"]).status.success());
}

#[cfg(feature = "gdal")]
#[test]
fn gdal_reads_only_the_named_local_file() {
    let folder = TempDir::new().expect("a folder");
    std::fs::copy(SQUARES, folder.path().join("secret.geojson")).expect("it can be copied");
    // A virtual data source reads the files that it names.
    let virtual_source = "<OGRVRTDataSource><OGRVRTLayer name=\"squares\"><SrcDataSource relativeToVRT=\"1\">secret.geojson\
                          </SrcDataSource><SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>";
    std::fs::write(folder.path().join("land.vrt"), virtual_source).expect("it can be written");
    for file in ["land.vrt", "/vsicurl/http://192.0.2.1/land.geojson", "/vsis3/bucket/land.geojson"] {
        let output = run(folder.path(), &["borders", file]);
        refused(&output, file);
        assert!(String::from_utf8_lossy(&output.stderr).contains("--allow-network"));
    }
    for file in ["http://192.0.2.1/land.geojson", "WFS:http://192.0.2.1/x.wfs"] {
        refused(&run(folder.path(), &["borders", file]), file);
    }
    let trusted = run(folder.path(), &["borders", "land.vrt", "--allow-network"]);
    assert!(trusted.status.success(), "{}", String::from_utf8_lossy(&trusted.stderr));
}

/// A local server simulates the network and counts requests.
#[cfg(feature = "gdal")]
#[test]
fn network_is_used_only_if_allowed() {
    use std::io::{BufRead, BufReader, Write};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let host = std::net::Ipv4Addr::LOCALHOST;
    let server = std::net::TcpListener::bind((host, 0)).expect("a port is free");
    let port = server.local_addr().expect("it is bound").port();
    let asked = Arc::new(AtomicUsize::new(0));
    let land = std::fs::read(SQUARES).expect("it is there");
    std::thread::spawn({
        let asked = Arc::clone(&asked);
        move || {
            for mut stream in server.incoming().flatten() {
                asked.fetch_add(1, Ordering::SeqCst);
                let mut lines = BufReader::new(stream.try_clone().expect("a handle")).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let (status, body) = match first.contains("/land.geojson") {
                    true => ("200 OK", land.as_slice()),
                    false => ("404 Not Found", [].as_slice()),
                };
                let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let body = if first.starts_with("HEAD") { &[] } else { body };
                // The client may close early.
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
            }
        }
    });
    let folder = TempDir::new().expect("a folder");
    let land = format!("/vsicurl/http://{host}:{port}/land.geojson");
    for command in readers(&land).into_iter().chain([vec!["convert", &land, "out.geojson"]]) {
        let output = run(folder.path(), &command);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("--allow-network"), "{command:?}: {said}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0, "somebody asked the network without leave");
    let allowed = |command: &[&str]| {
        let mut program = merestone(folder.path(), &[command, &["--allow-network"]].concat());
        // A configured proxy must not intercept the request.
        program.env("no_proxy", host.to_string()).env("NO_PROXY", host.to_string());
        program.output().expect("it starts")
    };
    let output = allowed(&["borders", &land, "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(asked.load(Ordering::SeqCst) > 0, "nobody asked: {said}");
    assert!(output.status.success() && said.contains("no hash of its bytes is taken"), "{said}");
    assert_eq!(output.stdout, run(folder.path(), &["borders", SQUARES, "--format", "csv"]).stdout);
    let gone = format!("/vsicurl/http://{host}:{port}/gone.geojson");
    refused(&allowed(&["borders", &gone]), &gone);
}

#[test]
fn an_input_larger_than_may_be_read_is_refused() {
    let folder = TempDir::new().expect("a folder");
    for command in readers(SQUARES) {
        let output = run(folder.path(), &[&command, &["--max-size", "0"] as &[_]].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
        assert!(said.contains("is larger than 0 GiB") && said.contains("--max-size 1"), "{command:?}: {said}");
    }
}

#[test]
fn deep_nesting_is_refused_without_a_crash() {
    let folder = TempDir::new().expect("a folder");
    let deep = |open: &str, inner: &str, close: &str| open.repeat(100_000) + inner + &close.repeat(100_000);
    let point = "\"geometry\":{\"type\":\"Point\",\"coordinates\":[45,39]}";
    let files = [
        deep("[", "", "]"),
        deep("{\"a\":", "1", "}"),
        deep("[", "", ""),
        format!("{{\"type\":\"Feature\",\"properties\":{{\"a\":{}}},{point}}}", deep("[", "", "]")),
        format!("{{\"type\":\"Polygon\",\"coordinates\":{}}}", deep("[", "45,39", "]")),
        deep("{\"type\":\"GeometryCollection\",\"geometries\":[", "", "]}"),
    ];
    for (i, text) in files.iter().enumerate() {
        std::fs::write(folder.path().join("deep.geojson"), text).expect("it can be written");
        for command in readers("deep.geojson") {
            let output = run(folder.path(), &command);
            let said = String::from_utf8_lossy(&output.stderr);
            // `check` continues and lists the faults.
            let fine = output.status.code() == Some(2) || (command[0] == "check" && output.status.code() == Some(1));
            assert!(fine && !said.contains("panicked"), "{i}, {}: {:?} {said}", command[0], output.status);
            assert!(said.len() < 2000, "{i}, {}: a message of {} bytes", command[0], said.len());
        }
    }
    let nested = format!("a = {}\n", deep("[", "", "]"));
    std::fs::create_dir(folder.path().join("set")).expect("it can be made");
    for file in ["plate.toml", "set/dataset.toml"] {
        std::fs::write(folder.path().join(file), &nested).expect("it can be written");
    }
    for command in [vec!["map", "plate.toml", "-o", "m.svg"], vec!["info", "--dataset", "set"]] {
        let output = run(folder.path(), &command);
        refused(&output, command.last().map_or("", |_| "recurs"));
        assert!(output.stderr.len() < 2000, "a message of {} bytes", output.stderr.len());
    }
}

#[test]
fn nesting_limit_can_be_raised() {
    let folder = TempDir::new().expect("a folder");
    let squares = std::fs::read_to_string(SQUARES).expect("it is there");
    let nested = |levels: usize| {
        let deep = format!("\"id\": \"alpha\", \"deep\": {}1{}", "[".repeat(levels), "]".repeat(levels));
        std::fs::write(folder.path().join("deep.geojson"), squares.replacen("\"id\": \"alpha\"", &deep, 1))
    };
    nested(990).expect("it can be written");
    let converted = ["convert", "deep.geojson", "out.geojson"].to_vec();
    for command in readers("deep.geojson").into_iter().chain([converted]) {
        let output = run(folder.path(), &command);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let fine = output.status.code() == Some(if command[0] == "check" { 1 } else { 2 });
        assert!(fine && said.contains("nested deeper than 127 levels"), "{command:?}: {said}");
        assert!(command[0] == "check" || said.contains("hint: --max-depth 1000"), "{command:?}: {said}");
        let output = run(folder.path(), &[&command, &["--max-depth", "1000"] as &[_]].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|code| code < 3) && !said.contains("nested"), "{command:?}: {said}");
    }
    let out = std::fs::read_to_string(folder.path().join("out.geojson")).expect("it was written");
    assert!(out.contains(&"[".repeat(990)), "it comes out as it went in");
    nested(2000).expect("it can be written");
    let output = run(folder.path(), &["borders", "deep.geojson", "--max-depth", "1000"]);
    refused(&output, "nested deeper than 1000 levels");
}

/// A name with a script, terminal control sequences, a bidirectional override and a formula.
const NAME: &str = "=<script>alert('1')</script>\\\"&amp;\\u001b[2J\\u0007\\u202e|*x*[y](z)";

#[test]
fn names_are_sanitized_in_every_output() {
    let folder = TempDir::new().expect("a folder");
    let ring = |x: u32| format!("[[[{x},39],[{},39],[{},40],[{x},40],[{x},39]]]", x + 1, x + 1);
    let feature = |x: u32, id: &str| {
        let geometry = format!("{{\"type\":\"Polygon\",\"coordinates\":{}}}", ring(x));
        format!("{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\",\"name\":\"{id}\"}},\"geometry\":{geometry}}}")
    };
    let text =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}", feature(45, NAME), feature(46, "plain"));
    std::fs::write(folder.path().join("land.geojson"), text).expect("it can be written");
    let acts = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let control = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(control), "{text}");
        text
    };
    for format in ["table", "markdown"] {
        let output = run(folder.path(), &["borders", "land.geojson", "--format", format]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        acts(&output.stderr);
        let text = acts(&output.stdout);
        assert!(format == "table" || (!text.contains("<script") && !text.contains("*x*[")), "{text}");
    }
    let output = run(folder.path(), &["borders", "land.geojson", "--format", "csv"]);
    let csv = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(csv.contains("'=<script>") && !csv.contains(",\"=") && !csv.contains("\n\"="), "{csv}");
    let drawn = run(folder.path(), &["map", "--layer", "land.geojson", "-o", "m.svg", "-o", "m.png", "--dpi", "60"]);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let svg = acts(&std::fs::read(folder.path().join("m.svg")).expect("it was written"));
    assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"), "the name is drawn as text");
    // An unknown id, and a typed one.
    for reference in ["land.geojson#\u{1b}[31mred", "\u{202e}gnp.exe"] {
        let output = merestone(folder.path(), &["borders", reference]).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2));
        acts(&output.stderr);
    }
}
