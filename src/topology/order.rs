//! Things put in an order that was found for their numbers.

/// The things at these places, each named once, in this order. Each is moved once, however large it is.
pub fn in_order<T>(things: Vec<T>, order: impl Iterator<Item = usize>) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.filter_map(|place| things[place].take()).collect()
}
