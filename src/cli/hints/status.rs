//! Hints for errors of logs of statuses.

use super::Hint;
use merestone::model::Status;
use merestone::question::{StatusLogError, StatusProblem};

impl Hint for StatusLogError {
    fn hint(&self) -> String {
        let fixed = match &self.problem {
            StatusProblem::UnknownStatus(_) => {
                return format!("statuses are: {}", Status::ALL.map(Status::word).join(", "));
            }
            StatusProblem::UnknownSection { nearest: Some(id), .. } => return format!("did you mean `{id}`?"),
            StatusProblem::UnknownSection { .. } => {
                "write the id of a line into the column `section`; `merestone info` lists them"
            }
            StatusProblem::NoColumn { .. } => {
                "name the columns date, status and, as needed, section, from_m, to_m, meeting, source, km"
            }
            StatusProblem::NoRows => "write a row for each stretch that a meeting dealt with",
            StatusProblem::Date(_) => "write it as 2024-05-15, 2024-05 or 2024",
            StatusProblem::OutOfOrder { .. } => "sort the rows by date, the earliest first",
            StatusProblem::SharedId { .. } => {
                "give the lines ids of their own, or name a property that has: --id-field NAME"
            }
            StatusProblem::NoSection(_) => "add a column `section` with the id of the line",
            StatusProblem::NoRun { .. } => "runs are counted from 1: line/1, line/2",
            StatusProblem::Beyond { .. } => {
                "chainages are metres from the start of the line, or of the run where the section names one; with the id of the \
                 line alone, the row is about all of it"
            }
            StatusProblem::Backwards { .. } => "exchange the two: a stretch runs with the line",
            StatusProblem::NoLength { .. } => "give two different ends",
            StatusProblem::HalfStretch(_) => "give both ends, or none for the whole line",
            StatusProblem::TwoStretches => "use from_m and to_m, or from_km and to_km, or four columns of positions",
            StatusProblem::Number { .. } => "write a number, such as 12.7",
            StatusProblem::NoPosition { .. } => "longitude comes first, in degrees",
            StatusProblem::OffTheLine { .. } => "choose a position on the line, or allow more: --snap METRES",
            _ => "see `merestone status --help`",
        };
        fixed.to_owned()
    }
}
