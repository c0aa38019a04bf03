//! `lunpai template`: the workbook a planner begins with.

use super::Lang;
use super::say::{put, refuse, say, tell};
use clap::Args;
use lunpai::desk;
use lunpai::job::{ExitCode, Input, Output, OutputFile, Refusal, pretty, reading_exit};
use std::path::{Path, PathBuf};

/// Write an Excel workbook to fill in.
///
/// It holds the demo district, or only the defaults, or there is one for each school.
///
/// 写出填报用的 Excel 模板:带演示数据、空白的,或每校一份。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai template --out 我的学区.xlsx && lunpai validate 我的学区.xlsx")]
pub struct Template {
    /// New workbook, or new directory with --per-school; `-` prints one workbook [default: 轮排模板.xlsx, 各校模板].
    #[arg(long)]
    out: Option<PathBuf>,
    /// Without the demo district: only what has a default is filled in.
    #[arg(long)]
    empty: bool,
    /// One workbook for each school, with its own people, classes and rooms.
    #[arg(long)]
    per_school: bool,
    /// The district whose schools get a workbook [default: the demo].
    #[arg(long, requires = "per_school")]
    district: Option<PathBuf>,
}

impl Template {
    pub fn run(&self, lang: Lang) -> ExitCode {
        if self.per_school {
            return self.each(lang);
        }
        let made = if self.empty { desk::empty() } else { desk::prefilled() };
        match made {
            Err(words) => internal(&words),
            Ok(bytes) => place(self.out.as_deref().unwrap_or(Path::new("轮排模板.xlsx")), &bytes, lang),
        }
    }

    fn each(&self, lang: Lang) -> ExitCode {
        let read = self.district.as_deref().map(|place| Input::read(place, None, None, None).and_then(|input| input.parse()));
        let read = match read.transpose() {
            Ok(read) => read,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let books = match desk::per_school(read.as_ref().map(|read| &read.district), self.empty) {
            Ok(books) => books,
            Err(words) => return internal(&words),
        };
        let out = self.out.as_deref().unwrap_or(Path::new("各校模板"));
        let write = || -> Result<(), Refusal> {
            let mut output = Output::begin(out, false)?;
            for (school, bytes) in &books {
                output.write(&format!("{school}.xlsx"), bytes)?;
            }
            let inventory = serde_json::json!({ "schema": "lunpai.generated/1", "files": output.files() });
            output.commit("generated.json", &pretty(&inventory))
        };
        match write() {
            Ok(()) => {
                say(&format!("{} {}", lang.pick("各校模板", "workbooks for the schools:"), out.display()));
                ExitCode::Done
            }
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }
}

fn internal(words: &str) -> ExitCode {
    tell(words);
    ExitCode::Internal
}

/// A new file, or standard output for `-`. A file that is there already is never replaced: somebody may have filled it.
pub(super) fn place(out: &Path, bytes: &[u8], lang: Lang) -> ExitCode {
    if out == Path::new("-") {
        return if put(bytes) { ExitCode::Done } else { ExitCode::CannotWrite };
    }
    match OutputFile::begin(out, false, |_| false).and_then(|file| file.commit(bytes)) {
        Ok(()) => {
            say(&format!("{} {}", lang.pick("已写出", "written:"), out.display()));
            ExitCode::Done
        }
        Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
    }
}
