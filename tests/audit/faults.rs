//! Seeded faults: one statement of a correct text is changed; the fault is found at its clause, and nowhere else.

use super::{AuditGround, AuditOptions, Verdict, audit, contradictions, course, on, read};
use crate::chance::Chance;
use merestone::document::audit::AuditPlace;
use merestone::document::description::{Wind, WindCount};
use merestone::earth::{azimuth_deg, distance_m};
use merestone::geo::Coord;

struct Leg {
    wind: Wind,
    km: f64,
    tie_km: f64,
    tie_wind: Wind,
    along: &'static str,
    leaves: Option<&'static str>,
    from: String,
    to: String,
}

const WORDS: [&str; 16] = [
    "north",
    "north-north-east",
    "north-east",
    "east-north-east",
    "east",
    "east-south-east",
    "south-east",
    "south-south-east",
    "south",
    "south-south-west",
    "south-west",
    "west-south-west",
    "west",
    "west-north-west",
    "north-west",
    "north-north-west",
];

fn sentence(leg: &Leg, at: usize) -> String {
    let leaves = leg.leaves.map_or(String::new(), |territory| {
        format!(", leaving the village of Hamlet{at} in the territory of {territory}")
    });
    format!(
        "From point {} the boundary {}{} in a {}erly direction{leaves}, for {:.2} km to point {}, situated {:.2} km {} of the bridge of Span{at}.\n",
        leg.from,
        leg.along.split('|').next().unwrap_or_default(),
        leg.along.split('|').nth(1).unwrap_or_default(),
        WORDS[leg.wind as usize],
        leg.km,
        leg.to,
        leg.tie_km,
        WORDS[leg.tie_wind as usize]
    )
}

struct World {
    legs: Vec<Leg>,
    ground: AuditGround,
}

/// A line of straight legs, every third along a river, with a bridge near each end and a village on a side.
fn world(chance: &mut Chance) -> World {
    const COUNT: usize = 9;
    let mut points = vec![Coord { x: 10.0 + chance.share(), y: 45.0 + chance.share() }];
    let step = |from: Coord, azimuth: f64, metres: f64| {
        let a = azimuth.to_radians();
        let lat = from.y + metres * a.cos() / 111_120.0;
        Coord { x: from.x + metres * a.sin() / (111_320.0 * from.y.to_radians().cos()), y: lat }
    };
    let mut legs = Vec::new();
    let mut ground = AuditGround::default();
    for at in 0..COUNT {
        let last = points[at];
        // Winds away from the edges of their sectors, eastward, so that the line does not meet itself.
        let wind = Wind::ALL[1 + chance.below(7)];
        let end = step(last, wind.azimuth_deg() + 8.0 * (chance.share() - 0.5), 400.0 + 900.0 * chance.share());
        points.push(end);
        let tie_wind = Wind::ALL[chance.below(16)];
        let bridge =
            step(end, tie_wind.opposite().azimuth_deg() + 4.0 * (chance.share() - 0.5), 100.0 + 300.0 * chance.share());
        ground.places.push(AuditPlace {
            names: vec![format!("Span{at}")],
            kind: Some("bridge".to_owned()),
            position: bridge,
        });
        let on_left = chance.share() < 0.5;
        let middle = Coord { x: (last.x + end.x) / 2.0, y: (last.y + end.y) / 2.0 };
        let side = azimuth_deg(last, end) + if on_left { -90.0 } else { 90.0 };
        ground.places.push(AuditPlace {
            names: vec![format!("Hamlet{at}")],
            kind: None,
            position: step(middle, side, 200.0),
        });
        let river = at % 3 == 1;
        let down = chance.share() < 0.5;
        if river {
            ground.rivers.push(if down { vec![last, end] } else { vec![end, last] });
        }
        let along = match (river, down) {
            (true, true) => "follows the middle of the river Mere downstream|",
            (true, false) => "follows the middle of the river Mere upstream|",
            _ => "runs in a straight line|",
        };
        legs.push(Leg {
            wind: Wind::nearest(azimuth_deg(last, end), WindCount::Sixteen),
            km: (distance_m(last, end) / 10.0).round() / 100.0,
            tie_km: (distance_m(bridge, end) / 10.0).round() / 100.0,
            tie_wind: Wind::nearest(azimuth_deg(bridge, end), WindCount::Sixteen),
            along,
            leaves: (at % 2 == 0).then_some(if on_left { "Northland" } else { "Southland" }),
            from: (at + 1).to_string(),
            to: (at + 2).to_string(),
        });
    }
    let names: Vec<String> = (1..=points.len()).map(|n| n.to_string()).collect();
    let rows: Vec<(&str, f64, f64)> = names.iter().zip(&points).map(|(name, at)| (name.as_str(), at.x, at.y)).collect();
    ground.lines = on(course(&rows)).lines;
    ground.lines[0].left = vec!["Northland".to_owned()];
    ground.lines[0].right = vec!["Southland".to_owned()];
    World { legs, ground }
}

fn text(legs: &[Leg], order: &[usize]) -> String {
    order.iter().map(|at| sentence(&legs[*at], *at)).collect()
}

/// The faults, each a change of one leg or of the order; returns the clauses that may be reported.
fn seed(fault: usize, at: usize, legs: &mut [Leg], order: &mut Vec<usize>) -> Option<Vec<usize>> {
    let clause = vec![at + 1];
    match fault {
        0 => legs[at].km += 0.05,
        1 => legs[at].wind = Wind::ALL[(legs[at].wind as usize + 1) % 16],
        2 => {
            let along = legs[at].along;
            legs[at].along = if along.contains("upstream") {
                "follows the middle of the river Mere downstream|"
            } else if along.contains("downstream") {
                "follows the middle of the river Mere upstream|"
            } else {
                return None;
            };
        }
        3 => legs[at].leaves = Some(if legs[at].leaves? == "Northland" { "Southland" } else { "Northland" }),
        4 => legs[at].tie_km += 0.05,
        5 => legs[at].to = "77".to_owned(),
        6 => {
            // Omitting the last leg leaves no gap.
            if at + 1 >= legs.len() || at == 0 {
                return None;
            }
            order.retain(|kept| *kept != at);
        }
        _ => {
            if at + 1 >= legs.len() {
                return None;
            }
            order.swap(at, at + 1);
            return Some(vec![at + 1, at + 2]);
        }
    }
    Some(clause)
}

#[test]
fn a_sound_text_is_sound() {
    let mut chance = Chance(7);
    for _ in 0..10 {
        let world = world(&mut chance);
        let all: Vec<usize> = (0..world.legs.len()).collect();
        let report = audit(&[read(&text(&world.legs, &all))], &world.ground, &AuditOptions::default()).report;
        assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
        assert!(report.totals.not_tested == 0 && report.totals.agree > 30, "{:?}", report.totals);
    }
}

#[test]
fn a_hundred_seeded_faults_are_found_at_their_clauses() {
    let mut chance = Chance(11);
    let (mut seeded, mut found) = (0, 0);
    let mut missed = Vec::new();
    let mut fault = 0;
    while seeded < 100 {
        let mut world = world(&mut chance);
        let mut order: Vec<usize> = (0..world.legs.len()).collect();
        let at = chance.below(world.legs.len());
        let kind = fault % 8;
        let Some(right) = seed(kind, at, &mut world.legs, &mut order) else { continue };
        fault += 1;
        seeded += 1;
        let report = audit(&[read(&text(&world.legs, &order))], &world.ground, &AuditOptions::default()).report;
        let named: Vec<usize> = contradictions(&report).iter().map(|result| result.clause).collect();
        if !named.is_empty() && named.iter().all(|clause| right.contains(clause)) {
            found += 1;
        } else {
            missed.push(format!(
                "fault {kind} of leg {at}: {named:?}, not {right:?}: {:#?} {}",
                contradictions(&report),
                text(&world.legs, &order)
            ));
        }
    }
    assert_eq!(found, seeded, "{}", missed.join("\n"));
}

#[test]
fn columns_in_two_languages_say_the_same() {
    let en = "From point 1 the boundary runs in a straight line in a south-easterly direction for 0.93 km to point 2, situated 0.05 km east of the fork of the field roads.\n";
    let ru = "От точки 1 граница идет по прямой в юго-восточном направлении на протяжении 0,93 км до точки 2, расположенной в 0,05 км восточнее развилки полевых дорог.\n";
    let verdicts = |en: &str, ru: &str| {
        let report = audit(&[read(en), read(ru)], &AuditGround::default(), &AuditOptions::default()).report;
        (report.totals.contradict, report.totals.agree)
    };
    assert_eq!(verdicts(en, ru), (0, 1));
    assert_eq!(verdicts(en, &ru.replace("0,93", "0,94")).0, 1);
    assert_eq!(verdicts(en, &ru.replace("юго-восточном", "юго-западном")).0, 1);
    assert_eq!(verdicts(en, &ru.replace("восточнее", "западнее")).0, 1);
    // In one file.
    let both = audit(&[read(&format!("{en}{ru}"))], &AuditGround::default(), &AuditOptions::default()).report;
    assert_eq!((both.totals.contradict, both.totals.agree), (0, 1), "{:#?}", both.results);
}

/// Takes away the numbers of the line's points, and adds a vertex: a bend of the river that the text does not mention.
fn without_numbers(world: &mut World) {
    let course = &mut world.ground.lines[0].course;
    course.points.iter_mut().for_each(|point| point.number = None);
    let (a, b) = (course.points[1].position, course.points[2].position);
    let mut bend = course.points[1].clone();
    bend.position = Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
    course.points.insert(2, bend);
}

#[test]
fn a_line_without_numbers_is_matched_by_lengths() {
    let mut chance = Chance(5);
    let mut world = world(&mut chance);
    let all: Vec<usize> = (0..world.legs.len()).collect();
    let text = text(&world.legs, &all);
    without_numbers(&mut world);
    let report = audit(&[read(&text)], &world.ground, &AuditOptions::default()).report;
    assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
    assert!(report.results.iter().any(|result| result.field == "length" && result.verdict == Verdict::Agree));
}

#[test]
fn a_missing_leg_of_a_line_without_numbers_is_a_gap_and_nothing_else() {
    for seed in 5..12 {
        let mut chance = Chance(seed);
        let mut world = world(&mut chance);
        without_numbers(&mut world);
        for missing in 1..world.legs.len() - 1 {
            let others: Vec<usize> = (0..world.legs.len()).filter(|leg| *leg != missing).collect();
            let report = audit(&[read(&text(&world.legs, &others))], &world.ground, &AuditOptions::default()).report;
            let found: Vec<_> =
                contradictions(&report).iter().map(|r| (r.field.clone(), r.point_from.clone())).collect();
            let next = (String::from("order"), Some(world.legs[missing + 1].from.clone()));
            assert_eq!(found, [next], "seed {seed}, leg {missing} is missing");
        }
    }
}

#[test]
fn clauses_that_are_not_understood_are_listed() {
    let clause =
        |i: usize| format!("From point {i} the boundary runs in a straight line for 0.93 km to point {}.", i + 1);
    let text: String = (1..=10).map(|i| clause(i) + "\n\nXq zorb glim fnarp.\n\n").collect();
    let parsed = read(&text);
    assert_eq!((parsed.understood, parsed.not_understood), (10, 10));
    let report = audit(std::slice::from_ref(&parsed), &AuditGround::default(), &AuditOptions::default()).report;
    assert_eq!(report.not_understood(), 10);
    let listed: Vec<_> = report.results.iter().filter(|result| result.field == "clause").collect();
    assert_eq!(listed.len(), 10);
    for result in listed {
        assert_eq!((result.verdict, result.stated.as_str()), (Verdict::NotTested, "Xq zorb glim fnarp."));
        assert_eq!(&text[result.span[0]..result.span[1]], "Xq zorb glim fnarp.");
    }
}
