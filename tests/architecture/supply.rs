//! Licences, bans and sources of the locked crates, against `deny.toml`.

use super::files;
use serde_json::Value;

fn rules() -> toml::Table {
    files::text("deny.toml").parse().expect("deny.toml is TOML")
}

/// Every crate built on this platform, with its manifest.
fn packages() -> Vec<Value> {
    let compiler = std::process::Command::new("rustc").arg("-vV").output().expect("rustc built the tests");
    let version = String::from_utf8_lossy(&compiler.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = std::process::Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--all-features",
            "--filter-platform",
            host,
        ])
        .current_dir(files::root())
        .output()
        .expect("cargo runs the tests, so it is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("metadata are JSON");
    metadata["packages"].as_array().expect("there are packages").clone()
}

fn words(table: &toml::Table, section: &str, key: &str) -> Vec<String> {
    let list = table[section][key].as_array().unwrap_or_else(|| panic!("[{section}] has {key}"));
    let word = |value: &toml::Value| value.as_str().or_else(|| value["crate"].as_str()).map(str::to_owned);
    list.iter().filter_map(word).collect()
}

/// Whether the allowed licences satisfy an SPDX expression: `OR` of `AND`s, with parentheses.
fn met(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    if let Some(alternatives) = split(expression, " OR ") {
        return alternatives.iter().any(|part| met(part, allowed));
    }
    if let Some(all) = split(expression, " AND ") {
        return all.iter().all(|part| met(part, allowed));
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => met(inner, allowed),
        None => allowed.iter().any(|licence| licence == expression),
    }
}

/// Splits at an operator outside all parentheses, if present.
fn split<'a>(expression: &'a str, operator: &str) -> Option<Vec<&'a str>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in expression.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && at >= start && expression[at..].starts_with(operator) => {
                parts.push(&expression[start..at]);
                start = at + operator.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    (parts.len() > 1).then_some(parts)
}

#[test]
fn every_licence_is_allowed() {
    let allowed = words(&rules(), "licenses", "allow");
    let exceptions = rules()["licenses"]["exceptions"].as_array().cloned().unwrap_or_default();
    let allowed_of = |name: &Value| {
        let own = exceptions.iter().filter(|one| one["crate"].as_str() == name.as_str());
        let own = own.flat_map(|one| one["allow"].as_array().cloned().unwrap_or_default());
        let own = own.filter_map(|licence| licence.as_str().map(str::to_owned));
        allowed.iter().cloned().chain(own).collect::<Vec<String>>()
    };
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let mut wrong = Vec::new();
    for package in &packages {
        // Old manifests write `MIT/Apache-2.0`.
        let licence = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
        if !met(&licence, &allowed_of(&package["name"])) {
            wrong.push(format!("{} {}: \"{licence}\"", package["name"], package["version"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_banned_and_nothing_from_elsewhere() {
    let banned = words(&rules(), "bans", "deny");
    let locked: toml::Table = files::text("Cargo.lock").parse().expect("Cargo.lock is TOML");
    for package in locked["package"].as_array().expect("there are packages") {
        let name = package["name"].as_str().expect("a name");
        assert!(!banned.iter().any(|other| other == name), "{name} is banned");
    }
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        let source = package["source"].as_str();
        let own = source.is_none() && name == "merestone";
        assert!(own || source.is_some_and(|from| from.starts_with("registry+")), "{name} comes from {source:?}");
    }
}

#[test]
fn expressions_are_read() {
    let allowed = ["MIT".to_owned(), "Apache-2.0".to_owned()];
    assert!(met("GPL-3.0 OR MIT", &allowed) && met("(GPL-3.0 OR MIT) AND Apache-2.0", &allowed));
    assert!(!met("GPL-3.0 AND MIT", &allowed) && !met("", &allowed) && !met("(GPL-3.0 OR MIT) AND ISC", &allowed));
}

/// "Depends on 68 crates" in the README: the library without features has at most this number of dependencies.
#[test]
fn the_library_alone_depends_on_few_crates() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["tree", "--no-default-features", "--edges", "normal", "--prefix", "none", "--locked", "--offline"];
    let output = std::process::Command::new(cargo).args(arguments).current_dir(files::root()).output();
    let output = output.expect("cargo runs the tests, so it is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("names of crates are UTF-8");
    let version = |line: &str| line.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    let crates: std::collections::BTreeSet<Vec<String>> = tree.lines().filter(|l| !l.is_empty()).map(version).collect();
    let others = crates.len() - 1;
    assert!(others <= 70, "{others} crates");
    let stated = format!("the library depends on {others} crates");
    assert!(files::text("README.md").contains(&stated), "README.md should say: {stated}");
}
