//! `lunpai compare`: districts × policies × seeds, one row each, under one yardstick; and a policy on one district looked at closely.

mod figures;
mod one;

use super::Lang;
use super::running::{Running, cancel, policy};
use super::say::{problems, refuse, say, tell};
use clap::{Args, Subcommand};
use lunpai::file::Text;
use lunpai::job::{ExitCode, Input, Output, Refusal, guarded, pretty, reading_exit};
use lunpai::study::baselines::Baseline;
use lunpai::study::{Near, Range, Row, Study, paired, pairs_csv, ranges_csv, runs_csv, runs_figures, story};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Compare policies on the same districts by the checker's figures.
///
/// 比较交流办法:同样的学区、同样的种子,只用独立复核的数字说话。
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  lunpai compare instances/huayuankou instances/xian --stage exchange --policy instances/policies/national-2014.json --policy instances/policies/anhui-2014.json --yardstick instances/policies/national-2014.json --out study"
)]
pub struct Compare {
    #[command(subcommand)]
    closely: Option<Closely>,
    /// Districts: files, workbooks or directories.
    #[arg(required = true)]
    districts: Vec<PathBuf>,
    /// Policy, or NAME=FILE to call it otherwise than by its file (repeatable).
    #[arg(long, required = true)]
    policy: Vec<String>,
    /// Policy whose clauses measure every plan; best none of those compared.
    #[arg(long, required = true)]
    yardstick: Option<PathBuf>,
    /// Runs of each district and policy.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=1000))]
    seeds: u64,
    /// Also what simple means would do: what is agreed and nothing else, greedy swaps, quotas alone, top trading cycles, deferred
    /// acceptance with a school's own people first. Who may be asked follows the yardstick.
    #[arg(long)]
    baselines: bool,
    #[command(flatten)]
    running: Running,
    /// Also look for so many other plans near each best one, and say how far apart their metrics are (exchange only).
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=10_000))]
    near: u64,
    /// How near: each level may cost so many thousandths more.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1000))]
    within: u32,
    /// New directory for runs.csv, pairs.csv, figures, the plans and what they show.
    #[arg(long, required = true)]
    out: Option<PathBuf>,
    /// Also write runs.parquet (a build with the feature of that name).
    #[arg(long)]
    parquet: bool,
    /// Replace an earlier comparison.
    #[arg(long)]
    replace: bool,
}

#[derive(Debug, Subcommand)]
enum Closely {
    Price(one::Prices),
    Front(one::Front),
    Staging(one::Staging),
    Figures(figures::Figures),
}

impl Compare {
    pub fn run(&self, lang: Lang) -> ExitCode {
        match &self.closely {
            Some(Closely::Price(command)) => return command.run(lang),
            Some(Closely::Front(command)) => return command.run(lang),
            Some(Closely::Staging(command)) => return command.run(lang),
            Some(Closely::Figures(command)) => return command.run(lang),
            None => {}
        }
        match guarded(|| Ok(self.work(lang))).and_then(|done| done) {
            Ok(exit) => exit,
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn work(&self, lang: Lang) -> Result<ExitCode, Refusal> {
        if self.parquet && !cfg!(feature = "parquet") {
            return Err(Refusal::no_parquet());
        }
        let output = Output::begin(self.out.as_deref().unwrap_or(Path::new("study")), self.replace)?;
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
        let yardstick = policy(self.yardstick.as_deref().unwrap_or(Path::new(""))).map_err(|problem| wrong.push(problem)).ok();
        let (Some(yardstick), []) = (yardstick, wrong.as_slice()) else {
            tell(&problems(&wrong, lang));
            return Ok(reading_exit(&wrong));
        };
        let cancel = cancel();
        let study = Study {
            districts: &districts,
            policies: &policies,
            baselines: if self.baselines { &Baseline::ALL } else { &[] },
            seeds: self.seeds,
            trial: self.running.trial(&yardstick),
        };
        let rows = study.run(&cancel, &mut |row| tell(&format!("{} {} {} {}", row.district, row.policy, row.seed, row.status.id())));
        let near = Near { plans: self.near, permille: self.within };
        let ranges = if self.near > 0 { study.ranges(&near, &cancel) } else { Vec::new() };
        let words = self.write(output, &rows, &ranges, &yardstick.id)?;
        say(lang.of(&words));
        Ok(if cancel.load(Ordering::Relaxed) { ExitCode::CutShort } else { ExitCode::Done })
    }

    fn write(&self, mut output: Output, rows: &[Row], ranges: &[Range], yardstick: &str) -> Result<Text, Refusal> {
        let pairs = paired(rows);
        let runs = runs_csv(rows);
        output.write("runs.csv", &runs)?;
        #[cfg(feature = "parquet")]
        if self.parquet {
            output.write("runs.parquet", &lunpai::study::runs_parquet(rows))?;
        }
        for (name, svg) in runs_figures(&runs).unwrap_or_default() {
            output.write(&format!("figures/{name}"), svg.as_bytes())?;
        }
        if !ranges.is_empty() {
            output.write("ranges.csv", &ranges_csv(ranges))?;
        }
        output.write("pairs.csv", &pairs_csv(&pairs))?;
        for row in rows {
            if let Some(plan) = &row.plan {
                output.write(&format!("plans/{}.{}.{}.json", file_part(&row.district), file_part(&row.policy), row.seed), &pretty(plan))?;
            }
        }
        let words = story(rows, &pairs, yardstick);
        output.write("README.md", format!("{}\n\n{}\n", words.zh, words.en).as_bytes())?;
        let inventory = serde_json::json!({
            "schema": "lunpai.compare/1", "yardstick": yardstick, "seeds": self.seeds, "work": self.running.work, "files": output.files(),
        });
        output.commit("compare.json", &pretty(&inventory))?;
        Ok(words)
    }
}

/// The name, numbered where it is taken by another or a baseline.
fn distinct<T>(name: &str, taken: &[(String, T)]) -> String {
    let free = |name: &String| taken.iter().all(|(other, _)| other != name) && Baseline::ALL.iter().all(|baseline| baseline.id() != name);
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_default()
}

/// A name that is safe as part of a file's.
fn file_part(name: &str) -> String {
    name.replace(|c: char| !(c.is_alphanumeric() || "-_".contains(c)), "_")
}
