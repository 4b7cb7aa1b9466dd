//! Distance between words. The one door to `strsim`.

/// The least number of insertions, deletions, substitutions and swaps of neighbouring characters between two words (optimal
/// string alignment).
pub(crate) fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}
