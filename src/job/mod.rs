//! One run as a job: read, validate, solve, check, write. The command line and a program that links the library go
//! through the same [`run`]; the promises are in `docs/job.md`.
//!
//! The output directory appears by one rename or not at all ([`Output`]; [`OutputFile`] where one file is all); what a run without
//! a plan leaves stands beside it. Its `manifest.json` holds only figures that [`verify()`] can compute again.

mod deliver;
mod exit;
mod input;
mod inventory;
mod lock;
mod manifest;
mod output;
#[cfg(feature = "solve")]
mod progress;
mod refusal;
#[cfg(feature = "solve")]
mod run;
#[cfg(feature = "solve")]
mod running;
mod schema;
mod scratch;
mod settle;
mod single;
mod standard;
mod to_decide;
mod verify;
#[cfg(feature = "solve")]
mod watch;

pub use deliver::{Answer, Ask, Delivery, Searched};
pub use exit::ExitCode;
pub use input::{Input, Read, plan_of, reading_exit};
pub use inventory::Fingerprint;
pub use manifest::{
    Checked, Claim, CutFigures, LevelFigures, Limits, Manifest, StageFigures, Status, Stopped, TermFigures, TracePoint, Verdict,
    WithoutPostings, pretty,
};
pub(crate) use output::safe_name;
pub use output::{Output, folder_name};
#[cfg(feature = "solve")]
pub use progress::{Kind, Phase, Progress};
#[cfg(feature = "solve")]
pub use refusal::guarded;
pub use refusal::{KINDS, Refusal};
#[cfg(feature = "solve")]
pub use run::{Place, run};
pub use schema::{SCHEMAS, schema};
pub use single::OutputFile;
pub use standard::STANDARD_POLICY;
pub use to_decide::OpenDecision;
pub(crate) use to_decide::{Least, least};
pub use verify::{Falsified, Judgement, Verified, is_output, judge, verify};
