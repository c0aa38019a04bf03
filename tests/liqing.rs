//! Two years of `liqing`: what the groups owe each other is sent exactly, what cannot work is named, and turns are taken.
#![cfg(feature = "solve")]

use lunpai::check::{Verdict, check};
use lunpai::file::{Category, District, Form, Part, Plan, Policy, Source, Talent, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Claim, Event, Options, Outcome, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

fn read(file: &str) -> Source {
    Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/liqing").join(file)).expect("a committed file")
}
fn year(file: &str) -> District {
    read_district(&read(file)).expect("a district")
}
fn policy() -> Policy {
    read_policy(&read("policy.json")).expect("a policy")
}

fn run(district: &District, policy: &Policy) -> Outcome {
    let options = Options {
        time: Some(Duration::from_secs(240)),
        enough: None,
        stall: true,
        work: None,
        seed: 1,
        threads: 2,
        gap_permille: 10,
        stages: vec![Stage::Exchange],
        fixed: None,
        feedback: true,
        export: false,
    };
    solve(district, policy, None, &options, &Cancel::new(false), &mut |_: Event| ())
}

fn planned(district: &District) -> (Plan, Verdict) {
    let plan = run(district, &policy()).plan.expect("a plan");
    let verdict = check(district, &policy(), &plan);
    assert!(verdict.is_in_order(), "{:?}", verdict.findings.first());
    (plan, verdict)
}

/// People of one school who work at another once the plan holds, counted here from the rows: (leaders, backbone, other teachers).
fn sent(district: &District, plan: &Plan, from: &str, to: &str) -> (usize, usize, usize) {
    let posted: BTreeMap<&str, &str> = plan.postings.iter().map(|row| (row.person.as_str(), row.to.as_str())).collect();
    let mut count = (0, 0, 0);
    for person in district.people.iter().filter(|person| person.employer == from) {
        let at = posted.get(person.id.as_str()).copied().or(person.works_at.as_deref());
        if at == Some(to) {
            match person.category {
                Category::Leader => count.0 += 1,
                _ if person.talent >= Talent::County => count.1 += 1,
                _ => count.2 += 1,
            }
        }
    }
    count
}

/// Every pair of a branch or a cooperation has exactly what it owes, but for the member without young teachers.
fn every_pairing_is_exact(district: &District, plan: &Plan) {
    for group in district.groups.iter().filter(|group| group.agreement.yuan_per_person.is_some()) {
        let (lead, member) = (group.lead.as_deref().expect("a lead"), group.members[0].as_str());
        let (out, back) = (sent(district, plan, lead, member), sent(district, plan, member, lead));
        if let Some(leaders) = group.agreement.each_way.get("leaders") {
            for (led, backbone, others) in [out, back] {
                assert_eq!((led as u32, backbone + others), (*leaders, 6), "{}", group.id);
            }
        } else {
            assert_eq!((out, back.0 + back.1 + back.2), ((0, 2, 0), 2), "{}", group.id);
        }
    }
}

/// What the plan could not meet, as (clause, excess, words).
fn unmet(verdict: &Verdict) -> Vec<(&str, i64, &str)> {
    let named = verdict.findings.iter().filter(|finding| ["mutual-dispatch-8", "school-budget"].contains(&finding.clause.as_str()));
    named.map(|finding| (finding.clause.as_str(), finding.excess, finding.text.zh.as_str())).collect()
}
const POOR: (&str, i64, &str) =
    ("school-budget", 22_000, "开元小学派出 2 人,补助 72000 元,预算 50000 元,超出 22000 元(资金归各校,不得统筹)");
const OLD: (&str, i64, &str) = ("mutual-dispatch-8", 2, "市第四小学向裕民小学按协议应派青年教师 2 人,方案派出 0 人,相差 2 人");

#[test]
fn the_first_year_moves_at_least_90_and_names_what_cannot_work() {
    let district = year("district.json");
    let (plan, verdict) = planned(&district);
    assert_eq!(plan.parts, [Part::Postings]);
    assert!(plan.postings.len() >= 90, "{} moved", plan.postings.len());
    every_pairing_is_exact(&district, &plan);
    let mut unmet = unmet(&verdict);
    unmet.sort_unstable();
    assert_eq!(unmet, [OLD, POOR]);
    for row in plan.postings.iter().filter(|row| row.from.starts_with('L')) {
        assert!(row.because.iter().any(|clause| clause.starts_with("mutual-dispatch")), "{row:?}");
    }
    let clauses = policy();
    let sourced = |id: &String| clauses.clauses.iter().any(|clause| clause.id == *id && !clause.source.is_empty());
    assert!(plan.postings.iter().all(|row| row.because.iter().all(sourced)), "each reason has its source");
    let forms: BTreeMap<Form, usize> = plan.postings.iter().fold(BTreeMap::new(), |mut forms, row| {
        *forms.entry(row.form).or_default() += 1;
        forms
    });
    assert_eq!((forms.get(&Form::Secondment), forms.get(&Form::Swap)), (Some(&14), Some(&40)), "(3 + 2 + 2) leaders and 20 swaps each way");
}

#[test]
fn what_a_policy_demands_and_cannot_have_is_told_in_the_words_of_its_rule() {
    let (district, mut strict) = (year("district.json"), policy());
    strict.clauses.iter_mut().filter(|clause| clause.id == "mutual-dispatch").for_each(|clause| clause.scope.groups.clear());
    let outcome = run(&district, &strict);
    // A meeting may relax it, so there is a plan, and the breach is named.
    assert!(matches!(outcome.claim, Claim::Feasible | Claim::Optimal));
    let verdict = check(&district, &strict, &outcome.plan.expect("a plan"));
    assert!(verdict.is_legal() && !verdict.is_in_order());
    let open: Vec<_> = verdict.findings.iter().filter(|finding| finding.force == lunpai::file::Force::Policy).collect();
    assert!(
        open.iter().any(|finding| finding.clause == "mutual-dispatch" && finding.place.iter().any(|(_, id)| id.contains("Q11"))),
        "{open:?}"
    );
}

#[test]
fn in_the_second_year_terms_run_on_and_nobody_goes_twice_while_others_wait() {
    let district = year("year-2.json");
    let (plan, verdict) = planned(&district);
    every_pairing_is_exact(&district, &plan);
    assert!(unmet(&verdict).iter().all(|told| [OLD, POOR].contains(told)));
    let posted: BTreeSet<&str> = plan.postings.iter().map(|row| row.person.as_str()).collect();
    let went = district.people.iter().filter(|person| !person.exchanges.is_empty());
    let (away, back): (Vec<_>, Vec<_>) = went.partition(|person| person.works_at.is_some());
    assert_eq!((away.len(), back.len()), (50, 34), "two and three years; one year");
    assert!(away.iter().chain(&back).all(|person| !posted.contains(person.id.as_str())));
    assert!(posted.len() >= 40, "the swaps of the second year are others' turn: {}", posted.len());
    // Without the clause on terms the plan has no say on who is away; without that on turns the same people would be fine.
    let mut again = plan.clone();
    let row = again.postings.iter_mut().find(|row| row.from == "L06" && row.form == Form::Swap).expect("a swap of L06");
    let other = back.iter().find(|person| person.employer == "L06" && person.talent >= Talent::County).expect("one of the first year");
    row.person.clone_from(&other.id);
    let broken = check(&district, &policy(), &again);
    assert_eq!(broken.by_clause["turns"].excess, 1, "{:?}", broken.findings.first());
    let home = away.iter().find(|person| person.employer == "L01").expect("one of the senior pair");
    let works_at = home.works_at.clone().expect("away");
    again = plan.clone();
    let mut row = plan.postings[0].clone();
    (row.person, row.from, row.to, row.form) = (home.id.clone(), works_at, "L01".to_owned(), Form::Return);
    again.postings.push(row);
    assert_eq!(check(&district, &policy(), &again).by_clause["terms"].excess, 1, "three years were agreed");
}

#[test]
fn when_the_terms_are_over_everybody_comes_home_and_others_go() {
    let mut district = year("year-2.json");
    let term = district.term.as_mut().expect("a term");
    (term.first_day, term.last_day) = ("2029-09-01".to_owned(), "2030-01-15".to_owned());
    // Most leaders of a pair are those who come home: there is one other to send.
    for counts in district.groups.iter_mut().map(|group| &mut group.agreement.each_way).filter(|counts| !counts.is_empty()) {
        counts.insert("leaders".to_owned(), 1);
    }
    // Three years on: who was 45 to 55 must not be too old to go.
    for person in &mut district.people {
        person.years_at_school += 2;
        if let Some(born) = &mut person.born {
            born.year += 2;
        }
    }
    let (plan, _) = planned(&district);
    let home: BTreeSet<&str> = plan.postings.iter().filter(|row| row.form == Form::Return).map(|row| row.person.as_str()).collect();
    let away: BTreeSet<&str> = district.people.iter().filter(|person| person.works_at.is_some()).map(|person| person.id.as_str()).collect();
    assert_eq!((home.len(), &home), (50, &away));
    every_pairing_is_exact(&district, &plan);
}
