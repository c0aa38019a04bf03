//! `lunpai rules`: the statute book, as a list or one page.

use super::Lang;
use super::say::{say, tell};
use clap::Args;
use lunpai::job::ExitCode;
use lunpai::rules::{BOOK, page};

/// List the rules, or print the page of one.
///
/// 列出全部规则,或显示某一条规则的说明。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai rules\n  lunpai rules away_days")]
pub struct Rules {
    /// Id of a rule.
    id: Option<String>,
}

impl Rules {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let Some(id) = &self.id else {
            for (law, _) in BOOK {
                say(&format!("{:<24}{}", law.id, lang.pick(law.title.0, law.title.1)));
            }
            return ExitCode::Done;
        };
        if let Some(text) = page(id) {
            say(&text);
            return ExitCode::Done;
        }
        let near = BOOK.iter().map(|(law, _)| law.id).min_by_key(|known| strsim::osa_distance(known, id)).unwrap_or_default();
        tell(&match lang {
            Lang::Zh => format!("没有规则 {id};是不是 {near}?`lunpai rules` 列出全部规则"),
            Lang::En => format!("no rule {id}; did you mean {near}? `lunpai rules` lists all"),
        });
        ExitCode::Usage
    }
}
