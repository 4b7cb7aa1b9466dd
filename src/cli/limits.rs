//! Limits of reading: size and nesting of inputs, permitted files and hosts.

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

/// Stack size of a thread that reads the deepest permitted JSON: 16 KiB per level.
const STACK_BYTES: usize = 16 << 20;

/// Real data are far below the default; above the upper limit the stack would overflow.
fn levels() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(i64::from(Limits::DEFAULT.max_depth)..=1000)
}

impl LimitArgs {
    /// Converts to the library's type. Threads of rayon's pool get a stack large enough for deep nesting.
    pub fn limits(&self) -> Limits {
        if self.max_depth > Limits::DEFAULT.max_depth {
            // Readers recurse on threads of the pool, whose default stack is only large enough for the default depth. A
            // pool that already runs is unchanged.
            let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build_global();
        }
        Limits {
            max_gib: self.max_size,
            max_depth: self.max_depth,
            outside: self.allow_outside,
            network: self.allow_network,
        }
    }

    /// The dataset of references without a file name, opened within these limits, with its files read according to
    /// `datum`.
    pub fn dataset(&self, folder: Option<&Path>, datum: &Datum) -> Result<Dataset, CliError> {
        // Before the threads of the pool start.
        let limits = self.limits();
        let filter = datum.perspective.filter();
        let Some(folder) = folder else { return Ok(builtin::dataset().selected_by(filter)) };
        let dataset = Dataset::open_within(folder, limits)?.selected_by(filter);
        Ok(dataset.by_operation(datum.operation.clone().unwrap_or_default(), datum.allow_ballpark))
    }
}
