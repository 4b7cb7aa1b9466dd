//! Rules of precedence: that of the text itself, else published ones for two kinds of document.

use super::listed;
use crate::document::description::Authority::{self, Coordinates, Map, Marks, Text};

/// Treaties and recommendations that put one kind of document over another. Other orders have been asked for, without a
/// published rule known here.
const PUBLISHED: [(Authority, Authority, &str); 6] = [
    (Text, Map, "Treaty of Trianon (1920), art. 28; Treaty of Peace of 10 February 1947, art. 1"),
    (Coordinates, Map, "FIG Publication 59 (2013), ch. 2, recommended order: coordinates, map, words"),
    (Coordinates, Text, "FIG Publication 59 (2013), ch. 2, recommended order: coordinates, map, words"),
    (Map, Text, "FIG Publication 59 (2013), ch. 2, recommended order: coordinates, map, words"),
    (
        Coordinates,
        Marks,
        "boundary points by coordinates, marks left to the parties: statement of 27 November 2006, RIAA XXVI, 771",
    ),
    (Marks, Map, "documents of demarcation over those of delimitation: GOST R 70171-2022, 6.1 and 6.2"),
];

/// Whether two orders put the documents that both name in the same order.
pub(super) fn agree(stated: &[Authority], asked: &[Authority]) -> bool {
    let common = |of: &[Authority], other: &[Authority]| -> Vec<Authority> {
        of.iter().copied().filter(|one| other.contains(one)).collect()
    };
    common(stated, asked) == common(asked, stated)
}

/// The rule that puts a document over another.
pub(super) fn over(prevails: Authority, other: Authority, of_text: Option<&[Authority]>) -> String {
    let places = |order: &[Authority]| order.contains(&prevails) && order.contains(&other);
    if of_text.is_some_and(places) {
        return format!("{} over {}: rule of the text", prevails.word(), other.word());
    }
    let published = PUBLISHED.iter().find(|(first, second, _)| (*first, *second) == (prevails, other));
    let known = published.map_or("asked for; no published rule is known here", |(.., rule)| rule);
    let asked = if published.is_some() { "asked for, as in " } else { "" };
    format!("{} over {}: {asked}{known}", prevails.word(), other.word())
}

/// Why a document prevails for a point.
pub(super) fn of_point(
    prevails: Authority,
    order: &[Authority],
    documents: usize,
    of_text: Option<&[Authority]>,
) -> String {
    let origin = if of_text.is_some() { "rule of the text, asked for" } else { "asked for" };
    match documents {
        1 => format!("the only document with a position: {}", prevails.word()),
        _ => format!("first with a position in the order {} ({origin})", listed(order)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_agree_on_what_both_name() {
        assert!(agree(&[Text, Map], &[Text, Coordinates, Map]));
        assert!(!agree(&[Map, Text], &[Text, Coordinates, Map]));
        assert!(agree(&[Marks], &[Text, Map]));
    }

    #[test]
    fn a_rule_of_the_text_goes_before_published_ones() {
        assert_eq!(over(Text, Map, Some(&[Text, Map])), "text over map: rule of the text");
        assert!(over(Text, Map, None).contains("Trianon"));
        assert!(over(Map, Marks, None).contains("no published rule"));
    }
}
