//! `lunpai simulate`: years ahead under one policy.

use super::Lang;
use super::compare::policy;
use super::say::{problems, refuse, say, tell};
use super::solve::{StageName, listen, processors};
use clap::Args;
use lunpai::job::{ExitCode, Input, Output, Refusal, guarded, pretty, reading_exit};
use lunpai::study::{Chances, Study, years_csv};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Carry a district through years of one policy.
///
/// 按一种办法推演若干年:谁派出、谁返岗、谁退休、谁不愿去,逐年累积。
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  lunpai simulate instances/liqing --policy instances/liqing/policy.json --years 3 --refuses 10 --out years"
)]
pub struct Simulate {
    /// District file, workbook or directory; it needs a term.
    district: PathBuf,
    #[arg(long)]
    policy: PathBuf,
    /// Policy whose clauses measure every year [default: the policy itself].
    #[arg(long)]
    yardstick: Option<PathBuf>,
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=50))]
    years: u16,
    /// Draws what happens to people: the same person in the same year under every policy.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Percent of the people who refuse in a year.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    refuses: u32,
    /// Percent of the people who leave the district after a year, besides those who retire.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    leaves: u32,
    /// Deterministic limit of every year, in work units.
    #[arg(long, default_value_t = 1_000_000)]
    work: u64,
    /// Seconds after which a year is given up; it is a failure then, and nobody moves.
    #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    time: u64,
    /// [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Only this stage (repeatable) [default: exchange].
    #[arg(long, value_enum)]
    stage: Vec<StageName>,
    /// New directory for years.csv, the plans and the district after the last year.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier simulation.
    #[arg(long)]
    replace: bool,
}

impl Simulate {
    pub fn run(&self, lang: Lang) -> ExitCode {
        match guarded(|| Ok(self.work(lang))).and_then(|done| done) {
            Ok(exit) => exit,
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn work(&self, lang: Lang) -> Result<ExitCode, Refusal> {
        let mut output = Output::begin(&self.out, self.replace)?;
        let read = Input::read(&self.district, Some(&self.policy), None, None).and_then(|input| input.parse());
        let yardstick = policy(self.yardstick.as_ref().unwrap_or(&self.policy)).map_err(|problem| vec![problem]);
        let (read, yardstick) = match (read, yardstick) {
            (Ok(read), Ok(yardstick)) => (read, yardstick),
            (read, yardstick) => {
                let wrong: Vec<_> = read.err().into_iter().chain(yardstick.err()).flatten().collect();
                tell(&problems(&wrong, lang));
                return Ok(reading_exit(&wrong));
            }
        };
        if read.district.term.is_none() {
            tell(lang.pick("学区没有学期(term),无法推算年份", "the district has no term: there is no year to go on from"));
            return Ok(ExitCode::BadInput);
        }
        let stages = if self.stage.is_empty() { vec![StageName::Exchange] } else { self.stage.clone() };
        let stages: Vec<_> = stages.into_iter().map(StageName::stage).collect();
        let cancel = Arc::new(AtomicBool::new(false));
        if let Err(error) = listen(&cancel) {
            tell(&error.to_string()); // the years can do without signals
        }
        let study = Study {
            districts: &[],
            policies: &[],
            yardstick: &yardstick,
            seeds: 1,
            stages: &stages,
            work: self.work,
            net: Duration::from_secs(self.time),
            threads: self.threads.map_or_else(processors, |threads| threads as usize),
        };
        let chances = Chances { refuses: self.refuses, leaves: self.leaves };
        let (years, after) = study.years(&read.district, &read.policy, self.years, self.seed, chances, &cancel);
        let table = years_csv(&years);
        output.write("years.csv", &table)?;
        for year in &years {
            if let Some(plan) = &year.row.plan {
                output.write(&format!("plans/{}.json", year.year), &pretty(plan))?;
            }
        }
        output.write("district.json", &pretty(&after))?;
        let inventory = serde_json::json!({
            "schema": "lunpai.simulate/1", "policy": read.policy.id, "yardstick": yardstick.id, "seed": self.seed, "work": self.work,
            "files": output.files(),
        });
        output.commit("simulate.json", &pretty(&inventory))?;
        say(String::from_utf8_lossy(&table).trim_end());
        let cut_short = cancel.load(std::sync::atomic::Ordering::Relaxed);
        Ok(if cut_short { ExitCode::CutShort } else { ExitCode::Done })
    }
}
