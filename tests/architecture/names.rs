//! The name of a public type is unique in the crate.

use super::files;
use std::collections::BTreeMap;

#[test]
fn no_two_public_types_share_a_name() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files::below("src").into_iter().filter(|path| path.ends_with(".rs") && !path.starts_with("src/cli")) {
        for line in files::text(&path).lines() {
            let Some(rest) = line.strip_prefix("pub ") else { continue };
            let words: Vec<&str> = rest.split_whitespace().take(2).collect();
            let ["struct" | "enum" | "trait" | "type", name] = words[..] else { continue };
            let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
            found.entry(name[..end].to_owned()).or_default().push(path.clone());
        }
    }
    assert!(found.len() > 150, "{}", found.len());
    found.retain(|_, paths| paths.len() > 1);
    assert!(found.is_empty(), "{found:#?}");
}
