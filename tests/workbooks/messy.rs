//! Workbooks as planners hand them in: each `messy/*.txt` describes one, its `.expected` says what becomes of it: which
//! problems at which cells, and what was understood. `UPDATE=1` writes the expected files; read them before committing.

use super::described::Described;
use super::repo;
use lunpai::desk::read;
use lunpai::district::validate::validate;
use lunpai::file::District;
use lunpai::generate::standard_policy;
use lunpai::job::Input;
use lunpai::problem::{Problem, Severity};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

pub const BASE: &str = include_str!("base.txt");

fn cases() -> Vec<(PathBuf, Described)> {
    let folder = std::fs::read_dir(repo("tests/workbooks/messy")).expect("the cases");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("a case").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let case = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a case");
        (path, Described::parse(&text).over(BASE))
    };
    paths.into_iter().map(case).collect()
}

/// What is said of a workbook: whether it is understood, the problems by place, the answers.
fn told(case: &Described) -> String {
    let (district, mut problems) = match read(&case.workbook(), &standard_policy()) {
        Err(problems) => (None, problems),
        Ok(desk) => {
            // What the cells say is judged by the rest of the program as any district is.
            let mut errors = validate("case.xlsx", &desk.district, None, None);
            errors.retain(|problem| problem.severity == Severity::Error);
            desk.origin.translate("case.xlsx", &mut errors);
            let district = errors.is_empty().then_some(desk.district);
            (district, [errors, desk.notes].concat())
        }
    };
    let mut text = String::from(if district.is_some() { "understood\n" } else { "refused\n" });
    problems.sort_by(|a, b| (a.severity, &a.at, a.code).cmp(&(b.severity, &b.at, b.code)));
    for Problem { code, at, found, .. } in &problems {
        let _ = writeln!(text, "{code} {} · {}", at.replace("case.xlsx: ", ""), found.zh);
    }
    if let Some(district) = district {
        let json = serde_json::to_value(&district).expect("JSON");
        for path in &case.questions {
            let _ = writeln!(text, "{path} = {}", ask(&json, path));
        }
    }
    text
}

/// `people[*].born`: the value at a path; `*` stands for each of a list.
fn ask(value: &Value, path: &str) -> Value {
    let Some((first, rest)) = path.split_once(['.', '[']).or((!path.is_empty()).then_some((path, ""))) else { return value.clone() };
    let first = first.trim_end_matches(']');
    match (first, value) {
        ("*", Value::Array(list)) => list.iter().map(|item| ask(item, rest.trim_start_matches('.'))).collect(),
        (first, Value::Array(list)) => {
            ask(first.parse::<usize>().ok().and_then(|at| list.get(at)).unwrap_or(&Value::Null), rest.trim_start_matches('.'))
        }
        (first, value) => ask(value.get(first).unwrap_or(&Value::Null), rest),
    }
}

#[test]
fn each_messy_workbook_is_understood_or_refused_as_expected() {
    let mut wrong = String::new();
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for (path, case) in cases {
        let (told, expected) = (told(&case), path.with_extension("expected"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &told).expect("written");
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != told {
            let _ = writeln!(wrong, "{}\n{told}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_message_repeats_a_personal_number() {
    for (path, case) in cases() {
        let told = told(&case);
        for number in ["110105194912310021", "13800000000", "6222000000000000"] {
            assert!(!told.contains(number), "{}: {told}", path.display());
        }
    }
}

/// Codes of the problems that the cases meet.
pub fn codes() -> BTreeSet<String> {
    let code = |line: &str| line.split(' ').next().filter(|word| word.starts_with("E-") || word.starts_with("W-")).map(str::to_owned);
    cases().iter().flat_map(|(_, case)| told(case).lines().filter_map(code).collect::<Vec<_>>()).collect()
}

/// Until somebody confirms them, the four remarks change nothing but the list of what waits to be confirmed.
#[test]
fn remarks_wait_on_the_first_page_and_decide_nothing() {
    for name in ["remark-pregnant", "remark-second-child", "remark-couple", "remark-injury"] {
        let text = std::fs::read_to_string(repo(&format!("tests/workbooks/messy/{name}.txt"))).expect("the case");
        let without = text
            .replace(" | 备注\n", "\n")
            .lines()
            .map(|line| if line.starts_with("T1") { line.rsplit_once(" | ").map_or(line, |(row, _)| row) } else { line })
            .collect::<Vec<_>>()
            .join("\n");
        let read = |text: &str| read(&Described::parse(text).over(BASE).workbook(), &standard_policy()).expect("understood").district;
        let (with, without) = (read(&text), read(&without));
        assert_eq!((with.pending.len(), without.pending.len()), (1, 0), "{name}");
        assert_eq!(District { pending: Vec::new(), ..with.clone() }, without, "{name}");
        let warnings = warnings(&Described::parse(&text).over(BASE));
        let waiting: Vec<_> = warnings.iter().filter(|warning| warning.code == "W-NOTE-001").collect();
        assert_eq!(waiting.len(), 1, "{name}: {warnings:#?}");
        assert!(waiting[0].entity == "T1" && waiting[0].found.zh.contains("教师!"), "{name}: {waiting:#?}");
    }
}

/// What the job tells on its first page.
fn warnings(case: &Described) -> Vec<Problem> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.xlsx");
    std::fs::write(&path, case.workbook().bytes).expect("written");
    let input = Input::read(&path, None, None, None).unwrap_or_else(|problems| panic!("{problems:#?}"));
    input.parse().unwrap_or_else(|problems| panic!("{problems:#?}")).warnings
}
