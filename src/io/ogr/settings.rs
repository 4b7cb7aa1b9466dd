//! GDAL's configuration for a single call, on the calling thread only, and an error handler for host programs.

use crate::io::Limits;
use gdal::config::{clear_thread_local_config_option, get_thread_local_config_option, set_thread_local_config_option};
use gdal::errors::{CplErrType, Result};
use std::sync::Mutex;

/// In place of the value of an unset option.
const UNSET: &str = "\u{1}";

/// Options of the calling thread; restored on drop.
pub(super) struct Settings(Vec<(&'static str, String)>);

impl Settings {
    fn of(options: &[(&'static str, &str)]) -> Result<Self> {
        let mut before = Settings(Vec::new());
        for (key, value) in options {
            before.0.push((key, get_thread_local_config_option(key, UNSET)?));
            set_thread_local_config_option(key, value)?;
        }
        Ok(before)
    }

    /// Options for reading within limits.
    pub fn reading(limits: Limits) -> Result<Self> {
        // Reads GPX elevations as heights, not as a field.
        let mut options = vec![("GPX_ELE_AS_25D", "YES")];
        if !limits.network {
            // Disables fetching: network file systems only see names with this extension.
            options.push(("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".merestone-reads-local-files-only"));
            options.push(("GML_DOWNLOAD_WFS_SCHEMA", "NO"));
        }
        Self::of(&options)
    }

    /// Options for writing with a fixed date, so that output is reproducible.
    pub fn writing(date: &str) -> Result<Self> {
        // The file is written to a temporary place; its completeness is checked before it is renamed.
        Self::of(&[("OGR_CURRENT_DATE", date), ("OGR_SQLITE_SYNCHRONOUS", "OFF")])
    }

    /// Options for reading raw text bytes of drawings: their driver has no open option for it.
    pub fn dxf_bytes() -> Result<Self> {
        Self::of(&[("DXF_ENCODING", "ISO-8859-1")])
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        for (key, before) in self.0.drain(..).rev() {
            // A key that was set once can be set again.
            let _ = match before.as_str() {
                UNSET => clear_thread_local_config_option(key),
                before => set_thread_local_config_option(key, before),
            };
        }
    }
}

/// Installs a process-wide GDAL error handler that prints nothing: for programs, which show the errors returned as
/// values. The library itself never installs a handler; without one of the host's, GDAL prints to standard error.
///
/// GDAL before 3.7 reports a failure to close a file only to the handler: with this handler, writing then returns an
/// error.
pub fn silence_gdal() {
    gdal::config::set_error_handler(|kind, _, message| {
        if matches!(kind, CplErrType::Failure | CplErrType::Fatal) {
            *LAST_FAILURE.lock().unwrap_or_else(|broken| broken.into_inner()) = Some(message.to_owned());
        }
    });
}

/// The last failure reported to [`silence_gdal`]'s handler.
static LAST_FAILURE: Mutex<Option<String>> = Mutex::new(None);

/// Takes the last failure.
pub(super) fn last_failure() -> Option<String> {
    LAST_FAILURE.lock().unwrap_or_else(|broken| broken.into_inner()).take()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gdal::config::get_config_option;

    #[test]
    fn settings_hold_for_one_call_on_one_thread() {
        let now = |key| get_config_option(key, "none").unwrap();
        set_thread_local_config_option("OGR_CURRENT_DATE", "the host's").unwrap();
        {
            let _settings = Settings::writing("2000-01-01T00:00:00.000Z").unwrap();
            assert_eq!(now("OGR_CURRENT_DATE"), "2000-01-01T00:00:00.000Z");
            assert_eq!(now("OGR_SQLITE_SYNCHRONOUS"), "OFF");
            let other = std::thread::spawn(move || get_config_option("OGR_SQLITE_SYNCHRONOUS", "none").unwrap());
            assert_eq!(other.join().unwrap(), "none");
        }
        assert_eq!((now("OGR_CURRENT_DATE"), now("OGR_SQLITE_SYNCHRONOUS")), ("the host's".into(), "none".into()));
        clear_thread_local_config_option("OGR_CURRENT_DATE").unwrap();
    }
}
