//! The README and the pages in `docs/`: runs and compares their examples, resolves their links, and requires a page for
//! every command.

use std::collections::BTreeSet;

use crate::support::files;

/// `TRYCMD=overwrite cargo test --test program` updates the outputs; restore `[..]` and `...` by hand.
#[test]
fn the_examples_are_true() {
    let cases = trycmd::TestCases::new();
    cases.timeout(super::always::DEADLINE).case("README.md").case("docs/*.md").run();
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    for page in pages() {
        let text = files::text(&page);
        for link in links(&text) {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
            let itself = files::root().join(&page);
            let target = if file.is_empty() { itself } else { itself.with_file_name(file) };
            assert!(target.exists(), "{page}: {link} leads nowhere");
            if let Some(heading) = heading {
                let target = std::fs::read_to_string(&target).expect("the linked page is text");
                assert!(anchors(&target).contains(heading), "{page}: {link}: no such heading");
            }
        }
    }
}

#[test]
fn every_command_has_a_page_that_the_readme_links() {
    let help = assert_cmd::Command::cargo_bin("merestone").expect("the program is built").arg("--help").output();
    let help = String::from_utf8(help.expect("it runs").stdout).expect("help is UTF-8");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 17, "{commands:?}");
    let readme = files::text("README.md");
    for command in commands {
        let row = readme.lines().find(|line| line.starts_with("| [") && line.contains(&format!("`{command}`")));
        assert!(row.is_some_and(|row| row.contains("](docs/")), "{command}: no row with a page in README.md");
    }
}

fn pages() -> Vec<String> {
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "BENCHMARKS.md"].map(str::to_owned);
    files::below("docs").into_iter().chain(top).filter(|path| path.ends_with(".md")).collect()
}

/// Targets of Markdown links outside code.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let outside = text.split("```").step_by(2);
    outside.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
}

/// Anchors of headings: lower case, hyphens for spaces, without punctuation.
fn anchors(text: &str) -> BTreeSet<String> {
    let outside: String = text.split("```").step_by(2).collect();
    let headings = outside.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading.to_lowercase().replace(' ', "-");
        kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
    };
    headings.map(anchor).collect()
}
