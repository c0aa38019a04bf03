//! Words on the terminal. A closed pipe is no error: the reader has had enough.

use super::Lang;
use lunpai::file::Text;
use lunpai::job::ExitCode;
use lunpai::problem::{Problem, Severity};
use std::io::{Write, stderr, stdout};

impl Lang {
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// To standard output, with a final newline.
pub fn say(words: &str) {
    let _ = writeln!(stdout().lock(), "{words}");
}

/// Bytes to standard output as they are; `false` when they could not be written.
pub fn put(bytes: &[u8]) -> bool {
    let mut out = stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).is_ok()
}

/// To standard error, with a final newline.
pub fn tell(words: &str) {
    let _ = writeln!(stderr().lock(), "{words}");
}

/// All problems, errors first, and a line that counts them.
pub fn problems(list: &[Problem], lang: Lang) -> String {
    let mut sorted: Vec<&Problem> = list.iter().collect();
    sorted.sort_by_key(|problem| problem.severity);
    let mut lines: Vec<String> = sorted.iter().map(|problem| one(problem, lang)).collect();
    let errors = sorted.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = sorted.len() - errors;
    lines.push(match lang {
        Lang::Zh => format!("共 {errors} 处错误,{warnings} 处提醒"),
        Lang::En => format!("{errors} errors, {warnings} warnings"),
    });
    lines.join("\n")
}

fn one(problem: &Problem, lang: Lang) -> String {
    let kind = match problem.severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("提醒", "warning"),
    };
    let entity = if problem.entity.is_empty() { String::new() } else { format!(" [{}]", problem.entity) };
    let lines = [
        format!("{kind} {} {}{entity}", problem.code, problem.at),
        format!("  {} {}", lang.pick("情况:", "found:  "), lang.of(&problem.found)),
        format!("  {} {}", lang.pick("要求:", "allowed:"), lang.of(&problem.allowed)),
        format!("  {} {}", lang.pick("处理:", "remedy: "), lang.of(&problem.remedy)),
    ];
    lines.join("\n")
}

/// Problems on standard error (as JSON lines when asked) and the exit code back.
pub fn refuse(exit: ExitCode, list: &[Problem], lang: Lang, json: bool) -> ExitCode {
    if json {
        for problem in list {
            tell(&serde_json::to_string(&serde_json::json!({ "event": "problem", "problem": problem })).unwrap_or_default());
        }
    } else {
        tell(&problems(list, lang));
    }
    exit
}
