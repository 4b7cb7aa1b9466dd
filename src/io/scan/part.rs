//! Scans of a part of a file: a layer, or the features with an id.

use super::{Identity, Inspector, ReadError, ReadOptions, Reading, Says, Scan, read_bytes, sha256};
use crate::io::select::{indices, layer_and_id};
use std::borrow::Cow;

impl Scan {
    /// As [`file`](Self::file), of the part of a file that stands after `#` in a reference: a layer, an id, or
    /// `layer/id`. The file is read as a whole; findings on other features are left out.
    ///
    /// # Errors
    /// No feature has the id. A file that cannot be read is a finding.
    pub fn part<I: Inspector>(
        path: &str,
        fragment: &str,
        options: &ReadOptions,
        inspector: &I,
    ) -> Result<(Self, I::Known), ReadError> {
        let frame = options.reading();
        let (layer, id) = layer_and_id(Some(fragment));
        let mut scan = Self::whole(path, layer, frame);
        if scan.failure.is_none() && (fragment.contains('/') || scan.layer.as_deref() != Some(fragment)) {
            scan.keep(id, options.id_field.as_deref())?;
        }
        Ok(scan.inspected(inspector))
    }

    /// A file, all in memory.
    pub(in crate::io) fn whole(path: &str, layer: Option<&str>, frame: Reading<'_>) -> Self {
        #[cfg(feature = "gdal")]
        if crate::io::ogr::is_remote(path) {
            let scan = Scan::new(path, crate::io::ogr::remote(path).sha256, frame.limits);
            return scan.of_raw(super::read_file(path, layer, None, frame));
        }
        match read_bytes(path, frame.limits) {
            Ok(bytes) => Scan::of_bytes(path, Cow::Owned(bytes), layer, frame.at(path)),
            Err(error) => Scan::new(path, sha256(b""), frame.limits).failed(error),
        }
    }

    /// Keeps the features with an id, and the findings on them and on the file.
    pub(in crate::io) fn keep(&mut self, id: Option<&str>, field: Option<&str>) -> Result<(), ReadError> {
        let path = self.input.path.clone();
        let says: Vec<Says<'_>> = self.features.iter().map(|f| (f.id.as_deref(), &f.properties)).collect();
        let identity = Identity::of(&path, &says, field.filter(|_| self.info.is_none()))?;
        let kept = indices(&identity.ids, id, &path)?;
        let place = |number: &str| kept.iter().position(|index| number.parse() == Ok(*index));
        self.findings.retain_mut(|finding| match &finding.feature {
            None => true,
            Some(number) => match place(number) {
                Some(place) => {
                    finding.feature = Some(place.to_string());
                    true
                }
                None => false,
            },
        });
        let mut number = 0;
        self.features.retain(|_| {
            number += 1;
            kept.binary_search(&(number - 1)).is_ok()
        });
        for (place, feature) in self.features.iter_mut().enumerate() {
            feature.label = place.to_string();
            // Alone, it would be called by another field.
            feature.id = id.map(str::to_owned).or(feature.id.take());
        }
        Ok(())
    }
}
