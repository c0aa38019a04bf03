//! Exit codes: a promise to whoever starts the job. Queues retry what is not 0, so a normal time limit is 0.

use serde::{Deserialize, Serialize};

/// The outcome of a run as one number. Never renumber; a new meaning is a new number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum ExitCode {
    /// A checked plan that breaks no rule of force *legal* (what *policy* lacks waits for a meeting); or the command did what it was asked.
    Done = 0,
    /// `check` found broken legal rules or falsified figures; with `--strict` also decisions that are needed.
    Findings = 1,
    /// A checked plan, cut short from outside; or with `--strict` one on which a meeting has to decide.
    CutShort = 3,
    /// The rules that are never relaxed cannot all be met. Shortage of teachers is never this.
    Impossible = 4,
    /// No plan and no proof within the limits.
    Undecided = 5,
    /// Wrong arguments.
    Usage = 64,
    /// The input is invalid or over a limit; all problems are listed.
    BadInput = 65,
    /// The input is missing or unreadable.
    NoInput = 66,
    /// Solver and checker disagree, or a panic.
    Internal = 70,
    /// Out of memory or processes before any plan.
    NoMemory = 71,
    /// The output cannot be created (it exists, or its folder does not).
    CannotCreate = 73,
    /// Writing the output failed; what was there is untouched.
    CannotWrite = 74,
    /// Another run holds the output.
    Busy = 75,
}

impl ExitCode {
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(exit: ExitCode) -> Self {
        Self::from(exit.code())
    }
}
