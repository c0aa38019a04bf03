//! From the four answers to one exit code.

use super::ExitCode;
use super::manifest::{Claim, Status, Stopped};

/// `hard` = findings against legal and undecided policy clauses; `None` = no plan.
///
/// A plan leaves only when `hard` is `Some(0)`. Solver and checker contradict each other when the solver claims a plan
/// that the checker refuses, or claims that none exists and hands over a clean one.
pub(super) fn settle(claim: Claim, stopped: Stopped, hard: Option<u64>) -> (Status, ExitCode) {
    match (claim, hard) {
        _ if stopped == Stopped::Failed => (Status::Internal, ExitCode::Internal),
        (Claim::Impossible, Some(0)) => (Status::Internal, ExitCode::Internal),
        (Claim::Impossible, _) => (Status::Impossible, ExitCode::Impossible),
        (_, Some(0)) if stopped == Stopped::Cancelled => (Status::CutShort, ExitCode::CutShort),
        (_, Some(0)) => (Status::Done, ExitCode::Done),
        (Claim::Undecided, _) => (Status::Undecided, ExitCode::Undecided),
        (Claim::Optimal | Claim::Feasible, _) => (Status::Internal, ExitCode::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_plan_never_exits_0_or_3() {
        for claim in [Claim::Optimal, Claim::Feasible, Claim::Impossible, Claim::Undecided] {
            for stopped in [Stopped::Proved, Stopped::Time, Stopped::Cancelled, Stopped::Failed] {
                for hard in [None, Some(1)] {
                    let (_, exit) = settle(claim, stopped, hard);
                    assert!(!matches!(exit, ExitCode::Done | ExitCode::CutShort), "{claim:?} {stopped:?} {hard:?}");
                }
            }
        }
    }

    #[test]
    fn exit_codes_follow_the_contract() {
        let exit = |claim, stopped, hard| settle(claim, stopped, hard).1;
        assert_eq!(exit(Claim::Feasible, Stopped::Time, Some(0)), ExitCode::Done);
        assert_eq!(exit(Claim::Optimal, Stopped::Proved, Some(0)), ExitCode::Done);
        assert_eq!(exit(Claim::Feasible, Stopped::Cancelled, Some(0)), ExitCode::CutShort);
        assert_eq!(exit(Claim::Feasible, Stopped::Time, Some(2)), ExitCode::Internal);
        assert_eq!(exit(Claim::Impossible, Stopped::Proved, None), ExitCode::Impossible);
        assert_eq!(exit(Claim::Impossible, Stopped::Proved, Some(3)), ExitCode::Impossible);
        assert_eq!(exit(Claim::Undecided, Stopped::Time, Some(3)), ExitCode::Undecided);
        assert_eq!(exit(Claim::Undecided, Stopped::Cancelled, None), ExitCode::Undecided);
        assert_eq!(exit(Claim::Feasible, Stopped::Time, None), ExitCode::Internal);
    }
}
