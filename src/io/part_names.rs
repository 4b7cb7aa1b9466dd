//! By what parts of territories of a dataset are known.

use super::{Dataset, ReadError, ReadOptions, Reference};
use crate::model::{Input, LayerInfo, Role, Territory};

/// Features of a dataset by which parts of its territories are named in answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartNames {
    /// Features of the layer `enclaves`, of what lies in others.
    pub apart: Vec<Territory>,
    /// Units of the territories, from the other layers of territories.
    pub units: Vec<Territory>,
    /// The files that they are from.
    pub inputs: Vec<Input>,
}

impl PartNames {
    /// The layer of territories enclosed in others.
    pub const ENCLAVES: &str = "enclaves";

    /// Whether a layer has territories of its own, and not those of another at another date.
    pub fn may_be_units(layer: &LayerInfo) -> bool {
        layer.role == Role::Territory && layer.edition_of.is_none()
    }

    /// Whether it is a unit of a territory and lies in it.
    pub fn is_unit(territory: &Territory) -> bool {
        territory.meta.parent.is_some() && territory.meta.host.is_none()
    }

    /// Whether it is a unit of one of these territories.
    pub fn is_of(unit: &Territory, territories: &[Territory]) -> bool {
        let parent = unit.meta.parent.as_deref();
        parent.is_some_and(|parent| territories.iter().any(|t| t.meta.id.eq_ignore_ascii_case(parent)))
    }
}

impl Dataset {
    /// What the dataset has by which parts of these territories are named, in layers other than `label`: for the options
    /// `named` and `units` of a question about territories of the dataset.
    ///
    /// # Errors
    /// A layer of the dataset is unusable.
    pub fn part_names(
        &self,
        label: &str,
        territories: &[Territory],
        options: &ReadOptions,
    ) -> Result<PartNames, ReadError> {
        let mut out = PartNames::default();
        for layer in self.layers().iter().filter(|layer| layer.id != label && PartNames::may_be_units(layer)) {
            let of_layer = self.select::<Territory>(&Reference::parse(&layer.id), options)?;
            if layer.id == PartNames::ENCLAVES {
                out.inputs.push(of_layer.input);
                out.apart = of_layer.features;
                continue;
            }
            let is_named = |unit: &Territory| PartNames::is_unit(unit) && PartNames::is_of(unit, territories);
            let units = of_layer.features.into_iter().filter(is_named);
            let before = out.units.len();
            out.units.extend(units);
            if out.units.len() > before {
                out.inputs.push(of_layer.input);
            }
        }
        Ok(out)
    }
}
