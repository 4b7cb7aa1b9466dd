//! Progress of long operations on standard error; hidden if that is not a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use merestone::model::sanitize;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A progress bar, visible only on a terminal, and only for long operations.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar; hidden if quiet.
    pub fn new(quiet: bool) -> Self {
        // One update per second is enough; on a pipe or file the bar hides itself.
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(1) };
        let bar = ProgressBar::with_draw_target(None, target).with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}/{human_len} features {wide_bar} {elapsed}") {
            bar.set_style(style);
        }
        Bar(bar)
    }

    /// Shows the stage and the number of features done, with the total if known.
    pub fn tell(&self, stage: &str, done: u64, total: Option<u64>) {
        if self.0.message() != stage {
            self.0.set_message(stage.to_owned());
        }
        match total {
            Some(total) => self.0.set_length(total),
            None => self.0.unset_length(),
        }
        self.0.set_position(done);
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Delay before progress is first shown, and interval between updates.
const EVERY: Duration = Duration::from_secs(1);

/// Style of a question's progress.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    /// On one line of a terminal, which is removed at the end.
    Terminal,
    /// As lines, on request.
    Lines,
}

/// The current operation.
struct Work {
    stage: String,
    since: Instant,
    show: Show,
    /// Whether a line is on the terminal.
    shown: bool,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);

/// Starts showing progress when a question takes longer than a second: if standard error is a terminal, or on request.
/// Standard error may be closed: the progress is then lost, but not the answer.
pub fn begin(quiet: bool, asked: bool) {
    let show = match std::io::stderr().is_terminal() {
        _ if quiet => return,
        true => Show::Terminal,
        false if asked => Show::Lines,
        false => return,
    };
    let work = Work { stage: "working".to_owned(), since: Instant::now(), show, shown: false };
    let Ok(mut under_way) = WORK.lock() else { return };
    if under_way.replace(work).is_none() {
        // The program may end before the thread; it holds no resources.
        let _ = std::thread::Builder::new().name("progress".to_owned()).spawn(watch);
    }
}

/// Announces the next stage.
pub fn stage(text: impl Into<String>) {
    if let Ok(mut work) = WORK.lock()
        && let Some(work) = work.as_mut()
    {
        work.stage = sanitize(&text.into()).into_owned();
    }
}

/// Ends the progress display and removes its line, before the answer or a message.
pub fn end() {
    if let Ok(mut work) = WORK.lock()
        && work.take().is_some_and(|work| work.shown && work.show == Show::Terminal)
    {
        let _ = write!(std::io::stderr(), "\r\x1b[2K");
    }
}

fn watch() {
    loop {
        std::thread::sleep(EVERY);
        let Ok(mut work) = WORK.lock() else { return };
        let Some(work) = work.as_mut() else { return };
        let seconds = work.since.elapsed().as_secs();
        let mut err = std::io::stderr();
        let written = match work.show {
            // Without wrapping: a line longer than the terminal would remain on it.
            Show::Terminal => {
                write!(err, "\r\x1b[2K\x1b[?7l{} … {seconds} s\x1b[?7h", work.stage).and_then(|()| err.flush())
            }
            Show::Lines => writeln!(err, "progress: {} … {seconds} s", work.stage),
        };
        work.shown = true;
        if written.is_err() {
            return;
        }
    }
}
