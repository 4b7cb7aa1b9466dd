//! Splits a collection into pieces that are read in parallel.

use super::cursor::{Cursor, Fallback};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Least size of a piece in bytes.
const SMALLEST: usize = 1 << 16;
/// Pieces per core, for load balancing.
const PER_CORE: usize = 16;

/// The results of the features of a piece, and the offset where its reader stopped.
type PieceResult<T> = Result<(Vec<T>, usize), Fallback>;

/// Reads the next feature, on any core; `S` is the state that a reader keeps between the features of its
/// piece.
pub(in crate::io) trait One<S, T>: Fn(&mut S, &mut Cursor<'_>) -> Result<T, Fallback> + Sync {}
impl<S, T, F: Fn(&mut S, &mut Cursor<'_>) -> Result<T, Fallback> + Sync> One<S, T> for F {}

/// The form of the features in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Form {
    /// In an array, as a collection's `features`.
    Collection,
    /// Concatenated, as the records of a GeoJSON sequence.
    Sequence,
}

impl Form {
    /// Advances to the next feature; without one, to the end: the closing bracket, which belongs to the text
    /// around the features, or the end of the text.
    fn more(self, cursor: &mut Cursor<'_>) -> Result<bool, Fallback> {
        match self {
            Form::Collection if cursor.more(b']')? => cursor.space(),
            Form::Collection => {
                cursor.at -= 1;
                return Ok(false);
            }
            Form::Sequence => cursor.separators(),
        }
        Ok(self == Form::Collection || cursor.at < cursor.bytes.len())
    }
}

/// Reads the features that start in a range, the first at its start; returns their results and where they end:
/// at the end of the range, where another feature must start, or after the last feature.
pub(super) fn read<S: Default, T: Send>(
    bytes: &[u8],
    range: Range<usize>,
    form: Form,
    one: &impl One<S, T>,
) -> PieceResult<T> {
    let starts = starts(bytes, &range);
    let ends = starts[1..].iter().copied().chain([range.end]);
    let spans: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let pieces = at_once(bytes, &spans, form, one)?;
    let mut features = Vec::with_capacity(pieces.iter().map(|(read, _)| read.len()).sum());
    let last = pieces.last().map_or(range.start, |(_, end)| *end);
    for (read, _) in pieces {
        features.extend(read);
    }
    Ok((features, last))
}

/// Reads all pieces, the largest first; all must end at their expected offsets.
fn at_once<S: Default, T: Send>(
    bytes: &[u8],
    spans: &[(usize, usize)],
    form: Form,
    one: &impl One<S, T>,
) -> Result<Vec<(Vec<T>, usize)>, Fallback> {
    if let [(from, to)] = spans {
        return Ok(vec![piece(bytes, *from, *to, form, one)?]);
    }
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(spans[i].1 - spans[i].0));
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::<(usize, PieceResult<T>)>::new()));
    rayon::broadcast(|_| {
        while let Some(&i) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let read = piece(bytes, spans[i].0, spans[i].1, form, one);
            let failed = read.is_err();
            done.lock().unwrap_or_else(|broken| broken.into_inner()).push((i, read));
            if failed {
                next.store(order.len(), Ordering::Relaxed);
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|broken| broken.into_inner());
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, read)| read).collect()
}

/// Reads features from one offset to another, or to the end of all.
pub(super) fn piece<S: Default, T>(
    bytes: &[u8],
    from: usize,
    to: usize,
    form: Form,
    one: &impl One<S, T>,
) -> PieceResult<T> {
    let (mut state, mut features) = (S::default(), Vec::new());
    let mut cursor = Cursor::new(bytes, from);
    loop {
        features.push(one(&mut state, &mut cursor)?);
        if !form.more(&mut cursor)? {
            return if to == bytes.len() { Ok((features, cursor.at)) } else { Err(Fallback) };
        }
        if cursor.at >= to {
            return if cursor.at == to { Ok((features, to)) } else { Err(Fallback) };
        }
    }
}

/// Offsets where a feature seems to start: the first, and one in each of this many sections of the text.
fn starts(bytes: &[u8], range: &Range<usize>) -> Vec<usize> {
    let mut starts = vec![range.start];
    let Some(opening) = opening(bytes, range.start) else { return starts };
    let stretch = (range.len() / (rayon::current_num_threads() * PER_CORE)).max(SMALLEST);
    for from in (range.start + stretch..range.end).step_by(stretch) {
        starts.extend(find(bytes, opening, from, (from + stretch).min(range.end)));
    }
    starts
}

/// The last offset, other than the first, where a feature seems to start.
pub(super) fn last_start(bytes: &[u8], first: usize) -> Option<usize> {
    let opening = opening(bytes, first)?;
    let mut end = bytes.len();
    while end > first + 1 {
        let from = end.saturating_sub(BLOCK).max(first + 1);
        if has_brace(&bytes[from..end]) {
            let inside = (from..end).rev().find(|&i| bytes[i..].starts_with(opening));
            if inside.is_some() {
                return inside;
            }
        }
        end = from;
    }
    None
}

/// The opening bytes of features in this file: the brace, the first key and, after `type`, its value.
fn opening(bytes: &[u8], first: usize) -> Option<&[u8]> {
    let mut cursor = Cursor::new(bytes, first);
    cursor.expect(b'{').ok()?;
    if cursor.key().ok()? == b"type" {
        cursor.string().ok()?;
    }
    Some(&bytes[first..cursor.at])
}

/// The first offset in a section with these bytes.
fn find(bytes: &[u8], opening: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    for block in bytes[from..to].chunks(BLOCK) {
        if has_brace(block) {
            let inside = (at..at + block.len()).find(|&i| bytes[i..].starts_with(opening));
            if inside.is_some() {
                return inside;
            }
        }
        at += block.len();
    }
    None
}

/// Bytes examined at a time.
const BLOCK: usize = 64;

/// Whether these bytes contain an opening brace; without an early exit, so that the loop is vectorised.
fn has_brace(block: &[u8]) -> bool {
    block.iter().fold(false, |found, byte| found | (*byte == b'{'))
}
