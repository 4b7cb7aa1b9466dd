//! Survey of all features of a layer, needed before the first one is written.

use super::table::{FieldKind, Fields, GeometryDimension, Row, Shape, Table, kind_of, widened};

/// Statistics on the features so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// Number of features.
    pub features: usize,
    /// Number of positions.
    pub positions: usize,
    /// Whether any geometry is not a single point.
    pub other_than_points: bool,
    /// Whether any position has a height.
    pub heights: bool,
    /// Number of positions without a height in geometries where others have one.
    pub without_height: usize,
    fields: Fields,
    /// Own `id` members of features: the number of fields that came before the first of them, and their kind.
    ids: Option<(usize, Option<FieldKind>)>,
    /// Whether there is a field named `id`.
    id_is_field: bool,
}

impl Survey {
    /// Surveys the features of layers.
    pub fn of(tables: &[Table]) -> Self {
        let mut survey = Survey::default();
        tables.iter().flat_map(|table| &table.rows).for_each(|row| survey.take(row));
        survey
    }

    /// Adds a feature.
    pub fn take(&mut self, row: &Row) {
        self.features += 1;
        if let Some(shape) = &row.shape {
            self.positions += shape.positions();
            self.other_than_points |= !matches!(shape, Shape::Point(_));
            if shape.has_z() {
                self.heights = true;
                self.without_height += shape.without_height();
            }
        }
        if let Some(id) = &row.id {
            let (_, kind) = self.ids.get_or_insert((self.fields.count(), None));
            *kind = widened(*kind, kind_of(id));
        }
        self.id_is_field |= row.properties.keys().any(|key| key.eq_ignore_ascii_case("id"));
        self.fields.take(&row.properties);
    }

    /// Whether the features' own `id` becomes a field because no other has that name.
    pub fn id_as_field(&self) -> bool {
        self.ids.is_some() && !self.id_is_field
    }

    /// The fields of a table of the features, in order of first occurrence.
    pub fn fields(&self) -> Vec<(String, FieldKind)> {
        let mut all: Vec<(String, Option<FieldKind>)> =
            self.fields.all().map(|(name, kind)| (name.to_owned(), kind)).collect();
        if let Some((place, kind)) = self.ids.filter(|_| !self.id_is_field) {
            all.insert(place, ("id".to_owned(), kind));
        }
        all.into_iter().map(|(name, kind)| (name, kind.unwrap_or(FieldKind::Text))).collect()
    }
}

impl Row {
    /// The feature with only geometry of one kind; `None` if it has none.
    pub fn only(mut self, kind: GeometryDimension) -> Option<Row> {
        self.shape = Some(self.shape?.only(kind)?);
        Some(self)
    }
}
