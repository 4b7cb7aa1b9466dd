//! Things that hang together: groups in a list of numbers, each of which leads to its group's first.

/// The number that stands for the group of `i` (union–find with halved paths; Tarjan and van Leeuwen 1984).
pub(super) fn root(group: &mut [u32], mut i: u32) -> u32 {
    while group[i as usize] != i {
        group[i as usize] = group[group[i as usize] as usize];
        i = group[i as usize];
    }
    i
}
