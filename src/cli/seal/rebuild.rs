//! Makes the outputs of a bundle again.

use super::gather::Files;
use super::sandbox::{Ended, Sandbox, check, shown};
use super::{Seal, SealFault};
use crate::cli::error::CliError;
use crate::cli::progress;
use merestone::document::seal::{SealAction, SealFileState, SealReport, compared};
use merestone::model::{Warning, WarningCode};
use std::process::ExitCode;
use std::time::Duration;

impl Seal {
    pub(super) fn rebuild(&self) -> Result<ExitCode, CliError> {
        self.answer(self.answer_file()).check()?;
        let opened = self.open()?;
        if let Some(code) = self.refuse_changed(&opened, SealAction::Rebuilt)? {
            return Ok(code);
        }
        let manifest = &opened.bundle.manifest;
        // All lines are tested before one of them runs.
        for (index, words) in manifest.commands.iter().enumerate() {
            let place = format!("{}: command {}", opened.path.display(), index + 1);
            check(words).map_err(|error| SealFault::Line { place, error, line: shown(words) })?;
        }
        let is_data = |path: &String| {
            let found = manifest.files.binary_search_by(|file| file.path.cmp(path));
            found.is_ok_and(|index| manifest.files[index].command.is_none())
        };
        let contents = opened.bundle.contents.iter();
        let data: Files = contents.filter(|(path, _)| is_data(path)).map(|(p, b)| (p.clone(), b.clone())).collect();
        let mut sandbox = Sandbox::new(&data, Duration::from_secs(self.timeout), self.archive_limits().max_bytes)?;
        let mut failures = Vec::new();
        for words in &manifest.commands {
            progress::stage(shown(words));
            failures.push(match sandbox.run(words)? {
                Ended::Wrote(_) => None,
                Ended::Failed(said) => Some(said),
            });
        }
        let mut report = SealReport::new(SealAction::Rebuilt, manifest, compared(manifest, &sandbox.files()?));
        for (command, failure) in report.commands.iter_mut().zip(failures) {
            let outputs = report.files.iter().filter(|file| file.command == Some(command.number));
            let same = outputs.clone().all(|file| file.state == SealFileState::Unchanged);
            command.same = Some(same && failure.is_none());
            report.holds &= failure.is_none();
            command.failure = failure;
        }
        let mut warnings = Vec::new();
        let own = env!("CARGO_PKG_VERSION");
        if manifest.version != own {
            let message = format!("the bundle was made by version {}, and rebuilt by {own}", manifest.version);
            warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        if manifest.commands.is_empty() {
            let message = "the bundle has no command lines: all of its files are data".to_owned();
            warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        let holds = report.holds;
        self.say(report, vec![opened.input], warnings, self.answer_file())?;
        Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
