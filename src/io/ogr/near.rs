//! Reference frames within a metre of WGS 84 for which EPSG has no operation.
//!
//! EPSG states 1 m for its operations between realisations of the International Terrestrial Reference System (ITRS) and
//! WGS 84, all of them without a shift: EPSG:1149 ("ETRS89 and WGS 84 are realizations of ITRS coincident to within
//! 1 metre"), EPSG:6373 for Mexico ITRF2008, EPSG:15894 for SIRGAS 2000 ("approximation at the +/- 1m level"), EPSG:9773
//! for GSK-2011. WGS 84 itself follows the ITRF within 0.2 m since 1994 (EPSG:7672) and 0.01 to 0.02 m since 2002
//! (EPSG:7670, 7666, 9757); positions of unknown realisation and epoch within 2 m only (EPSG datum ensemble 6326), and
//! plates move by some centimetres a year. All read in the EPSG dataset v10.076, as PROJ holds it.

/// Greatest difference in metres between such a frame and WGS 84, at the frame's own epoch.
pub(super) const WITHIN_M: f64 = 1.0;

/// Source of this value.
pub(super) const SOURCE: &str = "EPSG:1149, 6373, 15894 of other realisations of the ITRS";

/// Prefixes of names of geographic systems or their datums, as in EPSG and Esri, and the frames that they denote.
///
/// CGCS2000: by Z. Lu, Y. Qu, S. Qiao, Geodesy: Introduction to Geodetic Datum and Geodetic Systems (Springer 2014), it
/// and the ITRF are consistent within 2 cm; it is ITRF97 at epoch 2000.0. GSK-2011, PZ-90.11: EPSG:7705 (0.03 m) and
/// EPSG:7960 (to ITRF2008, 0.004 m). IGS: EPSG:9028, 9031, 9032 ("by definition aligned with" the ITRF). SIRGAS-CON:
/// EPSG:8952 to 8967 (0.01 m). Frames tied to a plate, such as NAD83, are not among them.
const REALISATIONS: [(&str, &str); 13] = [
    ("China Geodetic Coordinate System 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("China 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("CGCS2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("CGCS 2000", "CGCS2000, ITRF97 at epoch 2000.0"),
    ("International Terrestrial Reference SourceCrs", "a realisation of the ITRS"),
    ("ITRF", "a realisation of the ITRS"),
    ("IGS", "a realisation of the ITRS by the IGS"),
    ("IGb", "a realisation of the ITRS by the IGS"),
    ("SIRGAS-CON", "a yearly realisation of the ITRS in the Americas"),
    ("Geodezicheskaya Sistema Koordinat 2011", "GSK-2011, aligned with the ITRF2008"),
    ("GSK-2011", "GSK-2011, aligned with the ITRF2008"),
    ("Parametry Zemli 1990.11", "PZ-90.11, aligned with the ITRF2008"),
    ("PZ-90.11", "PZ-90.11, aligned with the ITRF2008"),
];

/// The frame of a geographic system with this name and datum name, if it is such a realisation.
pub(super) fn realisation(system: &str, datum: &str) -> Option<&'static str> {
    let plain = |name: &str| name.replace('_', " ").trim_start_matches("GCS ").trim_start_matches("D ").to_owned();
    let (system, datum) = (plain(system), plain(datum));
    let begins = |name: &str| system.starts_with(name) || datum.starts_with(name);
    REALISATIONS.iter().find(|(name, _)| begins(name)).map(|(_, what)| *what)
}
