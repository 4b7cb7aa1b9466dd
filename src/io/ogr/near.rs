//! Frames that differ from WGS 84 by less than a metre, and that EPSG gives no operation for.

/// How far, in metres, such a frame and WGS 84 are apart at most at the frame's own epoch.
pub(super) const WITHIN_M: f64 = 1.0;

/// Where that stands.
pub(super) const SOURCE: &str = "EPSG dataset, remarks on the datums; NGA.STND.0036, on WGS 84 and the ITRF";

/// Names of geographic systems or of their datums, as EPSG and Esri begin them, and what they are.
///
/// All are realisations of the International Terrestrial Reference System, which WGS 84 has followed to a decimetre since
/// 1994 (NGA.STND.0036). Frames tied to a plate, such as NAD83, are not among them.
const REALISATIONS: [(&str, &str); 13] = [
    ("China Geodetic Coordinate System 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("China 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("CGCS2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("CGCS 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("International Terrestrial Reference Frame", "a realisation of the ITRS"),
    ("ITRF", "a realisation of the ITRS"),
    ("IGS", "a realisation of the ITRS by the IGS"),
    ("IGb", "a realisation of the ITRS by the IGS"),
    ("SIRGAS-CON", "a yearly realisation of the ITRS in the Americas"),
    ("Geodezicheskaya Sistema Koordinat 2011", "GSK-2011, aligned with the ITRF2008"),
    ("GSK-2011", "GSK-2011, aligned with the ITRF2008"),
    ("Parametry Zemli 1990.11", "PZ-90.11, aligned with the ITRF2008"),
    ("PZ-90.11", "PZ-90.11, aligned with the ITRF2008"),
];

/// What a geographic system of this name on a datum of that name is, where it is such a realisation.
pub(super) fn realisation(system: &str, datum: &str) -> Option<&'static str> {
    let plain = |name: &str| name.replace('_', " ").trim_start_matches("GCS ").trim_start_matches("D ").to_owned();
    let (system, datum) = (plain(system), plain(datum));
    let begins = |name: &str| system.starts_with(name) || datum.starts_with(name);
    REALISATIONS.iter().find(|(name, _)| begins(name)).map(|(_, what)| *what)
}
