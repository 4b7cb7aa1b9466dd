//! Things put in an order that was found for their numbers.

/// The things at these places, each named once, in this order. Each is moved once, however large it is.
///
/// # Panics
/// A place is not in the list.
///
/// # Examples
/// ```
/// assert_eq!(merestone::topology::in_order(vec!["a", "b", "c"], [2, 0].into_iter()), ["c", "a"]);
/// ```
pub fn in_order<T>(things: Vec<T>, order: impl Iterator<Item = usize>) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.filter_map(|place| things[place].take()).collect()
}
