//! The page of a dataset: its content, and its function in a browser.

use super::{refused, run};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn dataset() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples/dossier.in/dataset")
}

/// The page of the example dataset.
fn page(folder: &Path) -> String {
    let dataset = dataset();
    let output = run(folder, &["dossier", &dataset.display().to_string(), "-o", "page.html"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(folder.join("page.html")).expect("it was written")
}

fn data(page: &str) -> Value {
    let start = page.find("id=\"data\">").expect("the page has data") + "id=\"data\">".len();
    let end = start + page[start..].find("</script>").expect("the data end");
    serde_json::from_str(&page[start..end]).expect("the data are JSON")
}

#[test]
fn the_page_holds_map_tables_languages_and_hashes() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = page(folder.path());
    let data = data(&page);
    assert_eq!(data["languages"], serde_json::json!(["en", "fr"]));
    let east = &data["layers"][0]["features"][0];
    assert_eq!((&east["id"], &east["names"]["fr"], &east["form"]), (&"east".into(), &"Est".into(), &"area".into()));
    assert_eq!(
        east["chains"][0],
        serde_json::json!([850_000, 4_600_000, 50_000, 0, 0, 40_000, -50_000, 0, 0, -40_000])
    );
    // The part of East inside West, and its border, as in `enclaves` and `borders`.
    let land = format!("{}/land.geojson", dataset().display());
    let csv = run(folder.path(), &["borders", &land, "--format", "csv", "--quiet"]);
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    let (heads, row) = (csv.lines().next().expect("a heading"), csv.lines().nth(1).expect("a row"));
    let at = heads.split(',').position(|head| head == "length_m").expect("a length");
    let length_m = row.split(',').nth(at).expect("a length");
    assert!(page.contains(&format!("<td class=\"number\" data-value=\"{length_m}\">")), "{length_m}");
    for word in ["1 parts are enclaves", "Routes: roads", "merestone borders land --dataset", "made for the examples"] {
        assert!(page.contains(word), "{word}");
    }
    let sha = run(folder.path(), &["borders", &land, "--format", "json", "--quiet"]);
    let sha: Value = serde_json::from_slice(&sha.stdout).expect("JSON");
    assert!(page.contains(sha["inputs"][0]["sha256"].as_str().expect("a hash")));
}

#[test]
fn the_same_dataset_gives_the_same_page() {
    let [one, two] = [(), ()].map(|()| tempfile::tempdir().expect("a folder"));
    assert!(page(one.path()) == page(two.path()));
}

#[test]
fn the_embedded_page_is_small_enough_to_send() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["dossier", "-o", "page.html", "-q"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::metadata(folder.path().join("page.html")).expect("it was written").len();
    assert!(bytes <= 5_000_000, "{bytes}");
}

#[test]
fn what_makes_no_page_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("bad.toml"), "[frame]\nscal = 1\n").expect("written");
    for (arguments, why) in [
        (["dossier", "nowhere", "-o", "page.html"], "dataset.toml"),
        (["dossier", "bad.toml", "-o", "page.html"], "unknown key `scal`"),
        (["dossier", ".", "-o", "page.pdf"], "page of HTML"),
        (["dossier", "-o", "page.html", "--plate=nothing"], "no preset"),
    ] {
        refused(&run(folder.path(), &arguments), why);
        assert!(!folder.path().join("page.html").exists(), "{arguments:?}");
    }
}

/// A reader's actions, executed in the page, with the results as attributes of its body.
const READER: &str = r#"<script>
(() => {
  const map = document.getElementById("map");
  const say = (key, value) => { document.body.dataset[key] = value; };
  window.addEventListener("error", (event) => say("failed", event.message));
  const before = map.getAttribute("viewBox");
  document.getElementById("zoom-in").click();
  say("moved", before !== map.getAttribute("viewBox"));
  const shape = map.querySelector('[data-key="land/west"]');
  shape.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  say("chosen", document.getElementById("chosen").textContent);
  const language = document.getElementById("language");
  language.value = "fr";
  language.dispatchEvent(new Event("change"));
  say("french", document.getElementById("chosen").textContent);
  const layer = document.querySelector('input[data-layer="roads"]');
  layer.click();
  say("hidden", getComputedStyle(map.querySelector('[data-key="roads/valley-road"]')).visibility);
  const heading = [...document.querySelectorAll("thead button")].find((button) => button.textContent === "area_km2");
  heading.click();
  const cells = () => [...heading.closest("table").tBodies[0].rows].map((row) => Number(row.cells[heading.closest("th").cellIndex].dataset.value));
  const rising = cells();
  heading.click();
  say("sorted", rising.join() === cells().reverse().join() && rising[0] < rising[rising.length - 1]);
  const find = document.getElementById("find");
  find.value = "Est (land/east)";
  find.dispatchEvent(new Event("change"));
  say("found", document.getElementById("chosen").textContent);
  const unnamed = [...document.querySelectorAll("button, input, select")].filter((control) =>
    !control.textContent.trim() && !control.getAttribute("aria-label") && !control.closest("label"));
  say("unnamed", unnamed.length);
})();
</script>
</body>"#;

#[test]
fn the_page_works_in_a_browser_from_a_file() {
    let browser = ["chromium", "chromium-browser", "google-chrome"];
    let is_there =
        |name: &&&str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let Some(browser) = browser.iter().find(is_there) else {
        eprintln!("skipped: no Chromium is installed");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let page = page(folder.path()).replace("</body>", READER);
    std::fs::write(folder.path().join("read.html"), page).expect("written");
    let profile = folder.path().join("profile");
    let output = assert_cmd::Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"])
        .timeout(super::super::always::DEADLINE)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", folder.path().join("read.html").display()))
        .output()
        .expect("it starts");
    let seen = String::from_utf8_lossy(&output.stdout);
    let body = seen.split("<body").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
    for said in [
        "data-moved=\"true\"",
        "data-chosen=\"West\"",
        "data-french=\"Ouest\"",
        "data-hidden=\"hidden\"",
        "data-sorted=\"true\"",
        "data-found=\"Est\"",
        "data-unnamed=\"0\"",
    ] {
        assert!(body.contains(said), "{said} in {body}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(!body.contains("data-failed"), "{body}");
}
