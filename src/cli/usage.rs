//! Formats clap's messages on invalid arguments like other errors: `error:`, then `hint:` with what to type.

use super::common::tell;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};
use std::ffi::OsString;
use std::process::ExitCode;

/// Separates the hint at the end of a value parser's message.
const HINT: &str = "hint: ";

/// Prints requested help or version, or the error in the arguments; exit code 2.
pub fn say<A: CommandFactory>(error: &Error) -> ExitCode {
    match error.kind() {
        // The reader may have closed the pipe (`| head`).
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            tell("error", &message(error));
            tell("hint", &hint::<A>(error));
            ExitCode::from(2)
        }
    }
}

/// The first paragraph of clap's message, on one line, without the value's own hint.
fn message(error: &Error) -> String {
    let rendered = error.render().to_string();
    let text = rendered.strip_prefix("error: ").unwrap_or(&rendered);
    let ends = |line: &str| line.trim().is_empty() || line.contains("[possible values:") || line.starts_with(HINT);
    let lines = text.lines().take_while(|line| !ends(line));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The intended argument, else the possible ones, and where to find more.
fn hint<A: CommandFactory>(error: &Error) -> String {
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = meant.into_iter().find_map(|kind| error.get(kind)).map(words).filter(|words| !words.is_empty());
    let valid = error.get(ContextKind::ValidValue).map(words).filter(|words| !words.is_empty());
    let help = format!("`{} --help` says how to ask", command::<A>());
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(position) = std::env::args().skip(1).find(|word| is_negative(word))
    {
        return format!(
            "a position that begins with a minus goes behind `--`: -- {position}; or has letters: 33.2N 70.5W"
        );
    }
    let rendered = error.render().to_string();
    if let Some(own) = rendered.lines().find_map(|line| line.strip_prefix(HINT)) {
        return own.to_owned();
    }
    match (meant, valid) {
        (Some(meant), _) => format!("did you mean {}? {help}", quoted(&meant, " or ")),
        (None, Some(valid)) => format!("give one of {}", valid.join(", ")),
        (None, None) => help,
    }
}

/// The typographic minus sign; no option starts with it.
pub const MINUS: char = '\u{2212}';

/// The words of the command line; for `sheets` and `trace`, the minus of a western or southern position is replaced by
/// a character with which no option starts: clap would read `-70.5,33.2` as options.
pub fn words_with_positions() -> Vec<OsString> {
    let words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_none_or(|command| command != "sheets" && command != "trace") {
        return words;
    }
    let signed = |word: OsString| match word.to_str() {
        Some(text) if is_negative(text) => OsString::from(text.replacen('-', MINUS.encode_utf8(&mut [0; 4]), 1)),
        _ => word,
    };
    words.into_iter().map(signed).collect()
}

/// Whether a word is a minus and a number.
fn is_negative(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(word) => vec![word.clone()],
        ContextValue::Strings(words) => words.clone(),
        _ => Vec::new(),
    }
}

fn quoted(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

/// `merestone`, with the requested command.
fn command<A: CommandFactory>() -> String {
    let program = A::command();
    let known = |word: &String| program.get_subcommands().any(|command| command.get_name() == word);
    let asked = std::env::args_os().filter_map(|word| word.into_string().ok()).skip(1).find(known);
    asked.map_or_else(|| program.get_name().to_owned(), |word| format!("{} {word}", program.get_name()))
}
