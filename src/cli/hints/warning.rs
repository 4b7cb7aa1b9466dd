//! Hints for warnings.

use merestone::model::{Warning, WarningCode};

/// The hints for the warnings of a command, each once, in the order of the warnings.
pub fn of_warnings(command: &str, warnings: &[Warning]) -> Vec<&'static str> {
    let mut hints = Vec::new();
    for hint in warnings.iter().filter_map(|warning| of(command, warning.code)) {
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

fn of(command: &str, code: WarningCode) -> Option<&'static str> {
    Some(match code {
        WarningCode::Datum if command == "catalogue" => "--positions pulkovo reads degrees as Pulkovo 1942",
        WarningCode::NotCoincident => "--tolerance METRES measures both sides where they run close",
        WarningCode::SeparateCoverages => "--coverage all checks the files as one coverage",
        WarningCode::Numbered => "--id-field NAME says which property identifies the features",
        WarningCode::Encoding => "--encoding CP1251, or another name, says which encoding the text is in",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_is_given_once() {
        let warn = |code| Warning { code, message: "x".into(), feature: None };
        let all = [warn(WarningCode::Numbered), warn(WarningCode::Note), warn(WarningCode::Numbered)];
        assert_eq!(of_warnings("borders", &all), ["--id-field NAME says which property identifies the features"]);
    }
}
