//! The sheet: a plate as SVG in millimetres, written from positions in micrometres.

use super::style::{Align, Rgb, Stroke, Text};
use crate::map::paper::{Bounds, MM, clip_line, clip_ring};
use crate::model::sanitize;
use geo::Coord;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

/// SVG under construction. Lines and areas are clipped to [`Sheet::clip_to`] before they are written.
pub(crate) struct Sheet {
    pub(super) svg: String,
    pub(super) size_um: (u32, u32),
    clip: Option<Bounds>,
    open_groups: usize,
    /// The last id assigned, on this sheet or a part of it.
    last_id: Rc<Cell<usize>>,
    /// Group names used on this sheet or a part of it, with their counts.
    names: Rc<RefCell<BTreeMap<String, usize>>>,
    halos: bool,
    /// Factor of all positions and sizes of type; widths of lines and dashes are as stated.
    enlarged: f64,
}

const FAMILIES: [&str; 2] =
    ["'DejaVu Sans','Noto Sans','Noto Sans Armenian',Verdana,sans-serif", "'DejaVu Serif','Noto Serif',Georgia,serif"];

impl Sheet {
    pub(crate) fn new(width_mm: f64, height_mm: f64, title: &str, description: &str) -> Self {
        Self::enlarged(width_mm, height_mm, 1.0, title, description)
    }

    /// A sheet that is composed at `1 / enlarged` of its size, given in millimetres of paper.
    pub(super) fn enlarged(width_mm: f64, height_mm: f64, enlarged: f64, title: &str, description: &str) -> Self {
        let mut svg = String::with_capacity(1 << 20);
        put(
            &mut svg,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" viewBox=\"0 0 {width_mm} {height_mm}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n",
                escaped(title),
                escaped(description)
            ),
        );
        let composed_um = |mm: f64| (mm / enlarged * MM).round() as u32;
        Sheet {
            svg,
            size_um: (composed_um(width_mm), composed_um(height_mm)),
            clip: None,
            open_groups: 1,
            last_id: Rc::default(),
            names: Rc::default(),
            halos: true,
            enlarged,
        }
    }

    /// An empty part of the sheet.
    pub(super) fn part(&self) -> Self {
        Sheet {
            svg: String::new(),
            size_um: self.size_um,
            clip: None,
            open_groups: 0,
            last_id: Rc::clone(&self.last_id),
            names: Rc::clone(&self.names),
            halos: self.halos,
            enlarged: self.enlarged,
        }
    }

    /// Sets the window to which lines and areas (not text, not marks) are clipped.
    pub(crate) fn clip_to(&mut self, clip: Option<Bounds>) {
        self.clip = clip;
    }

    /// Opens a group with a name; repeated names get a number.
    pub(crate) fn open(&mut self, id: &str) {
        let mut names = self.names.borrow_mut();
        let count = names.entry(id.to_owned()).or_insert(0);
        *count += 1;
        let own = if *count == 1 { escaped(id) } else { format!("{}-{count}", escaped(id)) };
        drop(names);
        put(&mut self.svg, format_args!("<g id=\"{own}\">\n"));
        self.open_groups += 1;
    }

    /// Opens a group with the name of its legend symbol.
    pub(crate) fn open_symbol(&mut self, symbol: &str) {
        put(&mut self.svg, format_args!("<g class=\"{}\">\n", escaped(symbol)));
        self.open_groups += 1;
    }

    pub(crate) fn close(&mut self) {
        self.svg.push_str("</g>\n");
        self.open_groups -= 1;
    }

    /// Opens a group clipped to a rectangle by the SVG reader, for marks and wide strokes at the frame.
    pub(crate) fn open_window(&mut self, window: &Bounds) {
        let id = self.id();
        put(&mut self.svg, format_args!("<clipPath id=\"c{id}\"><path d=\""));
        path(&mut self.svg, &window.ring(), true, self.enlarged);
        put(&mut self.svg, format_args!("\"/></clipPath>\n<g clip-path=\"url(#c{id})\">\n"));
        self.open_groups += 1;
    }

    /// Opens a group clipped to the even-odd interior of rings; `false` (and no group) if the window contains nothing
    /// of it.
    pub(crate) fn open_inside(&mut self, rings: &[Vec<Coord>]) -> bool {
        let id = self.id();
        let start = self.svg.len();
        put(&mut self.svg, format_args!("<clipPath id=\"c{id}\"><path clip-rule=\"evenodd\" d=\""));
        if !self.rings(rings) {
            self.svg.truncate(start);
            return false;
        }
        put(&mut self.svg, format_args!("\"/></clipPath>\n<g clip-path=\"url(#c{id})\">\n"));
        self.open_groups += 1;
        true
    }

    /// Fills rings by the even-odd rule, so that holes remain open; returns whether the window contains any of them.
    pub(crate) fn fill(&mut self, rings: &[Vec<Coord>], color: Rgb) -> bool {
        self.area(rings, &format!("fill=\"#{color:06x}\""))
    }

    /// As [`Sheet::fill`], with a hairline of the same colour that hides seams between neighbours.
    pub(crate) fn fill_with_seam(&mut self, rings: &[Vec<Coord>], color: Rgb) -> bool {
        self.area(rings, &format!("fill=\"#{color:06x}\" stroke=\"#{color:06x}\" stroke-width=\".1\""))
    }

    pub(crate) fn fill_translucent(&mut self, rings: &[Vec<Coord>], color: Rgb, opacity: f64) -> bool {
        self.area(rings, &format!("fill=\"#{color:06x}\" fill-opacity=\"{opacity}\""))
    }

    fn area(&mut self, rings: &[Vec<Coord>], attributes: &str) -> bool {
        let start = self.svg.len();
        self.svg.push_str("<path fill-rule=\"evenodd\" d=\"");
        if !self.rings(rings) {
            self.svg.truncate(start);
            return false;
        }
        put(&mut self.svg, format_args!("\" {attributes}/>\n"));
        true
    }

    /// Strokes lines; returns whether the window contains any of them.
    pub(crate) fn stroke(&mut self, lines: &[Vec<Coord>], stroke: &Stroke) -> bool {
        let start = self.svg.len();
        self.svg.push_str("<path d=\"");
        let empty = self.svg.len();
        for line in lines {
            match self.clip {
                Some(clip) => {
                    clip_line(line, &clip).iter().for_each(|piece| path(&mut self.svg, piece, false, self.enlarged))
                }
                None => path(&mut self.svg, line, false, self.enlarged),
            }
        }
        if self.svg.len() == empty {
            self.svg.truncate(start);
            return false;
        }
        self.svg.push('"');
        self.stroke_attributes(stroke);
        self.svg.push_str("/>\n");
        true
    }

    pub(crate) fn circle(&mut self, centre: Coord, radius_mm: f64, fill: Option<Rgb>, stroke: Option<&Stroke>) {
        self.svg.push_str("<circle cx=\"");
        number(&mut self.svg, um(centre.x * self.enlarged));
        self.svg.push_str("\" cy=\"");
        number(&mut self.svg, um(centre.y * self.enlarged));
        put(&mut self.svg, format_args!("\" r=\"{}\"", rounded(radius_mm * self.enlarged)));
        if let Some(fill) = fill {
            put(&mut self.svg, format_args!(" fill=\"#{fill:06x}\""));
        }
        if let Some(stroke) = stroke {
            self.stroke_attributes(stroke);
        }
        self.svg.push_str("/>\n");
    }

    /// Writes a text with its baseline through `at`, rotated clockwise by `angle_deg` about that point.
    ///
    /// The halo is the outline of the shaped glyphs, stroked behind: there is one live text, so that copying yields it
    /// once.
    pub(crate) fn text(&mut self, at: Coord, text: &Text, align: Align, angle_deg: f64) {
        if text.text.is_empty() {
            return;
        }
        let angle = angle_deg.to_radians();
        let back = text.width_mm() * align.share() * MM;
        let start = Coord { x: at.x - back * angle.cos(), y: at.y - back * angle.sin() } * self.enlarged;
        let size_mm = rounded(text.size_mm * self.enlarged);
        let spacing_mm = text.spacing_mm * self.enlarged;
        let turn = if angle_deg == 0.0 { String::new() } else { format!(" rotate({})", rounded(angle_deg)) };
        if let (true, Some((color, width_mm))) = (self.halos, text.halo) {
            let unit = text.face.unit_mm(size_mm);
            self.svg.push_str("<path transform=\"translate(");
            number(&mut self.svg, um(start.x));
            self.svg.push(' ');
            number(&mut self.svg, um(start.y));
            put(
                &mut self.svg,
                format_args!(
                    "){turn} scale({unit:.6} -{unit:.6})\" d=\"{}\" stroke=\"#{color:06x}\" stroke-width=\"{:.0}\"/>\n",
                    text.face.outline(&text.text, spacing_mm / unit),
                    2.0 * width_mm * self.enlarged / unit
                ),
            );
        }
        self.svg.push_str("<text ");
        if angle_deg == 0.0 {
            self.svg.push_str("x=\"");
            number(&mut self.svg, um(start.x));
            self.svg.push_str("\" y=\"");
            number(&mut self.svg, um(start.y));
        } else {
            self.svg.push_str("transform=\"translate(");
            number(&mut self.svg, um(start.x));
            self.svg.push(' ');
            number(&mut self.svg, um(start.y));
            put(&mut self.svg, format_args!("){turn}"));
        }
        let family = FAMILIES[usize::from(text.face.is_serif())];
        put(
            &mut self.svg,
            format_args!(
                "\" font-family=\"{family}\" font-size=\"{}\" font-stretch=\"condensed\" fill=\"#{:06x}\"",
                size_mm, text.color
            ),
        );
        if text.face.is_bold() {
            self.svg.push_str(" font-weight=\"bold\"");
        }
        if text.face.is_italic() {
            self.svg.push_str(" font-style=\"italic\"");
        }
        if text.spacing_mm != 0.0 {
            put(&mut self.svg, format_args!(" letter-spacing=\"{}\"", rounded(spacing_mm)));
        }
        if let Some(lang) = &text.lang {
            put(&mut self.svg, format_args!(" xml:lang=\"{}\"", escaped(lang)));
        }
        put(&mut self.svg, format_args!(">{}</text>\n", escaped(&text.text)));
    }

    /// Closes all open groups and ends the document.
    pub(super) fn end(&mut self) {
        while self.open_groups > 0 {
            self.close();
        }
        self.svg.push_str("</svg>\n");
    }

    fn id(&mut self) -> usize {
        self.last_id.set(self.last_id.get() + 1);
        self.last_id.get()
    }

    fn rings(&mut self, rings: &[Vec<Coord>]) -> bool {
        let start = self.svg.len();
        for ring in rings {
            match self.clip {
                Some(clip) => {
                    let cut = clip_ring(ring, &clip);
                    if cut.len() > 2 {
                        path(&mut self.svg, &cut, true, self.enlarged);
                    }
                }
                None => path(&mut self.svg, ring, true, self.enlarged),
            }
        }
        self.svg.len() > start
    }

    fn stroke_attributes(&mut self, stroke: &Stroke) {
        put(
            &mut self.svg,
            format_args!(" stroke=\"#{:06x}\" stroke-width=\"{}\"", stroke.color, rounded(stroke.width_mm)),
        );
        if stroke.opacity < 1.0 {
            put(&mut self.svg, format_args!(" stroke-opacity=\"{}\"", stroke.opacity));
        }
        if !stroke.round {
            self.svg.push_str(" stroke-linecap=\"butt\"");
        }
        if !stroke.dash_mm.is_empty() {
            let dashes: Vec<String> = stroke.dash_mm.iter().map(f64::to_string).collect();
            put(&mut self.svg, format_args!(" stroke-dasharray=\"{}\"", dashes.join(" ")));
        }
    }
}

fn put(svg: &mut String, text: std::fmt::Arguments) {
    svg.write_fmt(text).expect("a String takes all");
}

fn um(value: f64) -> i64 {
    value.round() as i64
}

/// To a thousandth, without trailing zeros.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Micrometres as millimetres without trailing zeros. Most of a plate's text is such numbers, so the digits are written
/// directly, without the formatting machinery.
fn number(svg: &mut String, um: i64) {
    if um < 0 {
        svg.push('-');
    }
    let (whole, rest) = (um.unsigned_abs() / 1000, um.unsigned_abs() % 1000);
    if whole > 0 || rest == 0 {
        let mut digits = [0u8; 20];
        let mut first = digits.len();
        let mut left = whole;
        while left > 0 || first == digits.len() {
            first -= 1;
            digits[first] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        svg.extend(digits[first..].iter().map(|d| char::from(*d)));
    }
    if rest > 0 {
        svg.push('.');
        for (unit, reached) in [(100, rest), (10, rest % 100), (1, rest % 10)] {
            if reached > 0 {
                svg.push(char::from(b'0' + (rest / unit % 10) as u8));
            }
        }
    }
}

fn path(svg: &mut String, line: &[Coord], close: bool, enlarged: f64) {
    let mut last: Option<(i64, i64)> = None;
    let mut relative = false;
    for p in line {
        let here = (um(p.x * enlarged), um(p.y * enlarged));
        let (command, dx, dy) = match last {
            None => ("M", here.0, here.1),
            Some(last) if last == here => continue,
            Some(last) => (if relative { "" } else { "l" }, here.0 - last.0, here.1 - last.1),
        };
        relative = last.is_some();
        if command.is_empty() && dx >= 0 {
            svg.push(' ');
        }
        svg.push_str(command);
        number(svg, dx);
        if dy >= 0 {
            svg.push(' ');
        }
        number(svg, dy);
        last = Some(here);
    }
    if close && last.is_some() {
        svg.push('z');
    }
}

/// Text escaped for XML, without control characters.
fn escaped(text: &str) -> String {
    sanitize(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_millimetres() {
        let mut svg = String::new();
        for value in [0, 1500, -20, 12_000, 7] {
            number(&mut svg, value);
            svg.push(' ');
        }
        assert_eq!(svg, "0 1.5 -.02 12 .007 ");
    }

    #[test]
    fn a_path_is_relative_after_its_first_point() {
        let mut svg = String::new();
        let line = [(0.0, 0.0), (1000.0, 0.0), (1000.0, 0.2), (500.0, 2000.0)].map(|(x, y)| Coord { x, y });
        path(&mut svg, &line, true, 1.0);
        assert_eq!(svg, "M0 0l1 0-.5 2z");
    }
}
