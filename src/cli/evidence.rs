//! `merestone evidence`

use super::common::Common;
use super::error::CliError;
use super::hints::Hint;
use super::levels;
use clap::Args;
use merestone::io::{Dataset, Found, Problem, ReadError, Reference};
use merestone::model::{Content, Line, Sources, Warning, WarningCode};
use merestone::question::{FieldMap, FieldMapError};
use merestone::{question, report};
use std::collections::HashSet;
use std::process::ExitCode;

/// What does a line rest on: kilometres by source, status, accuracy and date?
///
/// A stretch's own properties count, else its layer's. Stretches without a source are listed, and those that the data
/// mark as disputed or to be repaired (`disputed`, `fixme`). OpenStreetMap extracts are read with all their tags.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone evidence lines
  merestone evidence lines --between ARM,AZE
  merestone evidence armenia.osm.gz --shared azerbaijan.osm.gz
  merestone evidence survey.geojson --format csv")]
pub struct Evidence {
    /// Lines to ask about
    #[arg(value_name = "LINE", default_value = "lines")]
    lines: String,
    /// Only lines that these hold too, by id: in OpenStreetMap extracts of two states, their common border
    #[arg(long, value_name = "REF")]
    shared: Option<String>,
    /// Only lines with these two territories on their sides
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1)]
    between: Vec<String>,
    /// Properties that say what a line rests on, where the file has other names for them: natural-earth, lsib, osm, or
    /// WHAT=FIELD,… where WHAT is one of status, left, right, source, date, accuracy; none: only the program's own
    /// [default: natural-earth or lsib where the fields of a file are theirs, else none]
    #[arg(long, value_name = "PRESET|WHAT=FIELD,…", value_parser = fields)]
    map_field: Vec<FieldMap>,
    #[command(flatten)]
    common: Common,
}

fn fields(text: &str) -> Result<FieldMap, String> {
    text.parse().map_err(|error: FieldMapError| format!("{error}\nhint: {}", error.hint()))
}

impl Evidence {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut found = self.found(&dataset, &self.lines)?;
        let mut files = vec![found.input.clone()];
        if let Some(reference) = &self.shared {
            let other = self.found(&dataset, reference)?;
            let ids: HashSet<String> = other.contents.iter().flat_map(ids).collect();
            found.contents.iter_mut().for_each(|content| retain(content, &|id| ids.contains(id)));
            files.push(other.input);
        }
        let map = self.fields(&mut found);
        match self.between.as_slice() {
            [] => {}
            [a, b] if a != b => {
                found.contents.retain(|content| matches!(content, Content::Lines(_)));
                for content in &mut found.contents {
                    if let Content::Lines(lines) = content {
                        lines.retain(|line| map.is_between(line, a, b));
                    }
                }
            }
            _ => {
                let hint = "write them as --between A,B";
                return Err(CliError::usage("--between takes two different territories", hint));
            }
        }
        if found.contents.iter().all(|content| content.courses().is_empty()) {
            return Err(ReadError::new(found.label, Problem::Nothing("such lines")).into());
        }
        let sources = Sources::new(files).with_warnings(found.warnings).of_layer(found.info.as_ref());
        let answer = question::evidence(&found.contents, &map).of_sources(sources);
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }

    /// The requested fields, else those of the preset detected from the lines, with a note.
    fn fields(&self, found: &mut Found) -> FieldMap {
        if let Some((first, rest)) = self.map_field.split_first() {
            let map = rest.iter().fold(first.clone(), |map, more| map.and(more.clone()));
            for (target, fields) in map.missing(&found.contents) {
                let message = format!("{}: no line says its {target}: none has {fields}", found.label);
                found.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
            }
            return map;
        }
        let Some((preset, map)) = FieldMap::known(&found.contents).filter(|_| found.info.is_none()) else {
            return FieldMap::default();
        };
        let message = format!(
            "{}: read as {preset} has it: {} (--map-field none: only properties of the program's own names)",
            found.label,
            map.words()
        );
        found.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        map
    }

    /// The lines of a file, else the features named by the reference.
    fn found(&self, dataset: &Dataset, text: &str) -> Result<Found, CliError> {
        let reference = Reference::parse(text);
        let options = self.common.options_of(None, text);
        if reference.is_file() {
            match dataset.select::<Line>(&reference, &options) {
                Ok(s) => {
                    let contents = vec![Content::Lines(s.features)];
                    let (label, input, info, warnings) = (s.label, s.input, s.info, s.warnings);
                    return Ok(Found { label, contents, input, info, warnings });
                }
                // For polygons or mixed features, the outlines count too.
                Err(ReadError { problem: Problem::WrongShape { .. }, .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let found = dataset.select_any(&reference, &options)?;
        levels::refuse_in(&found.label, &found.contents, text, self.common.filter.as_ref())?;
        Ok(found)
    }
}

fn ids(content: &Content) -> Vec<String> {
    content.courses().into_iter().map(|(meta, _)| meta.id.clone()).collect()
}

fn retain(content: &mut Content, keep: &dyn Fn(&str) -> bool) {
    match content {
        Content::Lines(all) => all.retain(|f| keep(&f.meta.id)),
        Content::Routes(all) => all.retain(|f| keep(&f.meta.id)),
        Content::Territories(all) => all.retain(|f| keep(&f.meta.id)),
        Content::Places(all) => all.retain(|f| keep(&f.meta.id)),
        Content::Pieces(all) => all.retain(|f| keep(&f.meta.id)),
    }
}
