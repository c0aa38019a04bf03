//! `lunpai person`: everything that is held and was decided about one person.

use super::Lang;
use super::report::read_run;
use super::say::{put, tell};
use super::template::place;
use clap::Args;
use lunpai::job::{ExitCode, pretty};
use lunpai::report;
use std::path::PathBuf;

/// Export what a run holds and decided about one person.
///
/// 导出一个人的全部数据和安排:存了什么、排了什么、依据什么。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai person HYK-T001 demo-plan --export HYK-T001.json")]
pub struct Person {
    /// Id of the person.
    id: String,
    /// Output directory of a run.
    plan: PathBuf,
    /// New file [default: printed].
    #[arg(long)]
    export: Option<PathBuf>,
}

impl Person {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let run = match read_run(&self.plan, lang) {
            Ok(run) => run,
            Err(exit) => return exit,
        };
        let Some(known) = report::person(&run.view(), &self.id) else {
            tell(&format!("{} {}", lang.pick("学区里没有这个人:", "nobody in the district is"), self.id));
            return ExitCode::Usage;
        };
        let bytes = pretty(&known);
        match &self.export {
            Some(file) => place(file, &bytes, lang),
            None if put(&bytes) => ExitCode::Done,
            None => ExitCode::CannotWrite,
        }
    }
}
