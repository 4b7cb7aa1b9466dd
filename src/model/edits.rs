//! Edit distance between words. The only module that uses `strsim`.

/// Optimal string alignment distance of two words: the least number of insertions, deletions, substitutions and swaps
/// of neighbouring characters.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}
