//! Charts of comparisons.

use std::path::Path;
use tempfile::TempDir;

fn compare(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut run = assert_cmd::Command::cargo_bin("merestone").expect("the program is built");
    run.current_dir(folder).args(["compare", "lines/ring-karki", "lines/ring-artsvashen", "--quiet"]);
    run.args(arguments).assert()
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_chart_names_both_lines_the_tolerance_and_the_worst_place() {
    let folder = TempDir::new().expect("a folder");
    for name in ["a.svg", "b.svg", "c.png", "d.pdf"] {
        compare(folder.path(), &["--chart", name]).success();
    }
    let svg = String::from_utf8(read(folder.path(), "a.svg")).expect("SVG is text");
    for words in [
        "Offset between two versions of a line",
        "a: lines/ring-karki, 11.269 km; offset from b",
        "b: lines/ring-artsvashen, 27.518 km; offset from a",
        "chainage along a, km",
        "offset, m",
        "the tolerance, 141",
        "worst: ",
        "OpenStreetMap",
        "imply no opinion",
    ] {
        assert!(svg.contains(words), "{words}: {}", &svg[..500]);
    }
    assert!(svg.contains("stroke-dasharray"), "the tolerance is a dashed line");
    assert!(svg.contains("#eadff0"), "stretches beyond it are shaded");
    assert_eq!(svg.as_bytes(), read(folder.path(), "b.svg"));
    assert!(read(folder.path(), "c.png").starts_with(b"\x89PNG"));
    assert!(read(folder.path(), "d.pdf").starts_with(b"%PDF"));
}

#[test]
fn a_chart_of_another_kind_or_into_no_folder_is_refused_before_the_work() {
    let folder = TempDir::new().expect("a folder");
    for (name, why) in [("chart.bmp", ".svg, .png or .pdf"), ("nowhere/chart.svg", "does not exist")] {
        let run = compare(folder.path(), &["--chart", name]).code(2).stdout("");
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.starts_with("error: ") && said.contains(why) && said.contains("\nhint: "), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
