//! `merestone info`

use super::common::{Common, accuracy, area_error, inputs};
use super::error::CliError;
use super::levels;
use clap::Args;
use merestone::earth::EARTH;
use merestone::io::{Dataset, HeightsError, ReadError, Reference};
use merestone::model::{Accuracy, Content, Edges, Input, LayerInfo, MethodNote, Warning, WarningCode};
use merestone::question::{FeatureInfo, InfoReport, LayerSummary, info_dataset, info_features, info_heights};
use merestone::report;
use std::process::ExitCode;

/// What does a dataset or file hold: layers, features, bounds, sources, accuracy?
#[derive(Args)]
#[command(after_help = "Examples:
  merestone info
  merestone info routes
  merestone info provinces/syunik
  merestone info countries.geojson")]
pub struct Info {
    /// Layers, features or files; without them, the layers of the dataset
    #[arg(value_name = "REF")]
    references: Vec<String>,
    #[command(flatten)]
    common: Common,
}

/// A report, its input files, its warnings, and the accuracy of its positions.
type Answer = (InfoReport, Vec<Input>, Vec<Warning>, Accuracy);

impl Info {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        if self.references.is_empty() && dataset.layers().is_empty() {
            return Err(CliError::usage(
                "no file is named",
                "name files, or the folder of a dataset with --dataset DIR",
            ));
        }
        let (answer, files, warnings, accuracy) =
            if self.references.is_empty() { self.layers(&dataset)? } else { self.all(&dataset)? };
        let method = MethodNote {
            earth: EARTH.to_owned(),
            edges: self.common.edges.map(Edges::from).unwrap_or_default().word().to_owned(),
            territories: None,
            tolerance_m: None,
            datum_operation: "none: read as WGS 84".to_owned(),
            area_error: area_error(&accuracy),
            uncertain: None,
            accuracy,
            ..MethodNote::default()
        };
        self.common.emit(&report::envelope(answer, inputs(files), method, warnings))?;
        Ok(ExitCode::SUCCESS)
    }

    fn layers(&self, dataset: &Dataset) -> Result<Answer, CliError> {
        let (mut layers, mut warnings) = (Vec::new(), Vec::new());
        for info in dataset.layers() {
            let (layer, more) = dataset.layer(&info.id, self.common.edges.map(Edges::from))?;
            layers.push(layer);
            warnings.extend(more);
        }
        let title = format!("{} ({} {})", dataset.title(), dataset.id(), dataset.version());
        // The accuracy of each layer is in its row.
        let accuracy = accuracy([]);
        let mut report = info_dataset(title, &layers);
        let mut files: Vec<Input> = layers.into_iter().map(|layer| layer.input).collect();
        for info in dataset.reliefs() {
            let (row, file) = relief(dataset, info)?;
            report.layers.push(row);
            files.push(file);
        }
        Ok((report, files, warnings, accuracy))
    }

    /// The features of all references, with a row for each reference.
    fn all(&self, dataset: &Dataset) -> Result<Answer, CliError> {
        let (mut report, mut files, mut warnings) = (InfoReport::default(), Vec::new(), Vec::new());
        let mut stated_m: Option<f64> = None;
        for reference in self.references.iter().flat_map(|reference| Reference::list(reference)) {
            if let Some(info) = dataset.reliefs().iter().find(|info| info.id == reference) {
                let (row, file) = relief(dataset, info)?;
                report.layers.push(row);
                files.push(file);
                continue;
            }
            let (one, inputs, more, accuracy) = self.features(dataset, &reference)?;
            report.layers.extend(one.layers);
            report.features.extend(one.features);
            files.extend(inputs);
            warnings.extend(more);
            stated_m = [stated_m, accuracy.source_m].into_iter().flatten().reduce(f64::max);
        }
        Ok((report, files, warnings, Accuracy::of(stated_m, None)))
    }

    fn features(&self, dataset: &Dataset, reference: &str) -> Result<Answer, ReadError> {
        let options = self.common.options_of(None, reference);
        let reference = Reference::parse(reference);
        if let Some(passed) = dataset.pass_as_drawn(&reference, &options, |content| self.rows(&content)) {
            let mut features = Vec::with_capacity(passed.features.len());
            let mut stated_m: Option<f64> = None;
            for (id, rows) in passed.features {
                stated_m = rows.iter().filter_map(|row| row.position_accuracy_m).chain(stated_m).reduce(f64::max);
                features.extend(rows.into_iter().map(|row| FeatureInfo { id: id.clone(), ..row }));
            }
            let warnings = passed.warnings.into_iter().chain(levels_of(&passed.label, &features)).collect();
            let report = InfoReport::of_features(passed.label, None, features);
            return Ok((report, vec![passed.input], warnings, Accuracy::of(stated_m, None)));
        }
        let found = dataset.select_as_drawn(&reference, &options)?;
        let features: Vec<FeatureInfo> = found.contents.iter().flat_map(|content| self.rows(content)).collect();
        let levels = levels_of(&found.label, &features);
        let accuracy = accuracy(found.contents.iter().flat_map(Content::metas));
        let report = InfoReport::of_features(found.label, found.info.as_ref(), features);
        let mut found_warnings = found.warnings;
        if report.features.is_empty() {
            let message = format!("{}: no feature with coordinates is read", found.input.path);
            found_warnings.push(Warning { code: WarningCode::NoGeometry, message, feature: None });
        }
        found_warnings.extend(levels);
        Ok((report, vec![found.input], found_warnings, accuracy))
    }

    fn rows(&self, content: &Content) -> Vec<FeatureInfo> {
        info_features(content, &self.common.lang)
    }
}

/// States that the features of a file are of several administrative levels.
fn levels_of(label: &str, features: &[FeatureInfo]) -> Option<Warning> {
    levels::stated_of_levels(label, features.iter().filter_map(|row| Some(("level", row.level.clone()?))))
}

/// The row of a layer of heights, and its file.
fn relief(dataset: &Dataset, info: &LayerInfo) -> Result<(LayerSummary, Input), HeightsError> {
    let heights = dataset.heights_of(info, None)?;
    let (columns, rows) = heights.size();
    Ok((info_heights(info.id.clone(), info, columns * rows, heights.bounds()), heights.input().clone()))
}
