//! Exit statuses, as the contract has them.

use crate::model::report::Summary;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything passes.
    Good,
    /// A claim failed.
    Failed,
    /// The run or an output could not be done, or there is nothing to check.
    Trouble,
    /// No claim failed, but one is open.
    Open,
}

impl Exit {
    /// The status that the process ends with.
    pub fn status(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Failed => 1,
            Self::Trouble => 2,
            Self::Open => 3,
        }
    }

    /// The worse of two: trouble, then a failure, then what is open.
    pub fn worse(self, other: Self) -> Self {
        [Self::Trouble, Self::Failed, Self::Open]
            .into_iter()
            .find(|exit| self == *exit || other == *exit)
            .unwrap_or(Self::Good)
    }

    /// The status that a report asks for.
    pub fn of(summary: &Summary) -> Self {
        if summary.claims == 0 {
            Self::Trouble
        } else if summary.failed > 0 {
            Self::Failed
        } else if summary.open > 0 {
            Self::Open
        } else {
            Self::Good
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_comes_before_open_and_nothing_to_check_is_trouble() {
        let summary = |claims, failed, open| Summary { claims, failed, open, ..Summary::default() };
        assert_eq!(Exit::of(&summary(0, 0, 0)).status(), 2);
        assert_eq!(Exit::of(&summary(3, 1, 1)).status(), 1);
        assert_eq!(Exit::of(&summary(3, 0, 1)).status(), 3);
        assert_eq!(Exit::of(&summary(3, 0, 0)).status(), 0);
    }
}
