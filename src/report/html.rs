//! `report.html`: one plain page. Everything from the files goes through the template engine's escaping; the page allows
//! no script, no image and no request at all.

use super::facts::Figures;
use super::grids::{Grid, grids};
use super::journeys::clock;
use super::screen::{Row, reasons, rows};
use super::tables::{BALANCE, balance_row, form, person, talent};
use super::{CLOSING, DEMO, View};
use crate::check::{Facts, weekday};
use crate::file::{Force, Part};
use crate::job::StageFigures;
use crate::problem::Problem;
use crate::rules::Stage;
use minijinja::{Environment, Value, context};

const TEMPLATE: &str = include_str!("report.html");
/// Sentences of one clause that the page prints; the rest stands in `findings.json`.
const SENTENCES: usize = 10;

/// The page, in Chinese.
pub(super) fn page(view: &View, facts: &Facts, figures: &Figures) -> String {
    let mut environment = Environment::new();
    environment.set_keep_trailing_newline(true);
    let rendered = environment.add_template("report.html", TEMPLATE).and_then(|()| environment.get_template("report.html")?.render(context! {
        title => view.district.title.zh,
        demo => view.district.demo.then_some(DEMO.0),
        closing => CLOSING.0,
        screen => rows(view, facts, figures).iter().map(screen_row).collect::<Vec<_>>(),
        reasons => if view.plan.is_none() { reasons(view).into_iter().map(|reason| reason.zh).collect() } else { Vec::new() },
        postings => postings(view, facts),
        balance => if figures.exchange.is_some() { facts.balance().iter().map(|row| balance_row(row).to_vec()).collect() } else { Vec::new() },
        balance_heads => BALANCE,
        links => links(facts, figures),
        journeys => journeys(facts, figures),
        shortages => shortages(facts, figures),
        clauses => clauses(view),
        stages => view.manifest.stages.iter().map(stage).collect::<Vec<_>>(),
        cuts => view.manifest.cuts.iter().map(|cut| cut.sentence.zh.clone()).collect::<Vec<_>>(),
        warnings => view.warnings.iter().map(warning).collect::<Vec<_>>(),
        schools => timetables(view, facts),
        manifest => context! { district => view.manifest.district, policy => view.manifest.policy, seed => view.manifest.seed, versions => view.manifest.versions },
    }));
    // The template is part of the program and the tests render it; a fault in it must not cost the plan.
    rendered.unwrap_or_else(|error| format!("<!doctype html><meta charset=\"utf-8\"><p>{}</p>\n", error.kind()))
}

fn screen_row(row: &Row) -> Value {
    context! { label => row.label.zh, lines => row.lines.iter().map(|line| line.zh.clone()).collect::<Vec<_>>() }
}

fn postings(view: &View, facts: &Facts) -> Vec<Value> {
    if view.plan.is_none() {
        return Vec::new();
    }
    let row = |(who, row, to): (usize, &crate::file::Posting, usize)| {
        context! {
            person => person(facts, who),
            from => facts.say_home(facts.people.before[who]).zh,
            to => facts.say_school(to).zh,
            form => form(row.form).zh,
            talent => talent(facts.people.list[who].talent),
            terms => format!("{} – {}", row.from_term, row.to_term.as_deref().unwrap_or("未定")),
        }
    };
    facts.people.rows().map(row).collect()
}

fn links(facts: &Facts, figures: &Figures) -> Vec<Value> {
    let links = figures.sharing.iter().flat_map(|sharing| &sharing.links);
    let row = |link: &super::sharing::Link| {
        let subjects: Vec<String> = link.subjects.iter().map(|subject| facts.say_subject(subject).zh).collect();
        context! {
            person => person(facts, link.person),
            from => facts.say_home(link.home).zh,
            to => facts.say_school(link.host).zh,
            subjects => subjects.join("、"),
            periods => link.periods,
            minutes => link.minutes,
        }
    };
    links.map(row).collect()
}

fn journeys(facts: &Facts, figures: &Figures) -> Vec<Value> {
    let journeys = figures.sharing.iter().flat_map(|sharing| &sharing.journeys);
    let row = |(journey, weeks): (&super::journeys::Journey, &u8)| {
        context! {
            person => person(facts, journey.person),
            day => facts.in_week(*weeks, &weekday(journey.weekday)).zh,
            from => facts.say_site(journey.from).zh,
            to => facts.say_site(journey.to).zh,
            minutes => journey.minutes,
            leave => clock(journey.leave),
            arrive => clock(journey.arrive),
            slack => journey.slack(),
        }
    };
    journeys.map(row).collect()
}

fn shortages(facts: &Facts, figures: &Figures) -> Vec<Value> {
    let shortages = figures.sharing.iter().flat_map(|sharing| &sharing.shortages);
    let row = |shortage: &super::sharing::Shortage| {
        let classes: Vec<String> = shortage.courses.iter().map(|course| facts.say_classes(*course).zh).collect();
        context! {
            school => facts.say_home(shortage.school).zh,
            subject => facts.say_subject(&shortage.subject).zh,
            periods => shortage.periods,
            classes => classes.join("、"),
        }
    };
    shortages.map(row).collect()
}

/// Clauses with findings, in the checker's order.
fn clauses(view: &View) -> Vec<Value> {
    let Some(judgement) = view.judgement else { return Vec::new() };
    let findings = &judgement.verdict.findings;
    let groups = findings.chunk_by(|a, b| a.clause == b.clause && a.force == b.force);
    let group = |group: &[crate::check::Finding]| {
        let first = &group[0];
        let clause = view.policy.clauses.iter().find(|clause| clause.id == first.clause);
        context! {
            id => first.clause,
            title => clause.map_or("方案不完整", |clause| clause.rule.rule().law().title.0),
            force => match first.force {
                Force::Legal => "必须遵守",
                Force::Policy => "经集体研究可调整",
                Force::Prefer(_) => "尽量照顾",
            },
            count => group.len(),
            penalty => group.iter().map(|finding| finding.penalty).fold(0, i64::saturating_add),
            sentences => group.iter().take(SENTENCES).map(|finding| finding.text.zh.clone()).collect::<Vec<_>>(),
            more => group.len().saturating_sub(SENTENCES),
        }
    };
    groups.map(group).collect()
}

fn stage(stage: &StageFigures) -> Value {
    let words = match stage.stage {
        Stage::Exchange => "交流轮岗",
        Stage::Teaching => "任课",
        Stage::Timetable => "课表",
    };
    let level = |level: &crate::job::LevelFigures| {
        let percent = |permille: u64| format!("{}.{}%", permille / 10, permille % 10);
        let term = |term: &crate::job::TermFigures| {
            context! { clause => term.clause, value => term.value, bound => term.bound, gap => percent(term.gap_permille) }
        };
        context! {
            name => level_name(&level.name),
            value => level.value,
            bound => level.bound,
            proved => level.proved,
            gap => percent(level.gap_permille),
            terms => level.terms.iter().map(term).collect::<Vec<_>>(),
        }
    };
    context! { name => words, levels => stage.levels.iter().map(level).collect::<Vec<_>>() }
}

fn level_name(name: &str) -> String {
    let (rank, then) = name.split_once('.').unwrap_or((name, ""));
    let words = match rank {
        "structure" => "排得完整",
        "legal" => "必须遵守的规定",
        "policy" => "经集体研究可调整的规定",
        "rank1" => "课时开足、缺口均衡",
        "rank2" => "校际均衡",
        "rank3" => "少变动、少奔波",
        "rank4" => "课表质量",
        "rank5" => "个人意愿",
        other => other,
    };
    if then.is_empty() { words.to_owned() } else { format!("{words}(其次 {then})") }
}

fn warning(problem: &Problem) -> Value {
    context! { code => problem.code, at => problem.at, found => problem.found.zh, remedy => problem.remedy.zh }
}

fn timetables(view: &View, facts: &Facts) -> Vec<Value> {
    if !view.plan.is_some_and(|plan| plan.parts.contains(&Part::Timetable)) {
        return Vec::new();
    }
    let all = grids(facts);
    let school = |school: usize| {
        let own = all.iter().filter(|grid| facts.courses.classes[grid.class].school == Some(school));
        let classes: Vec<Value> = own.map(|grid| class(facts, grid)).collect();
        (!classes.is_empty()).then(|| context! { name => facts.say_school(school).zh, classes => classes })
    };
    (0..facts.places.schools.len()).filter_map(school).collect()
}

fn class(facts: &Facts, grid: &Grid) -> Value {
    let entry = |entry: &super::grids::Entry| {
        context! { subject => format!("{}{}", entry.weeks.zh, entry.subject.zh), teacher => entry.teacher, room => entry.room, missing => entry.missing }
    };
    let row = |row: &super::grids::GridRow| {
        let cells: Vec<Vec<Value>> = row.cells.iter().map(|cell| cell.iter().map(entry).collect()).collect();
        context! { period => row.period, time => row.time, cells => cells }
    };
    let teacher = facts.teaching.class_teachers[grid.class].map(|teacher| person(facts, teacher));
    context! {
        name => facts.say_class(grid.class).zh,
        teacher => teacher,
        days => grid.weekdays.iter().map(|day| weekday(*day).zh).collect::<Vec<_>>(),
        rows => grid.rows.iter().map(row).collect::<Vec<_>>(),
    }
}
