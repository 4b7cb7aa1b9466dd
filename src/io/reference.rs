//! References to features: `valley`, `provinces/valley`, `file.geojson#valley`, `-`.

use super::Filter;

/// The target of a reference on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Standard input.
    Stdin {
        /// After `#`: an id, a layer, or `layer/id`.
        fragment: Option<String>,
    },
    /// A file, whole or in part.
    File {
        /// Its path.
        path: String,
        /// After `#`: an id, a layer, or `layer/id`.
        fragment: Option<String>,
    },
    /// A name in the loaded dataset: `id`, `layer` or `layer/id`.
    Named(String),
    /// The features of another reference that pass a filter: `file.geojson[admin_level = 8]`.
    Where {
        /// The other reference.
        of: Box<Reference>,
        /// The filter.
        filter: Filter,
    },
}

impl Reference {
    /// Splits a text that joins several references by `+`: their features form one layer. An existing file with a `+`
    /// in its name is a single reference, and so is one whose layer or id contains it.
    pub fn list(text: &str) -> Vec<String> {
        let (path, _) = split_fragment(text);
        let all: Vec<&str> = text.split('+').map(str::trim).collect();
        let exists = |path: &str| std::path::Path::new(path).exists();
        let is_one = exists(&path) && (path.contains('+') || !all.iter().all(|one| exists(&split_fragment(one).0)));
        if all.len() < 2 || all.iter().any(|one| one.is_empty()) || is_one {
            return vec![text.to_owned()];
        }
        all.into_iter().map(str::to_owned).collect()
    }

    /// Whether it denotes a file, whole or in part.
    pub fn is_file(&self) -> bool {
        match self {
            Reference::File { .. } => true,
            Reference::Where { of, .. } => of.is_file(),
            Reference::Stdin { .. } | Reference::Named(_) => false,
        }
    }

    /// Its filter, if any.
    pub fn filter(self) -> Option<Filter> {
        match self {
            Reference::Where { filter, .. } => Some(filter),
            _ => None,
        }
    }

    /// Parses a reference. `#` in a file's own name is written `\#`.
    ///
    /// A word denotes a file if it has an extension, contains a path separator other than the one of
    /// `layer/id`, or a file of that name exists.
    ///
    /// Text in brackets at the end is a filter ([`Filter`]), if it is a valid one and no file with the whole name
    /// exists.
    pub fn parse(text: &str) -> Self {
        if let Some((of, filter)) = split_filter(text) {
            return Reference::Where { of: Box::new(Reference::parse(of)), filter };
        }
        let (path, fragment) = split_fragment(text);
        if path == "-" {
            return Reference::Stdin { fragment };
        }
        let extension = path.rsplit('/').next().is_some_and(|name| name.trim_start_matches('.').contains('.'));
        let deep =
            path.starts_with('/') || path.starts_with('.') || path.matches('/').count() > 1 || path.contains('\\');
        if extension || deep || fragment.is_some() || std::path::Path::new(&path).is_file() {
            return Reference::File { path, fragment };
        }
        Reference::Named(path)
    }
}

fn split_filter(text: &str) -> Option<(&str, Filter)> {
    let (of, filter) = text.strip_suffix(']')?.rsplit_once('[')?;
    let exists = || std::path::Path::new(text).exists();
    let filter = Filter::parse(filter).ok()?;
    (!of.is_empty() && !exists()).then_some((of, filter))
}

fn split_fragment(text: &str) -> (String, Option<String>) {
    let mut path = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.as_str().starts_with('#') => path.extend(rest.next()),
            '#' => return (path, Some(rest.as_str().to_owned()).filter(|f| !f.is_empty())),
            _ => path.push(c),
        }
    }
    (path, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, fragment: Option<&str>) -> Reference {
        Reference::File { path: path.into(), fragment: fragment.map(str::to_owned) }
    }

    #[test]
    fn several_files_are_joined_by_a_plus() {
        assert_eq!(Reference::list("a.geojson+b.gpkg#states"), ["a.geojson", "b.gpkg#states"]);
        assert_eq!(Reference::list("a.geojson"), ["a.geojson"]);
        assert_eq!(Reference::list("https://x/a+"), ["https://x/a+"]);
        // Existing files of the package itself.
        assert_eq!(Reference::list("Cargo.toml#a+README.md#b"), ["Cargo.toml#a", "README.md#b"]);
        assert_eq!(Reference::list("Cargo.toml#a+b"), ["Cargo.toml#a+b"]);
    }

    #[test]
    fn every_form_is_told_apart() {
        assert_eq!(Reference::parse("valley"), Reference::Named("valley".into()));
        assert_eq!(Reference::parse("provinces/valley"), Reference::Named("provinces/valley".into()));
        assert_eq!(Reference::parse("a.geojson"), file("a.geojson", None));
        assert_eq!(Reference::parse("a.geojson#valley"), file("a.geojson", Some("valley")));
        assert_eq!(Reference::parse("a.gpkg#layer/id"), file("a.gpkg", Some("layer/id")));
        assert_eq!(Reference::parse(r"sheet\#3.geojson#x"), file("sheet#3.geojson", Some("x")));
        assert_eq!(Reference::parse("./lines"), file("./lines", None));
        assert_eq!(Reference::parse("-"), Reference::Stdin { fragment: None });
        let filter = Filter::parse("admin_level = 8").unwrap();
        let of = Box::new(file("a.pbf", Some("multipolygons")));
        assert_eq!(Reference::parse("a.pbf#multipolygons[admin_level=8]"), Reference::Where { of, filter });
        // Not a filter: part of the name.
        assert_eq!(Reference::parse("a[].geojson"), file("a[].geojson", None));
    }
}
