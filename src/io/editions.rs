//! Which layer of a dataset answers on a day.

use super::as_of::{Day, is_valid};
use super::{Dataset, Problem, ReadError};
use crate::model::{Content, Edges, Layer, LayerInfo, Party, Warning};

/// What a day makes of the layers of a dataset.
#[derive(Debug, Clone, Default)]
pub(super) struct Editions {
    /// Ids of layers, and of the layers that stand for them.
    stand_ins: Vec<(String, String)>,
    /// Layers that are not valid.
    absent: Vec<LayerInfo>,
    /// Layers for which another one stands.
    replaced: Vec<LayerInfo>,
}

impl Editions {
    /// Chooses among the layers: those that are not valid on the day are removed. Of a layer, its editions (`edition_of`)
    /// and those that stand for it (`stands_for`), one answers to its id: the one whose stated validity includes the day; else
    /// of those without a validity the one with the latest date not after the day; else the layer itself.
    pub fn choose(layers: &mut Vec<LayerInfo>, day: Day) -> Self {
        let all = std::mem::take(layers);
        let valid = |layer: &LayerInfo| is_valid(layer.valid_from.as_deref(), layer.valid_to.as_deref(), day);
        let is_limited = |layer: &LayerInfo| layer.valid_from.is_some() || layer.valid_to.is_some();
        let (present, absent): (Vec<LayerInfo>, Vec<LayerInfo>) = all.iter().cloned().partition(valid);
        *layers = present;
        let mut editions = Editions { absent, ..Editions::default() };
        for base in all.iter().filter(|layer| original(layer).is_none()) {
            let family: Vec<&LayerInfo> = all
                .iter()
                .filter(|layer| valid(layer) && (layer.id == base.id || original(layer) == Some(base.id.as_str())))
                .collect();
            let date = |layer: &&&LayerInfo| Day::first_of(&layer.date).filter(|date| *date <= day);
            let dated = family.iter().filter(|layer| !is_limited(layer) && date(layer).is_some());
            let chosen = family.iter().find(|layer| is_limited(layer)).or_else(|| dated.max_by_key(date));
            let Some(chosen) = chosen.filter(|chosen| chosen.id != base.id) else { continue };
            // The layer that stands for another is still there by its own name, but not a second time for its ids.
            for layer in layers.iter_mut().filter(|layer| layer.id == chosen.id) {
                layer.edition_of = Some(base.id.clone());
            }
            let stand_in = LayerInfo { id: base.id.clone(), edition_of: None, stands_for: None, ..(**chosen).clone() };
            editions.stand_ins.push((base.id.clone(), chosen.id.clone()));
            match layers.iter_mut().find(|layer| layer.id == base.id) {
                Some(layer) => editions.replaced.push(std::mem::replace(layer, stand_in)),
                None => {
                    layers.push(stand_in);
                    editions.absent.retain(|layer| layer.id != base.id);
                }
            }
        }
        editions
    }

    /// The id of the layer that stands for another.
    pub fn stand_in(&self, id: &str) -> Option<&str> {
        self.stand_ins.iter().find(|(base, _)| base == id).map(|(_, chosen)| chosen.as_str())
    }

    /// Makes layers answer for themselves, if the one that stands for it is among them too.
    pub fn restore(&mut self, layers: &mut [LayerInfo], shown: &[&str]) {
        let is_shown = |id: &str| shown.contains(&id);
        for own in self.replaced.iter().filter(|own| is_shown(&own.id)) {
            let both = |(base, chosen): &(String, String)| *base == own.id && is_shown(chosen);
            let Some(at) = self.stand_ins.iter().position(both) else { continue };
            self.stand_ins.remove(at);
            layers.iter_mut().filter(|layer| layer.id == own.id).for_each(|layer| layer.clone_from(own));
        }
    }

    /// What a reader must know of the layer that answers on a day.
    pub fn remark(&self, info: &LayerInfo, day: Day) -> Option<String> {
        let LayerInfo { id, date, .. } = info;
        match self.stand_in(id) {
            Some(other) => Some(format!("{id}: on {day} the layer {other} (of {date}) answers for it")),
            None => Day::first_of(date)
                .filter(|first| *first > day && info.valid_from.is_none())
                .map(|_| format!("{id}: the data are of {date}, after {day}; there are none of an earlier date")),
        }
    }

    /// The error for a layer that is not valid on the day.
    pub fn not_then(&self, id: &str, day: Day) -> Option<ReadError> {
        let info = self.absent.iter().find(|layer| layer.id == id)?;
        let limit = |date: &Option<String>, open: &str| date.clone().unwrap_or_else(|| open.to_owned());
        let problem = Problem::NotThen {
            day: day.to_string(),
            from: limit(&info.valid_from, "the beginning"),
            to: limit(&info.valid_to, "today"),
        };
        Some(ReadError::new(&info.id, problem))
    }
}

impl Dataset {
    /// What is left of a layer for which another one answers on the day of the filter: its features whose ids the other
    /// does not have, and that are no territory of a party that has one there. `None` for a layer that answers itself, or
    /// that is not valid. For plates, which show the surroundings; measures on both layers together would compare two
    /// editions.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn rest_of(&self, id: &str, edges: Option<Edges>) -> Result<Option<(Layer, Vec<Warning>)>, ReadError> {
        let Some(other) = self.stand_in(id).map(str::to_owned) else { return Ok(None) };
        let own = self.clone().with_own(&[id, &other]);
        if own.stand_in(id).is_some() {
            return Ok(None);
        }
        let there = own.feature_ids(&other)?;
        let is_replaced = |id: &String| {
            let of_party = |party: &Party| party.id == *id && there.iter().any(|id| party.territories.contains(id));
            there.contains(id) || self.parties().iter().any(of_party)
        };
        let (mut layer, warnings) = own.layer(id, edges)?;
        match &mut layer.content {
            Content::Territories(all) => all.retain(|one| !is_replaced(&one.meta.id)),
            Content::Lines(all) => all.retain(|one| !is_replaced(&one.meta.id)),
            Content::Routes(all) => all.retain(|one| !is_replaced(&one.meta.id)),
            Content::Places(all) => all.retain(|one| !is_replaced(&one.meta.id)),
            Content::Pieces(all) => all.retain(|one| !is_replaced(&one.meta.id)),
        }
        Ok(Some((layer, warnings)))
    }
}

/// The layer of which this one is an edition, or for which it stands.
fn original(layer: &LayerInfo) -> Option<&str> {
    layer.edition_of.as_deref().or(layer.stands_for.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    fn layer(id: &str, date: &str, validity: Option<(&str, &str)>, original: Option<&str>) -> LayerInfo {
        LayerInfo {
            date: date.to_owned(),
            valid_from: validity.map(|(from, _)| from.to_owned()),
            valid_to: validity.map(|(_, to)| to.to_owned()),
            edition_of: original.filter(|_| validity.is_none()).map(str::to_owned),
            stands_for: original.filter(|_| validity.is_some()).map(str::to_owned),
            ..LayerInfo::bare(id, Role::Territory, id)
        }
    }

    #[test]
    fn one_edition_answers_on_each_day() {
        let all = [
            layer("land", "2018", None, None),
            layer("land-1988", "1988", Some(("1988", "1988")), Some("land")),
            layer("land-2026", "2026", None, Some("land")),
            layer("roads", "2026", None, None),
        ];
        let on = |day: &str| {
            let mut layers = all.to_vec();
            let editions = Editions::choose(&mut layers, Day::last_of(day).unwrap());
            let ids: Vec<String> = layers.iter().map(|layer| layer.id.clone()).collect();
            let date = layers.iter().find(|layer| layer.id == "land").map(|layer| layer.date.clone()).unwrap();
            (editions.stand_in("land").map(str::to_owned), ids.join(" "), date)
        };
        let (stand_in, ids, date) = on("1988");
        assert_eq!((stand_in.as_deref(), date.as_str()), (Some("land-1988"), "1988"));
        assert_eq!(ids, "land land-1988 land-2026 roads");
        assert_eq!(on("2018"), (None, "land land-2026 roads".into(), "2018".into()));
        assert_eq!(on("2025-12-31").2, "2018");
        assert_eq!((on("2026-01-01").0.as_deref(), on("2026").2.as_str()), (Some("land-2026"), "2026"));
        // Before all dates the layer itself answers.
        assert_eq!(on("1900").2, "2018");
    }
}
