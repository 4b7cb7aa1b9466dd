//! `merestone completions`

use super::common::print;
use super::error::CliError;
use clap::{Arg, Args, Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::{CompleteEnv, Shell};
#[cfg(feature = "dataset")]
use merestone::io::Dataset;
#[cfg(feature = "dataset")]
use merestone::model::Role;
use std::ffi::OsStr;
use std::process::ExitCode;

/// Prints the completions of commands and options for a shell.
///
/// These know words only. For ids, layers and presets too, have the shell ask the program: `source <(COMPLETE=bash merestone)`
/// (zsh the same; fish: `COMPLETE=fish merestone | source`).
#[derive(Args)]
#[command(after_help = "Examples:
  merestone completions bash > merestone.bash
  merestone completions fish > merestone.fish
  merestone completions zsh > _merestone")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn run<A: CommandFactory>(&self) -> Result<ExitCode, CliError> {
        let mut command = A::command();
        let name = command.get_name().to_owned();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        print(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Arguments by the names of their values, and the kinds of reference they accept.
const REFERENCES: [&str; 13] = [
    "REF",
    "REF|LON,LAT",
    "LINE",
    "LINE_A",
    "LINE_B",
    "LINE|PROPOSAL",
    "BEFORE",
    "AFTER",
    "IN",
    "TERRITORY",
    "ID",
    "DATASET|SPEC.toml",
    "DOCUMENT,…",
];
const PRESETS: [&str; 2] = ["PRESET", "PRESET|SPEC.toml"];

/// Answers a completion request of a shell (variable `COMPLETE`), and then ends the program.
pub fn answer_shell<A: CommandFactory>() {
    CompleteEnv::with_factory(|| with_candidates(A::command())).complete();
}

/// The command with candidates for the values of its arguments: ids and layers of the embedded dataset, presets, files.
fn with_candidates(command: Command) -> Command {
    command.mut_subcommands(|command| command.mut_args(with_candidate))
}

fn with_candidate(arg: Arg) -> Arg {
    let name = arg.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
    match name.as_deref() {
        Some("TERRITORY") => arg.add(ArgValueCompleter::new(|word: &OsStr| references(word, true))),
        Some(name) if REFERENCES.contains(&name) => {
            arg.add(ArgValueCompleter::new(|word: &OsStr| references(word, false)))
        }
        Some(name) if PRESETS.contains(&name) => arg.add(ArgValueCompleter::new(presets)),
        _ => arg,
    }
}

/// Layers and ids of the embedded dataset with this prefix, then files; with `territories`, territories only and no
/// files.
fn references(word: &OsStr, territories: bool) -> Vec<CompletionCandidate> {
    let mut found = Vec::new();
    #[cfg(feature = "dataset")]
    {
        let text = word.to_string_lossy();
        let dataset = Dataset::embedded();
        for layer in dataset.layers().iter().filter(|layer| !territories || layer.role == Role::Territory) {
            let ids = dataset.feature_ids(&layer.id).unwrap_or_default();
            // `layer/id` if the word already has a layer, or the layer is an edition of another.
            let qualified = text.contains('/') || layer.edition_of.is_some();
            let ids = ids.into_iter().map(|id| if qualified { format!("{}/{id}", layer.id) } else { id });
            let own = (!territories).then(|| layer.id.clone());
            let words = own.into_iter().chain(ids).filter(|id| id.starts_with(text.as_ref()));
            let about = format!("{:?}", layer.role).to_lowercase();
            found.extend(words.map(|id| CompletionCandidate::new(id).help(Some(about.clone().into()))));
        }
    }
    if !territories {
        found.extend(PathCompleter::file().complete(word));
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|candidate| seen.insert(candidate.get_value().to_owned()));
    found
}

/// Presets with this prefix, then specifications.
fn presets(word: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = Vec::new();
    #[cfg(all(feature = "dataset", feature = "plates"))]
    {
        let text = word.to_string_lossy();
        let names =
            merestone::map::PlateSpec::preset_names().into_iter().filter(|name| name.starts_with(text.as_ref()));
        found.extend(names.map(CompletionCandidate::new));
    }
    found.extend(PathCompleter::file().complete(word));
    found
}
