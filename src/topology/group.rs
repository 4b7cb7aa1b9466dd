//! Union-find (disjoint sets) in a list of numbers, each of which points towards the representative of its set.

/// The representative of `i` (union-find with path halving; Tarjan and van Leeuwen 1984).
pub(super) fn root(group: &mut [u32], mut i: u32) -> u32 {
    while group[i as usize] != i {
        group[i as usize] = group[group[i as usize] as usize];
        i = group[i as usize];
    }
    i
}
