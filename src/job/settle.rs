//! From the four answers to one exit code.

use super::ExitCode;
use super::manifest::{Claim, Status, Stopped};

/// What the checker counts in a plan against the clauses of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken {
    /// Structure and legal clauses.
    pub(super) legal: u64,
    /// Policy clauses beyond what a meeting decided.
    pub(super) policy: u64,
}

/// `broken` = what the checker found; `None` = no plan.
///
/// A plan is one when nothing legal is broken: what a policy clause lacks is for a meeting to decide, and never keeps a plan back.
/// Solver and checker contradict each other when the solver claims a plan that the checker refuses, or claims that none exists and
/// hands over one that breaks nothing. A search that was stopped early has not said its last word: what it claims until then
/// and the checker refuses is undecided.
pub(super) fn settle(claim: Claim, stopped: Stopped, broken: Option<Broken>) -> (Status, ExitCode) {
    match (claim, broken) {
        _ if stopped == Stopped::Failed => (Status::Internal, ExitCode::Internal),
        (Claim::Impossible, Some(Broken { legal: 0, policy: 0 })) => (Status::Internal, ExitCode::Internal),
        (_, Some(Broken { legal: 0, .. })) if stopped == Stopped::Cancelled => (Status::CutShort, ExitCode::CutShort),
        (_, Some(Broken { legal: 0, .. })) => (Status::Done, ExitCode::Done),
        (Claim::Impossible, _) => (Status::Impossible, ExitCode::Impossible),
        (Claim::Undecided, _) => (Status::Undecided, ExitCode::Undecided),
        (Claim::Feasible, _) if stopped.is_early() => (Status::Undecided, ExitCode::Undecided),
        (Claim::Optimal | Claim::Feasible, _) => (Status::Internal, ExitCode::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: [Claim; 4] = [Claim::Optimal, Claim::Feasible, Claim::Impossible, Claim::Undecided];
    const STOPS: [Stopped; 7] =
        [Stopped::Proved, Stopped::Gap, Stopped::Stall, Stopped::Time, Stopped::Work, Stopped::Cancelled, Stopped::Failed];

    #[expect(clippy::unnecessary_wraps, reason = "as `settle` takes it")]
    fn broken(legal: u64, policy: u64) -> Option<Broken> {
        Some(Broken { legal, policy })
    }

    fn exit(claim: Claim, stopped: Stopped, broken: Option<Broken>) -> ExitCode {
        settle(claim, stopped, broken).1
    }

    #[test]
    fn a_refused_plan_never_exits_0_or_3() {
        for claim in CLAIMS {
            for stopped in STOPS {
                for broken in [None, broken(1, 0), broken(1, 4)] {
                    let exit = exit(claim, stopped, broken);
                    assert!(!matches!(exit, ExitCode::Done | ExitCode::CutShort), "{claim:?} {stopped:?} {broken:?}");
                }
            }
        }
    }

    #[test]
    fn policy_never_keeps_a_plan_back() {
        for claim in CLAIMS {
            for stopped in STOPS.into_iter().filter(|stopped| *stopped != Stopped::Failed) {
                let expected = if stopped == Stopped::Cancelled { ExitCode::CutShort } else { ExitCode::Done };
                assert_eq!(exit(claim, stopped, broken(0, 3)), expected, "{claim:?} {stopped:?}");
            }
        }
    }

    #[test]
    fn no_early_stop_is_a_defect() {
        for stopped in [Stopped::Time, Stopped::Work, Stopped::Cancelled] {
            for broken in [None, broken(2, 0)] {
                assert_eq!(exit(Claim::Feasible, stopped, broken), ExitCode::Undecided, "{stopped:?} {broken:?}");
            }
        }
    }

    #[test]
    fn exit_codes_follow_the_contract() {
        assert_eq!(exit(Claim::Feasible, Stopped::Time, broken(0, 0)), ExitCode::Done);
        assert_eq!(exit(Claim::Optimal, Stopped::Proved, broken(0, 0)), ExitCode::Done);
        assert_eq!(exit(Claim::Feasible, Stopped::Cancelled, broken(0, 0)), ExitCode::CutShort);
        assert_eq!(exit(Claim::Feasible, Stopped::Gap, broken(2, 0)), ExitCode::Internal);
        assert_eq!(exit(Claim::Optimal, Stopped::Time, broken(2, 0)), ExitCode::Internal);
        assert_eq!(exit(Claim::Feasible, Stopped::Stall, None), ExitCode::Internal);
        assert_eq!(exit(Claim::Impossible, Stopped::Proved, None), ExitCode::Impossible);
        assert_eq!(exit(Claim::Impossible, Stopped::Proved, broken(3, 0)), ExitCode::Impossible);
        assert_eq!(exit(Claim::Impossible, Stopped::Proved, broken(0, 0)), ExitCode::Internal);
        assert_eq!(exit(Claim::Undecided, Stopped::Time, broken(3, 0)), ExitCode::Undecided);
        assert_eq!(exit(Claim::Undecided, Stopped::Cancelled, None), ExitCode::Undecided);
    }
}
