//! Workbooks of schools put together: one district, and what does not fit.

use super::book::Book;
use super::problems::NO_SHEET;
use super::sheets::{DISTRICT, VERSION};
use super::{Desk, open, understand};
use crate::file::{Clause, District, Group, Person, Policy, Source, Trip};
use crate::problem::{Kind, Problem, Severity};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const NOT_REPORTED: Kind = Kind::error(
    "E-COLLECT-001",
    ("这所学校还没有交表", "a school has not reported"),
    ("「学校」表里的每所学校各交一份", "one workbook from every school of the sheet 学校"),
    ("请催交;不参加的学校请从「学校」表删去", "remind it, or delete it from the sheet 学校"),
);
const STALE: Kind = Kind::error(
    "E-COLLECT-002",
    ("用的是旧模板", "an old template"),
    ("当前版本的模板", "the template of this version"),
    (
        "请用 lunpai template --per-school 重新发模板,请学校把数据贴过去",
        "send a new template from `lunpai template --per-school` and have the data copied",
    ),
);
const IN_TWO_SCHOOLS: Kind = Kind::error(
    "E-COLLECT-003",
    ("同一个人在两所学校的表里", "one person in the workbooks of two schools"),
    ("每个人只由编制校填报", "each person is reported by the school that holds the post"),
    ("请两校核对:借调的只在编制校填,另填「现任教校」", "ask both schools; who is lent is reported by the home school, with 现任教校"),
);
const TWO_WORKBOOKS: Kind = Kind::error(
    "E-COLLECT-004",
    ("同一所学校交了两份", "two workbooks of one school"),
    ("每校一份", "one for each school"),
    ("请只留最新的一份", "keep the latest"),
);
const TWO_ANSWERS: Kind = Kind::error(
    "E-COLLECT-006",
    ("两份表说法不一", "two workbooks do not agree"),
    ("各份表说法一致,或只有一份填写", "the same in every workbook, or in one of them only"),
    ("请核对哪一份正确,改正另一份;汇总表里暂用先读到的一份", "find out which is right; until then the first one read stands"),
);
const NO_REPORTER: Kind = Kind::error(
    "E-COLLECT-005",
    ("看不出是哪所学校的表", "nobody knows whose workbook it is"),
    ("「学期」表里有“填报学校”", "the line 填报学校 in the sheet 学期"),
    ("请用 lunpai template --per-school 写出的模板", "use a template of `lunpai template --per-school`"),
);

/// Kinds of problems between workbooks.
pub const COLLECTING: &[&Kind] = &[&NOT_REPORTED, &STALE, &IN_TWO_SCHOOLS, &TWO_WORKBOOKS, &NO_REPORTER, &TWO_ANSWERS];

/// What came together.
#[derive(Debug, Clone)]
pub struct Collected {
    pub district: District,
    /// The policy given, with the changes of the sheets 规则.
    pub policy: Policy,
    /// Problems of each workbook and between them; nobody is left out because of one.
    pub problems: Vec<Problem>,
    /// How many workbooks were read.
    pub workbooks: usize,
}

/// One school's workbook, or the district's own.
struct Report {
    file: String,
    /// None: the district's own.
    school: Option<String>,
    desk: Desk,
}

/// Reads every workbook of a folder.
///
/// # Errors
/// When the folder cannot be listed or holds no workbook at all.
pub fn collect(folder: &Path, policy: &Policy) -> Result<Collected, Vec<Problem>> {
    let paths = workbooks(folder).map_err(|error| vec![Problem::unreadable(&folder.display().to_string(), &error.to_string())])?;
    let mut problems = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    for path in &paths {
        match Source::read(path).and_then(|source| open::read_workbook(&source)) {
            Ok(book) => reports.extend(report(&book, policy, &mut problems)),
            Err(problem) => problems.push(problem),
        }
    }
    // The district's own comes first: its names and dates hold.
    reports.sort_by_key(|report| report.school.is_some());
    let Some(first) = reports.first() else {
        let none = NO_REPORTER.at(folder.display().to_string()).found("文件夹里没有可用的工作簿", "no workbook of a school in the folder");
        return Err(if problems.is_empty() { vec![none] } else { problems });
    };
    let mut district = first.desk.district.clone();
    for report in &reports[1..] {
        join(&mut district, report);
    }
    let policy = settle(&mut district, policy, &reports, &mut problems);
    missing(folder, &district, &reports, &mut problems);
    doubles(&reports, &mut problems);
    Ok(Collected { district, policy, problems, workbooks: reports.len() })
}

fn workbooks(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    // Office programs leave `~$…` beside an open workbook.
    let named = |path: &PathBuf, start: &str| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
    paths.retain(|path| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) && !named(path, "~$") && !named(path, ".")
    });
    paths.sort();
    Ok(paths)
}

fn report(book: &Book, policy: &Policy, problems: &mut Vec<Problem>) -> Option<Report> {
    let (desk, mut told) = understand(book, policy);
    let file = book.name.clone();
    let reporter = desk.stamp.reporter.as_deref();
    let named = desk.district.schools.iter().find(|it| reporter.is_some_and(|name| it.name.zh == name || it.id == name));
    let school = named.map(|school| school.id.clone());
    if school.is_none() && reporter == Some(DISTRICT) {
        // Its schools report the people.
        told.retain(|problem| problem.code != NO_SHEET.code);
    }
    problems.extend(told.into_iter().filter(|problem| problem.severity == Severity::Error));
    if school.is_none() && reporter != Some(DISTRICT) {
        problems.push(NO_REPORTER.at(&file));
        return None;
    }
    if desk.stamp.version != Some(VERSION) {
        let version = desk.stamp.version.map_or_else(|| "?".to_owned(), |version| version.to_string());
        let words =
            (format!("模板版本是 {version},当前是 {VERSION}"), format!("the template is version {version}, the current one {VERSION}"));
        problems.push(STALE.at(&file).of(school.as_deref().unwrap_or(DISTRICT)).found(words.0, words.1));
    }
    Some(Report { file, school, desk })
}

/// Adds what one school reports: its own line of 学校, its people, classes and rooms.
fn join(district: &mut District, report: &Report) {
    let own = report.desk.district.clone();
    for school in own.schools {
        match district.schools.iter_mut().find(|it| it.id == school.id) {
            Some(there) if Some(&school.id) == report.school.as_ref() => *there = school,
            Some(_) => {}
            None => district.schools.push(school),
        }
    }
    district.people.extend(own.people);
    district.names.extend(own.names);
    district.classes.extend(own.classes);
    district.rooms.extend(own.rooms);
    district.pending.extend(own.pending);
    // Hours without a place in the workbook are the default of one that has no sheet 课时计划.
    let told = |list: &str| report.desk.origin.0.contains_key(&format!("{list}[0]"));
    for line in own.curriculum.into_iter().filter(|_| told("curriculum")) {
        if !district.curriculum.contains(&line) {
            district.curriculum.push(line);
        }
    }
    for bell in own.bells {
        if !district.bells.iter().any(|it| it.id == bell.id) {
            district.bells.push(bell);
        }
    }
}

/// What is said of more than one school: trips, groups and clauses of all workbooks. The first one read stands where two
/// do not agree, and that is told.
fn settle(district: &mut District, policy: &Policy, reports: &[Report], problems: &mut Vec<Problem>) -> Policy {
    let mut trips: BTreeMap<(&str, &str), &Trip> = BTreeMap::new();
    let mut groups: Vec<&Group> = Vec::new();
    let mut changed: BTreeMap<&str, &Clause> = BTreeMap::new();
    for Report { desk, file, .. } in reports {
        let mut differ = |path: String, zh: String, en: String| {
            let at = desk.origin.0.get(&path).unwrap_or(file);
            problems.push(TWO_ANSWERS.at(at).found(format!("{zh}与另一份表不同"), format!("{en} is not what another workbook says")));
        };
        for (number, trip) in desk.district.travel.trips.iter().enumerate() {
            if trips.entry((&trip.from, &trip.to)).or_insert(trip) != &trip {
                let (from, to, minutes) = (&trip.from, &trip.to, trip.minutes);
                differ(
                    format!("travel.trips[{number}]"),
                    format!("{from}到{to} {minutes} 分钟"),
                    format!("{from} to {to} in {minutes} minutes"),
                );
            }
        }
        // A group without a place in the workbook is the default of one that has no sheet 共同体.
        let told = |number: usize| desk.origin.0.contains_key(&format!("groups[{number}]"));
        for (number, group) in desk.district.groups.iter().enumerate().filter(|(number, _)| told(*number)) {
            match groups.iter().find(|known| known.id == group.id) {
                None => groups.push(group),
                Some(known) if *known == group => {}
                Some(_) => differ(format!("groups[{number}]"), format!("共同体“{}”", group.id), format!("the group {}", group.id)),
            }
        }
        for clause in desk.policy.clauses.iter().filter(|clause| !policy.clauses.contains(clause)) {
            if changed.entry(&clause.id).or_insert(clause) != &clause {
                differ("policy".to_owned(), format!("条款“{}”", clause.id), format!("the clause {}", clause.id));
            }
        }
    }
    district.travel.trips = trips.into_values().cloned().collect();
    if !groups.is_empty() {
        district.groups = groups.into_iter().cloned().collect();
    }
    let mut policy = policy.clone();
    for clause in &mut policy.clauses {
        if let Some(change) = changed.get(clause.id.as_str()) {
            *clause = (*change).clone();
        }
    }
    policy
}

fn missing(folder: &Path, district: &District, reports: &[Report], problems: &mut Vec<Problem>) {
    for school in &district.schools {
        let mut of = reports.iter().filter(|report| report.school.as_ref() == Some(&school.id));
        match (of.next(), of.next()) {
            (None, _) => {
                let words = (format!("「{}」还没有交表", school.name.zh), format!("{} has not reported", school.name.en));
                problems.push(NOT_REPORTED.at(folder.display().to_string()).of(&school.id).found(words.0, words.1));
            }
            (Some(first), Some(second)) => {
                let words =
                    (format!("「{}」还有一份 {}", school.name.zh, first.file), format!("{} also sent {}", school.name.en, first.file));
                problems.push(TWO_WORKBOOKS.at(&second.file).of(&school.id).found(words.0, words.1));
            }
            _ => {}
        }
    }
}

/// The same id, or the same name and month of birth, in the workbooks of two schools.
fn doubles(reports: &[Report], problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, (&Option<String>, &str)> = BTreeMap::new();
    for report in reports {
        let names = &report.desk.district.names;
        for (number, person) in report.desk.district.people.iter().enumerate() {
            for mark in marks(person, names) {
                let Some((school, there)) = seen.get(&mark).copied() else {
                    seen.insert(mark, (&report.school, &report.file));
                    continue;
                };
                if *school != report.school {
                    let at = report.desk.origin.0.get(&format!("people[{number}]")).unwrap_or(&report.file);
                    let words = (format!("这个人也在 {there} 里"), format!("the same person is in {there}"));
                    problems.push(IN_TWO_SCHOOLS.at(at).of(&person.id).found(words.0, words.1));
                    break;
                }
            }
        }
    }
}

fn marks(person: &Person, names: &BTreeMap<String, String>) -> Vec<String> {
    let named = names.get(&person.id).zip(person.born).map(|(name, born)| format!("{name} {born}"));
    std::iter::once(format!("#{}", person.id)).chain(named).collect()
}
