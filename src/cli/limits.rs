//! Limits of reading: how large an input and how deep, which files, which hosts.

use clap::Args;
use merestone::io::Limits;
use std::path::Path;

use super::builtin;
use super::datum::Datum;
use super::error::CliError;
use merestone::io::Dataset;

/// Options that allow more than the program does by default.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitArgs {
    /// Read inputs, unpacked, of up to so many GiB
    #[arg(long, hide_short_help = true, value_name = "GIB", default_value_t = Limits::DEFAULT.max_gib, hide_default_value = false)]
    pub max_size: u32,
    /// Read JSON nested up to so many levels, 127 to 1000
    #[arg(long, hide_short_help = true, value_name = "LEVELS", default_value_t = Limits::DEFAULT.max_depth, value_parser = levels())]
    pub max_depth: u32,
    /// Let manifests and specifications name files outside their folder
    #[arg(long, hide_short_help = true)]
    pub allow_outside: bool,
    /// Let GDAL use its network file systems, and drivers that fetch or follow other files
    #[arg(long, hide_short_help = true)]
    pub allow_network: bool,
}

/// Stack of a thread that reads JSON nested as deep as can be asked for: 16 KiB a level.
const STACK_BYTES: usize = 16 << 20;

/// No data come near the default; beyond the last the stack would not hold.
fn levels() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(i64::from(Limits::DEFAULT.max_depth)..=1000)
}

impl LimitArgs {
    /// The library's word for them. Threads of rayon's pool get the stack that deep nesting needs.
    pub fn limits(&self) -> Limits {
        if self.max_depth > Limits::DEFAULT.max_depth {
            // Readers recurse on threads of the pool, whose own stack is made for the default. A pool that runs already
            // stays as it is.
            let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build_global();
        }
        Limits {
            max_gib: self.max_size,
            max_depth: self.max_depth,
            outside: self.allow_outside,
            network: self.allow_network,
        }
    }

    /// The dataset of references without a file name, opened within these limits, its files taken as `datum` says.
    pub fn dataset(&self, folder: Option<&Path>, datum: &Datum) -> Result<Dataset, CliError> {
        // Before the threads of the pool run.
        let limits = self.limits();
        let Some(folder) = folder else { return Ok(builtin::dataset()) };
        let dataset = Dataset::open_within(folder, limits)?;
        Ok(dataset.by_operation(datum.operation.clone().unwrap_or_default(), datum.allow_ballpark))
    }
}
