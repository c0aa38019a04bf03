//! How plans are made for a study: arguments and set-up that `compare` and `simulate` share.

use super::say::tell;
use super::solve::{StageName, listen, processors};
use clap::Args;
use lunpai::file::{Policy, Source, read_policy};
use lunpai::problem::Problem;
use lunpai::rules::Stage;
use lunpai::stages::Cancel;
use lunpai::study::Trial;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

#[derive(Debug, Args)]
pub(super) struct Running {
    /// Deterministic limit of every plan, in work units.
    #[arg(long, default_value_t = 20_000_000)]
    pub(super) work: u64,
    /// Seconds after which a plan is given up; it is a failure then, never a result.
    #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    time: u64,
    /// [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Only this stage (repeatable) [default: exchange].
    #[arg(long, value_enum)]
    stage: Vec<StageName>,
}

impl Running {
    pub(super) fn trial<'a>(&self, yardstick: &'a Policy) -> Trial<'a> {
        let stages: Vec<Stage> = self.stage.iter().copied().map(StageName::stage).collect();
        Trial {
            yardstick,
            stages: if stages.is_empty() { vec![Stage::Exchange] } else { stages },
            work: self.work,
            net: Duration::from_secs(self.time),
            threads: self.threads.map_or_else(processors, |threads| threads as usize),
        }
    }
}

/// Set by the first signal; a study can do without signals.
pub(super) fn cancel() -> Arc<Cancel> {
    let cancel = Arc::new(AtomicBool::new(false));
    if let Err(error) = listen(&cancel) {
        tell(&error.to_string());
    }
    cancel
}

pub(super) fn policy(path: &Path) -> Result<Policy, Problem> {
    Source::read(path).and_then(|source| read_policy(&source))
}
