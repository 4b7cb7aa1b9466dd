//! Every command has help with examples, and every example is a tested session.

use super::{answered, commands, merestone};
use std::path::{Path, PathBuf};

fn help(command: &str) -> String {
    let output = answered(&mut merestone(Path::new("."), &[command, "--help"]));
    String::from_utf8(output.stdout).expect("help is text")
}

/// Commands in the examples of a command's help.
fn examples(command: &str) -> Vec<String> {
    let help = help(command);
    let after = help.split_once("Examples:").map(|(_, after)| after).unwrap_or_default();
    let mut examples: Vec<String> = Vec::new();
    for line in after.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // Help is wrapped: a line that does not start a command continues the previous one.
        match examples.last_mut() {
            Some(last) if !line.starts_with("merestone ") => last.push_str(&format!(" {line}")),
            _ => examples.push(line.to_owned()),
        }
    }
    examples
}

#[test]
fn every_command_has_examples_in_its_help() {
    let commands = commands();
    assert!(commands.len() >= 11, "{commands:?}");
    for command in &commands {
        let examples = examples(command);
        assert!(examples.len() >= 2, "{command}: {examples:?}");
        for example in examples {
            assert!(example.split_whitespace().nth(1) == Some(command), "{command} shows `{example}`");
        }
    }
}

#[test]
fn every_example_of_help_is_run() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
    let mut sessions = String::new();
    for entry in std::fs::read_dir(folder).expect("there are sessions").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "trycmd") {
            sessions.push_str(&std::fs::read_to_string(entry.path()).expect("it can be read"));
        }
    }
    let run: Vec<&str> = sessions.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    let mut missing = Vec::new();
    for command in commands() {
        missing.extend(examples(&command).into_iter().filter(|example| !run.contains(&typed(example).as_str())));
    }
    assert!(missing.is_empty(), "add them to tests/examples/*.trycmd:\n{}", missing.join("\n"));
}

/// Sessions have no shell: output to a file is printed instead.
fn typed(example: &str) -> String {
    example.split_once(" > ").map_or(example, |(command, _)| command).to_owned()
}

#[test]
fn the_examples_are_true() {
    let cases = trycmd::TestCases::new();
    cases.timeout(super::DEADLINE).env("COLUMNS", "100").case("tests/examples/*.trycmd");
}
