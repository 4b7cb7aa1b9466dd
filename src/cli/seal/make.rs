//! Makes a bundle.

use super::gather::{self, Files};
use super::sandbox::{Ended, Sandbox, check, outputs, shown};
use super::{Seal, SealFault};
use crate::cli::common::tell;
use crate::cli::error::CliError;
use crate::cli::progress;
use merestone::document::seal::{Bundle, SealAction, SealFileState, SealReport, sha256_hex, split_command};
use merestone::io::{Limits, check_target, write_archive, write_file};
use merestone::model::{Input, Warning, WarningCode};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// The file of command lines in a folder.
const COMMANDS_FILE: &str = "commands.txt";

/// Outputs by their paths: the number of the command, from 1, and the bytes.
type Made = BTreeMap<String, (usize, Vec<u8>)>;

impl Seal {
    pub(super) fn make(&self) -> Result<ExitCode, CliError> {
        let target = self.target()?;
        let (files, hidden, label) = self.sealed_files()?;
        let commands = self.lines(&files)?;
        let made = self.made(&files, &commands)?;
        let differing: Vec<&String> = made
            .iter()
            .filter(|(path, (_, bytes))| files.get(*path).is_some_and(|old| old != bytes))
            .map(|(p, _)| p)
            .collect();
        let mut contents: BTreeMap<String, (Vec<u8>, Option<usize>)> =
            files.iter().map(|(path, bytes)| (path.clone(), (bytes.clone(), None))).collect();
        for (path, (number, bytes)) in &made {
            contents.insert(path.clone(), (bytes.clone(), Some(*number)));
        }
        let bundle = Bundle::new(
            env!("CARGO_PKG_VERSION"),
            commands,
            contents.into_iter().map(|(path, (bytes, command))| (path, bytes, command)),
        );
        let mut warnings = Vec::new();
        if hidden > 0 {
            let message = format!("{label}: {hidden} files and folders whose names begin with a dot are left out");
            warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        let mut report = SealReport::new(SealAction::Made, &bundle.manifest, bundle.files());
        if !differing.is_empty() {
            for file in report.files.iter_mut().filter(|file| differing.contains(&&file.path)) {
                file.state = SealFileState::Changed;
                file.found_sha256 = files.get(&file.path).map(|bytes| sha256_hex(bytes));
            }
            report.holds = false;
            let names = differing.iter().map(|path| path.as_str()).collect::<Vec<_>>().join(", ");
            self.say(report, Vec::new(), warnings, None)?;
            tell("error", &format!("{label}: not what its command makes: {names}; no bundle is written"));
            tell("hint", "make it again by its command line, or take the line out of commands.txt");
            return Ok(ExitCode::from(1));
        }
        progress::stage(format!("writing {}", target.display()));
        let manifest = bundle.manifest.text();
        let listed = bundle.archive_files(&manifest);
        let named: Vec<(&str, &[u8])> = listed.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
        let archive = write_archive(&named).map_err(|error| SealFault::Archive { path: label, error })?;
        write_file(target, &archive)?;
        let mut written = Input::new(target.display().to_string(), sha256_hex(&archive));
        written.features = bundle.contents.len();
        self.say(report, vec![written], warnings, None)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Where the bundle goes.
    fn target(&self) -> Result<&Path, CliError> {
        let target = self.output.as_deref().ok_or(SealFault::Unnamed)?;
        let shown = target.display().to_string();
        if !target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            return Err(SealFault::Ending(shown).into());
        }
        check_target(target)?;
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Some(folder) = &self.subject
            && std::fs::canonicalize(folder)
                .is_ok_and(|f| std::fs::canonicalize(parent).is_ok_and(|p| p.starts_with(f)))
        {
            return Err(SealFault::Within(shown).into());
        }
        Ok(target)
    }

    /// The files to seal, how many were left out, and their name in messages.
    fn sealed_files(&self) -> Result<(Files, usize, String), CliError> {
        let Some(folder) = &self.subject else {
            let files = crate::cli::builtin::files();
            let label = "the embedded dataset".to_owned();
            if files.is_empty() {
                return Err(SealFault::Empty(label).into());
            }
            return Ok((files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect(), 0, label));
        };
        let label = folder.display().to_string();
        if folder.is_file() {
            return Err(SealFault::NoFolder(label).into());
        }
        progress::stage(format!("reading {label}"));
        let (files, hidden) = gather::folder(folder, self.archive_limits().max_bytes)?;
        if files.is_empty() {
            return Err(SealFault::Empty(label).into());
        }
        if files.contains_key("dataset.toml") {
            // A manifest that cannot be read is found now rather than by whoever opens the bundle.
            merestone::io::Dataset::open_within(folder, Limits::DEFAULT)?;
        }
        Ok((files, hidden, label))
    }

    /// Command lines, tested: of the folder's file, then of the options.
    fn lines(&self, files: &Files) -> Result<Vec<Vec<String>>, CliError> {
        let of_file = files.get(COMMANDS_FILE).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let of_file = of_file.unwrap_or_default();
        let lines = of_file.lines().enumerate().map(|(index, line)| (format!("{COMMANDS_FILE}:{}", index + 1), line));
        let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let given = self.commands.iter().map(|line| ("--command".to_owned(), line.as_str()));
        let split = |(place, line): (String, &str)| {
            let words = split_command(line).and_then(|words| check(&words).map(|()| words));
            words.map_err(|error| SealFault::Line { place, error, line: line.trim().to_owned() }.into())
        };
        lines.chain(given).map(split).collect()
    }

    /// Runs the commands on the files; outputs that the folder has are made anew.
    fn made(&self, files: &Files, commands: &[Vec<String>]) -> Result<Made, CliError> {
        let mut made = Made::new();
        if commands.is_empty() {
            return Ok(made);
        }
        let named: Vec<&str> = commands.iter().flat_map(|words| outputs(words)).collect();
        let is_output = |path: &str| {
            named.iter().any(|name| {
                let name = name.trim_start_matches("./");
                path == name || (name.ends_with('/') && path.starts_with(name))
            })
        };
        let data: Files =
            files.iter().filter(|(path, _)| !is_output(path)).map(|(p, b)| (p.clone(), b.clone())).collect();
        let mut sandbox = Sandbox::new(&data, Duration::from_secs(self.timeout), self.archive_limits().max_bytes)?;
        let mut writers: BTreeMap<String, usize> = BTreeMap::new();
        for (index, words) in commands.iter().enumerate() {
            progress::stage(shown(words));
            let written = match sandbox.run(words)? {
                Ended::Wrote(written) => written,
                Ended::Failed(said) => return Err(SealFault::Failed { line: shown(words), said }.into()),
            };
            if written.is_empty() {
                return Err(SealFault::NoOutput(shown(words)).into());
            }
            for path in written {
                if let Some(first) = writers.insert(path.clone(), index) {
                    let (first, second) = (shown(&commands[first]), shown(words));
                    return Err(SealFault::TwoWriters { path, first, second }.into());
                }
            }
        }
        let mut all = sandbox.files()?;
        for (path, index) in writers {
            if let Some(bytes) = all.remove(&path) {
                made.insert(path, (index + 1, bytes));
            }
        }
        Ok(made)
    }
}
