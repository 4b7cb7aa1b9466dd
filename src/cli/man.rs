//! `merestone man`

use super::common::print;
use super::error::CliError;
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;
use merestone::io::{WriteError, write_file};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes the manual pages: `merestone.1` and one page for each command.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone man man1
  merestone man > merestone.1")]
pub struct Man {
    /// Folder to write into, made where it does not exist; without it the first page goes to standard output
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    pub fn run<A: CommandFactory>(&self) -> Result<ExitCode, CliError> {
        let mut program = A::command();
        program.build();
        let Some(folder) = &self.folder else {
            print(&page(program, Path::new("merestone.1"))?)?;
            return Ok(ExitCode::SUCCESS);
        };
        let wrong = |cause| WriteError { path: folder.display().to_string(), cause };
        std::fs::create_dir_all(folder).map_err(wrong)?;
        let commands: Vec<Command> = program.get_subcommands().filter(|c| c.get_name() != "help").cloned().collect();
        for command in std::iter::once(program).chain(commands) {
            let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
            let path = folder.join(format!("{name}.1"));
            write_file(&path, &page(command, &path)?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn page(command: Command, path: &Path) -> Result<Vec<u8>, CliError> {
    let mut text = Vec::new();
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    // Without a date: the same program writes the same bytes.
    Page::new(command).date("").render(&mut text).map_err(wrong)?;
    Ok(text)
}
