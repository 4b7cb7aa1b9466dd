//! The sheet as a plotters backend whose pixel is one micrometre of paper.

use super::sheet::Sheet;
use super::style::{Align, Rgb, Stroke, Text};
use crate::map::paper::MM;
use geo::Coord;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};
use std::convert::Infallible;

/// Drawing on a sheet cannot fail.
pub(crate) type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size_um
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn {
        self.circle(coord(at), 0.05, Some(rgb(color)), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        let ring = [a, (b.0, a.1), b, (a.0, b.1)];
        if fill { self.fill_polygon(ring, style) } else { self.draw_path(ring.into_iter().chain([a]), style) }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, line: I, style: &S) -> Drawn {
        let line: Vec<Coord> = line.into_iter().map(coord).collect();
        self.stroke(&[line], &stroke(style));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, ring: I, style: &S) -> Drawn {
        let ring: Vec<Coord> = ring.into_iter().map(coord).collect();
        self.fill_translucent(&[ring], rgb(style.color()), style.color().alpha);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let line = (!fill).then(|| stroke(style));
        self.circle(coord(centre), f64::from(radius) / MM, fill.then(|| rgb(style.color())), line.as_ref());
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let mut line = Text::new(text, 1.0);
        line.size_mm = style.size() / MM;
        Ok(((line.width_mm() * MM) as u32, (line.cap_mm() * MM) as u32))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let mut line = Text::new(text, 1.0).color(rgb(style.color()));
        line.size_mm = style.size() / MM;
        if matches!(style.style(), FontStyle::Bold) {
            line = line.bold();
        }
        let down = line.cap_mm()
            * MM
            * match style.anchor().v_pos {
                VPos::Top => 1.0,
                VPos::Center => 0.5,
                VPos::Bottom => 0.0,
            };
        let align = match style.anchor().h_pos {
            HPos::Left => Align::Start,
            HPos::Center => Align::Middle,
            HPos::Right => Align::End,
        };
        let (angle, dx, dy) = match style.transform() {
            FontTransform::None => (0.0, 0.0, down),
            FontTransform::Rotate90 => (90.0, -down, 0.0),
            FontTransform::Rotate180 => (180.0, 0.0, -down),
            FontTransform::Rotate270 => (270.0, down, 0.0),
        };
        self.text(coord(at) + Coord { x: dx, y: dy }, &line, align, angle);
        Ok(())
    }
}

fn coord(c: BackendCoord) -> Coord {
    Coord { x: f64::from(c.0), y: f64::from(c.1) }
}

fn rgb(color: BackendColor) -> Rgb {
    let (r, g, b) = color.rgb;
    u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b)
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    let color = style.color();
    Stroke::new(rgb(color), f64::from(style.stroke_width()) / MM).opacity(color.alpha)
}
