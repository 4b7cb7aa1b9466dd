//! `merestone info`

use super::common::Common;
use super::error::CliError;
use super::levels;
use clap::Args;
use merestone::io::{Dataset, HeightsError, ReadError, Reference};
use merestone::model::{
    Accuracy, Answer, Content, EdgeModel, Edges, Input, LayerInfo, Provenance, Sources, Warning, WarningCode,
};
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

/// A report and its sources.
type InfoAnswer = (InfoReport, Sources);

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
        let (report, sources) = if self.references.is_empty() { self.layers(&dataset)? } else { self.all(&dataset)? };
        let mut provenance = Provenance::default();
        provenance.edges = EdgeModel::Kind(self.common.edges.map(Edges::from).unwrap_or_default());
        provenance.area_error = true;
        self.common.emit(&report::envelope(Answer::new(report, provenance, Vec::new()).of_sources(sources)))?;
        Ok(ExitCode::SUCCESS)
    }

    fn layers(&self, dataset: &Dataset) -> Result<InfoAnswer, CliError> {
        let (mut layers, mut warnings) = (Vec::new(), Vec::new());
        for info in dataset.layers() {
            let (layer, more) = dataset.layer(&info.id, self.common.edges.map(Edges::from))?;
            layers.push(layer);
            warnings.extend(more);
        }
        let title = format!("{} ({} {})", dataset.title(), dataset.id(), dataset.version());
        // The accuracy of each layer is in its row.
        let mut report = info_dataset(&title, &layers).report;
        let mut files: Vec<Input> = layers.into_iter().map(|layer| layer.input).collect();
        for info in dataset.reliefs() {
            let (row, file) = relief(dataset, info)?;
            report.layers.push(row);
            files.push(file);
        }
        Ok((report, Sources::new(files).with_warnings(warnings)))
    }

    /// The features of all references, with a row for each reference.
    fn all(&self, dataset: &Dataset) -> Result<InfoAnswer, CliError> {
        let (mut report, mut sources) = (InfoReport::default(), Sources::default());
        for reference in self.references.iter().flat_map(|reference| Reference::list(reference)) {
            if let Some(info) = dataset.reliefs().iter().find(|info| info.id == reference) {
                let (row, file) = relief(dataset, info)?;
                report.layers.push(row);
                sources.inputs.push(file);
                continue;
            }
            let (one, of_one) = self.features(dataset, &reference)?;
            report.layers.extend(one.layers);
            report.features.extend(one.features);
            sources.inputs.extend(of_one.inputs);
            sources.warnings.extend(of_one.warnings);
            let stated_m = [sources.position_accuracy_m, of_one.position_accuracy_m];
            sources.position_accuracy_m = stated_m.into_iter().flatten().reduce(f64::max);
        }
        Ok((report, sources))
    }

    fn features(&self, dataset: &Dataset, reference: &str) -> Result<InfoAnswer, ReadError> {
        let options = self.common.options_of(None, reference);
        let reference = Reference::parse(reference);
        if let Some(passed) = dataset.pass_as_drawn(&reference, &options, |content| self.rows(&content)) {
            let mut features = Vec::with_capacity(passed.features.len());
            let mut stated_m: Option<f64> = None;
            for (id, rows) in passed.features {
                stated_m = rows.iter().filter_map(|row| row.position_accuracy_m).chain(stated_m).reduce(f64::max);
                features.extend(rows.into_iter().map(|row| FeatureInfo { id: id.clone(), ..row }));
            }
            let warnings = passed.warnings.into_iter().chain(levels_of(&passed.label, &features));
            let sources = Sources::new([passed.input]).with_warnings(warnings).accurate_to(stated_m);
            return Ok((InfoReport::of_features(passed.label, None, features), sources));
        }
        let found = dataset.select_as_drawn(&reference, &options)?;
        let features: Vec<FeatureInfo> = found.contents.iter().flat_map(|content| self.rows(content)).collect();
        let levels = levels_of(&found.label, &features);
        let stated_m = Accuracy::stated_m(found.contents.iter().flat_map(Content::metas));
        let report = InfoReport::of_features(found.label, found.info.as_ref(), features);
        let mut found_warnings = found.warnings;
        if report.features.is_empty() {
            let message = format!("{}: no feature with coordinates is read", found.input.path);
            found_warnings.push(Warning { code: WarningCode::NoGeometry, message, feature: None });
        }
        found_warnings.extend(levels);
        Ok((report, Sources::new([found.input]).with_warnings(found_warnings).accurate_to(stated_m)))
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
