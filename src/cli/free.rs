//! `lunpai free`: whoever looks for a time to meet or a lesson to hear, anywhere in the district.

use super::Lang;
use super::say::{refuse, say, tell};
use clap::Args;
use lunpai::job::{ExitCode, Input, is_output, reading_exit};
use lunpai::report::Finder;
use std::path::PathBuf;

/// Find when people are free together, or which lessons they could hear.
///
/// 查空:几个人什么时候都没有课,或者可以去听哪些课。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai free demo-plan HYK-T001 BB-T003\n  lunpai free demo-plan BB-T003 --hear maths")]
pub struct Free {
    /// Output directory, or a plan file.
    plan: PathBuf,
    /// Ids of the people, all of whom must be free.
    #[arg(required = true)]
    people: Vec<String>,
    /// District file or directory, for a plan file.
    #[arg(long)]
    district: Option<PathBuf>,
    /// List the lessons of this school, subject or person that they could hear.
    #[arg(long, value_name = "ID")]
    hear: Option<String>,
    /// Shortest stretch of free time.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=1440))]
    minutes: u16,
}

impl Free {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let inside = |name: &str| is_output(&self.plan).then(|| self.plan.join(name));
        let plan = inside("plan.json").unwrap_or_else(|| self.plan.clone());
        let Some(place) = self.district.clone().or(inside("inputs/district.json")) else {
            tell(lang.pick("请用 --district 指明方案所属的学区文件", "name the plan's district with --district"));
            return ExitCode::Usage;
        };
        let policy = inside("inputs/policy.json");
        let input = match Input::read(&place, policy.as_deref(), Some(&plan), None) {
            Ok(input) => input,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let read = match input.parse() {
            Ok(read) => read,
            Err(list) => return refuse(ExitCode::BadInput, &list, lang, false),
        };
        let plan = read.fixed.unwrap_or_default();
        let finder = match Finder::new(&read.district, &plan, &self.people) {
            Ok(finder) => finder,
            Err(words) => {
                for words in &words {
                    tell(lang.of(words));
                }
                return ExitCode::Usage;
            }
        };
        let lines = match self.hear.as_deref().map(|what| finder.lessons_of(what)).transpose() {
            Ok(lines) => lines.unwrap_or_else(|| finder.together(self.minutes)),
            Err(words) => {
                tell(lang.of(&words));
                return ExitCode::Usage;
            }
        };
        for line in &lines {
            say(lang.of(line));
        }
        if lines.is_empty() {
            say(lang.pick("没有", "none"));
        }
        ExitCode::Done
    }
}
