//! `lunpai compare`: districts × policies × seeds, one row each, under one yardstick.

use super::Lang;
use super::say::{problems, refuse, say, tell};
use super::solve::{StageName, listen, processors};
use clap::Args;
use lunpai::file::{Source, Text, read_policy};
use lunpai::job::{ExitCode, Input, Output, Refusal, guarded, pretty, reading_exit};
use lunpai::problem::Problem;
use lunpai::study::{Row, Study, paired, pairs_csv, runs_csv, story};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Compare policies on the same districts by the checker's figures.
///
/// 比较交流办法:同样的学区、同样的种子,只用独立复核的数字说话。
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  lunpai compare instances/huayuankou instances/xian --stage exchange --policy instances/policies/national-2014.json --policy instances/policies/anhui-2014.json --yardstick instances/policies/national-2014.json --out study"
)]
pub struct Compare {
    /// Districts: files, workbooks or directories.
    #[arg(required = true)]
    districts: Vec<PathBuf>,
    /// Policy, or NAME=FILE to call it otherwise than by its file (repeatable).
    #[arg(long, required = true)]
    policy: Vec<String>,
    /// Policy whose clauses measure every plan; best none of those compared.
    #[arg(long)]
    yardstick: PathBuf,
    /// Runs of each district and policy.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=1000))]
    seeds: u64,
    /// Deterministic limit of every run, in work units.
    #[arg(long, default_value_t = 1_000_000)]
    work: u64,
    /// Seconds after which a run is given up; it is a failure then, never a result.
    #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    time: u64,
    /// [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Only this stage (repeatable) [default: exchange].
    #[arg(long, value_enum)]
    stage: Vec<StageName>,
    /// New directory for runs.csv, pairs.csv, the plans and what they show.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier comparison.
    #[arg(long)]
    replace: bool,
}

impl Compare {
    pub fn run(&self, lang: Lang) -> ExitCode {
        match guarded(|| Ok(self.work(lang))).and_then(|done| done) {
            Ok(exit) => exit,
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn work(&self, lang: Lang) -> Result<ExitCode, Refusal> {
        let output = Output::begin(&self.out, self.replace)?;
        let mut wrong = Vec::new();
        let (mut districts, mut policies) = (Vec::new(), Vec::new());
        for path in &self.districts {
            match Input::read(path, None, None, None).and_then(|input| input.parse()) {
                Ok(read) => districts.push((distinct(&read.district.id, &districts), read.district)),
                Err(list) => wrong.extend(list),
            }
        }
        for text in &self.policy {
            let (name, path) = text.split_once('=').unwrap_or(("", text));
            let path = Path::new(path);
            let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            match policy(path) {
                Ok(policy) => policies.push((distinct(if name.is_empty() { &stem } else { name }, &policies), policy)),
                Err(problem) => wrong.push(problem),
            }
        }
        let yardstick = policy(&self.yardstick).map_err(|problem| wrong.push(problem)).ok();
        let (Some(yardstick), []) = (yardstick, wrong.as_slice()) else {
            tell(&problems(&wrong, lang));
            return Ok(reading_exit(&wrong));
        };
        let stages = if self.stage.is_empty() { vec![StageName::Exchange] } else { self.stage.clone() };
        let stages: Vec<_> = stages.into_iter().map(StageName::stage).collect();
        let cancel = Arc::new(AtomicBool::new(false));
        if let Err(error) = listen(&cancel) {
            tell(&error.to_string()); // the runs can do without signals
        }
        let study = Study {
            districts: &districts,
            policies: &policies,
            yardstick: &yardstick,
            seeds: self.seeds,
            stages: &stages,
            work: self.work,
            net: Duration::from_secs(self.time),
            threads: self.threads.map_or_else(processors, |threads| threads as usize),
        };
        let rows = study.run(&cancel, &mut |row| tell(&format!("{} {} {} {}", row.district, row.policy, row.seed, row.status.id())));
        let cut_short = cancel.load(std::sync::atomic::Ordering::Relaxed);
        let words = self.write(output, &rows, &yardstick.id)?;
        say(lang.of(&words));
        Ok(if cut_short { ExitCode::CutShort } else { ExitCode::Done })
    }

    fn write(&self, mut output: Output, rows: &[Row], yardstick: &str) -> Result<Text, Refusal> {
        let pairs = paired(rows);
        output.write("runs.csv", &runs_csv(rows))?;
        output.write("pairs.csv", &pairs_csv(&pairs))?;
        for row in rows {
            if let Some(plan) = &row.plan {
                output.write(&format!("plans/{}.{}.{}.json", file_part(&row.district), file_part(&row.policy), row.seed), &pretty(plan))?;
            }
        }
        let words = story(rows, &pairs, yardstick);
        output.write("README.md", format!("{}\n\n{}\n", words.zh, words.en).as_bytes())?;
        let inventory = serde_json::json!({
            "schema": "lunpai.compare/1", "yardstick": yardstick, "seeds": self.seeds, "work": self.work, "files": output.files(),
        });
        output.commit("compare.json", &pretty(&inventory))?;
        Ok(words)
    }
}

pub(super) fn policy(path: &Path) -> Result<lunpai::file::Policy, Problem> {
    Source::read(path).and_then(|source| read_policy(&source))
}

/// The name, numbered where it is taken.
fn distinct<T>(name: &str, taken: &[(String, T)]) -> String {
    let free = |name: &String| taken.iter().all(|(other, _)| other != name);
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_default()
}

/// A name that is safe as part of a file's.
fn file_part(name: &str) -> String {
    name.replace(|c: char| !(c.is_alphanumeric() || "-_".contains(c)), "_")
}
