//! Headings of the columns of tables in other languages than English, whose headings are the names of the columns.
//!
//! One Fluent file for each language in `columns/`, which a native reader corrects.

use super::{bundle, said};

/// The languages by their codes (ISO 639-1) with their headings.
const FILES: [(&str, &str); 3] = [
    ("az", include_str!("columns/az.ftl")),
    ("hy", include_str!("columns/hy.ftl")),
    ("ru", include_str!("columns/ru.ftl")),
];

/// Names of columns with what they are called in a language; none where there are no headings in it.
pub(crate) fn columns(language: &str) -> Vec<(&'static str, String)> {
    let Some((code, text)) = FILES.into_iter().find(|(code, _)| *code == language) else { return Vec::new() };
    let Some(bundle) = bundle(code, text) else { return Vec::new() };
    let names = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.filter_map(|(name, _)| Some((name, said(&bundle, name, &[])?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_language_has_every_column_and_no_two_have_one_heading() {
        let all = FILES.map(|(code, text)| {
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
            let of = columns(code);
            assert_eq!(of.len(), lines, "{code}");
            let distinct: BTreeSet<&str> = of.iter().map(|(_, heading)| heading.as_str()).collect();
            assert_eq!(distinct.len(), of.len(), "{code}");
            of.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        });
        assert!(all.iter().all(|names| *names == all[0] && !names.is_empty()));
        assert!(columns("ru").contains(&("length_m", "длина, м".to_owned())));
        assert!(columns("en").is_empty());
    }
}
