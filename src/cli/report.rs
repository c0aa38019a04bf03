//! `lunpai report`: the papers of a finished run, with names joined last.

use super::Lang;
use super::say::{refuse, say, tell};
use clap::{Args, ValueEnum};
use lunpai::desk::read_names;
use lunpai::district::validate::of_another_district;
use lunpai::file::{District, Plan, Source};
use lunpai::job::{ExitCode, Output, Refusal, Verified, plan_of, pretty, reading_exit, verify};
use lunpai::problem::Problem;
use lunpai::report::{self, Order, View};
use std::path::{Path, PathBuf};

/// Write the report and the papers of a plan anew, with the names from a list.
///
/// A run can do without names: they are joined here. The output directory is checked first, figure by figure.
///
/// 由已排好的方案写出材料:报告、课表工作簿、公示名单、通知书、交接清单;姓名可以到这一步才加上,也可以与上一稿逐项对照。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai report demo-plan --names 姓名.csv --before 上一稿 --out 材料")]
pub struct Report {
    /// Output directory of a run.
    plan: PathBuf,
    /// New directory.
    #[arg(long)]
    out: PathBuf,
    /// Ids and names: a workbook, a CSV file (编号,姓名) or a JSON object.
    #[arg(long)]
    names: Option<PathBuf>,
    /// Earlier version of the plan: an output directory, plan.json or plan.xlsx. What changed since is told.
    #[arg(long)]
    before: Option<PathBuf>,
    /// Order of the public list.
    #[arg(long, value_enum, default_value = "strokes")]
    order: ListOrder,
    /// Also an iCalendar file for each teacher and class.
    #[arg(long)]
    calendars: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListOrder {
    Strokes,
    Pinyin,
    School,
}

/// A finished run, every figure of which is true.
pub(super) fn read_run(folder: &Path, lang: Lang) -> Result<Verified, ExitCode> {
    let verified = verify(folder, None).map_err(|(exit, list)| refuse(exit, &list, lang, false))?;
    for figure in &verified.falsified {
        tell(lang.of(&figure.words()));
    }
    if verified.falsified.is_empty() { Ok(verified) } else { Err(ExitCode::Findings) }
}

/// An earlier plan of the same district. Who or what it names may be gone since: that is a change like others.
fn earlier(path: &Path, district: &District) -> Result<Plan, Vec<Problem>> {
    let file = if path.is_dir() { path.join("plan.json") } else { path.to_owned() };
    let source = Source::read(&file).map_err(|problem| vec![problem])?;
    let plan = plan_of(&source, district)?;
    if plan.district == district.id { Ok(plan) } else { Err(vec![of_another_district(&source.name, &plan, &district.id)]) }
}

impl Report {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let mut verified = match read_run(&self.plan, lang) {
            Ok(verified) => verified,
            Err(exit) => return exit,
        };
        let names = self.names.as_deref().map(|path| Source::read(path).map_err(|problem| vec![problem]));
        let names = names.transpose().and_then(|source| source.map(|source| read_names(&source, &verified.read.district)).transpose());
        match names {
            Ok(names) => verified.read.district.names.extend(names.unwrap_or_default()),
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        }
        let before = self.before.as_deref().map(|path| earlier(path, &verified.read.district)).transpose();
        let before = match before {
            Ok(before) => before,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let view = View { before: before.as_ref(), ..verified.view() };
        let order = match self.order {
            ListOrder::Strokes => Order::Strokes,
            ListOrder::Pinyin => Order::Pinyin,
            ListOrder::School => Order::School,
        };
        let write = || -> Result<(), Refusal> {
            let mut output = Output::begin(&self.out, false)?;
            let calendars = if self.calendars { report::calendars(&view) } else { Vec::new() };
            for (name, bytes) in report::files(&view).iter().chain(&report::papers(&view, order)).chain(&calendars) {
                output.write(name, bytes)?;
            }
            let inventory = serde_json::json!({ "schema": "lunpai.generated/1", "files": output.files() });
            output.commit("generated.json", &pretty(&inventory))
        };
        match write() {
            Ok(()) => {
                say(&format!("{} {}", lang.pick("已写出", "written:"), self.out.display()));
                ExitCode::Done
            }
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }
}
