//! Angles: formatting and parsing round-trip.

use merestone::earth::{Axis, Dms, parse_angle};
use proptest::prelude::*;

fn axes() -> impl Strategy<Value = (Axis, f64)> {
    let axis = prop::sample::select(vec![(Axis::Latitude, 90.0), (Axis::Longitude, 180.0), (Axis::Azimuth, 360.0)]);
    (axis, -1.0..=1.0_f64)
        .prop_map(|((axis, most), share)| (axis, if axis == Axis::Azimuth { share.abs() * most } else { share * most }))
}

/// Notations of the signs and the decimal mark.
const SIGNS: [[&str; 4]; 8] = [
    ["°", "′", "″", "."],
    ["°", "'", "\"", ","],
    ["˚ ", "’ ", "” ", ","],
    ["º", "´", "´´", "."],
    [" ", " ", "", "."],
    [":", ":", "", ","],
    ["⁰\u{a0}", "ʹ\u{202f}", "ʺ", "."],
    [" deg ", " min ", " sec ", "."],
];

proptest! {
    #![proptest_config(super::cases(2000))]

    #[test]
    fn printed_angles_parse_to_the_same_angle((axis, degrees) in axes(), decimals in 0..=9_u8) {
        let printed = Dms::of(degrees, decimals);
        let text = printed.written(axis);
        let read = parse_angle(&text, Some(axis)).expect(&text);
        prop_assert_eq!(read.decimals, decimals);
        prop_assert_eq!(Dms::of(read.degrees, decimals).written(axis), text.as_str());
        prop_assert_eq!(Dms::of(printed.degrees(), decimals), printed);
        // Half a unit of the last decimal, plus rounding of the double.
        let turned = (read.degrees - degrees + 180.0).rem_euclid(360.0) - 180.0;
        prop_assert!(turned.abs() <= read.step_deg / 2.0 + 1e-13, "{} {}", text, degrees);
        prop_assert!(!text.contains("60′") && !text.contains("′60"), "{}", text);
    }

    #[test]
    fn every_way_of_writing_means_the_same(
        degrees in 0..90_u32, minutes in 0..60_u32, seconds in 0..60_u32, hundredths in 0..100_u32,
        signs in prop::sample::select(SIGNS.to_vec()),
        (letter, sign) in prop::sample::select(vec![("N", 1.0), (" S", -1.0), (" с.ш.", 1.0), (" Ю", -1.0), ("", 1.0)]),
        before in any::<bool>(),
    ) {
        let number = format!("{degrees}{}{minutes:02}{}{seconds:02}{}{hundredths:02}{}", signs[0], signs[1], signs[3], signs[2]);
        let text = if before { format!("{} {number}", letter.trim()) } else { format!("{number}{letter}") };
        let whole = f64::from(((degrees * 60 + minutes) * 60 + seconds) * 100 + hundredths) / 360_000.0;
        prop_assert_eq!(parse_angle(&text, Some(Axis::Latitude)).expect(&text).degrees, sign * whole, "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}", digits in "[0-9°′″'\".,: NSEWСЮВЗ-]{0,24}") {
        for text in [text, digits] {
            if let Ok(angle) = parse_angle(&text, None) {
                prop_assert!(angle.degrees.abs() <= 360.0 && angle.step_deg > 0.0, "{}", text);
            }
        }
    }
}
