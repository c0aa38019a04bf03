//! `lunpai collect`: the workbooks of the schools, put together.

use super::Lang;
use super::say::{problems, refuse, say};
use super::template::place;
use clap::Args;
use lunpai::desk;
use lunpai::generate::standard_policy;
use lunpai::job::{ExitCode, reading_exit};
use std::path::PathBuf;

/// Put the workbooks of the schools together.
///
/// Tells who has not reported, who is in two workbooks, which template is old.
///
/// 汇总各校交来的表:谁没交、谁重复、哪份是旧模板,一次列出。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai template --per-school --out 各校模板 && lunpai collect 各校模板 --out 汇总.xlsx")]
pub struct Collect {
    /// Directory with one workbook for each school.
    folder: PathBuf,
    /// New workbook with all of them [default: 汇总.xlsx].
    #[arg(long, default_value = "汇总.xlsx")]
    out: PathBuf,
}

impl Collect {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let policy = standard_policy();
        let collected = match desk::collect(&self.folder, &policy) {
            Ok(collected) => collected,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let written = match desk::write(&collected.district, &collected.policy, true) {
            Ok(bytes) => place(&self.out, &bytes, lang),
            Err(words) => {
                say(&words);
                ExitCode::Internal
            }
        };
        say(&problems(&collected.problems, lang));
        match (written, collected.problems.is_empty()) {
            (ExitCode::Done, false) => ExitCode::Findings,
            (exit, _) => exit,
        }
    }
}
