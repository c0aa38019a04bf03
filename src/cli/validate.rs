//! `lunpai validate`: all problems of the input at once; no solver.

use super::Lang;
use super::say::{problems, refuse, say};
use clap::Args;
use lunpai::job::{ExitCode, Input, reading_exit};
use std::path::PathBuf;

/// List every problem of a district, its policy and a plan; plans nothing.
///
/// 核对数据:一次列出全部问题,不做安排。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai generate --schools 3 --out demo && lunpai validate demo")]
pub struct Validate {
    /// District file or workbook, a directory with district.json and policy.json or with CSV files, or `-`.
    input: PathBuf,
    /// Policy file [default: policy.json of the directory, else the standard policy].
    #[arg(long)]
    policy: Option<PathBuf>,
    /// A plan to validate with it.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// Print the problems as one JSON array.
    #[arg(long)]
    json: bool,
}

impl Validate {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let input = match Input::read(&self.input, self.policy.as_deref(), self.plan.as_deref(), None) {
            Ok(input) => input,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let (exit, mut list) = match input.parse() {
            Ok(read) => (ExitCode::Done, read.warnings),
            Err(list) => (ExitCode::BadInput, list),
        };
        input.origin.translate("district.json", &mut list);
        list.splice(0..0, input.notes);
        if self.json {
            say(&serde_json::to_string_pretty(&list).unwrap_or_default());
        } else {
            say(&problems(&list, lang));
        }
        exit
    }
}
