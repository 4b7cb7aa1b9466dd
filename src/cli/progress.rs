//! How far a long work has come, on standard error: nothing where that is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

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
