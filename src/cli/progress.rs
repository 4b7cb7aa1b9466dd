//! How far a long work has come, on standard error: nothing where that is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use merestone::model::sanitize;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A bar that shows itself only to a reader at a terminal, and only once the work takes long.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar; a quiet one never shows itself.
    pub fn new(quiet: bool) -> Self {
        // Once a second is enough to see it move; a bar on a pipe or in a file hides itself.
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(1) };
        let bar = ProgressBar::with_draw_target(None, target).with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}/{human_len} features {wide_bar} {elapsed}") {
            bar.set_style(style);
        }
        Bar(bar)
    }

    /// Shows the stage and how many features are done, of how many where that is known.
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

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// How long a work lasts before anything is shown, and how often it is shown then.
const EVERY: Duration = Duration::from_secs(1);

/// How the stages of a question are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    /// On one line of a terminal, which goes away again.
    Terminal,
    /// As lines, on request.
    Lines,
}

/// What is under way.
struct Work {
    stage: String,
    since: Instant,
    show: Show,
    /// Whether a line stands on the terminal.
    shown: bool,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);

/// Begins to show what a question is at once it lasts longer than a second: where standard error is a terminal, or on
/// request. Nobody may read there: what is shown is lost then, the answer is not.
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
        // The program may end before the thread does: it holds nothing.
        let _ = std::thread::Builder::new().name("progress".to_owned()).spawn(watch);
    }
}

/// Says what comes next.
pub fn stage(text: impl Into<String>) {
    if let Ok(mut work) = WORK.lock()
        && let Some(work) = work.as_mut()
    {
        work.stage = sanitize(&text.into()).into_owned();
    }
}

/// Ends the showing, and takes the line away: what follows is the answer, or a message.
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
            // Without wrapping: a line that is longer than the terminal would stay on it.
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
