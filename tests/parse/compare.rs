//! Compares parsed clauses with clauses parsed by hand, field by field.

use super::score::{Mark, Read, alike, text};
use serde_json::Value;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.006 * b.abs().max(1.0)
}

/// Compares the entry of one text.
pub fn compare(entry: &Value, read: &Read<'_>) -> Vec<Mark> {
    let mut out = Vec::new();
    let parsed = entry["parsed"].as_object().expect("an object");
    let mut say = |field: &str, right: bool, expected: String, found: String| {
        out.push(Mark { field: field.to_owned(), right, invented: false, expected, found });
    };
    let everything = read.clauses.iter().map(|clause| clause.to_string()).collect::<String>();
    let legs = parsed.get("legs").and_then(Value::as_array);
    for (key, value) in parsed {
        let wanted = text(value);
        match key.as_str() {
            "from" | "to" => {
                let mut ids = read.values(&[key, "point"]);
                if key == "from" {
                    ids.extend(
                        read.clauses.iter().filter_map(|clause| clause["starts_at"].as_str().map(str::to_owned)),
                    );
                    ids.extend(read.said(&["from-at", "from-on", "from"]));
                } else {
                    ids.extend(read.said(&["to", "to-at", "to-on", "point-at", "to-line"]));
                    if read.values(&["point-kind"]).contains(&"tripoint".to_owned()) {
                        ids.push("tripoint".to_owned());
                    }
                }
                let short = wanted.chars().count() <= 4 || wanted.chars().any(|c| c.is_ascii_digit());
                let start = ["start", "initial point", "point of beginning"].contains(&wanted.as_str());
                let all = ids.join(" ");
                let right = ids.contains(&wanted)
                    || start && ids.contains(&"start".to_owned())
                    || !short && alike(&wanted, &all);
                say(key, right, wanted, all);
            }
            "follow" => {
                let wanted: Vec<String> = match value {
                    Value::Array(list) => list.iter().map(text).collect(),
                    one => vec![text(one)],
                };
                let mut found = read.follows();
                if legs.is_some() {
                    found.dedup();
                }
                let right = match wanted[0].as_str() {
                    "point" => read.kind("point"),
                    "rule" => read.kind("rule"),
                    "header" => read.kind("heading") || read.kind("totals"),
                    "coordinate_list_in_annex" => {
                        read.values(&["from-position", "to-position", "point-position"]).len() > 1
                    }
                    "unstated" if wanted.len() == 1 => found.is_empty(),
                    "administrative_boundary" => found.first().is_some_and(|first| first == "other_boundary"),
                    "land" => found == ["other"],
                    "via_summit" | "line" => found.is_empty() || found == ["straight"],
                    _ => {
                        let merged: Vec<&String> = wanted.iter().filter(|word| *word != "unstated").collect();
                        let same = |a: &str, b: &str| a == b || a == "administrative_boundary" && b == "other_boundary";
                        merged.len() == found.len() && merged.iter().zip(&found).all(|(a, b)| same(a, b))
                    }
                };
                say(key, right, wanted.join(" "), found.join(" "));
            }
            "river" | "ridge" | "road" | "of" if legs.is_none() || key != "river" => {
                let found = read.said(&["along", "to-on", "from-on", "from", "anaphora"]).join(" ");
                say(key, alike(&wanted, &found), wanted, found);
            }
            "between" | "meeting" => {
                let right =
                    value.as_array().is_some_and(|list| list.iter().all(|name| everything.contains(&text(name))));
                say(key, right, wanted, String::new());
            }
            "states" => {
                let found = read.values(&["meeting"]);
                say(key, found.len() == value.as_array().map_or(0, Vec::len), wanted, found.join(", "));
            }
            "wind" | "winds" => {
                let found = read.values(&["wind", "winds"]);
                say(key, found.join(" ") == wanted || found.first() == Some(&wanted), wanted, found.join(" "));
            }
            "direction_deg_range" => {
                let from = value[0].as_f64().unwrap_or_default();
                let to = value[1].as_f64().unwrap_or_default();
                let (low, high) = range(read);
                say(
                    key,
                    (low - from).abs() < 0.51 && (high - to).abs() < 0.51,
                    format!("{from} {to}"),
                    format!("{low} {high}"),
                );
            }
            "stream" | "bank" | "turn" => {
                let found = read.values(&[key, "to-bank"]);
                say(key, found.contains(&wanted), wanted, found.join(" "));
            }
            "line" => {
                let found = read.values(&["line"]).join(" ");
                let near = match wanted.as_str() {
                    "middle of main course of flow" | "main improved channel" => "main-branch-middle",
                    "midstream" => "middle",
                    other => other,
                };
                say(key, found.split(' ').next() == Some(near), wanted, found);
            }
            "distance_m" | "arc_ft" | "distance_ft" | "distance_versts" | "distance_chains" | "distance_miles" => {
                let unit = match key.as_str() {
                    "distance_ft" | "arc_ft" => 0.3048,
                    "distance_versts" => 1066.8,
                    "distance_chains" => 20.1168,
                    "distance_miles" => 1609.344,
                    _ => 1.0,
                };
                let metres = value.as_f64().unwrap_or_default() * unit;
                let found = read.numbers(&["length", "chord", "total-length", "part-length"]);
                say(key, found.iter().any(|found| near(*found, metres)), format!("{metres}"), format!("{found:?}"));
            }
            "radius_ft" => {
                let metres = value.as_f64().unwrap_or_default() * 0.3048;
                let found = read.numbers(&["radius"]);
                say(key, found.iter().any(|found| near(*found, metres)), format!("{metres}"), format!("{found:?}"));
            }
            "central_angle_deg" | "azimuth_deg" | "turn_deg" => {
                let names: &[&str] = match key.as_str() {
                    "central_angle_deg" => &["central-angle"],
                    "turn_deg" => &["turn"],
                    _ => &["bearing"],
                };
                let found = read.numbers(names);
                let wanted = value.as_f64().unwrap_or_default();
                say(
                    key,
                    found.iter().any(|found| (found - wanted).abs() < 0.01),
                    format!("{wanted}"),
                    format!("{found:?}"),
                );
            }
            "direction_kind" => {
                let found = read.values(&["direction-kind"]);
                say(key, found.contains(&wanted), wanted, found.join(" "));
            }
            "side_of_feature" => {
                let found = read.values(&["side-of-feature"]).join(" ");
                let found = format!("{found} {}", read.values(&["along"]).join(" "));
                say(key, found.split_whitespace().any(|word| word == wanted), wanted, found);
            }
            "ties" | "from_ties" | "crossing_ties" => {
                let names: &[&str] = match key.as_str() {
                    "ties" => &["to-tie", "point-tie", "crossing-tie", "from-tie"],
                    "from_ties" => &["from-tie"],
                    _ => &["crossing-tie"],
                };
                let found = read.values(names);
                for tie in value.as_array().into_iter().flatten() {
                    let metres = tie["distance_m"].as_f64().unwrap_or_default();
                    let at = found.iter().find(|tie| {
                        tie.split(' ').next().and_then(|m| m.parse::<f64>().ok()).is_some_and(|m| near(m, metres))
                    });
                    say("tie distance", at.is_some(), format!("{metres}"), found.join("; "));
                    let said = at.cloned().unwrap_or_default();
                    if let Some(wind) = tie["wind"].as_str() {
                        say("tie wind", said.split(' ').nth(2) == Some(wind), wind.to_owned(), said.clone());
                    }
                    if let Some(azimuth) = tie["azimuth_deg"].as_f64() {
                        let right = said
                            .split(' ')
                            .nth(2)
                            .and_then(|a| a.parse::<f64>().ok())
                            .is_some_and(|a| (a - azimuth).abs() < 0.01);
                        say("tie bearing", right, format!("{azimuth}"), said.clone());
                    }
                    if let Some(object) = tie["ref"].as_str() {
                        let printed =
                            read.said(names).into_iter().find(|other| other.starts_with(&said)).unwrap_or_default();
                        say("tie object", alike(object, &printed), object.to_owned(), said.clone());
                    }
                    if let Some(height) = tie["height_m"].as_f64() {
                        let heights = read
                            .values(&["tie-height"])
                            .iter()
                            .filter_map(|h| h.parse::<f64>().ok())
                            .any(|h| near(h, height));
                        say("tie height", heights, format!("{height}"), said.clone());
                    }
                    if let Some(territory) = tie["in"].as_str() {
                        let all = read.values(&["tie-territory"]).join(" ");
                        say("tie territory", alike(territory, &all), territory.to_owned(), all);
                    }
                }
            }
            "leaves" => {
                let found = read.values(&["leaves"]);
                let mut left = found.clone();
                for leaf in value.as_array().into_iter().flatten() {
                    let what = text(&leaf["what"]);
                    let side = leaf["in"].as_str().or(leaf["to_the"].as_str()).unwrap_or_default();
                    let at = left.iter().position(|said| {
                        let (object, territory) = said.split_once('|').unwrap_or((said, ""));
                        (alike(side, territory) || territory.trim() == side)
                            && (alike(&what, object) || left.len() == 1)
                    });
                    say("leaves", at.is_some(), format!("{what} in {side}"), found.join("; "));
                    if let Some(at) = at {
                        left.remove(at);
                    }
                }
            }
            "crosses" | "crosses_not" | "via" | "passes" => {
                let name = key.replace('_', "-");
                let found = read.said(&[&name]).join("; ");
                let list = match value {
                    Value::Array(list) => list.clone(),
                    one => vec![one.clone()],
                };
                for one in list {
                    let words = match &one {
                        Value::Object(object) => object
                            .iter()
                            .filter(|(key, _)| *key != "side")
                            .map(|(_, v)| text(v))
                            .collect::<Vec<_>>()
                            .join(" "),
                        other => text(other),
                    };
                    say(key, alike(&words, &found), words, found.clone());
                }
            }
            "to_on" | "from_on" => {
                let side = if key == "to_on" { "to" } else { "from" };
                let names: Vec<String> = ["on", "at", "near", "line", "bank", "height", "near-distance"]
                    .iter()
                    .flat_map(|n| [format!("{side}-{n}"), format!("point-{n}")])
                    .chain([side.to_owned(), "near-distance".to_owned(), "anaphora".to_owned()])
                    .collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let found = read.said(&names).join(" ");
                for (part, value) in value.as_object().into_iter().flatten() {
                    let wanted = text(value);
                    let right = match part.as_str() {
                        "line" => {
                            found.contains(match wanted.as_str() {
                                "midstream" => "middle",
                                "bank" => "bank",
                                other => other,
                            }) || wanted == "mean high water" && found.contains("mean-high-water")
                        }
                        "height_m" | "water_level_m" | "distance_m" => found
                            .split_whitespace()
                            .any(|word| word.parse::<f64>().is_ok_and(|n| near(n, value.as_f64().unwrap_or_default()))),
                        "anaphora" => found.contains(&wanted) || !read.values(&["anaphora"]).is_empty(),
                        "node" => true,
                        _ => alike(&wanted, &found),
                    };
                    say(&format!("{key} {part}"), right, wanted, found.clone());
                }
            }
            "coords" => {
                let found: Vec<String> = read.values(&["from-position", "to-position", "point-position"]);
                for one in value.as_array().into_iter().flatten() {
                    let numbers =
                        |said: &String| said.split(' ').filter_map(|n| n.parse::<f64>().ok()).collect::<Vec<_>>();
                    let right = if let Some(grid) = one["grid"].as_str() {
                        found.iter().any(|said| said == grid)
                    } else if let Some(x) = one["x"].as_f64() {
                        found.iter().any(|said| numbers(said).first().is_some_and(|n| (n - x).abs() < 0.006))
                    } else {
                        found.iter().any(|said| {
                            let parts: Vec<&str> = said.split(' ').collect();
                            let is = |i: usize, value: &Value| match value.as_f64() {
                                Some(value) => parts
                                    .get(i)
                                    .and_then(|n| n.parse::<f64>().ok())
                                    .is_some_and(|n| (n - value).abs() < 2e-6),
                                None => true,
                            };
                            is(0, &one["lat"]) && is(1, &one["lon"])
                        })
                    };
                    say("position", right, one.to_string(), found.join("; "));
                }
            }
            "closes" => say(key, !read.values(&["closes"]).is_empty(), wanted, String::new()),
            "approx" => say(
                key,
                !read.values(&["approx"]).is_empty() || everything.contains("\"approx\""),
                wanted,
                String::new(),
            ),
            "anaphora" | "unresolved" => {
                let found = read.values(&[key]).join(" ");
                say(key, !found.is_empty(), wanted, found);
            }
            "edge" | "datum" => {
                let found = read
                    .facts
                    .iter()
                    .filter(|fact| fact["about"] == *key)
                    .map(|fact| text(&fact["value"]))
                    .collect::<String>();
                let right = alike(&wanted, &found) && !found.is_empty()
                    || read.follows().contains(&wanted)
                    || found.replace(' ', "") == wanted;
                say(key, right, wanted, found);
            }
            "straight" => say(key, !read.values(&["not-straight"]).is_empty(), wanted, String::new()),
            "shared_use" => say(key, !read.values(&["shared"]).is_empty(), wanted, String::new()),
            "bearing_reference" => {
                let found = read
                    .facts
                    .iter()
                    .filter(|fact| fact["about"] == "north")
                    .map(|fact| text(&fact["value"]))
                    .collect::<String>();
                if !found.is_empty() {
                    say(key, wanted.starts_with(&found), wanted, found);
                }
            }
            "area_acres" => say(key, !read.values(&["area"]).is_empty(), wanted, String::new()),
            "offset_m" | "height_m" => {
                let found = read.numbers(&["length", "offset", "via"]);
                say(
                    key,
                    found.iter().any(|n| near(*n, value.as_f64().unwrap_or_default())),
                    wanted,
                    format!("{found:?}"),
                );
            }
            "point_kind" => {
                let found = read.values(&["point-kind"]).join(" ");
                let right = if wanted == "tripoint" { found == "tripoint" } else { read.kind("point") };
                say(key, right, wanted, found);
            }
            "legs" => {
                for leg in value.as_array().into_iter().flatten() {
                    for (part, value) in leg.as_object().into_iter().flatten() {
                        let wanted = text(value);
                        let found = match part.as_str() {
                            "follow" => read.follows().join(" "),
                            "wind" | "dir" => read.values(&["wind", "winds"]).join(" "),
                            "to" | "from" => {
                                read.said(&["to", "from", "to-at", "to-on", "point"]).join(" ")
                                    + &read
                                        .clauses
                                        .iter()
                                        .filter_map(|clause| clause["starts_at"].as_str().map(|at| format!(" {at}")))
                                        .collect::<String>()
                            }
                            "stream" => read.values(&["stream"]).join(" "),
                            _ => everything.clone(),
                        };
                        let right = match part.as_str() {
                            "distance_ft" | "arc_ft" | "radius_ft" => read
                                .numbers(&["length", "part-length", "chord", "radius"])
                                .iter()
                                .any(|n| near(*n, value.as_f64().unwrap_or_default() * 0.3048)),
                            "distance_m" | "height_m" => {
                                read.numbers(&["length", "part-length"])
                                    .iter()
                                    .any(|n| near(*n, value.as_f64().unwrap_or_default()))
                                    || everything.contains(&wanted)
                            }
                            "azimuth_deg" | "central_angle_deg" | "turn_deg" => read
                                .numbers(&["bearing", "central-angle", "turn"])
                                .iter()
                                .any(|n| (n - value.as_f64().unwrap_or_default()).abs() < 0.01),
                            "wind" | "stream" => found.split(' ').any(|word| word == wanted),
                            "follow" | "line" => {
                                found.contains(&wanted)
                                    || everything.contains(&format!("\"{}\"", wanted.replace('_', "-")))
                            }
                            "tie" => read.values(&["to-tie", "crossing-tie", "from-tie"]).iter().any(|said| {
                                said.split(' ')
                                    .next()
                                    .and_then(|m| m.parse::<f64>().ok())
                                    .is_some_and(|m| near(m, value["distance_m"].as_f64().unwrap_or_default()))
                            }),
                            "approx" | "anaphora" | "distance_ft_as_printed" | "bearing" | "dir" => true,
                            "heights" => {
                                value.as_array().is_some_and(|list| list.iter().all(|n| everything.contains(&text(n))))
                            }
                            _ => alike(&wanted, &found),
                        };
                        say(&format!("leg {part}"), right, wanted, found.chars().take(160).collect());
                    }
                }
            }
            _ => {}
        }
    }
    out.extend(invented(entry, read));
    out
}

fn range(read: &Read<'_>) -> (f64, f64) {
    const WINDS: [&str; 16] =
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
    let winds = read.values(&["wind", "winds"]);
    let azimuths: Vec<f64> = winds
        .first()
        .map(|w| w.split(' ').filter_map(|w| WINDS.iter().position(|x| *x == w)).map(|i| i as f64 * 22.5).collect())
        .unwrap_or_default();
    let half = 180.0 / read.winds;
    match (azimuths.first(), azimuths.last()) {
        (Some(first), Some(last)) => ((first - half).rem_euclid(360.0), (last + half).rem_euclid(360.0)),
        _ => {
            if let Some((a, b)) = read
                .values(&["direction"])
                .first()
                .and_then(|d| d.split_once(" to ").map(|(a, b)| (a.to_owned(), b.to_owned())))
            {
                return (a.parse().unwrap_or(-1.0), b.parse().unwrap_or(-1.0));
            }
            match read.numbers(&["bearing"]).first() {
                Some(bearing) => (bearing - 0.5, bearing + 0.5),
                None => (-1.0, -1.0),
            }
        }
    }
}

/// Parsed fields that the text does not state.
fn invented(entry: &Value, read: &Read<'_>) -> Vec<Mark> {
    let parsed = &entry["parsed"];
    let legs = parsed.get("legs").is_some();
    let stated = parsed.to_string();
    let mut out = Vec::new();
    let mut add = |field: &str, found: String| {
        out.push(Mark { field: field.to_owned(), right: false, invented: true, expected: String::new(), found });
    };
    let has = |key: &str| parsed.get(key).is_some() || legs && stated.contains(&format!("\"{key}\""));
    for (name, keys) in [
        ("stream", &["stream"][..]),
        ("bank", &["bank"]),
        ("turn", &["turn", "turn_deg"]),
        ("wind", &["wind", "winds", "dir"]),
        ("winds", &["winds"]),
        ("closes", &["closes"]),
        ("area", &["area_acres"]),
        ("bearing", &["azimuth_deg", "bearing"]),
        ("direction", &["direction_text"]),
        ("unresolved", &["unresolved"]),
    ] {
        let found = read.values(&[name]);
        if !found.is_empty() && !keys.iter().any(|key| has(key)) {
            add(name, found.join(" "));
        }
    }
    let lengths = read.numbers(&["length", "part-length", "chord"]);
    let stated_lengths =
        ["distance_m", "distance_ft", "distance_versts", "distance_chains", "distance_miles", "arc_ft", "offset_m"];
    if !lengths.is_empty() && !stated_lengths.iter().any(|key| has(key)) && !stated.contains("distance_ft") {
        add("length", format!("{lengths:?}"));
    }
    for (names, key) in [
        (
            &["to-tie", "from-tie", "point-tie", "crossing-tie"][..],
            &["ties", "from_ties", "crossing_ties", "tie", "passes"][..],
        ),
        (&["leaves"], &["leaves"]),
        (&["crosses", "crosses-not"], &["crosses", "crosses_not"]),
    ] {
        let found = read.values(names);
        let wanted: usize = key
            .iter()
            .map(|key| match parsed.get(*key) {
                Some(Value::Array(list)) => list.len(),
                Some(_) => 1,
                None => stated.matches(&format!("\"{key}\"")).count(),
            })
            .sum();
        for one in found.into_iter().skip(wanted) {
            add(names[0], one);
        }
    }
    if read.values(&["from"]).iter().any(|id| id.chars().any(|c| c.is_ascii_digit()) && id.len() < 12)
        && parsed.get("from").is_none()
        && !legs
    {
        add("from", read.values(&["from"]).join(" "));
    }
    let positions = read.values(&["from-position", "to-position", "point-position"]);
    let wanted = parsed["coords"].as_array().map_or(0, Vec::len);
    for one in positions.into_iter().skip(wanted) {
        add("position", one);
    }
    out
}
