//! The README's examples are run, and their output compared.

#[test]
fn the_readme_is_true() {
    trycmd::TestCases::new().case("README.md").run();
}
