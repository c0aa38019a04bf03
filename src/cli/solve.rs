//! `lunpai solve`: plan the term.

use super::Lang;
use super::say::{problems, put, refuse, say, tell};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use lunpai::file::parse;
use lunpai::job::{Answer, Ask, ExitCode, Input, Place, Progress, folder_name, reading_exit, run};
use lunpai::rules::Stage;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Plan the term: exchange postings, teaching, timetables.
///
/// 排出一学期的交流、任课和课表,独立复核后写出。
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // flags, each on its own
#[command(after_help = "Example:\n  lunpai generate --schools 6 --out demo && lunpai solve demo --time 60 --out demo-plan")]
pub struct Solve {
    /// District file or workbook, a directory with district.json and policy.json or with CSV files, or `-`.
    input: PathBuf,
    /// Policy file [default: policy.json of the directory, else the standard policy].
    #[arg(long)]
    policy: Option<PathBuf>,
    /// New directory for the answer [default: `<district id>-plan`]; `-` prints plan.json alone.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Replace an earlier plan directory.
    #[arg(long)]
    replace: bool,
    /// Seconds of wall clock for the whole run, reading and writing included [default: until nothing better is found, 60 at most once
    /// there is a plan].
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    time: Option<u64>,
    /// Seconds of processor time for the whole run.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=6_048_000))]
    cpu: Option<u64>,
    /// Deterministic limit in work units: same input, seed and work give the same plan.
    #[arg(long)]
    work: Option<u64>,
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Stop a level when no plan can be better by more than this, in percent.
    #[arg(long, default_value = "1%", value_parser = permille)]
    gap: u32,
    /// Only this stage (repeatable) [default: all that the district has data for].
    #[arg(long, value_enum)]
    stage: Vec<StageName>,
    /// Approved plan: what is not decided anew comes from it.
    #[arg(long)]
    fixed: Option<PathBuf>,
    /// Last term's plan, in place of the district's own.
    #[arg(long)]
    baseline: Option<PathBuf>,
    /// Do not send a stage's failure back to the earlier one.
    #[arg(long)]
    no_feedback: bool,
    /// Also write every stage's model as MPS.
    #[arg(long)]
    export: bool,
    /// Also write the papers: Word documents for the meeting, the notice board and the people concerned.
    #[arg(long)]
    papers: bool,
    /// Exit 3 where a meeting has to decide on something before the plan can stand.
    #[arg(long)]
    strict: bool,
    /// How to show progress on standard error [default: bar on a terminal].
    #[arg(long, value_enum)]
    progress: Option<Show>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StageName {
    Exchange,
    Teaching,
    Timetable,
}

impl StageName {
    pub(super) fn stage(self) -> Stage {
        match self {
            Self::Exchange => Stage::Exchange,
            Self::Teaching => Stage::Teaching,
            Self::Timetable => Stage::Timetable,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Show {
    Json,
    Bar,
    None,
}

/// `1%`, `0.5%` or `1`: thousandths.
fn permille(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('%').unwrap_or(text);
    let percent: f64 = number.parse().map_err(|_| format!("`{text}` is not a percentage; write for example 1%"))?;
    if (0.0..=100.0).contains(&percent) { Ok((percent * 10.0).round() as u32) } else { Err("between 0% and 100%".to_owned()) }
}

impl Solve {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let show = self.progress.unwrap_or(if std::io::stderr().is_terminal() { Show::Bar } else { Show::None });
        let json = show == Show::Json;
        let read = Input::read(&self.input, self.policy.as_deref(), self.fixed.as_deref(), self.baseline.as_deref());
        let input = match read {
            Ok(input) => input,
            Err(list) => return refuse(reading_exit(&list), &list, lang, json),
        };
        if !input.notes.is_empty() && !json {
            tell(&problems(&input.notes, lang));
        }
        let alone = self.out.as_deref() == Some(Path::new("-"));
        let place = if alone {
            Place::Nowhere
        } else {
            Place::Directory { path: self.out.clone().unwrap_or_else(|| default_folder(&input)), replace: self.replace }
        };
        let cancel = Arc::new(AtomicBool::new(false));
        if let Err(error) = listen(&cancel) {
            tell(&error.to_string()); // the run can do without signals
        }
        let mut shown = Shown::new(show, self.time.unwrap_or(60), lang);
        let answer = run(&input, &self.ask(), &place, &cancel, &mut |progress| shown.line(progress));
        shown.end();
        let exit = print(&answer, &place, lang, json);
        if self.strict && exit == ExitCode::Done && answer.decisions_needed > 0 { ExitCode::CutShort } else { exit }
    }

    fn ask(&self) -> Ask {
        let mut stages: Vec<Stage> = self.stage.iter().copied().map(StageName::stage).collect();
        stages.sort_unstable();
        stages.dedup();
        Ask {
            time: self.time.map(Duration::from_secs),
            cpu: self.cpu.map(Duration::from_secs),
            work: self.work,
            seed: self.seed,
            threads: self.threads.map_or_else(processors, |threads| threads as usize),
            gap_permille: self.gap,
            stages,
            feedback: !self.no_feedback,
            export: self.export,
            papers: self.papers,
        }
    }
}

/// The first screen and the exit code; when nothing could be written, only why.
fn print(answer: &Answer, place: &Place, lang: Lang, json: bool) -> ExitCode {
    let screen = lang.of(&answer.screen);
    let unwritten = matches!(answer.exit, ExitCode::CannotCreate | ExitCode::CannotWrite | ExitCode::Busy);
    if screen.is_empty() || unwritten {
        return refuse(answer.exit, &answer.problems, lang, json);
    }
    if let Place::Directory { .. } = place {
        say(screen);
        match &answer.folder {
            Some(folder) => say(&format!("{} {}/", lang.pick("文件夹", "directory"), folder.display())),
            // A draft that could not be left: why.
            None => tell(&problems(&answer.problems, lang)),
        }
        return answer.exit;
    }
    if !json {
        tell(screen);
    }
    match &answer.plan {
        Some(plan) if !put(plan) => ExitCode::CannotWrite,
        _ => answer.exit,
    }
}

pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// `<district id>-plan` in the current folder; a file that does not parse is refused before anything is written.
fn default_folder(input: &Input) -> PathBuf {
    let id = parse::<serde_json::Value>(&input.district).ok().and_then(|json| Some(json.get("id")?.as_str()?.to_owned()));
    PathBuf::from(folder_name(id.as_deref().unwrap_or_default()))
}

/// The first SIGTERM or SIGINT asks the search to stop; the second ends the process at once and writes nothing.
pub(super) fn listen(cancel: &Arc<AtomicBool>) -> std::io::Result<()> {
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(cancel))?;
        signal_hook::flag::register(signal, Arc::clone(cancel))?;
    }
    Ok(())
}

/// Progress on standard error.
struct Shown {
    show: Show,
    lang: Lang,
    bar: Option<ProgressBar>,
}

impl Shown {
    fn new(show: Show, seconds: u64, lang: Lang) -> Self {
        let style = ProgressStyle::with_template("{bar:24} {elapsed:>4} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = (show == Show::Bar).then(|| ProgressBar::new(seconds * 1000).with_style(style));
        Self { show, lang, bar }
    }

    fn line(&mut self, progress: &Progress) {
        if self.show == Show::Json {
            tell(&serde_json::to_string(progress).unwrap_or_default());
        }
        if let Some(bar) = &self.bar {
            bar.set_position((progress.t * 1000.0) as u64);
            let gap = progress
                .gap
                .filter(|gap| *gap > 0.0)
                .map_or_else(String::new, |gap| format!(" · {} {:.1}%", self.lang.pick("离理论最好还差", "gap"), gap * 100.0));
            let (no, total) = (progress.phase_no, progress.phase_total);
            bar.set_message(format!("[{no}/{total}] {}{gap}", self.lang.of(&progress.message)));
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
