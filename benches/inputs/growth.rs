//! Log-log plot of cost against size: rows `job,vertices,seconds` on standard input, `growth OUT.svg`.

use plotters::prelude::*;
use std::collections::BTreeMap;
use std::io::BufRead;

const COLORS: [RGBColor; 4] =
    [RGBColor(0x1f, 0x6f, 0xa8), RGBColor(0xb3, 0x4a, 0x1f), RGBColor(0x2f, 0x7d, 0x4a), RGBColor(0x6b, 0x4a, 0x9c)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let output = std::env::args().nth(1).ok_or("give OUT.svg")?;
    let font = dejavu::sans_condensed::regular();
    plotters::style::register_font("sans-serif", FontStyle::Normal, font).map_err(|_| "the font does not load")?;
    let mut jobs: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let [job, vertices, seconds] = line.split(',').collect::<Vec<_>>()[..] else { continue };
        jobs.entry(job.to_owned()).or_default().push((vertices.parse()?, seconds.parse()?));
    }
    let all = || jobs.values().flatten();
    let ends = |of: fn(&(f64, f64)) -> f64| {
        (all().map(of).fold(f64::INFINITY, f64::min) * 0.7, all().map(of).fold(0.0, f64::max) * 1.4)
    };
    let ((left, right), (low, high)) = (ends(|p| p.0), ends(|p| p.1));
    let root = SVGBackend::new(&output, (720, 440)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d((left..right).log_scale(), (low..high).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("vertices")
        .y_desc("seconds")
        .x_label_formatter(&|v| format!("{:.0e}", v))
        .y_label_formatter(&|v| format!("{v}"))
        .light_line_style(WHITE)
        .draw()?;
    for ((job, points), color) in jobs.iter().zip(COLORS.iter().cycle()) {
        let line = LineSeries::new(points.iter().copied(), color.stroke_width(2));
        chart.draw_series(line)?.label(job.clone()).legend(|(x, y)| PathElement::new([(x, y), (x + 18, y)], *color));
        chart.draw_series(points.iter().map(|p| Circle::new(*p, 3, color.filled())))?;
    }
    // A reference line of slope 1 through the first point.
    if let Some((x, y)) = jobs.values().flatten().copied().reduce(|a, b| if a.0 <= b.0 { a } else { b }) {
        let reach = (right / x).min(high / y);
        let grey = RGBColor(0x99, 0x99, 0x99);
        let line = DashedLineSeries::new([(x, y), (x * reach, y * reach)], 4, 4, grey.stroke_width(1));
        chart.draw_series(line)?.label("linear").legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], grey));
    }
    chart.configure_series_labels().position(SeriesLabelPosition::UpperLeft).border_style(BLACK.mix(0.3)).draw()?;
    root.present()?;
    Ok(())
}
