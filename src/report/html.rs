//! `report.html`: one page. Everything from the files goes through the template engine's escaping; the page allows its own
//! script and nothing else: no other script, no image and no request at all.

use super::audience::Audience;
use super::balance::{HEADER, lines};
use super::changes::{Change, Changes};
use super::conclusion::reasons;
use super::data::{inside_html, lessons};
use super::facts::Figures;
use super::first_page;
use super::journeys::{Journey, clock};
use super::screen::per_cycle;
use super::sharing::{Link, Shortage};
use super::tables::{BALANCE, balance_row, form, person, talent};
use super::{CLOSING, DEMO, View, flow, proof, rooms, strip};
use crate::check::{Facts, weekday};
use crate::file::{Force, Part, PlanState, Posting, Text};
use crate::problem::Problem;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
/// Sentences of one clause that the page prints; the rest stands in `findings.json`.
const SENTENCES: usize = 10;
/// Changes of one kind that the page prints; the rest stands in `tables/changes.csv`.
const CHANGES: usize = 200;

/// The page, in both languages.
pub(super) fn page(view: &View, facts: &Facts, figures: &Figures, audience: Audience) -> String {
    let bureau = audience == Audience::Bureau;
    let timed = figures.week.is_some();
    let (flow, flow_more) = if bureau && figures.exchange.is_some() { flow::pictures(facts) } else { (Vec::new(), 0) };
    let mut environment = Environment::new();
    environment.set_keep_trailing_newline(true);
    let rendered = environment.add_template("report.html", TEMPLATE).and_then(|()| environment.get_template("report.html")?.render(context! {
        style => STYLE,
        script => SCRIPT,
        script_hash => base64(&Sha256::digest(SCRIPT.as_bytes())),
        data => inside_html(&lessons(facts, audience)),
        title => Value::from_serialize(&view.district.title),
        audience => Value::from_serialize(audience.words(facts)),
        // A draft says what it is; the state of a plan is the planner's word for it.
        state => view.plan.filter(|_| view.delivered()).map(|plan| Value::from_serialize(state(plan.state))),
        draft => view.draft().map(Value::from_serialize),
        term => view.district.term.as_ref().map(|term| context! { id => term.id, first => term.first_day, last => term.last_day }),
        // What the figures are made of; the run itself has no date, so that the same input gives the same bytes.
        version => view.manifest.inputs.get("district.json").map(|print| print.to_string().chars().take(8).collect::<String>()),
        demo => view.district.demo.then(|| both(DEMO)),
        closing => both(CLOSING),
        screen => Value::from_serialize(first_page::rows(view, facts, figures, audience)),
        reasons => Value::from_serialize(if view.delivered() { Vec::new() } else { reasons(view) }),
        balance_head => HEADER.map(both).to_vec(),
        balance => if view.plan.is_some() { lines(facts, audience) } else { Vec::new() },
        postings => postings(view, facts, audience),
        flow => Value::from_serialize(&flow),
        flow_more => flow_more,
        strip => timed.then(|| Value::from_serialize(strip::strip(facts, audience))),
        rooms => timed.then(|| Value::from_serialize(rooms::rooms(facts, audience))),
        changes => if bureau { figures.changes.as_ref().map(changes) } else { None },
        evenness => if bureau && figures.exchange.is_some() { facts.balance().iter().map(|row| balance_row(row).to_vec()).collect() } else { Vec::new() },
        evenness_head => BALANCE,
        per_cycle => Value::from_serialize(per_cycle(view)),
        links => links(facts, figures, audience),
        journeys => journeys(facts, figures, audience),
        shortages => shortages(facts, figures, audience),
        clauses => if bureau { clauses(view) } else { Vec::new() },
        proof => Value::from_serialize(if bureau { proof::rows(&view.manifest.stages, view.policy) } else { Vec::new() }),
        cuts => if bureau { view.manifest.cuts.iter().map(|cut| Value::from_serialize(&cut.sentence)).collect() } else { Vec::<Value>::new() },
        warnings => if bureau { view.warnings.iter().map(warning).collect() } else { Vec::<Value>::new() },
        grids => audience != Audience::Public && view.plan.is_some_and(|plan| plan.parts.contains(&Part::Timetable)),
        manifest => context! { district => view.manifest.district, policy => view.manifest.policy, seed => view.manifest.seed, versions => view.manifest.versions },
    }));
    // The template is part of the program and the tests render it; a fault in it must not cost the plan.
    rendered.unwrap_or_else(|error| format!("<!doctype html><meta charset=\"utf-8\"><p>{}</p>\n", error.kind()))
}

fn both(words: (&str, &str)) -> Value {
    Value::from_serialize(Text::new(words.0, words.1))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let four = |three: &[u8]| {
        let bits = three.iter().chain(&[0, 0]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let letter = |at: usize| if at <= three.len() { char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]) } else { '=' };
        [0, 1, 2, 3].map(letter)
    };
    bytes.chunks(3).flat_map(four).collect()
}

fn state(state: PlanState) -> Text {
    let (zh, en) = match state {
        PlanState::Draft => ("草案", "draft"),
        PlanState::Reviewed => ("校核稿", "reviewed"),
        PlanState::Discussed => ("上会稿", "discussed"),
        PlanState::Published => ("公示稿", "published"),
        PlanState::Final => ("定稿", "final"),
    };
    Text::new(zh, en)
}

/// Does a row about a person between two schools belong into the report?
fn shown(facts: &Facts, audience: Audience, who: usize, schools: [Option<usize>; 2]) -> bool {
    match audience {
        Audience::Bureau => true,
        Audience::Public => false,
        Audience::School(own) => schools.contains(&Some(own)) || facts.people.working[who] == Some(own),
    }
}

fn postings(view: &View, facts: &Facts, audience: Audience) -> Vec<Value> {
    let row = |(who, row, to): (usize, &Posting, usize)| {
        context! {
            person => person(facts, who),
            from => facts.say_home(facts.people.before[who]).zh,
            to => facts.say_school(to).zh,
            form => form(row.form).zh,
            talent => talent(facts.people.list[who].talent),
            terms => format!("{} – {}", row.from_term, row.to_term.as_deref().unwrap_or("未定")),
        }
    };
    let seen = |(who, _, to): &(usize, &Posting, usize)| shown(facts, audience, *who, [facts.people.before[*who], Some(*to)]);
    facts.people.rows().filter(|posted| view.plan.is_some() && seen(posted)).map(row).collect()
}

fn links(facts: &Facts, figures: &Figures, audience: Audience) -> Vec<Value> {
    let links = figures.sharing.iter().flat_map(|sharing| &sharing.links);
    let row = |link: &Link| {
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
    links.filter(|link| shown(facts, audience, link.person, [link.home, Some(link.host)])).map(row).collect()
}

fn journeys(facts: &Facts, figures: &Figures, audience: Audience) -> Vec<Value> {
    let journeys = figures.sharing.iter().flat_map(|sharing| &sharing.journeys);
    let row = |(journey, weeks): (&Journey, &u8)| {
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
    let school = |site: usize| Some(facts.places.sites[site].school);
    journeys.filter(|(it, _)| shown(facts, audience, it.person, [school(it.from), school(it.to)])).map(row).collect()
}

fn shortages(facts: &Facts, figures: &Figures, audience: Audience) -> Vec<Value> {
    let shortages = figures.sharing.iter().flat_map(|sharing| &sharing.shortages);
    let row = |shortage: &Shortage| {
        let classes: Vec<String> = shortage.courses.iter().map(|course| facts.say_classes(*course).zh).collect();
        context! {
            school => facts.say_home(shortage.school).zh,
            subject => facts.say_subject(&shortage.subject).zh,
            periods => shortage.periods,
            classes => classes.join("、"),
        }
    };
    shortages.filter(|shortage| audience.sees_school(shortage.school)).map(row).collect()
}

fn changes(changes: &Changes) -> Value {
    let kind = |(title, list): &(Text, Vec<Change>)| {
        context! {
            title => Value::from_serialize(title),
            count => list.len(),
            rows => list.iter().take(CHANGES).map(Value::from_serialize).collect::<Vec<_>>(),
            more => list.len().saturating_sub(CHANGES),
        }
    };
    context! { line => Value::from_serialize(changes.line()), kinds => changes.kinds.iter().filter(|(_, list)| !list.is_empty()).map(kind).collect::<Vec<_>>() }
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
            title => both(clause.map_or(("方案不完整", "the plan is not whole"), |clause| clause.rule.rule().law().title)),
            force => both(match first.force {
                Force::Legal => ("必须遵守", "to be kept"),
                Force::Policy => ("经集体研究可调整", "to be relaxed by a meeting only"),
                Force::Prefer(_) => ("尽量照顾", "preferred"),
            }),
            count => group.len(),
            penalty => group.iter().map(|finding| finding.penalty).fold(0, i64::saturating_add),
            sentences => group.iter().take(SENTENCES).map(|finding| Value::from_serialize(&finding.text)).collect::<Vec<_>>(),
            more => group.len().saturating_sub(SENTENCES),
        }
    };
    groups.map(group).collect()
}

fn warning(problem: &Problem) -> Value {
    context! { code => problem.code, at => problem.at, found => Value::from_serialize(&problem.found), remedy => Value::from_serialize(&problem.remedy) }
}
