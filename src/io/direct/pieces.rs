//! A collection cut into pieces that are read at once.

use super::cursor::{Cursor, Unusual};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer bytes than this make no piece of their own.
const SMALLEST: usize = 1 << 16;
/// Pieces for each core, so that all are done at about the same time.
const PER_CORE: usize = 16;

/// What was made of the features of a piece, and where its reader stopped.
type Piece<T> = Result<(Vec<T>, usize), Unusual>;

/// How the feature that comes next is read, on whatever core; what a reader carries from one feature to the next of its
/// piece, it keeps in its `S`.
pub(in crate::io) trait One<S, T>: Fn(&mut S, &mut Cursor<'_>) -> Result<T, Unusual> + Sync {}
impl<S, T, F: Fn(&mut S, &mut Cursor<'_>) -> Result<T, Unusual> + Sync> One<S, T> for F {}

/// How features stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Form {
    /// Between brackets, as in a collection's `features`.
    Collection,
    /// One after the other, as the records of a GeoJSON sequence.
    Sequence,
}

impl Form {
    /// Goes to the feature that follows, or where none does, to the end: the bracket behind the last, which belongs to what
    /// is around the features, or the end of the text.
    fn more(self, cursor: &mut Cursor<'_>) -> Result<bool, Unusual> {
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

/// Reads the features that begin in a range, the first at its start; returns what is made of them and where they end:
/// at the end of the range, where another feature must begin, or behind the last of all.
pub(super) fn read<S: Default, T: Send>(
    bytes: &[u8],
    range: Range<usize>,
    form: Form,
    one: &impl One<S, T>,
) -> Piece<T> {
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

/// Reads every piece, the largest first; all must end where they are said to.
fn at_once<S: Default, T: Send>(
    bytes: &[u8],
    spans: &[(usize, usize)],
    form: Form,
    one: &impl One<S, T>,
) -> Result<Vec<(Vec<T>, usize)>, Unusual> {
    if let [(from, to)] = spans {
        return Ok(vec![piece(bytes, *from, *to, form, one)?]);
    }
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(spans[i].1 - spans[i].0));
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::<(usize, Piece<T>)>::new()));
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

/// Reads features from one place up to another, or to the end of all.
pub(super) fn piece<S: Default, T>(bytes: &[u8], from: usize, to: usize, form: Form, one: &impl One<S, T>) -> Piece<T> {
    let (mut state, mut features) = (S::default(), Vec::new());
    let mut cursor = Cursor::new(bytes, from);
    loop {
        features.push(one(&mut state, &mut cursor)?);
        if !form.more(&mut cursor)? {
            return if to == bytes.len() { Ok((features, cursor.at)) } else { Err(Unusual) };
        }
        if cursor.at >= to {
            return if cursor.at == to { Ok((features, to)) } else { Err(Unusual) };
        }
    }
}

/// Places where a feature seems to begin: the first, and one in each of so many stretches of the text.
fn starts(bytes: &[u8], range: &Range<usize>) -> Vec<usize> {
    let mut starts = vec![range.start];
    let Some(opening) = opening(bytes, range.start) else { return starts };
    let stretch = (range.len() / (rayon::current_num_threads() * PER_CORE)).max(SMALLEST);
    for from in (range.start + stretch..range.end).step_by(stretch) {
        starts.extend(find(bytes, opening, from, (from + stretch).min(range.end)));
    }
    starts
}

/// The last place where a feature seems to begin, other than the first.
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

/// How features of this file begin: the brace, the first key, and behind `type` the word.
fn opening(bytes: &[u8], first: usize) -> Option<&[u8]> {
    let mut cursor = Cursor::new(bytes, first);
    cursor.expect(b'{').ok()?;
    if cursor.key().ok()? == b"type" {
        cursor.string().ok()?;
    }
    Some(&bytes[first..cursor.at])
}

/// The first place in a stretch where these bytes stand.
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

/// Bytes that are looked over at a time.
const BLOCK: usize = 64;

/// Whether an opening brace is among these bytes; without a way out of the loop, which the machine then does for
/// several bytes at a time.
fn has_brace(block: &[u8]) -> bool {
    block.iter().fold(false, |found, byte| found | (*byte == b'{'))
}
