//! `merestone demo`

use super::builtin;
use super::common::print;
use super::dossier::as_published;
use super::error::CliError;
use super::{plate, progress};
use clap::Args;
use merestone::earth::EARTH;
use merestone::io::{Dataset, ReadOptions, Reference, Selected, Shape, check_target, write_file};
use merestone::map::{PlateOptions, PlateSpec, draw};
use merestone::model::{Answer, Route, Territory};
use merestone::question::{self, BorderOptions, EnclaveOptions, EnclaveReport, PartKind, RouteOptions, RouteReport};
use merestone::report::{DossierPlate, Rendering, TableOptions, csv, dossier, envelope, geojson, markdown};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The tour on the embedded dataset: route lengths through Syunik, the enclaves, the borders, and plates, into a folder.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone demo
  merestone demo --output tour --dpi 200")]
pub struct Demo {
    /// Folder to write into; made where it does not exist
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    output: PathBuf,
    /// Resolution of the PNG plates in dots per inch
    #[arg(long, default_value_t = 150.0)]
    dpi: f64,
}

/// Plates of the tour.
const PLATES: [&str; 2] = ["overview", "syunik-routes"];
/// The page of the tour.
const DOSSIER: &str = "dossier.html";

impl Demo {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        std::fs::create_dir_all(&self.output)
            .map_err(|cause| merestone::io::WriteError { path: self.output.display().to_string(), cause })?;
        check_target(&self.output.join("routes.md"))?;
        progress::begin(false, false);
        let mut tour = Tour {
            folder: &self.output,
            dataset: Dataset::embedded(),
            summary: String::new(),
            files: Vec::new(),
            plates: Vec::new(),
        };
        progress::stage("routes");
        tour.routes()?;
        progress::stage("enclaves");
        tour.enclaves()?;
        progress::stage("borders");
        tour.borders()?;
        for name in PLATES {
            progress::stage(format!("plate {name}"));
            tour.plate(name, self.dpi)?;
        }
        progress::stage("dossier");
        tour.dossier()?;
        print(tour.told().as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// State of the tour.
struct Tour<'a> {
    folder: &'a Path,
    dataset: Dataset,
    summary: String,
    files: Vec<String>,
    plates: Vec<DossierPlate>,
}

impl Tour<'_> {
    fn select<T: Shape>(&self, name: &str) -> Result<Selected<T>, CliError> {
        Ok(self.dataset.select(&Reference::parse(name), &ReadOptions::default())?)
    }

    fn routes(&mut self) -> Result<(), CliError> {
        let routes: Selected<Route> = self.select("routes")?;
        let mut provinces: Selected<Territory> = self.select("provinces")?;
        let states: Selected<Territory> = self.select("states")?;
        provinces.keep(["syunik"].into_iter())?;
        let label = format!("{}: syunik", provinces.label);
        let through = question::routes(&routes.features, &provinces.features, &RouteOptions::default());
        self.say_routes(&through.report);
        let through = as_published(through, Some(&label), vec![routes.input.clone(), provinces.input]);
        self.write("routes-through-syunik", through)?;
        let by_state = question::routes(&routes.features, &states.features, &RouteOptions::default());
        self.write("routes-by-state", as_published(by_state, Some("states"), vec![routes.input, states.input]))
    }

    fn say_routes(&mut self, reports: &[RouteReport]) {
        self.say("Routes through Syunik (lengths along waypoints are indicative):");
        for report in reports.iter().filter(|report| !report.parts.is_empty()) {
            let km: f64 = report.parts.iter().map(|part| part.length_m / 1000.0).sum();
            let published = report
                .published_length_km
                .as_ref()
                .map_or(String::new(), |p| format!(", published as a whole: {p} km"));
            let total_km = report.length_m / 1000.0;
            self.say(&format!("  {:<24}{km:>8.1} km of {total_km:.1} km{published}", report.route));
        }
    }

    fn enclaves(&mut self) -> Result<(), CliError> {
        let states: Selected<Territory> = self.select("states")?;
        let (routes, named): (Selected<Route>, Selected<Territory>) =
            (self.select("routes")?, self.select("enclaves")?);
        let units: Selected<Territory> = self.select("provinces")?;
        let files = [states.input, routes.input, named.input, units.input];
        let mut options = EnclaveOptions::default();
        options.routes = routes.features;
        options.named = named.features;
        options.units = units.features;
        options.languages = vec!["en".into()];
        let answer = question::enclaves(&states.features, &options);
        self.say_enclaves(&answer.report);
        self.write("enclaves", as_published(answer, Some("states"), files.to_vec()))
    }

    fn say_enclaves(&mut self, report: &EnclaveReport) {
        self.say("\nEnclaves and exclaves:");
        for row in report
            .rows
            .iter()
            .filter(|row| matches!(row.kind, PartKind::Enclave | PartKind::Exclave) && !row.incomplete)
        {
            let name = row.name.clone().unwrap_or_else(|| format!("part {}", row.part));
            let place = match &row.enclave_in {
                Some(host) => format!("enclave in {host}"),
                None => format!("exclave, borders {}", row.neighbours.join(", ")),
            };
            self.say(&format!("  {} {name:<34}{:>9.2} km²  {place}", row.territory, row.area_km2));
        }
    }

    fn borders(&mut self) -> Result<(), CliError> {
        let states: Selected<Territory> = self.select("states")?;
        let answer = question::borders(&states.features, &BorderOptions::default());
        let report = &answer.report;
        self.say("\nBorders of Armenia and Azerbaijan (with the rings of enclaves / without):");
        for row in report.rows.iter().filter(|row| [&row.a, &row.b].iter().any(|id| *id == "ARM" || *id == "AZE")) {
            let open_m: f64 = row.components.iter().filter(|c| !c.ring).map(|c| c.length_m).sum();
            let pieces: usize = row.components.iter().filter(|c| !c.ring && c.lines > 1).map(|c| c.lines).sum();
            let in_pieces =
                if pieces > 0 { format!(" (the sides coincide in {pieces} pieces only)") } else { String::new() };
            let (all_km, open_km) = (row.length_m / 1000.0, open_m / 1000.0);
            self.say(&format!("  {}–{}  {all_km:>7.1} / {open_km:.1} km{in_pieces}", row.a, row.b));
        }
        self.write("borders", as_published(answer, Some("states"), vec![states.input]))
    }

    fn plate(&mut self, name: &str, dpi: f64) -> Result<(), CliError> {
        let unknown = || CliError::usage(format!("there is no preset \"{name}\""), "merestone map --list names them");
        let spec = PlateSpec::preset(name).ok_or_else(unknown)?;
        let layers = plate::layers(&spec, None, &self.dataset, &ReadOptions::default(), true)?;
        let routes = plate::reports(&spec, &layers, &self.dataset, &ReadOptions::default())?;
        let parties = self.dataset.parties().to_vec();
        let mut options = PlateOptions::default();
        options.world = builtin::world();
        (options.routes, options.parties) = (routes, parties);
        options.relief = plate::relief(&spec, None, &self.dataset, &ReadOptions::default())?;
        let plate = draw(&spec, &layers, &options)?;
        let title = spec.title.get("en").cloned().unwrap_or_else(|| name.to_owned());
        self.plates.push(DossierPlate::new(title, plate.svg()));
        self.put(&format!("{name}.svg"), plate.svg().as_bytes())?;
        self.put(&format!("{name}.png"), &plate.png(dpi)?)?;
        self.put(&format!("{name}.pdf"), &plate.pdf()?)
    }

    /// The tour's results on one page.
    fn dossier(&mut self) -> Result<(), CliError> {
        let mut contents = super::dossier::of_dataset(&self.dataset, None, &[])?;
        contents.plates = std::mem::take(&mut self.plates);
        self.put(DOSSIER, dossier(&contents).as_bytes())
    }

    fn write<R: Rendering>(&mut self, name: &str, answer: Answer<R>) -> Result<(), CliError> {
        let answer = envelope(answer);
        self.put(&format!("{name}.md"), markdown(&answer, &TableOptions::default()).as_bytes())?;
        self.put(&format!("{name}.csv"), csv(&answer).as_bytes())?;
        self.put(&format!("{name}.geojson"), geojson(&answer).as_bytes())
    }

    fn put(&mut self, file: &str, bytes: &[u8]) -> Result<(), CliError> {
        write_file(&self.folder.join(file), bytes)?;
        self.files.push(self.folder.join(file).display().to_string());
        Ok(())
    }

    fn say(&mut self, line: &str) {
        writeln!(self.summary, "{line}").expect("a String takes everything");
    }

    fn told(&self) -> String {
        let page = self.folder.join(DOSSIER);
        let (files, page) = (self.files.join("\n  "), page.display());
        format!(
            "{}\nWritten:\n  {files}\n\n{EARTH}.\nOpen {page} in a browser: everything is on that page.\n",
            self.summary
        )
    }
}
