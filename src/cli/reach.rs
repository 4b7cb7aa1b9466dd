//! What the program may reach: how large an input, which files, which hosts.

use clap::Args;
use merestone::io::Reach;
use std::path::Path;

use super::error::CliError;
use merestone::io::Dataset;

/// Options that let the program reach farther than it does of itself.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
pub struct ReachArgs {
    /// Read inputs, unpacked, of up to so many GiB
    #[arg(long, value_name = "GIB", default_value_t = Reach::DEFAULT.max_gib, hide_default_value = false)]
    pub max_size: u32,
    /// Let manifests and specifications name files outside their folder
    #[arg(long)]
    pub allow_outside: bool,
    /// Let GDAL use its network file systems, and drivers that fetch or follow other files
    #[arg(long)]
    pub allow_network: bool,
}

impl ReachArgs {
    /// Makes these limits hold.
    pub fn apply(&self) {
        Reach { max_gib: self.max_size, outside: self.allow_outside, network: self.allow_network }.set();
    }

    /// The dataset that references without a file name, opened within these limits.
    pub fn dataset(&self, folder: Option<&Path>) -> Result<Dataset, CliError> {
        self.apply();
        Ok(match folder {
            Some(folder) => Dataset::open(folder)?,
            None => Dataset::embedded(),
        })
    }
}
