//! How the features of plates are read: options of `map` and `album`.

use super::common::EdgesArg;
use super::datum::Datum;
use super::error::CliError;
use super::limits::LimitArgs;
use clap::Args;
use merestone::io::{Dataset, ReadOptions};
use merestone::model::Edges;
use std::path::PathBuf;

#[derive(Args)]
pub struct PlateInput {
    /// A folder with dataset.toml, in place of the embedded dataset
    #[arg(long, value_name = "DIR")]
    dataset: Option<PathBuf>,
    /// How edges run between positions [default: as the data say, else lonlat]
    #[arg(long, value_enum)]
    edges: Option<EdgesArg>,
    /// Property that identifies the features of a file
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// Leave out features that are invalid, with a warning, rather than refuse their file
    #[arg(long)]
    skip_invalid: bool,
    /// No warnings and no progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
    #[command(flatten)]
    pub datum: Datum,
}

impl PlateInput {
    pub fn dataset(&self) -> Result<Dataset, CliError> {
        self.limits.dataset(self.dataset.as_deref(), &self.datum)
    }

    pub fn options(&self) -> ReadOptions {
        let mut options = ReadOptions::default();
        options.edges = self.edges.map(Edges::from);
        options.id_field = self.id_field.clone();
        options.frame = self.datum.frame();
        options.skip_invalid = self.skip_invalid;
        options.filter = self.datum.perspective.filter();
        options.limits = self.limits.limits();
        options
    }
}
