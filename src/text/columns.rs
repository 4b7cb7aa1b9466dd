//! Headings of tables in other languages than English, whose headings are the names of the columns.

const TABLE: &str = include_str!("columns.tsv");

/// What a column is called in a language (ISO 639-1); nothing where the table lacks the column or the language.
pub(crate) fn column(name: &str, language: &str) -> Option<&'static str> {
    let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let at = lines.next()?.split('\t').position(|code| code == language)?;
    let row = lines.find(|line| line.split('\t').next() == Some(name))?;
    row.split('\t').nth(at).filter(|_| at > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_every_language_and_no_two_have_one_heading() {
        let mut rows = TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
        let heads = rows.next().expect("a line of heads");
        let rows: Vec<_> = rows.collect();
        for (at, language) in heads.iter().enumerate() {
            let mut all: Vec<&str> = rows.iter().map(|row| row[at].trim()).collect();
            assert!(all.iter().all(|text| !text.is_empty()), "{language}");
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{language}");
        }
        assert!(rows.iter().all(|row| row.len() == heads.len()));
        assert_eq!(column("length_km", "ru"), Some("длина, км"));
        assert_eq!((column("length_km", "en"), column("nothing", "ru"), column("length_km", "column")), (None, None, None));
    }
}
