//! Hints for lines that cannot be described.

use super::Hint;
use merestone::document::DescribeError;

impl Hint for DescribeError {
    fn hint(&self) -> String {
        match self {
            DescribeError::NoSides { .. } => {
                "name them, looking along the line: --left NAME --right NAME; or give the line properties `left` and `right`"
            }
            DescribeError::NoLength { .. } => {
                "a line needs two different positions; merestone check FILE finds such lines"
            }
            DescribeError::FarMark { .. } => {
                "give marks that stand on the line, or the accuracy of the line (property `position_accuracy_m`)"
            }
            _ => "name a line, two territories that touch, or one territory",
        }
        .into()
    }
}
