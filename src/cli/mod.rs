//! The command line: the only place that knows clap. It sees the library's public API only.
//!
//! To add a command, write its file here, with its arguments and a `run`, and add a line to [`Command`] and to [`run`].

#[cfg(feature = "plates")]
mod album;
mod answer;
mod audit;
mod axes;
mod band;
mod borders;
mod builtin;
mod catalogue;
mod check;
mod common;
mod compare;
mod completions;
mod convert;
mod corridor;
mod datum;
mod decide;
#[cfg(all(feature = "plates", feature = "dataset"))]
mod demo;
#[cfg(feature = "plates")]
mod describe;
mod diff;
#[cfg(feature = "plates")]
mod diff_plate;
#[cfg(feature = "plates")]
mod dossier;
mod enclaves;
mod error;
mod evidence;
mod hints;
mod home;
mod id_field;
mod info;
mod ledger;
mod levels;
mod limits;
mod man;
#[cfg(feature = "plates")]
mod map;
mod marks;
#[cfg(feature = "plates")]
mod overrides;
mod parse;
mod perspective;
#[cfg(feature = "plates")]
mod picture;
#[cfg(feature = "plates")]
mod plate;
#[cfg(feature = "plates")]
mod plate_input;
mod progress;
mod resolve;
mod route;
mod schema;
mod seal;
mod severance;
mod sheets;
mod status;
#[cfg(feature = "plates")]
mod surroundings;
mod trace;
mod usage;

use clap::{Parser, Subcommand};
use error::CliError;
use std::process::ExitCode;

/// Land borders: lengths, enclaves, routes, shared lines and plates, with every number's method stated.
///
/// Works on the embedded dataset and on any file of GeoJSON, TopoJSON, Esri JSON, CSV or a format of OGR, packed or not.
/// A REF names features: `id`, `layer`, `layer/id`, `file.geojson`, `file.geojson#id`, `file.gpkg#layer/id`, or
/// `-` for standard input.
#[derive(Parser)]
#[command(name = "merestone", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 it ran and the answer is \"no\"; 2 bad usage, or input that cannot serve."
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[cfg(all(feature = "plates", feature = "dataset"))]
    Demo(demo::Demo),
    Info(info::Info),
    Route(route::Route),
    Enclaves(enclaves::Enclaves),
    Borders(borders::Borders),
    Compare(compare::Compare),
    Diff(diff::Diff),
    Ledger(ledger::Ledger),
    Severance(severance::Severance),
    Decide(decide::Decide),
    Trace(trace::Trace),
    Corridor(corridor::Corridor),
    Evidence(evidence::Evidence),
    Status(status::Status),
    Catalogue(catalogue::Catalogue),
    #[cfg(feature = "plates")]
    Describe(describe::Describe),
    Parse(parse::Parse),
    Audit(audit::Audit),
    Resolve(resolve::Resolve),
    Marks(marks::Marks),
    Sheets(sheets::Sheets),
    Check(check::Check),
    Convert(convert::Convert),
    #[cfg(feature = "plates")]
    Map(map::Map),
    #[cfg(feature = "plates")]
    Album(album::AlbumCommand),
    #[cfg(feature = "plates")]
    Dossier(dossier::DossierCommand),
    Seal(seal::Seal),
    Schema(schema::Schema),
    Man(man::Man),
    Completions(completions::Completions),
}

/// Parses the arguments, runs the command and reports errors.
pub fn main() -> ExitCode {
    // For a completion request of a shell, nothing else is done.
    completions::answer_shell::<Arguments>();
    #[cfg(feature = "gdal")]
    merestone::io::silence_gdal();
    match Arguments::try_parse_from(usage::words_with_positions()).map(run) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            common::tell("error", &error.to_string());
            common::tell("hint", &error.hint());
            ExitCode::from(2)
        }
        Err(error) => usage::say::<Arguments>(&error),
    }
}

/// Runs a command; called by `main`, and by tests that measure resources.
pub fn run(arguments: Arguments) -> Result<ExitCode, CliError> {
    match arguments.command {
        #[cfg(all(feature = "plates", feature = "dataset"))]
        Command::Demo(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Route(command) => command.run(),
        Command::Enclaves(command) => command.run(),
        Command::Borders(command) => command.run(),
        Command::Compare(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Ledger(command) => command.run(),
        Command::Severance(command) => command.run(),
        Command::Decide(command) => command.run(),
        Command::Trace(command) => command.run(),
        Command::Corridor(command) => command.run(),
        Command::Evidence(command) => command.run(),
        Command::Status(command) => command.run(),
        Command::Catalogue(command) => command.run(),
        #[cfg(feature = "plates")]
        Command::Describe(command) => command.run(),
        Command::Parse(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Resolve(command) => command.run(),
        Command::Marks(command) => command.run(),
        Command::Sheets(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Convert(command) => command.run(),
        #[cfg(feature = "plates")]
        Command::Map(command) => command.run(),
        #[cfg(feature = "plates")]
        Command::Album(command) => command.run(),
        #[cfg(feature = "plates")]
        Command::Dossier(command) => command.run(),
        Command::Seal(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Man(command) => command.run::<Arguments>(),
        Command::Completions(command) => command.run::<Arguments>(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
