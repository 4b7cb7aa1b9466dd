//! Hints for routes that cannot be compared.

use super::Hint;
use merestone::question::{CorridorError, RANKS};

impl Hint for CorridorError {
    fn hint(&self) -> String {
        match self {
            CorridorError::Few(_) => "name two routes or more, or a layer of routes".into(),
            CorridorError::SameId(_) => "name each route once; of files, give ids by --id-field NAME".into(),
            CorridorError::Rank { territories, .. } => {
                let known: Vec<&str> = RANKS.into_iter().chain(territories.iter().map(String::as_str)).collect();
                format!("give one of {}", known.join(", "))
            }
            CorridorError::Unknown(figure) if figure == "population" => {
                "name settlements with a population: --places FILE".into()
            }
            CorridorError::Unknown(_) => "name a grid of heights that covers them: --heights FILE".into(),
            _ => "`merestone corridor --help` says how to ask".into(),
        }
    }
}
