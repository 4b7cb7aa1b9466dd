//! The scale: its number, its bar and its error.

use crate::map::canvas::{Align, Sheet, Stroke, Text, View};
use crate::map::palette::{INK, PAPER};
use crate::map::paper::{Bounds, mm};
use crate::map::words;
use crate::text::Message;

/// Least gap between the numbers of a bar, in millimetres.
const LEAST_GAP_MM: f64 = 0.6;
/// Shorter bars are in metres.
const LEAST_KM: f64 = 0.2;

/// A number with groups of three digits, separated by narrow spaces.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value);
    let groups: Vec<&str> =
        (0..digits.len()).rev().step_by(3).map(|end| &digits[end.saturating_sub(2)..=end]).collect();
    groups.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// Length of the bar in km: the greatest round length within `room_mm`.
pub(crate) fn bar_km(view: &View, room_mm: f64) -> f64 {
    let room_km = room_mm * view.composed_scale() / 1e6;
    let power = 10f64.powf(room_km.log10().floor());
    [5.0, 4.0, 2.0, 1.0].iter().map(|s| s * power).find(|km| *km <= room_km).unwrap_or(power)
}

/// Width in millimetres of a bar with its numbers and its unit, within half of the first number on the left.
pub(crate) fn bar_width_mm(view: &View, room_mm: f64, language: &str) -> f64 {
    let km = bar_km(view, room_mm);
    let (unit, per_km) = unit_of(km);
    let number = Text::new(format!("{}", (km * per_km * 1000.0).round() / 1000.0), 6.2);
    let unit = Text::new(unit.get(language), 6.2);
    km * 1e6 / view.composed_scale() + number.width_mm() / 2.0 + 0.4 + unit.width_mm()
}

/// A bar of less than a fifth of a kilometre is in metres: the unit, and how many of it are in a kilometre.
fn unit_of(km: f64) -> (Message, f64) {
    if km < LEAST_KM { (words::METRE, 1000.0) } else { (words::KILOMETRE, 1.0) }
}

/// Number of equal parts of a bar, each of a round length.
fn parts(km: f64) -> u32 {
    match (km / 10f64.powf((km.log10() + 1e-9).floor())).round() as u32 {
        5 | 1 => 5,
        _ => 4,
    }
}

/// Draws a bar with its left end at `x_mm`, its upper edge at `y_mm`; returns its length on paper in millimetres.
///
/// The scale of the view is true at the centre of the frame, so the bar is true there.
pub(crate) fn bar(sheet: &mut Sheet, view: &View, [x_mm, y_mm]: [f64; 2], room_mm: f64, language: &str) -> f64 {
    let km = bar_km(view, room_mm);
    let mm_per_km = 1e6 / view.composed_scale();
    let small = room_mm < 25.0;
    let parts = if small { 2 } else { parts(km) };
    let stops: Vec<f64> = (0..=parts).map(|i| km * f64::from(i) / f64::from(parts)).collect();
    let height = if small { 0.7 } else { 1.2 };
    sheet.open("scale-bar");
    for (i, pair) in stops.windows(2).enumerate() {
        let cell = Bounds::mm(x_mm + pair[0] * mm_per_km, y_mm, x_mm + pair[1] * mm_per_km, y_mm + height);
        sheet.fill(&[cell.ring()], if i % 2 == 0 { INK } else { PAPER });
    }
    let whole = Bounds::mm(x_mm, y_mm, x_mm + km * mm_per_km, y_mm + height);
    sheet.stroke(&[whole.ring()], &Stroke::new(INK, 0.18));
    let (unit, per_km) = unit_of(km);
    let text_of = |value: f64| {
        let shown = (value * per_km * 1000.0).round() / 1000.0;
        let text = Text::new(format!("{shown}"), if small { 5.0 } else { 6.2 });
        if small { text.halo(PAPER, 0.3) } else { text }
    };
    // If the numbers do not fit between their neighbours, every other one is shown, else only the ends.
    let apart =
        |a: f64, b: f64| (b - a) * mm_per_km > (text_of(a).width_mm() + text_of(b).width_mm()) / 2.0 + LEAST_GAP_MM;
    let every = |n: usize| stops.iter().copied().step_by(n).collect::<Vec<_>>();
    let ends = vec![0.0, km];
    let mut sets = [1, 2].into_iter().filter(|n| !small && stops.len() % n == 1 % n).map(every);
    let shown = sets.find(|shown| shown.windows(2).all(|two| apart(two[0], two[1]))).unwrap_or(ends);
    for value in shown {
        let text = text_of(value);
        let at = mm(x_mm + value * mm_per_km, y_mm - 0.8);
        sheet.text(at, &text, Align::Middle, 0.0);
        if value == km {
            let unit = Text { text: unit.get(language), ..text.clone() };
            let right = mm(x_mm + value * mm_per_km + text.width_mm() / 2.0 + 0.4, y_mm - 0.8);
            sheet.text(right, &unit, Align::Start, 0.0);
        }
    }
    sheet.close();
    km * mm_per_km
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(2_250_000.0), "2 250 000");
        assert_eq!(grouped(50_000.0), "50 000");
        assert_eq!(grouped(100.0), "100");
    }

    #[test]
    fn parts_of_a_bar_are_round() {
        for power in [-2, 0, 1, 3] {
            for km in [1.0, 2.0, 4.0, 5.0].map(|km| km * 10f64.powi(power)) {
                let part = km / f64::from(parts(km)) / 10f64.powi(power - 1);
                assert!([2.0, 5.0, 10.0].iter().any(|round| (part - round).abs() < 1e-6), "{km} km: {part}");
            }
        }
    }
}
