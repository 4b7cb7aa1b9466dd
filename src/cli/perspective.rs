//! Selection by time and by party.

use clap::Args;
use merestone::io::{Day, Filter, View};
#[cfg(feature = "plates")]
use merestone::map::PlateOptions;

/// Options that select features and layers by when they are valid, and by who asserts them.
#[derive(Args)]
#[command(next_help_heading = "Input and output")]
pub struct Perspective {
    /// Take what is valid on a day, or on the last day of a year: 2024-05-15, 1988 (properties valid_from, valid_to); of the
    /// dataset, the edition of that day
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Take what a party asserts, accepts, or does not dispute, by its code; or, neutral, what nobody disputes and no party
    /// alone asserts (properties asserted_by, accepted_by, disputed_by)
    #[arg(long, hide_short_help = true, value_name = "PARTY|neutral", value_parser = view)]
    pub view: Option<View>,
}

impl Perspective {
    /// The selection, for files and the dataset.
    pub fn filter(&self) -> Filter {
        let view = self.view.clone().map(Filter::seen_by).unwrap_or_default();
        self.on_the_day().and(&view)
    }

    /// The selection by time alone.
    pub fn on_the_day(&self) -> Filter {
        self.as_of.map(Filter::valid_on).unwrap_or_default()
    }
}

#[cfg(feature = "plates")]
impl Perspective {
    /// Makes a plate state the selection.
    pub fn state(&self, options: &mut PlateOptions) {
        options.as_of = self.as_of.map(|day| day.to_string());
        options.view = self.view.as_ref().map(|view| view.name().to_owned());
    }
}

fn day(text: &str) -> Result<Day, String> {
    Day::last_of(text).ok_or_else(|| {
        "give a day or a year of the calendar\nhint: --as-of 2024-05-15, or --as-of 1988 for its last day".into()
    })
}

fn view(text: &str) -> Result<View, String> {
    View::of(text).ok_or_else(|| "give the code of a party, or neutral".into())
}
