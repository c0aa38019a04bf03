//! `lunpai simulate`: years ahead under one policy.

use super::Lang;
use super::running::{Running, cancel, policy};
use super::say::{problems, refuse, say, tell};
use clap::Args;
use lunpai::job::{ExitCode, Input, Output, Refusal, guarded, pretty, reading_exit};
use lunpai::study::{Ahead, Chances, Year, years_csv};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

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
    #[command(flatten)]
    running: Running,
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
            return Err(Refusal::no_term(&self.district));
        }
        let cancel = cancel();
        let chances = Chances { refuses: self.refuses, leaves: self.leaves };
        let ahead = Ahead { policy: &read.policy, years: self.years, seed: self.seed, chances };
        let (years, after) = self.running.trial(&yardstick).years(&read.district, &ahead, &cancel);
        let table = years_csv(&years);
        output.write("years.csv", &table)?;
        for year in &years {
            if let Some(plan) = &year.row.plan {
                output.write(&format!("plans/{}.json", year.year), &pretty(plan))?;
            }
        }
        output.write("district.json", &pretty(&after))?;
        let inventory = serde_json::json!({
            "schema": "lunpai.simulate/1", "policy": read.policy.id, "yardstick": yardstick.id, "seed": self.seed, "work": self.running.work,
            "years": years.iter().map(happened).collect::<Vec<_>>(), "files": output.files(),
        });
        output.commit("simulate.json", &pretty(&inventory))?;
        say(String::from_utf8_lossy(&table).trim_end());
        Ok(if cancel.load(Ordering::Relaxed) { ExitCode::CutShort } else { ExitCode::Done })
    }
}

/// What happened to whom in a year, whatever was planned.
fn happened(year: &Year) -> serde_json::Value {
    serde_json::json!({ "year": year.year, "refused": year.refused, "retired": year.retired, "left": year.left })
}
