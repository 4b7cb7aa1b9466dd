//! Locked crates against a dated list of advisories, without a network.

use super::files;

/// The first three numbers of a version.
fn numbers(version: &str) -> [u64; 3] {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut all = core.split('.').map(|part| part.parse().unwrap_or_else(|_| panic!("{version}")));
    std::array::from_fn(|_| all.next().unwrap_or(0))
}

/// Whether a version is affected: `*`, or `<` and the first version that is not.
fn is_affected(version: &str, affected: &str) -> bool {
    match affected.strip_prefix('<') {
        Some(fixed) => numbers(version) < numbers(fixed),
        None => affected == "*" || panic!("\"{affected}\" is neither * nor <VERSION"),
    }
}

/// Names and versions of locked crates with the names of their dependencies.
fn locked(lock: &str) -> Vec<(String, String, Vec<String>)> {
    let table: toml::Table = lock.parse().expect("Cargo.lock is TOML");
    let text = |package: &toml::Value, key: &str| package[key].as_str().expect("a text").to_owned();
    let needs = |package: &toml::Value| {
        let all = package.get("dependencies").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let name = |value: &toml::Value| value.as_str().and_then(|text| text.split(' ').next()).map(str::to_owned);
        all.iter().filter_map(name).collect()
    };
    let packages = table["package"].as_array().expect("there are packages");
    packages.iter().map(|package| (text(package, "name"), text(package, "version"), needs(package))).collect()
}

/// Crates of a lock file that are affected by an advisory and not accepted.
fn wrong(lock: &str, list: &toml::Table) -> Vec<String> {
    let packages = locked(lock);
    let mut out = Vec::new();
    for advisory in list["advisory"].as_array().expect("there are advisories") {
        let word = |key: &str| advisory[key].as_str().unwrap_or_else(|| panic!("{advisory:?} has {key}"));
        let hit = |(name, version, _): &&(String, String, Vec<String>)| {
            name == word("crate") && is_affected(version, word("affected"))
        };
        let Some((name, version, _)) = packages.iter().find(hit) else { continue };
        let accepted: Vec<&str> = advisory.get("through").map_or(Vec::new(), |through| {
            assert!(
                through["reason"].as_str().is_some_and(|reason| reason.len() > 20),
                "{name} is accepted with a reason"
            );
            through["crates"].as_array().expect("crates").iter().filter_map(toml::Value::as_str).collect()
        });
        let by = packages.iter().filter(|(_, _, needs)| needs.contains(name)).map(|(by, _, _)| by.as_str());
        let others: Vec<&str> = by.filter(|by| !accepted.contains(by)).collect();
        if accepted.is_empty() || !others.is_empty() {
            out.push(format!("{}: {name} {version} ({}), through {others:?}", word("id"), word("what")));
        }
    }
    out
}

fn list() -> toml::Table {
    files::text("tests/architecture/advisories.toml").parse().expect("the list is TOML")
}

#[test]
fn no_locked_crate_has_a_known_advisory() {
    let list = list();
    assert!(list["date"].as_str().is_some_and(|date| date.len() == 10));
    let bindings = ["bindings/python/Cargo.lock", "bindings/wasm/Cargo.lock", "bindings/wasm/bind/Cargo.lock"];
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"].into_iter().chain(bindings) {
        assert_eq!(wrong(&files::text(lock), &list), [""; 0], "{lock}");
    }
}

/// `cargo deny check` ignores the advisories accepted in the list, and no others.
#[test]
fn what_is_accepted_is_what_cargo_deny_passes_over() {
    let rules: toml::Table = files::text("deny.toml").parse().expect("deny.toml is TOML");
    let ignored = rules["advisories"]["ignore"].as_array().expect("[advisories] has ignore");
    let ids: Vec<&str> = ignored.iter().filter_map(|entry| entry["id"].as_str()).collect();
    let list = list();
    let accepted = list["advisory"].as_array().expect("advisories").iter().filter(|a| a.get("through").is_some());
    assert_eq!(ids, accepted.filter_map(|a| a["id"].as_str()).collect::<Vec<_>>());
}

#[test]
fn an_affected_crate_is_found() {
    let lock = |version: &str, by: &str| {
        format!(
            "[[package]]\nname = \"memmap2\"\nversion = \"{version}\"\n[[package]]\nname = \"{by}\"\nversion = \"1.0.0\"\ndependencies = [\"memmap2\"]\n"
        )
    };
    assert_eq!(wrong(&lock("0.9.10", "fontdb"), &list()).len(), 1);
    assert!(wrong(&lock("0.9.11", "fontdb"), &list()).is_empty());
    let direct = "[[package]]\nname = \"rustybuzz\"\nversion = \"0.20.1\"\n[[package]]\nname = \"merestone\"\nversion = \"1.0.0\"\ndependencies = [\"rustybuzz\"]\n";
    assert_eq!(wrong(direct, &list()).len(), 1);
}
