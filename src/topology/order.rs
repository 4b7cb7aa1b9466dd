//! Reorders a list by indices.

/// Returns the items at these indices, each index at most once, in this order. Items are moved, not cloned.
///
/// # Panics
/// Panics if an index is out of range.
///
/// # Examples
/// ```
/// assert_eq!(merestone::topology::in_order(vec!["a", "b", "c"], [2, 0].into_iter()), ["c", "a"]);
/// ```
pub fn in_order<T>(things: Vec<T>, order: impl Iterator<Item = usize>) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.filter_map(|place| things[place].take()).collect()
}
