//! `merestone map`

use super::band::{Stated, band};
use super::builtin;
use super::common::{print, tell};
use super::decide::{millimetres, sigmas};
use super::error::CliError;
use super::home;
use super::levels;
use super::overrides::Overrides;
use super::picture::Picture;
use super::plate;
use super::plate_input::PlateInput;
use super::progress;
use clap::Args;
use merestone::inputs::{as_layers, plain_spec};
use merestone::io::{Dataset, Filter, Found, ReadOptions, Reference, Selected, joined};
use merestone::map::{
    LintCode, LintFinding, MapError, Plate, PlateOptions, PlateSpec, ProjectionKind, ProjectionSpec,
    cut_where_views_part, draw, lint, profile,
};
use merestone::model::{Content, Layer, LayerInfo, Route, Territory, bounds_of};
use merestone::question::{self, DecideOptions, RouteOptions};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Draws a plate: to scale, with its legend, graticule, sources and disclaimer, as SVG, PNG or PDF.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone map overview -o overview.pdf
  merestone map syunik-routes -o syunik.png --dpi 300 --lang hy,az --alternat ARM
  merestone map --layer provinces.geojson -o provinces.svg
  merestone map --layer provinces.geojson --layer road.geojson:role=route -o road.svg --title 'The road'
  merestone map tavush --band --source-scale 100000 -o tavush.svg
  merestone map --print-spec overview > plate.toml
  merestone map plate.toml -o plate.svg -o plate.png")]
pub struct Map {
    /// A preset (--list names them) or a specification in TOML
    #[arg(value_name = "PRESET|SPEC.toml", required_unless_present_any = ["layer", "print_spec", "list", "profile"])]
    plate: Option<String>,
    /// Draw this REF without a specification (repeatable, lowest first); REF:role=route where its data do not say what its
    /// lines are (territory, line, route, place, mark, water, river, proposal)
    #[arg(long, value_name = "REF", conflicts_with = "plate")]
    layer: Vec<String>,
    /// Write FILE.svg, FILE.png or FILE.pdf (repeatable)
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
    /// Resolution of PNGs in dots per inch
    #[arg(long, default_value_t = 300.0)]
    dpi: f64,
    /// Languages of the names, one above the other in alphabetical order [default: as the plate says]
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    lang: Vec<String>,
    /// Put this party first throughout, on a plate that is one of two originals: the code of a party of the specification or
    /// of the dataset
    #[arg(long, value_name = "PARTY")]
    alternat: Option<String>,
    /// Projection, in place of that of the specification or of what the extent asks for: lambert,
    /// azimuthal-equal-area, transverse-mercator, utm, gauss-kruger, equal-earth, web-mercator
    #[arg(long, value_name = "KIND", value_parser = projection)]
    projection: Option<ProjectionKind>,
    /// Keep the text of SVGs as text, with its fonts (WOFF2) within the file, in place of outlines
    #[arg(long)]
    live_text: bool,
    /// Print a preset as a specification to start from
    #[arg(long, value_name = "PRESET")]
    print_spec: Option<String>,
    /// Draw the profile strip of this route instead of a map: its territories and crossings by chainage
    #[arg(long, value_name = "REF", conflicts_with_all = ["plate", "layer"])]
    profile: Option<String>,
    /// Territories of the profile (repeatable: several files are one layer) [default: states of the dataset, where the
    /// route lies within their bounds]
    #[arg(long, value_name = "REF", requires = "profile")]
    territories: Vec<String>,
    /// Only say what the plate lacks; exit code 1 if that would stop it
    #[arg(long)]
    lint: bool,
    /// Let this finding pass; the plate says so (repeatable)
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<LintCode>,
    /// Draw around lines the band in which their accuracy (1 sigma) does not tell; --band=METRES is the accuracy of what the data
    /// state none of. The legend says how wide it is and why
    #[arg(long, value_name = "METRES", num_args = 0..=1, require_equals = true, default_missing_value = "stated", value_parser = band)]
    band: Option<Stated>,
    /// Scale of the map that the lines are from, for the band: 100000 for 1:100 000
    #[arg(long, value_name = "DENOMINATOR", value_parser = clap::value_parser!(u32).range(100..=100_000_000), requires = "band")]
    source_scale: Option<u32>,
    /// Width of the line drawn on that map
    #[arg(long, value_name = "MM", value_parser = millimetres, requires = "source_scale")]
    line_width: Option<f64>,
    /// Draw the band so many sigmas wide on both sides
    #[arg(long, value_name = "K", value_parser = sigmas, default_value = "1", requires = "band")]
    sigmas: f64,
    /// List the presets
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    input: PlateInput,
}

pub(super) fn code(word: &str) -> Result<LintCode, String> {
    let words = || LintCode::ALL.map(LintCode::word).join(", ");
    LintCode::from_word(word).ok_or_else(|| format!("findings are: {}", words()))
}

fn count(layers: &[Layer]) -> usize {
    layers.iter().map(|layer| layer.content.metas().len()).sum()
}

fn projection(word: &str) -> Result<ProjectionKind, String> {
    let words = || ProjectionKind::ALL.map(|(_, word)| word).join(", ");
    ProjectionKind::from_word(word).ok_or_else(|| format!("projections are: {}", words()))
}

impl Map {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        if self.list {
            print(builtin::presets().iter().map(|(name, _)| format!("{name}\n")).collect::<String>().as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(name) = &self.print_spec {
            print(builtin::preset_text(name).ok_or_else(|| plate::unknown_preset(name))?.as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        if !self.lint {
            self.check_outputs()?;
        }
        progress::begin(self.input.quiet, false);
        let dataset = self.input.dataset()?;
        if let Some(reference) = &self.profile {
            let plate = self.strip(reference, &dataset)?;
            return self.write(&plate);
        }
        let options = self.input.options();
        let (mut spec, mut layers) = self.read(&dataset, &options, self.input.quiet)?;
        if self.input.datum.perspective.view.is_some() {
            // Plates of all views have one frame and the same dashes, so that they can be laid one upon the other.
            let day = self.input.datum.perspective.on_the_day();
            let whole = dataset.clone().selected_by(day.clone());
            let mut options = options.clone();
            options.filter = day;
            let (_, all) = self.read(&whole, &options, true)?;
            if self.plate.is_none() && count(&all) != count(&layers) {
                spec.frame.extent = bounds_of(all.iter().filter_map(|layer| layer.input.bounds));
            }
            cut_where_views_part(&mut layers, &all);
        }
        plate::without_younger_texts(&mut spec, &options);
        self.overrides.check(&layers)?;
        self.overrides.apply(&mut spec);
        if let Some(kind) = self.projection {
            spec.projection = ProjectionSpec { kind, ..ProjectionSpec::default() };
        }
        let routes = plate::reports(&spec, &layers, &dataset, &self.input.options())?;
        let (languages, allow) = (self.lang.clone(), self.allow.clone());
        let (parties, alternat) = (plate::parties(&layers, &dataset), self.alternat.clone());
        let mut options = PlateOptions::default();
        options.world = builtin::world();
        options.languages = languages;
        options.parties = parties;
        self.input.datum.perspective.state(&mut options);
        options.alternat = alternat;
        options.allow = allow;
        options.routes = routes;
        options.accuracy = self.band.map(|Stated(given)| {
            let mut band = DecideOptions::default();
            (band.accuracy_m, band.sigmas) = (given, self.sigmas);
            (band.scale, band.line_width_mm) = (self.source_scale, self.line_width);
            band
        });
        let folder = self.plate.as_ref().and_then(|plate| Path::new(plate).parent());
        options.relief = plate::relief(&spec, folder, &dataset, &self.input.options())?;
        if self.lint {
            return self.print_findings(&spec, &layers, &options);
        }
        progress::stage("drawing");
        let plate = draw(&spec, &layers, &options).map_err(|error| self.told(error))?;
        if !self.input.quiet {
            plate.findings.iter().for_each(|finding| tell("warning", &finding.to_string()));
        }
        if !self.input.quiet && !plate.unplaced.is_empty() {
            tell("note", &format!("no room for the names of {}", plate.unplaced.join(", ")));
        }
        if !self.input.quiet && !plate.left_out.is_empty() {
            tell("note", &format!("no room on this paper for {}", plate.left_out.join(", ")));
        }
        self.write(&plate)
    }

    fn read(&self, dataset: &Dataset, options: &ReadOptions, quiet: bool) -> Result<(PlateSpec, Vec<Layer>), CliError> {
        match &self.plate {
            Some(plate) => plate::specified(plate, dataset, options, quiet),
            None => self.bare(dataset, options, quiet),
        }
    }

    fn write(&self, plate: &Plate) -> Result<ExitCode, CliError> {
        progress::begin(self.input.quiet, false);
        progress::stage("writing");
        let picture = Picture { dpi: self.dpi, live_text: self.live_text };
        picture.write_all(plate, &self.output)?;
        progress::end();
        Ok(ExitCode::SUCCESS)
    }

    /// The profile of a route through the states.
    fn strip(&self, reference: &str, dataset: &Dataset) -> Result<Plate, CliError> {
        let options = self.input.options();
        let routes = dataset.select::<Route>(&Reference::parse(reference), &options)?;
        let states = self.territories(dataset, &routes)?;
        let answer = question::route(&routes.features[0], &states.features, &RouteOptions::default());
        let noticed: Vec<_> = routes.warnings.iter().cloned().chain(answer.warnings).collect();
        let found = |label, contents, input, info| Found { label, contents, input, info, warnings: Vec::new() };
        let mut layers =
            as_layers(found(states.label, vec![Content::Territories(states.features)], states.input, states.info), 0);
        layers.extend(as_layers(
            found(routes.label, vec![Content::Routes(routes.features)], routes.input, routes.info),
            1,
        ));
        let layers = plate::together(layers, &noticed, self.input.quiet)?;
        let (languages, parties) = (self.lang.clone(), plate::parties(&layers, dataset));
        let mut options = PlateOptions::default();
        options.world = builtin::world();
        (options.languages, options.parties) = (languages, parties);
        self.input.datum.perspective.state(&mut options);
        Ok(profile(&answer.report, &layers, &options)?)
    }

    /// The territories along a profile.
    fn territories(&self, dataset: &Dataset, routes: &Selected<Route>) -> Result<Selected<Territory>, CliError> {
        if self.territories.is_empty() {
            let states = dataset.select::<Territory>(&Reference::parse(home::STATES), &ReadOptions::default())?;
            if routes.info.is_none() {
                home::refuse_beyond(&routes.label, &routes.features, &states, self.input.datum.axes.is_some())?;
            }
            return Ok(states);
        }
        let references = self.territories.iter().flat_map(|reference| Reference::list(reference));
        let layers = references.map(|reference| dataset.select(&Reference::parse(&reference), &self.input.options()));
        let layers = layers.collect::<Result<Vec<_>, _>>()?;
        let none = || CliError::usage("no territories are named", "name them: --territories FILE");
        let all = joined(layers).ok_or_else(none)?;
        let filters = self.territories.iter().flat_map(|all| Reference::list(all));
        let filters: Vec<Filter> = filters.filter_map(|one| Reference::parse(&one).filter()).collect();
        let filters: Vec<&Filter> = filters.iter().collect();
        levels::refuse(&all.label, all.features.iter().map(|t| &t.meta), &filters, levels::by_reference)?;
        Ok(all)
    }

    fn print_findings(&self, spec: &PlateSpec, layers: &[Layer], options: &PlateOptions) -> Result<ExitCode, CliError> {
        let mut findings = lint(spec, layers, options)?;
        // Findings on texts require their positions, so the plate is drawn whatever its other findings.
        let mut whatever = options.clone();
        whatever.allow = LintCode::ALL.to_vec();
        findings.extend(draw(spec, layers, &whatever).map(|plate| plate.findings).unwrap_or_default());
        let line = |f: &LintFinding| format!("{} {f}\n", if f.is_error { "error" } else { "warning" });
        print(findings.iter().map(line).collect::<String>().as_bytes())?;
        let stops = findings.iter().any(|f| f.is_error && !self.allow.contains(&f.code));
        Ok(if stops { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    /// Adds a hint to the error of a plate drawn from the command line alone.
    fn told(&self, error: MapError) -> CliError {
        let MapError::AmbiguousLine { file, .. } = &error else { return error.into() };
        let of_file = |reference: &&String| reference.as_str() == file || Path::new(reference.as_str()).ends_with(file);
        match self.layer.iter().find(of_file) {
            Some(reference) => {
                let hint = format!("say what it is: --layer {reference}:role=route, or role=line for a boundary");
                CliError::usage(error.to_string(), hint)
            }
            None => error.into(),
        }
    }

    fn check_outputs(&self) -> Result<(), CliError> {
        if self.output.is_empty() {
            return Err(CliError::usage("no file to draw to", "add -o FILE.svg, FILE.png or FILE.pdf"));
        }
        self.output.iter().try_for_each(|path| Picture::check(path))
    }

    /// A plate of the referenced features: extent, scale, projection and hues follow from the data.
    fn bare(&self, dataset: &Dataset, options: &ReadOptions, quiet: bool) -> Result<(PlateSpec, Vec<Layer>), CliError> {
        let (mut layers, mut noticed, mut roles): (Vec<Layer>, Vec<_>, Vec<_>) = Default::default();
        for reference in &self.layer {
            let (found, role) = plate::bare(reference, dataset, options)?;
            noticed.extend(found.warnings.iter().cloned());
            let taken = layers.len();
            let mut own = as_layers(found, taken);
            noticed.extend(own.iter_mut().filter_map(|layer| plate::without_younger(layer, options)));
            let own = own.into_iter();
            roles.extend(own.clone().map(|_| role));
            layers.extend(own.map(|layer| match role {
                Some(role) => Layer { info: LayerInfo { role, ..layer.info }, ..layer },
                None => layer,
            }));
        }
        let layers = plate::together(layers, &noticed, quiet)?;
        // For a file its name only: its folder does not belong in a title.
        let named = |r: &String| {
            let r = plate::with_role(r).map_or(r.as_str(), |(reference, _)| reference);
            let name = Path::new(r).file_name().filter(|_| Path::new(r).exists());
            name.map_or_else(|| r.to_owned(), |name| name.to_string_lossy().into_owned())
        };
        let title = self.layer.iter().map(named).collect::<Vec<_>>().join(", ");
        let spec = plain_spec(title, &layers, &roles, builtin::world().is_some());
        Ok((spec, layers))
    }
}
