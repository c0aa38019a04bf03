//! `lunpai compare price|front|staging`: one policy on one district, looked at closely.

use super::super::Lang;
use super::super::running::{Running, cancel};
use super::super::say::{problems, refuse, say, tell};
use clap::Args;
use lunpai::district::validate::validate;
use lunpai::job::{ExitCode, Input, Output, Read, Refusal, guarded, pretty, reading_exit};
use lunpai::problem::Severity;
use lunpai::stages::Cancel;
use lunpai::study::{Between, Status, Trial, front_csv, front_figure, prices_csv, staging_csv};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// What each clause costs: dropped, and the district planned again.
///
/// 每条规则的代价:去掉它再排一次。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai compare price instances/huayuankou --out prices")]
pub(super) struct Prices {
    #[command(flatten)]
    one: One,
}

/// What one level costs another: plans between which nothing is better for both.
///
/// 两级目标之间的取舍:再好一分要付出多少。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai compare front instances/huayuankou --first rank2 --second rank3 --out front")]
pub(super) struct Front {
    #[command(flatten)]
    one: One,
    /// Level on the one axis, as the manifest calls it.
    #[arg(long, default_value = "rank2")]
    first: String,
    #[arg(long, default_value = "rank3")]
    second: String,
    /// Limits between the ends.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
    points: u32,
}

/// What it costs to decide the exchange before the teaching: both as one model beside it (for small districts).
///
/// 先定交流、后排任课的代价:与一次排定比较(适用于小学区)。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai compare staging instances/huayuankou --out staging")]
pub(super) struct Staging {
    #[command(flatten)]
    one: One,
}

#[derive(Debug, Args)]
struct One {
    /// District file, workbook or directory.
    district: PathBuf,
    /// Policy file [default: policy.json of the directory, else the standard policy].
    #[arg(long)]
    policy: Option<PathBuf>,
    #[command(flatten)]
    running: Running,
    /// New directory for the table.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier one.
    #[arg(long)]
    replace: bool,
}

/// Files to be written.
type Files = Vec<(&'static str, Vec<u8>)>;

/// Why there are none: what became of the run, or what is wrong with the request.
enum Nothing {
    Run(Status),
    Request(Box<Refusal>),
}

impl Prices {
    pub(super) fn run(&self, lang: Lang) -> ExitCode {
        self.one.run(lang, |read, trial, cancel| {
            let prices = trial.prices(&read.district, &read.policy, cancel, &mut |clause| tell(clause)).map_err(Nothing::Run)?;
            Ok(vec![("prices.csv", prices_csv(&prices))])
        })
    }
}

impl Front {
    pub(super) fn run(&self, lang: Lang) -> ExitCode {
        self.one.run(lang, |read, trial, cancel| {
            let between = Between { first: &self.first, second: &self.second, points: self.points };
            let front = trial.front(&read.district, &read.policy, between, cancel);
            let refused =
                |levels: Vec<String>| Refusal::no_such_level(&format!("--first {} --second {}", self.first, self.second), &levels);
            let front = front.map_err(|levels| Nothing::Request(Box::new(refused(levels))))?;
            if front.is_empty() {
                return Err(Nothing::Run(Status::Undecided));
            }
            let table = front_csv(&front);
            let figure = front_figure(&table).unwrap_or_default().into_bytes();
            Ok(vec![("front.csv", table), ("front.svg", figure)])
        })
    }
}

impl Staging {
    pub(super) fn run(&self, lang: Lang) -> ExitCode {
        self.one.run(lang, |read, trial, cancel| {
            let staging = trial.staging(&read.district, &read.policy, cancel).map_err(Nothing::Run)?;
            Ok(vec![("staging.csv", staging_csv(&staging))])
        })
    }
}

impl One {
    fn run(&self, lang: Lang, work: impl FnOnce(&Read, &Trial, &Cancel) -> Result<Files, Nothing>) -> ExitCode {
        match guarded(|| Ok(self.work(lang, work))).and_then(|done| done) {
            Ok(exit) => exit,
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn work(&self, lang: Lang, work: impl FnOnce(&Read, &Trial, &Cancel) -> Result<Files, Nothing>) -> Result<ExitCode, Refusal> {
        let mut output = Output::begin(&self.out, self.replace)?;
        let read = match Input::read(&self.district, self.policy.as_deref(), None, None).and_then(|input| input.parse()) {
            Ok(read) => read,
            Err(wrong) => {
                tell(&problems(&wrong, lang));
                return Ok(reading_exit(&wrong));
            }
        };
        let wrong = validate("district.json", &read.district, Some(("policy.json", &read.policy)), None);
        if wrong.iter().any(|problem| problem.severity == Severity::Error) {
            return Ok(refuse(ExitCode::BadInput, &wrong, lang, false));
        }
        let cancel = cancel();
        let files = match work(&read, &self.running.trial(&read.policy), &cancel) {
            Ok(files) => files,
            Err(Nothing::Request(refusal)) => return Err(*refusal),
            Err(Nothing::Run(status)) => {
                tell(status.id());
                return Ok(exit_of(status));
            }
        };
        for (name, bytes) in &files {
            output.write(name, bytes)?;
        }
        let inventory = serde_json::json!({
            "schema": "lunpai.compare/1", "policy": read.policy.id, "work": self.running.work, "files": output.files(),
        });
        output.commit("compare.json", &pretty(&inventory))?;
        say(String::from_utf8_lossy(&files[0].1).trim_end());
        Ok(if cancel.load(Ordering::Relaxed) { ExitCode::CutShort } else { ExitCode::Done })
    }
}

fn exit_of(status: Status) -> ExitCode {
    match status {
        Status::Planned => ExitCode::Done,
        Status::Invalid => ExitCode::BadInput,
        Status::Impossible => ExitCode::Impossible,
        Status::Undecided | Status::OutOfTime => ExitCode::Undecided,
        Status::Rejected => ExitCode::Internal,
    }
}
