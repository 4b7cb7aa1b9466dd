//! Territories of several administrative levels in one layer.

use std::collections::BTreeMap;

/// Territories of several levels by one property: one contains another, which is neither an enclave in it nor its
/// neighbour, and their outlines have the same stretches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralLevels {
    /// The property that states the level.
    pub property: &'static str,
    /// The number of territories of each level.
    pub counts: BTreeMap<String, usize>,
}

impl std::fmt::Display for SeveralLevels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts: Vec<String> =
            self.counts.iter().map(|(level, count)| format!("{count} of level {level}")).collect();
        write!(f, "territories of several levels of administration: {} ({})", counts.join(", "), self.property)
    }
}

/// The properties by which territories are of several levels, from property and level of each
/// ([`Meta::level`](crate::model::Meta::level)). A question about shared lines or enclaves has no sense for such a layer.
///
/// # Example
/// ```
/// use merestone::question::several_levels;
///
/// let found = several_levels([("admin_level", "2".to_owned()), ("admin_level", "4".into()), ("admin_level", "4".into())]);
/// assert_eq!(
///     found[0].to_string(),
///     "territories of several levels of administration: 1 of level 2, 2 of level 4 (admin_level)"
/// );
/// assert!(several_levels([("admin_level", "2".to_owned())]).is_empty());
/// ```
pub fn several_levels(levels: impl IntoIterator<Item = (&'static str, String)>) -> Vec<SeveralLevels> {
    let mut counts: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
    for (property, level) in levels {
        *counts.entry(property).or_default().entry(level).or_default() += 1;
    }
    counts.retain(|_, levels| levels.len() > 1);
    counts.into_iter().map(|(property, counts)| SeveralLevels { property, counts }).collect()
}
