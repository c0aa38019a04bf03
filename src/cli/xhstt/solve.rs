//! `lunpai xhstt solve`: a timetable for one instance.

use super::{Lang, plain, read};
use crate::cli::say::{put, refuse, say, tell};
use crate::cli::solve::{listen, processors};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use lunpai::file::Source;
use lunpai::job::{ExitCode, OutputFile, Refusal, guarded, reading_exit};
use lunpai::problem::Problem;
use lunpai::xhstt::archive::Instance;
use lunpai::xhstt::{Cost, Credit, Fleet, Limits, OUR_GROUP, choose, deliver, may_be_solved, read_archive, solve_side_by_side};
use serde_json::json;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Find a timetable for one instance and write it as a solution file.
///
/// 为一个实例排课,写成标准的解文件。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai xhstt solve archive.xml --instance BR-SA-00 --time 60 --out solution.xml")]
pub struct Solve {
    /// XHSTT archive, or `-` for standard input.
    file: PathBuf,
    /// Id of the instance [default: the only one].
    #[arg(long, value_name = "ID")]
    instance: Option<String>,
    /// New file for the solution; `-` prints it.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier solution file of this program.
    #[arg(long)]
    replace: bool,
    /// Seconds of wall clock [default: 60, none with --work].
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    time: Option<u64>,
    /// Deterministic limit in tried moves of each walk: same input, seed, threads and work give the same file.
    #[arg(long, value_name = "MOVES", value_parser = clap::value_parser!(u64).range(1..))]
    work: Option<u64>,
    /// Seed of the first walk; the others take the numbers after it.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Walks side by side, of which the best is kept [default: all processors, 1 with --work].
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// Why there is no solution file.
type Refused = (ExitCode, Vec<Problem>);

impl Solve {
    pub fn run(&self, lang: Lang) -> ExitCode {
        self.solve(lang).unwrap_or_else(|(exit, list)| refuse(exit, &list, lang, false))
    }

    fn solve(&self, lang: Lang) -> Result<ExitCode, Refused> {
        let start = Instant::now();
        let refused = |refusal: Refusal| (refusal.exit, vec![refusal.problem]);
        let cancel = Arc::new(AtomicBool::new(false));
        // Before the place is taken: whoever sees the lock may send a signal.
        if let Err(error) = listen(&cancel) {
            tell(&error.to_string()); // the run can do without signals
        }
        let alone = self.out == Path::new("-");
        let output = if alone { None } else { Some(OutputFile::begin(&self.out, self.replace, is_ours).map_err(refused)?) };
        let (source, archive) = read(&self.file).map_err(|list| (reading_exit(&list), list))?;
        let index = choose(&source.name, &archive, self.instance.as_deref()).map_err(|problem| {
            let exit = if archive.instances.is_empty() { ExitCode::BadInput } else { ExitCode::Usage };
            (exit, vec![problem])
        })?;
        let instance = &archive.instances[index];
        may_be_solved(&source.name, instance).map_err(|problem| (ExitCode::BadInput, vec![problem]))?;
        let found = guarded(|| {
            let fleet = self.search(instance, start, &cancel, lang);
            let description = self.origin(&fleet);
            let credit = Credit { contributor: concat!("Lunpai ", env!("CARGO_PKG_VERSION")), date: "", description: &description };
            let text = deliver(&source, instance, &credit, &fleet.best)?;
            Ok((fleet, text))
        });
        let (fleet, text) = found.map_err(refused)?;
        if let Some(output) = output {
            output.commit(text.as_bytes()).map_err(refused)?;
        } else if !put(text.as_bytes()) {
            return Ok(ExitCode::CannotWrite);
        }
        let cut_short = cancel.load(Ordering::Relaxed);
        let words = self.words(&instance.id, &fleet, start.elapsed(), cut_short, lang);
        if alone {
            tell(&words);
        } else {
            say(&words);
        }
        Ok(if cut_short { ExitCode::CutShort } else { ExitCode::Done })
    }

    fn search(&self, instance: &Instance, start: Instant, cancel: &AtomicBool, lang: Lang) -> Fleet {
        let seconds = self.time.or(if self.work.is_some() { None } else { Some(60) });
        let time = seconds.map(Duration::from_secs);
        // Beside a limit of moves the clock must not steer the search: it is a net only.
        let (time, net) = if self.work.is_some() { (None, time) } else { (time, None) };
        let limits = Limits { time: time.map(|time| time.saturating_sub(start.elapsed())), moves: self.work, seed: self.seed };
        let walks = self.threads.map_or_else(|| if self.work.is_some() { 1 } else { processors() }, |threads| threads as usize);
        let bar = bar(seconds, lang);
        let stop = || {
            let passed = start.elapsed();
            if let Some(bar) = &bar {
                bar.set_position(passed.as_millis() as u64);
            }
            cancel.load(Ordering::Relaxed) || net.is_some_and(|net| passed >= net)
        };
        let fleet = solve_side_by_side(instance, &limits, walks, &stop);
        if let Some(bar) = &bar {
            bar.finish_and_clear();
        }
        fleet
    }

    /// How a solution came about, for its `MetaData`: the same for the same solution.
    fn origin(&self, fleet: &Fleet) -> String {
        let limit = self.work.map_or_else(String::new, |work| format!(" --work {work}"));
        format!("lunpai xhstt solve --seed {}{limit}", fleet.seed)
    }

    fn words(&self, id: &str, fleet: &Fleet, passed: Duration, cut_short: bool, lang: Lang) -> String {
        let Cost { hard, soft } = fleet.best.cost;
        let (tried, seed, seconds) = (fleet.tried, fleet.seed, passed.as_secs_f64());
        if self.json {
            let seconds = (seconds * 1000.0).round() / 1000.0;
            let object = json!({
                "instance": id, "hard": hard, "soft": soft, "seconds": seconds, "moves": tried, "seed": seed, "cut_short": cut_short,
            });
            return serde_json::to_string_pretty(&object).unwrap_or_default();
        }
        let id = plain(id);
        match lang {
            Lang::Zh => format!("{id}  硬代价 {hard}  软代价 {soft}  {seconds:.1} 秒  尝试 {tried} 步  种子 {seed}"),
            Lang::En => format!("{id}  hard {hard}  soft {soft}  {seconds:.1} seconds  {tried} moves tried  seed {seed}"),
        }
    }
}

/// A file that this command wrote, or a program through `write_solution`: one instance and one solution of ours.
fn is_ours(source: &Source) -> bool {
    read_archive(source).is_ok_and(|archive| {
        let [solution] = &archive.solutions[..] else { return false };
        archive.instances.len() == 1 && solution.group == OUR_GROUP
    })
}

/// A bar over the seconds there are; without a limit of them only how long it has taken.
fn bar(seconds: Option<u64>, lang: Lang) -> Option<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let (bar, form) = match seconds {
        Some(seconds) => (ProgressBar::new(seconds * 1000), "{bar:24} {elapsed:>4} {wide_msg}"),
        None => (ProgressBar::new_spinner(), "{elapsed:>4} {wide_msg}"),
    };
    let style = ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar());
    Some(bar.with_style(style).with_message(lang.pick("编排课表", "making the timetable").to_owned()))
}
