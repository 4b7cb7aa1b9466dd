//! `merestone schema`

use super::common::print;
use super::error::CliError;
use clap::Args;
use merestone::io::nearest;
use merestone::report::{schema, schema_names};
use std::process::ExitCode;

/// Prints the JSON Schema of a command's `--format json`, or lists the commands that have one.
///
/// `merestone schema description` prints that of the syntax tree in the answers of `describe` and `parse`.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone schema
  merestone schema borders > borders.schema.json
  merestone schema description > description.schema.json")]
pub struct Schema {
    /// The command
    command: Option<String>,
}

impl Schema {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        let text = match &self.command {
            None => schema_names().join("\n") + "\n",
            Some(name) => schema(name).ok_or_else(|| unknown(name))?,
        };
        print(text.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(name: &str) -> CliError {
    let names: Vec<String> = schema_names().iter().map(|known| (*known).to_owned()).collect();
    let meant = nearest(name, &names).map_or(String::new(), |known| format!("did you mean `{known}`? "));
    let message = format!("no command \"{name}\" answers in JSON");
    CliError::usage(message, format!("{meant}Those that do are: {}", names.join(", ")))
}
