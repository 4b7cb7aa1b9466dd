//! The sides of a ledger.

use crate::io::{Found, Problem, ReadError, merged, number_by_file};
use crate::model::{Content, Piece, Territory, Warning, WarningCode};
use crate::question::top_level;

/// The second side of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// Territories as they are to be.
    Edition(Vec<Territory>),
    /// Pieces of land, with the territories that hold them before and after.
    Proposal(Vec<Piece>),
}

/// Collects the second side of a ledger, input by input.
#[derive(Debug, Default)]
pub struct AfterSide {
    territories: Vec<Territory>,
    pieces: Vec<Piece>,
}

/// The second side of a ledger has both territories and pieces of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the side after mixes an edition with a proposal")]
pub struct MixedSides;

impl AfterSide {
    /// Takes the features of an input: territories all of which have a property `to` are pieces of a proposal. Returns
    /// warnings of territories that lie within others, which are left out.
    ///
    /// # Errors
    /// The input has neither territories nor pieces.
    pub fn add(&mut self, found: Found) -> Result<Vec<Warning>, ReadError> {
        let held = (self.territories.len(), self.pieces.len());
        let mut warnings = Vec::new();
        for content in found.contents {
            match content {
                Content::Territories(all) if all.iter().all(|t| t.meta.properties.contains_key("to")) => {
                    self.pieces.extend(all.into_iter().map(Piece::from));
                }
                Content::Territories(all) => {
                    let (mut all, left_out) = top_level(all);
                    number_by_file(&found.label, &mut all);
                    self.territories.extend(all);
                    warnings.extend(left_out);
                }
                Content::Pieces(all) => self.pieces.extend(all),
                _ => {}
            }
        }
        match held == (self.territories.len(), self.pieces.len()) {
            true => Err(ReadError::new(found.label, Problem::Nothing("territories or land of a proposal"))),
            false => Ok(warnings),
        }
    }

    /// The side: territories with the same id are one.
    ///
    /// # Errors
    /// It has both territories and pieces.
    pub fn finish(self) -> Result<After, MixedSides> {
        match (self.territories.is_empty(), self.pieces.is_empty()) {
            (false, false) => Err(MixedSides),
            (_, true) => Ok(After::Edition(merged(self.territories))),
            _ => Ok(After::Proposal(self.pieces)),
        }
    }
}

/// If each side has a single territory, they are one territory in two editions, whatever their ids: the second takes the
/// id of the first, and a warning says so.
pub fn one_for_one(before: &[Territory], after: &mut [Territory]) -> Option<Warning> {
    let ([before], [after]) = (before, after) else { return None };
    if before.meta.id == after.meta.id {
        return None;
    }
    let message = format!("{} is taken for {} in another edition", after.meta.id, before.meta.id);
    after.meta.id.clone_from(&before.meta.id);
    Some(Warning { code: WarningCode::Note, message, feature: Some(after.meta.id.clone()) })
}
