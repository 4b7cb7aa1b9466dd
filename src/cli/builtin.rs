//! Embedded data: the dataset and its presets, if the build includes them.

use merestone::io::Dataset;
#[cfg(feature = "plates")]
use merestone::map::PlateSpec;

/// The dataset of references without a file name; empty in a build without embedded data.
pub fn dataset() -> Dataset {
    #[cfg(feature = "dataset")]
    {
        Dataset::embedded()
    }
    #[cfg(not(feature = "dataset"))]
    {
        Dataset::empty()
    }
}

/// The presets by name, with their TOML texts.
#[cfg(all(feature = "plates", feature = "dataset"))]
pub fn presets() -> Vec<(&'static str, &'static str)> {
    let names = PlateSpec::preset_names().into_iter();
    names.filter_map(|name| Some((name, PlateSpec::preset_text(name)?))).collect()
}

/// A build without the dataset has no presets.
#[cfg(all(feature = "plates", not(feature = "dataset")))]
pub fn presets() -> Vec<(&'static str, &'static str)> {
    Vec::new()
}

/// The TOML text of a preset.
#[cfg(feature = "plates")]
pub fn preset_text(name: &str) -> Option<&'static str> {
    #[cfg(feature = "dataset")]
    {
        PlateSpec::preset_text(name)
    }
    #[cfg(not(feature = "dataset"))]
    {
        let _ = name;
        None
    }
}

/// The specification of a preset.
#[cfg(feature = "plates")]
pub fn preset(name: &str) -> Option<PlateSpec> {
    PlateSpec::parse(preset_text(name)?, name).ok()
}

/// The land of the world; none in a build without embedded data.
#[cfg(feature = "plates")]
pub fn world() -> Option<merestone::map::WorldOutline> {
    #[cfg(feature = "dataset")]
    {
        Some(merestone::map::WorldOutline::embedded())
    }
    #[cfg(not(feature = "dataset"))]
    {
        None
    }
}

/// The files of the embedded dataset by their names; none in a build without it.
pub fn files() -> Vec<(String, &'static [u8])> {
    #[cfg(feature = "dataset")]
    {
        Dataset::embedded_files()
    }
    #[cfg(not(feature = "dataset"))]
    {
        Vec::new()
    }
}
