//! Words for winds: compounds of the four cardinal directions, in any form.

/// The beginnings of the words for north, east, south and west in a language.
struct Roots {
    language: &'static str,
    /// Word beginnings, each with its cardinal direction, counted clockwise from north; longer ones first.
    roots: &'static [(&'static str, usize)],
    /// Possible endings after the last root.
    ends: &'static [&'static str],
}

use crate::document::description::Wind;

const ROOTS: [Roots; 10] = [
    Roots {
        language: "ru",
        roots: &[("север", 0), ("восток", 1), ("восточ", 1), ("юг", 2), ("юж", 2), ("запад", 3)],
        ends: &[
            "", "о", "но", "у", "а", "е", "ом", "ный", "ная", "ное", "ную", "ной", "ном", "ного", "ному", "ным", "ных",
            "ными", "нее", "нее", "ней",
        ],
    },
    Roots {
        language: "uk",
        roots: &[
            ("північ", 0),
            ("північн", 0),
            ("схід", 1),
            ("сход", 1),
            ("східн", 1),
            ("півден", 2),
            ("південн", 2),
            ("південь", 2),
            ("півдн", 2),
            ("захід", 3),
            ("заход", 3),
            ("західн", 3),
        ],
        ends: &["", "о", "у", "і", "ю", "я", "ь", "ий", "ій", "ого", "ому", "им", "ою", "а", "ої", "ше", "іше", "е"],
    },
    Roots {
        language: "en",
        roots: &[("north", 0), ("east", 1), ("south", 2), ("west", 3)],
        ends: &["", "ern", "erly", "ward", "wards", "wardly", "ernmost"],
    },
    Roots {
        language: "hy",
        roots: &[("հյուսիս", 0), ("արևել", 1), ("հարավ", 2), ("արևմուտ", 3), ("արևմտ", 3)],
        ends: &["", "ք", "յան", "քից", "ից", "ային", "ում", "ը", "քը", "քում", "ն", "քով", "ով"],
    },
    Roots {
        language: "az",
        roots: &[("şimal", 0), ("şərq", 1), ("cənub", 2), ("qərb", 3)],
        ends: &["", "də", "da", "ə", "a", "i", "ı", "u", "dən", "dan", "indən", "ında", "unda", "ində", "nə"],
    },
    Roots { language: "fr", roots: &[("nord", 0), ("est", 1), ("sud", 2), ("ouest", 3)], ends: &["", "s"] },
    Roots {
        language: "it",
        roots: &[
            ("nord", 0),
            ("settentrional", 0),
            ("est", 1),
            ("oriental", 1),
            ("sud", 2),
            ("meridional", 2),
            ("ovest", 3),
        ],
        ends: &["", "e", "i"],
    },
    Roots {
        language: "es",
        roots: &[("norte", 0), ("nor", 0), ("este", 1), ("sur", 2), ("sud", 2), ("oeste", 3)],
        ends: &["", "es"],
    },
    Roots {
        language: "de",
        roots: &[("nord", 0), ("nörd", 0), ("ost", 1), ("öst", 1), ("süd", 2), ("west", 3)],
        ends: &["", "en", "lich", "licher", "liche", "lichen", "wärts", "östlich", "westlich"],
    },
    Roots {
        language: "sr",
        roots: &[
            ("север", 0),
            ("северо", 0),
            ("исто", 1),
            ("источ", 1),
            ("југ", 2),
            ("југо", 2),
            ("јуж", 2),
            ("запад", 3),
        ],
        ends: &["", "о", "но", "ној", "не", "на", "ном", "у", "к", "ка", "ку"],
    },
];

/// The cardinal directions that a word names, in order, counted clockwise from north; `None` if a part of it is not a
/// wind.
pub(super) fn quarters(language: &str, low: &str) -> Option<Vec<usize>> {
    let roots = ROOTS.iter().find(|roots| roots.language == language)?;
    let mut out = Vec::new();
    for part in low.split(['-', '\u{2010}', '\u{2011}']) {
        let mut rest = part;
        let mut count = 0;
        loop {
            let fitting =
                roots.roots.iter().filter(|(root, _)| rest.starts_with(root)).max_by_key(|(root, _)| root.len());
            let Some((root, quarter)) = fitting else { break };
            out.push(*quarter);
            count += 1;
            rest = &rest[root.len()..];
            if roots.ends.contains(&rest) {
                rest = "";
                break;
            }
        }
        if !rest.is_empty() || count == 0 {
            return None;
        }
    }
    (out.len() <= 3).then_some(out)
}

/// The shortened words for north, east, south and west in a language; longer ones first.
fn shortened(language: &str) -> &'static [(&'static str, usize)] {
    match language {
        "ru" => &[("вост", 1), ("южн", 2), ("сев", 0), ("зап", 3), ("юж", 2), ("с", 0), ("в", 1), ("ю", 2), ("з", 3)],
        "uk" => &[("півн", 0), ("півд", 2), ("схід", 1), ("зах", 3), ("пн", 0), ("сх", 1), ("пд", 2), ("зх", 3)],
        _ => &[],
    }
}

/// The cardinal directions of shortened words, joined by hyphens or not: "пн-сх", "пнпнсх", "сев".
pub(super) fn shortened_quarters(language: &str, low: &str) -> Option<Vec<usize>> {
    let mut out = Vec::new();
    for part in low.split(['-', '\u{2010}', '\u{2011}']) {
        let mut rest = part;
        while !rest.is_empty() {
            let (short, quarter) = shortened(language).iter().find(|(short, _)| rest.starts_with(short))?;
            out.push(*quarter);
            rest = &rest[short.len()..];
        }
    }
    ((1..=3).contains(&out.len())).then_some(out)
}

/// The letters of north, east, south and west, in languages where their pairs are no words.
fn letters(language: &str) -> Option<[char; 4]> {
    Some(match language {
        "en" => ['N', 'E', 'S', 'W'],
        "ru" => ['С', 'В', 'Ю', 'З'],
        _ => return None,
    })
}

/// The wind of an abbreviation of two or three capital letters: "NNE", "ЮВ". One letter may be anything.
pub(super) fn abbreviated(language: &str, printed: &str) -> Option<Wind> {
    let letters = letters(language)?;
    let marks = ['-', '\u{2010}', '\u{2011}', '.'];
    let quarters: Option<Vec<usize>> = printed
        .chars()
        .filter(|c| !marks.contains(c))
        .map(|c| letters.iter().position(|letter| *letter == c))
        .collect();
    // North or south precedes east or west.
    let is_ordered = |all: &Vec<usize>| matches!(all.as_slice(), [.., 0 | 2, 1 | 3]) && all.len() <= 3;
    quarters.filter(is_ordered).and_then(|all| wind(&all))
}

/// The cardinal wind of one capital letter.
pub(super) fn letter(language: &str, printed: &str) -> Option<Wind> {
    let quarter = letters(language)?.iter().position(|letter| printed.chars().eq([*letter]))?;
    wind(&[quarter])
}

/// The wind of one, two or three cardinal directions: north, north-east, north-north-east.
pub(super) fn wind(quarters: &[usize]) -> Option<Wind> {
    let eighth = |a: usize, b: usize| match (a, b) {
        (0, 1) | (1, 0) => Some(2),
        (1, 2) | (2, 1) => Some(6),
        (2, 3) | (3, 2) => Some(10),
        (3, 0) | (0, 3) => Some(14),
        _ => None,
    };
    let at = match *quarters {
        [one] => one * 4,
        [a, b] => eighth(a, b)?,
        [first, a, b] => {
            let oblique = eighth(a, b)?;
            match (first * 4 + 16 - oblique) % 16 {
                2 => (oblique + 1) % 16,
                14 => (oblique + 15) % 16,
                _ => return None,
            }
        }
        _ => return None,
    };
    Wind::ALL.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_of_every_language_are_winds() {
        let cases = [
            ("ru", "западо-юго-западу", Wind::WSW),
            ("ru", "восточно-юго-восточнее", Wind::ESE),
            ("ru", "юго-юго-восточном", Wind::SSE),
            ("uk", "південно-західному", Wind::SW),
            ("uk", "схід", Wind::E),
            ("en", "north-north-west", Wind::NNW),
            ("en", "southeasterly", Wind::SE),
            ("en", "south-southwesterly", Wind::SSW),
            ("fr", "nord-est", Wind::NE),
        ];
        for (language, word, expected) in cases {
            let found = quarters(language, word).and_then(|quarters| wind(&quarters));
            assert_eq!(found, Some(expected), "{word}");
        }
        assert_eq!(quarters("en", "northing"), None);
        assert_eq!(abbreviated("ru", "ССВ"), Some(Wind::NNE));
        assert_eq!(abbreviated("en", "S-W"), Some(Wind::SW));
        assert_eq!((abbreviated("en", "EN"), abbreviated("en", "N"), abbreviated("uk", "ПС")), (None, None, None));
        assert_eq!(wind(&[0, 2]), None);
    }
}
