//! The preset plates of the embedded dataset.

use crate::map::PlateSpec;

/// The embedded specifications by name. To add one, add a file to `maps/` and a line here.
const PRESETS: [(&str, &str); 7] = [
    ("overview", include_str!("../../maps/overview.toml")),
    ("syunik-routes", include_str!("../../maps/syunik-routes.toml")),
    ("enclaves", include_str!("../../maps/enclaves.toml")),
    ("tavush", include_str!("../../maps/tavush.toml")),
    ("soviet-1988", include_str!("../../maps/soviet-1988.toml")),
    ("illustration-a", include_str!("../../maps/illustration-a.toml")),
    ("illustration-b", include_str!("../../maps/illustration-b.toml")),
];

/// Names of version 0.1, to be removed in the version after the next.
const FORMER: [(&str, &str); 2] = [("enclaves-as-held", "illustration-a"), ("enclaves-restored", "illustration-b")];

impl PlateSpec {
    /// The embedded specification with this name.
    pub fn preset(name: &str) -> Option<Self> {
        let text = Self::preset_text(name)?;
        Some(Self::parse(text, name).expect("presets are specifications: a test parses each"))
    }

    /// The TOML text of a preset, to start a specification from.
    pub fn preset_text(name: &str) -> Option<&'static str> {
        let name = FORMER.iter().find(|(former, _)| *former == name).map_or(name, |(_, now)| *now);
        PRESETS.iter().find(|(id, _)| *id == name).map(|(_, text)| *text)
    }

    /// The names of the presets.
    pub fn preset_names() -> Vec<&'static str> {
        PRESETS.iter().map(|(id, _)| *id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_specification() {
        for name in PlateSpec::preset_names() {
            let spec = PlateSpec::preset(name).expect("listed");
            assert_eq!(spec.id, name);
            assert!(!spec.layers.is_empty(), "{name}");
        }
        for (former, now) in FORMER {
            assert_eq!(PlateSpec::preset(former), PlateSpec::preset(now));
        }
    }
}
