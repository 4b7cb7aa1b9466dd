//! `merestone status`

use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
#[cfg(feature = "plates")]
use super::picture::{self, Picture};
use clap::Args;
use merestone::io::read_rows;
#[cfg(feature = "plates")]
use merestone::map::{ChartNotes, status_chart};
#[cfg(feature = "plates")]
use merestone::model::LayerInfo;
use merestone::model::{Line, Status as LineStatus};
use merestone::question::{self, StatusLog, StatusOptions};
use merestone::report;
use std::process::ExitCode;

/// How many kilometres of a line have which status, meeting by meeting?
///
/// A log gives stretches of lines their status: date, section (the id of a line, `id/N` for its Nth run), status, and as
/// needed from_m and to_m (or from_km and to_km, or from_lon, from_lat, to_lon, to_lat), meeting, source, km as published.
/// A later row replaces an earlier one on its stretch. Measured and published lengths stand side by side.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone status line.geojson --log meetings.csv
  merestone status line.geojson --log meetings.csv --initial undefined --format csv
  merestone status line.geojson --log meetings.csv -o stretches.geojson
  merestone status line.geojson --log meetings.csv -o status.svg")]
pub struct Status {
    /// Lines: a layer, a line of it, or a file
    #[arg(value_name = "LINES")]
    lines: String,
    /// The log, a table with a heading (CSV, or separated by semicolons, tabs or bars)
    #[arg(long, value_name = "FILE")]
    log: String,
    /// Status of all lines before the log [default: what the lines themselves state]
    #[arg(long, value_name = "STATUS", value_parser = word)]
    initial: Option<LineStatus>,
    /// Positions of the log may lie so far from their line
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    snap: f64,
    #[command(flatten)]
    common: Common,
}

fn word(word: &str) -> Result<LineStatus, String> {
    let words = || LineStatus::ALL.map(LineStatus::word).join(", ");
    LineStatus::from_word(word).ok_or_else(|| format!("statuses are: {}", words()))
}

impl Status {
    #[cfg_attr(not(feature = "plates"), expect(unused_mut))]
    pub fn run(mut self) -> Result<ExitCode, CliError> {
        #[cfg(feature = "plates")]
        let chart = picture::taken_from(&mut self.common.answer)?;
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let lines = gathered.select::<Line>(&self.common, &dataset, &self.lines)?;
        let rows = read_rows(&self.log, None, self.common.limits.limits())?;
        gathered.files.push(rows.input.clone());
        let log = StatusLog::of(rows)?;
        let mut options = StatusOptions::default();
        options.initial = self.initial;
        options.snap_m = self.snap;
        let answer = question::status(&lines.features, &log, &options)?;
        let answer = answer.of_sources(gathered.sources().of_layer(lines.info.as_ref()));
        #[cfg(feature = "plates")]
        if let Some(path) = chart {
            let sources: Vec<LayerInfo> = lines.info.into_iter().collect();
            let language = self.common.lang.first().map_or("en", String::as_str);
            let provenance = &answer.provenance;
            let notes = ChartNotes { sources: &sources, inputs: &provenance.inputs, provenance, language };
            Picture { dpi: 200.0, live_text: false }.write(&status_chart(&answer.report, &notes)?, &path)?;
        }
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }
}
