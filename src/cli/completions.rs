//! `merestone completions`

use super::common::print;
use super::error::CliError;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::process::ExitCode;

/// Prints the completions of commands and options for a shell.
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
