//! The command line: help, errors with their hints and exit codes, answers in every format, and files written.

#[path = "cmd/band.rs"]
mod band;
#[path = "cmd/chart.rs"]
mod chart;
#[path = "cmd/editions.rs"]
mod editions;
#[path = "cmd/home.rs"]
mod home;
#[path = "cmd/other_source.rs"]
mod other_source;
#[path = "cmd/output.rs"]
mod output;

/// Command-line sessions in `tests/cmd`. `TRYCMD=overwrite cargo test --test program` updates them.
#[test]
fn sessions() {
    let cases = trycmd::TestCases::new();
    cases.timeout(super::always::DEADLINE).env("COLUMNS", "100").case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}
