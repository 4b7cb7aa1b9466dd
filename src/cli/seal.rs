//! `merestone seal`

mod fault;
mod gather;
mod make;
mod rebuild;
mod sandbox;
mod sign;

use super::answer::warn_of_kinds;
use super::answer::{AnswerArgs, Format};
use super::common::tell;
use super::error::CliError;
use super::progress;
use clap::Args;
pub use fault::SealFault;
use merestone::document::seal::{Bundle, SealAction, SealReport};
use merestone::io::{ArchiveLimits, read_archive};
use merestone::model::{Answer, Input, Provenance, Sources, Warning};
use merestone::report;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One bundle with one hash that parties sign: data, plates, papers, and the commands that make them again.
///
/// The files of the folder are kept byte for byte in a zip archive that is the same wherever it is made. Its manifest.json
/// lists the SHA-256 of each file (of GeoJSON also that of its canonical form) and the command lines; the SHA-256 of
/// manifest.json is the hash of the whole. Files whose names begin with a dot are left out; a private key is refused.
///
/// Command lines stand in the folder's commands.txt, one a line, `#` before remarks, or behind --command. They run when
/// the bundle is made, in a temporary folder: what they write is an output, all else is data. An output that stands in the
/// folder must be what its command makes.
///
/// --sign writes a signature beside the bundle (Ed25519, in the format of OpenSSH; key by `ssh-keygen -t ed25519`). --verify
/// tests the files and the signatures BUNDLE.*.sig. --rebuild makes every output again and compares, byte for byte; of the
/// commands in a bundle, only this program's own run, on files of the bundle.
///
/// Exit code 1 where a file has changed, a signature does not hold, or an output is not made again.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone seal talks -o talks.zip
  merestone seal talks -o talks.zip --command \"borders land.geojson -o borders.csv\"
  merestone seal --sign north.key talks.zip
  merestone seal --verify talks.zip --allowed-signers signers --signed-by north,south
  merestone seal --rebuild talks.zip")]
pub struct Seal {
    /// The folder to seal, or the bundle to sign, verify or rebuild [default: the embedded dataset]
    #[arg(value_name = "FOLDER|BUNDLE")]
    subject: Option<PathBuf>,
    /// The bundle to write (.zip); with --sign, the signature; else the answer
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A command line that makes an output, without `merestone` (repeatable)
    #[arg(long = "command", value_name = "LINE", conflicts_with_all = ["sign", "verify", "rebuild"])]
    commands: Vec<String>,
    /// Sign the bundle with this private key
    #[arg(long, value_name = "KEY", requires = "subject", conflicts_with_all = ["verify", "rebuild"])]
    sign: Option<PathBuf>,
    /// Say what has changed in the bundle, and whose signatures hold
    #[arg(long, requires = "subject", conflicts_with = "rebuild")]
    verify: bool,
    /// Make every output of the bundle again and compare
    #[arg(long, requires = "subject")]
    rebuild: bool,
    /// Signers and their keys, as `ssh-keygen` has them: a line `NAME ssh-ed25519 AAAA…` for each
    #[arg(long, value_name = "FILE", requires = "verify")]
    allowed_signers: Option<PathBuf>,
    /// Signers of whom a signature must hold
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', requires = "allowed_signers")]
    signed_by: Vec<String>,
    /// The day on which keys limited in time must be valid
    #[arg(long, value_name = "YYYYMMDD", requires = "allowed_signers")]
    at: Option<String>,
    /// A signature that does not stand beside the bundle (repeatable)
    #[arg(long, value_name = "FILE", requires = "verify")]
    signature: Vec<PathBuf>,
    /// How to print the answer [default: by the ending of --output, else table]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Print at most N rows of each table
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Accept bundles of up to so many GiB, unpacked
    #[arg(long, hide_short_help = true, value_name = "GIB", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    max_size: u32,
    /// End a command that runs longer
    #[arg(long, hide_short_help = true, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
    /// No warnings and no progress on standard error
    #[arg(short, long)]
    quiet: bool,
}

/// An opened bundle.
struct Opened {
    path: PathBuf,
    bundle: Bundle,
    input: Input,
}

impl Seal {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        progress::begin(self.quiet, false);
        match (&self.sign, self.verify, self.rebuild) {
            (Some(key), ..) => self.sign(key),
            (_, true, _) => self.verify(),
            (.., true) => self.rebuild(),
            _ => self.make(),
        }
    }

    fn archive_limits(&self) -> ArchiveLimits {
        let mut limits = ArchiveLimits::default();
        limits.max_bytes = u64::from(self.max_size) << 30;
        limits
    }

    /// Opens the bundle on the command line.
    fn open(&self) -> Result<Opened, CliError> {
        let path = self.subject.clone().unwrap_or_default();
        let shown = path.display().to_string();
        progress::stage(format!("reading {shown}"));
        let limits = self.archive_limits();
        let bytes = gather::file(&path, limits.max_bytes + (64 << 20))?;
        let files = read_archive(&bytes, &limits).map_err(|error| SealFault::Archive { path: shown.clone(), error })?;
        let bundle = Bundle::open(files.into_iter().map(|file| (file.path, file.bytes)))
            .map_err(|error| SealFault::Bundle { path: shown.clone(), error })?;
        let mut input = Input::new(shown, merestone::document::seal::sha256_hex(&bytes));
        input.features = bundle.contents.len();
        Ok(Opened { path, bundle, input })
    }

    /// Refuses a bundle of which a file has changed, after saying which.
    fn refuse_changed(&self, opened: &Opened, action: SealAction) -> Result<Option<ExitCode>, CliError> {
        let report = SealReport::new(action, &opened.bundle.manifest, opened.bundle.files());
        if report.holds {
            return Ok(None);
        }
        self.say(report, vec![opened.input.clone()], Vec::new(), self.answer_file())?;
        tell("error", &format!("{}: a file is not as sealed", opened.path.display()));
        tell("hint", "merestone seal --verify BUNDLE lists the files");
        Ok(Some(ExitCode::from(1)))
    }

    /// The file of the answer, where the output is not something else.
    fn answer_file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|_| self.verify || self.rebuild)
    }

    fn answer(&self, output: Option<&Path>) -> AnswerArgs {
        AnswerArgs {
            format: self.format,
            json: self.json,
            output: output.map(Path::to_owned),
            style: Vec::new(),
            limit: self.limit,
        }
    }

    /// Prints a report.
    fn say(
        &self,
        report: SealReport,
        inputs: Vec<Input>,
        warnings: Vec<Warning>,
        output: Option<&Path>,
    ) -> Result<(), CliError> {
        let answer = Answer::new(report, Provenance::of_bytes(), warnings);
        let answer = report::envelope(answer.of_sources(Sources::new(inputs)));
        self.answer(output).write(&answer)?;
        if !self.quiet {
            warn_of_kinds(&answer.warnings);
        }
        Ok(())
    }
}
