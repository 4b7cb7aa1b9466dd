//! A temporary folder in which commands of a bundle run: this program only, without a shell, an input or the environment.

use super::SealFault;
use super::gather::{Files, remains};
use crate::cli::error::CliError;
use merestone::document::seal::{CommandError, CommandRules, check_command, joined_command};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Commands that a bundle may run: those that read files and write answers, plates or papers.
const COMMANDS: [&str; 25] = [
    "album",
    "audit",
    "borders",
    "catalogue",
    "check",
    "compare",
    "convert",
    "corridor",
    "decide",
    "describe",
    "diff",
    "dossier",
    "enclaves",
    "evidence",
    "info",
    "ledger",
    "map",
    "marks",
    "parse",
    "resolve",
    "route",
    "severance",
    "sheets",
    "status",
    "trace",
];

/// Options that a command of a bundle may not have.
const FORBIDDEN: [&str; 2] = ["--allow-outside", "--allow-network"];

/// Tests a command line of a bundle.
pub fn check(words: &[String]) -> Result<(), CommandError> {
    check_command(words, &CommandRules { commands: &COMMANDS, forbidden: &FORBIDDEN })
}

/// Variables that the libraries of the program need to find their tables.
const KEPT: [&str; 6] = ["GDAL_DATA", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PROJ_DATA", "PROJ_LIB", "SystemRoot"];

/// How often a running command is looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// A temporary folder, removed when dropped.
pub struct Sandbox {
    root: PathBuf,
    work: PathBuf,
    timeout: Duration,
    max_bytes: u64,
    /// Files and when they were last changed: what differs after a command, the command has written.
    known: BTreeMap<String, SystemTime>,
}

/// How a command ended.
pub enum Ended {
    /// It answered, and wrote these files.
    Wrote(Vec<String>),
    /// It failed, and said this.
    Failed(String),
}

impl Sandbox {
    /// A folder with these files.
    pub fn new(files: &Files, timeout: Duration, max_bytes: u64) -> Result<Self, CliError> {
        let root = new_folder().map_err(SealFault::Temporary)?;
        let work = root.join("work");
        let mut sandbox = Sandbox { root, work, timeout, max_bytes, known: BTreeMap::new() };
        sandbox.fill(files).map_err(SealFault::Temporary)?;
        Ok(sandbox)
    }

    fn fill(&mut self, files: &Files) -> std::io::Result<()> {
        std::fs::create_dir(&self.work)?;
        std::fs::create_dir(self.root.join("tmp"))?;
        for (name, bytes) in files {
            let path = self.path(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(&path, bytes)?;
            self.mark(name)?;
        }
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.work.clone(), |path, part| path.join(part))
    }

    /// Dates a file back, so that a change in the same moment is seen.
    fn mark(&mut self, name: &str) -> std::io::Result<()> {
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        std::fs::File::options().write(true).open(self.path(name))?.set_modified(long_ago)?;
        self.known.insert(name.to_owned(), long_ago);
        Ok(())
    }

    /// Runs a command line that [`check`] permits. Folders of its outputs are made.
    pub fn run(&mut self, words: &[String]) -> Result<Ended, CliError> {
        self.run_with(words).map_err(|cause| SealFault::Temporary(cause).into())
    }

    fn run_with(&mut self, words: &[String]) -> std::io::Result<Ended> {
        for output in outputs(words) {
            if let Some((folder, _)) = output.rsplit_once('/') {
                std::fs::create_dir_all(self.path(folder))?;
            }
        }
        let mut command = Command::new(std::env::current_exe()?);
        command.args(words).current_dir(&self.work).env_clear();
        command.envs(KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        let tmp = self.root.join("tmp");
        command.envs([("TMPDIR", &tmp), ("CPL_TMPDIR", &tmp), ("TMP", &tmp), ("HOME", &tmp)]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let errors = child.stderr.take().map(|mut from| std::thread::spawn(move || told(&mut from)));
        let (begun, mut looked) = (Instant::now(), Instant::now());
        let mut stopped = None;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if begun.elapsed() > self.timeout {
                stopped = Some(format!("it ran longer than {} s", self.timeout.as_secs()));
            }
            if looked.elapsed() > Duration::from_secs(1) {
                looked = Instant::now();
                if size(&self.root) > self.max_bytes {
                    stopped = Some("it wrote more than the limit".to_owned());
                }
            }
            if stopped.is_some() {
                child.kill()?;
            }
            std::thread::sleep(PAUSE);
        };
        let said = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
        // Exit code 1: it ran, and the answer is "no".
        match (stopped, status.code()) {
            (Some(why), _) => Ok(Ended::Failed(why)),
            (None, Some(0 | 1)) => Ok(Ended::Wrote(self.written()?)),
            (None, _) => Ok(Ended::Failed(said.trim().lines().take(2).collect::<Vec<_>>().join("; "))),
        }
    }

    /// Files that are new or changed since the last command.
    fn written(&mut self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        list(&self.work, "", &mut names)?;
        let mut written = Vec::new();
        for name in names {
            let changed = std::fs::metadata(self.path(&name))?.modified()?;
            if self.known.get(&name) != Some(&changed) {
                self.mark(&name)?;
                written.push(name);
            }
        }
        Ok(written)
    }

    /// All files of the folder.
    pub fn files(&self) -> Result<Files, CliError> {
        remains(&self.work, self.max_bytes)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // What cannot be removed stays in the system's folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

/// A new folder for temporary files, for this user only.
fn new_folder() -> std::io::Result<PathBuf> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let temporary = std::fs::canonicalize(std::env::temp_dir())?;
    for number in 0..1000 {
        let path = temporary.join(format!("merestone-seal-{}-{number}", std::process::id()));
        match builder.create(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

/// The start of what a command says; the rest is read and dropped.
fn told(from: &mut impl Read) -> String {
    let mut start = Vec::new();
    let read = from.take(16 << 10).read_to_end(&mut start).and_then(|_| std::io::copy(from, &mut std::io::sink()));
    if read.is_err() {
        start.extend_from_slice(b" (its messages break off)");
    }
    String::from_utf8_lossy(&start).into_owned()
}

/// Size of the files in a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let of = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path()),
        _ => entry.metadata().map_or(0, |about| about.len()),
    };
    entries.map(of).sum()
}

/// Names of the files in a folder, with `/` between folders.
fn list(folder: &Path, before: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

/// Outputs that a command line names behind `-o` or `--output`.
pub fn outputs(words: &[String]) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_next = false;
    for word in words {
        let after_equals = word.strip_prefix("--output=");
        let attached = word.strip_prefix("-o").filter(|rest| !rest.is_empty());
        if is_next {
            found.push(word.as_str());
        }
        found.extend(after_equals.or(attached));
        is_next = !is_next && (word == "-o" || word == "--output");
    }
    found
}

/// A command line as messages name it.
pub fn shown(words: &[String]) -> String {
    joined_command(words)
}

#[cfg(all(test, feature = "plates"))]
mod tests {
    use super::COMMANDS;
    use crate::cli::Arguments;
    use clap::CommandFactory;

    #[test]
    fn bundles_run_commands_that_are_there() {
        let known: Vec<String> = Arguments::command().get_subcommands().map(|one| one.get_name().to_owned()).collect();
        let unknown: Vec<&str> = COMMANDS.into_iter().filter(|name| !known.contains(&(*name).to_owned())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        for forbidden in ["completions", "demo", "man", "seal"] {
            assert!(!COMMANDS.contains(&forbidden));
        }
    }
}
