use super::*;

fn at(i: usize) -> Coord {
    let t = i as f64 * 0.7;
    Coord { x: (t * 1.3).sin() * 3.0, y: (t * 0.9).cos() * 2.0 }
}

#[test]
fn tree_agrees_with_y_band_index() {
    let mut ring: Vec<Coord> = (0..150).map(at).collect();
    ring.push(ring[0]);
    let bands = crate::model::YBandIndex::new([ring.as_slice()]);
    let tree = EdgeTree::new([ring.as_slice()]);
    let grid = (-35..35).flat_map(|x| (-25..25).map(move |y| Coord { x: f64::from(x) / 10.0, y: f64::from(y) / 10.0 }));
    for position in grid.chain(ring.iter().copied()) {
        assert_eq!(tree.locate(position), bands.locate(position), "{position:?}");
    }
    let (low, high) = (Coord { x: 0.1, y: 0.2 }, Coord { x: 0.3, y: 0.9 });
    let mut found = Vec::new();
    tree.touching(low, high, &mut |edge| found.push(edge));
    let edges = ring.windows(2).map(|edge| [edge[0], edge[1]]);
    let expected = edges.filter(|edge| touch(&box_of(*edge), &[low.x, low.y, high.x, high.y]));
    assert_eq!(found, expected.collect::<Vec<_>>());
}

/// Rings next to and inside each other, with positions on them, under one tree.
#[test]
fn of_several_rings_the_tree_agrees_with_y_band_index() {
    let ring = |x: f64, y: f64, radius: f64, count: usize| -> Vec<Coord> {
        let corner = |i: usize| {
            let (sin, cos) = ((i % count) as f64 / count as f64 * std::f64::consts::TAU).sin_cos();
            let radius = if i % 3 == 1 { radius / 2.0 } else { radius };
            Coord { x: ((x + radius * cos) * 10.0).round() / 10.0, y: ((y + radius * sin) * 10.0).round() / 10.0 }
        };
        (0..=count).map(corner).collect()
    };
    let rings = [ring(0.0, 0.0, 3.0, 201), ring(0.2, 0.1, 1.2, 45), ring(3.5, 0.0, 1.0, 7), ring(-2.0, 1.0, 2.0, 3)];
    let bands = crate::model::YBandIndex::new(rings.iter().map(Vec::as_slice));
    let tree = EdgeTree::new(rings.iter().map(Vec::as_slice));
    let (mut places, steps) = ([0; 3], |most: i32| (-most..most).map(|step| f64::from(step) / 20.0));
    for position in steps(100).flat_map(|x| steps(70).map(move |y| Coord { x, y })) {
        let place = bands.locate(position);
        assert_eq!(tree.locate(position), place, "{position:?}");
        places[place as usize] += 1;
    }
    assert!(places.iter().all(|count| *count > 20), "{places:?}");
}

#[test]
fn every_touching_pair_comes_once() {
    let lines: Vec<Vec<Coord>> = [(0, 90), (90, 91), (91, 92), (70, 150), (0, 9)]
        .map(|(from, to): (usize, usize)| (from..=to).map(at).collect())
        .to_vec();
    let edges: Vec<TreeEdge> = lines
        .iter()
        .enumerate()
        .flat_map(|(line, ends)| {
            ends.windows(2).enumerate().map(move |(number, edge)| TreeEdge { line, number, ends: [edge[0], edge[1]] })
        })
        .collect();
    let mut expected = Vec::new();
    for (i, a) in edges.iter().enumerate() {
        let others = edges[i + 1..].iter().filter(|b| touch(&box_of(a.ends), &box_of(b.ends)));
        expected.extend(others.map(|b| (*a, *b)));
    }
    let tree = EdgeTree::new(lines.iter().map(Vec::as_slice));
    let in_order = tree.pairs(|a, b| Some((a, b)));
    for task_level in 0..3 {
        assert_eq!(
            tree.pairs_of_boxes(task_level, &Budget::new(edges.len()), |a, b| Some((a, b))),
            in_order,
            "{task_level}"
        );
    }
    // The slab search gives fewer pairs, but all that meet.
    let by_slabs = tree.pairs_of_slabs(|a, b| Some((a, b)));
    for (a, b) in &in_order {
        use geo::{Intersects, Line};
        let meet = Line::new(a.ends[0], a.ends[1]).intersects(&Line::new(b.ends[0], b.ends[1]));
        assert!(!meet || by_slabs.contains(&(*a, *b)), "{a:?} {b:?}");
    }
    let mut found = in_order;
    let key = |(a, b): &(TreeEdge, TreeEdge)| (a.line, a.number, b.line, b.number);
    found.sort_by_key(key);
    assert_eq!(found, expected);
}

#[test]
fn runs_come_in_order_and_as_one_where_their_box_is_clear() {
    let lines: Vec<Vec<Coord>> =
        [(0, 130), (40, 47), (90, 400)].map(|(from, to)| (from..=to).map(at).collect()).to_vec();
    let tree = EdgeTree::new(lines.iter().map(Vec::as_slice));
    let all = (Coord { x: -9.0, y: -9.0 }, Coord { x: 9.0, y: 9.0 });
    let east = (Coord { x: 1.0, y: -1.0 }, Coord { x: 2.0, y: 2.0 });
    let runs = |within, is_clear: &dyn Fn(Coord, Coord) -> bool| {
        let mut runs = Vec::new();
        tree.runs_touching(within, &is_clear, &mut |run, outline| runs.push((run.to_vec(), outline)));
        runs
    };
    let edges_of = |runs: &[(Vec<Coord>, (Coord, Coord))]| -> Vec<[Coord; 2]> {
        runs.iter().flat_map(|(run, _)| run.windows(2).map(|edge| [edge[0], edge[1]])).collect()
    };
    let edges: Vec<[Coord; 2]> = lines.iter().flat_map(|line| line.windows(2).map(|edge| [edge[0], edge[1]])).collect();
    let short = runs(all, &|_, _| false);
    let long = runs(all, &|_, _| true);
    assert_eq!([edges_of(&short), edges_of(&long)], [edges.clone(), edges]);
    assert!(short.iter().all(|(run, _)| run.len() <= LEAF + 1) && long.len() < short.len() / 4, "{}", long.len());
    let (short, half) = (runs(east, &|_, _| false), runs(east, &|low, _| low.y > -1.5));
    assert!(edges_of(&short).iter().all(|edge| edges_of(&half).contains(edge)) && !short.is_empty());
    for (run, (low, high)) in half {
        let [west, south, east, north] = run.windows(2).map(|edge| box_of([edge[0], edge[1]])).fold(NOTHING, join);
        assert_eq!([west, south, east, north], [low.x, low.y, high.x, high.y]);
    }
}
