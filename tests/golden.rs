//! Golden plans, typed by hand from the rules' text: one legal and one illegal plan per rule and the cases around its
//! boundary (`golden/<rule>.json`, `golden/<rule>.<what>.json`). How they are written: `golden/world.rs`.

#[path = "golden/world.rs"]
mod world;

use lunpai::check::{Finding, Kind, Verdict, check};
use lunpai::file::District;
use lunpai::rules::BOOK;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use world::Case;

/// The world and the verdict on one plan of a case, with that plan's own patches of district, rule and clause.
fn verdict(case: &Case, written: &Value) -> (District, Verdict) {
    let known =
        ["about", "plan", "district", "rule", "clause", "clauses", "decisions", "excess", "penalty", "zh", "en", "also", "structure"];
    for key in written.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "{}: unknown key `{key}`", case.name);
    }
    let district = world::district(&world::merged(&case.district, &written["district"]));
    let mut policy = case.policy.clone();
    world::merge(&mut policy["clauses"][case.rule.as_str()]["rule"], &written["rule"]);
    world::merge(&mut policy["clauses"][case.rule.as_str()], &written["clause"]);
    world::merge(&mut policy["clauses"], &written["clauses"]);
    policy["decisions"] = written.get("decisions").cloned().unwrap_or(json!([]));
    let plan = world::plan(&district, &world::merged(&case.legal, &written["plan"]));
    let verdict = check(&district, &world::policy(&policy), &plan);
    (district, verdict)
}

/// What the plan does against what is written of it: one line per difference.
fn differences(case: &Case, name: &str, written: &Value) -> Vec<String> {
    let (district, verdict) = verdict(case, written);
    let mut wrong = Vec::new();
    let total = verdict.by_clause.get(&case.rule).copied().unwrap_or_default();
    let excess = written["excess"].as_i64().expect("excess is written");
    if total.excess != excess {
        wrong.push(format!("excess {} instead of {excess}", total.excess));
    }
    if let Some(penalty) = written.get("penalty").and_then(Value::as_i64)
        && total.penalty != penalty
    {
        wrong.push(format!("penalty {} instead of {penalty}", total.penalty));
    }
    let mut allowed = BTreeMap::from([(case.rule.clone(), excess)]);
    for (clause, excess) in written.get("also").and_then(Value::as_object).into_iter().flatten() {
        allowed.insert(clause.clone(), excess.as_i64().expect("a number"));
    }
    for (clause, found) in &verdict.by_clause {
        let expected = allowed.get(clause).copied().unwrap_or(0);
        if *clause != case.rule && found.excess != expected {
            wrong.push(format!("clause {clause}: excess {} instead of {expected}", found.excess));
        }
    }
    let own: Vec<&Finding> = verdict.findings.iter().filter(|finding| finding.clause == case.rule).collect();
    if own.iter().map(|finding| finding.excess).sum::<i64>() != total.excess {
        wrong.push("the findings do not add up to the clause's total".to_owned());
    }
    if written.get("structure").is_none() {
        let broken = verdict.findings.iter().filter(|finding| finding.clause.starts_with("S-"));
        wrong.extend(broken.map(|finding| format!("structure: {} {}", finding.clause, finding.text.zh)));
    }
    let said = |language: &str| -> Vec<&str> { own.iter().map(|f| if language == "zh" { &*f.text.zh } else { &*f.text.en }).collect() };
    for language in ["zh", "en"] {
        for fragment in written.get(language).and_then(Value::as_array).into_iter().flatten() {
            let fragment = fragment.as_str().expect("text");
            if !said(language).iter().any(|sentence| sentence.contains(fragment)) {
                wrong.push(format!("no {language} sentence says `{fragment}`: {:?}", said(language)));
            }
        }
    }
    wrong.extend(verdict.findings.iter().flat_map(unfit_sentence));
    wrong.extend(verdict.findings.iter().flat_map(|finding| lost_places(&district, finding)));
    wrong.iter().map(|line| format!("{} / {name}: {line}", case.name)).collect()
}

/// Where a finding is must be somewhere: its place names things of the district, its lesson a block of its course.
fn lost_places(district: &District, finding: &Finding) -> Vec<String> {
    let blocks = |course: &str| {
        if let Some(row) = district.courses.iter().find(|row| row.id == course) {
            return row.blocks.len();
        }
        let (class, subject) = course.rsplit_once('.').unwrap_or_default();
        let grade = district.classes.iter().find(|row| row.id == class).map(|row| row.grade);
        let line = district.curriculum.iter().find(|line| Some(line.grade) == grade && line.subject == subject);
        line.map_or(0, |line| usize::from(line.periods - line.doubles))
    };
    let mut most = 0;
    let mut lost = Vec::new();
    if finding.place.is_empty() {
        lost.push(format!("{}: nowhere", finding.text.zh));
    }
    for (kind, id) in &finding.place {
        let known = match kind {
            Kind::School => district.schools.iter().any(|row| row.id == *id),
            Kind::Person => district.people.iter().any(|row| row.id == *id),
            Kind::Class => district.classes.iter().any(|row| row.id == *id),
            Kind::Room => district.rooms.iter().any(|row| row.id == *id),
            Kind::Club => district.clubs.iter().any(|row| row.id == *id),
            Kind::FixedBlock => district.blocks.iter().any(|row| row.id == *id),
            Kind::Course => {
                most = blocks(id);
                most > 0
            }
            Kind::Lesson => id.parse().is_ok_and(|block: usize| (1..=most).contains(&block)),
            // The role of a course with one role has no name.
            Kind::Role => true,
            _ => !id.is_empty(),
        };
        if !known {
            lost.push(format!("{:?}: no such {kind:?} {id}", finding.place));
        }
    }
    lost
}

/// A sentence must be there in both languages, in its own script, with every hole filled.
fn unfit_sentence(finding: &Finding) -> Vec<String> {
    let (zh, en) = (&finding.text.zh, &finding.text.en);
    let mut wrong = Vec::new();
    if zh.contains(['{', '}']) || en.contains(['{', '}']) {
        wrong.push(format!("a hole is left: {zh} / {en}"));
    }
    if !zh.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)) {
        wrong.push(format!("not Chinese: {zh}"));
    }
    if !en.split_whitespace().any(|word| word.len() > 2 && word.is_ascii()) {
        wrong.push(format!("not English: {en}"));
    }
    if let Some((law, _)) = BOOK.iter().find(|(law, _)| law.id == finding.rule) {
        for (template, sentence) in [(law.breach.0, zh), (law.breach.1, en)] {
            wrong.extend(bare_holes(template, sentence));
        }
    }
    wrong
}

/// A hole nobody filled may print its bare name: look for the name between its neighbours in the template.
fn bare_holes(template: &str, sentence: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let pieces: Vec<&str> = template.split(['{', '}']).collect();
    for (index, name) in pieces.iter().enumerate().filter(|(index, _)| index % 2 == 1) {
        let before: String = pieces[index - 1].chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = pieces.get(index + 1).unwrap_or(&"").chars().take(4).collect();
        if sentence.contains(&format!("{before}{name}{after}")) {
            wrong.push(format!("hole `{name}` is not filled: {sentence}"));
        }
    }
    wrong
}

fn fail_on(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_golden_plan_is_judged_as_its_rule_says() {
    let cases = world::cases();
    let wrong: Vec<String> =
        cases.iter().flat_map(|case| case.plans.iter().flat_map(|(name, plan)| differences(case, name, plan))).collect();
    fail_on(&wrong);
}

#[test]
fn every_case_has_a_legal_an_illegal_and_a_boundary_plan() {
    for case in world::cases() {
        assert!(BOOK.iter().any(|(law, _)| law.id == case.rule), "{}: no such rule", case.name);
        for name in ["legal", "illegal", "boundary"] {
            assert!(case.plans.contains_key(name), "{}: no {name} plan", case.name);
        }
        assert_eq!(case.plans["legal"]["excess"], 0, "{}: legal", case.name);
        assert!(case.plans["illegal"]["excess"].as_i64() > Some(0), "{}: illegal", case.name);
    }
}

#[test]
fn every_rule_of_the_book_has_a_golden() {
    let golden: BTreeSet<String> = world::cases().into_iter().map(|case| case.rule).collect();
    let missing: Vec<&str> = BOOK.iter().map(|(law, _)| law.id).filter(|id| !golden.contains(*id)).collect();
    assert!(missing.is_empty(), "no golden for {missing:?}");
}

#[test]
fn a_part_the_plan_lacks_is_not_judged() {
    for case in world::cases() {
        let district = world::district(&case.district);
        let illegal = world::merged(&case.legal, &case.plans["illegal"]["plan"]);
        let plan = world::plan(&district, &world::merged(&illegal, &json!({ "parts": [] })));
        let verdict = check(&district, &world::policy(&case.policy), &plan);
        let total = verdict.by_clause.get(&case.rule).copied().unwrap_or_default();
        assert_eq!(total.excess, 0, "{}: judged without its part", case.name);
    }
}

#[test]
fn a_verdict_does_not_depend_on_the_order_of_the_rows() {
    for case in world::cases() {
        let district = world::district(&case.district);
        let policy = world::policy(&case.policy);
        for written in case.plans.values().filter(|written| written.get("district").is_none()) {
            let mut plan = world::plan(&district, &world::merged(&case.legal, &written["plan"]));
            let forward = check(&district, &policy, &plan);
            plan.postings.reverse();
            plan.teaching.reverse();
            plan.timetable.reverse();
            plan.class_teachers.reverse();
            assert_eq!(check(&district, &policy, &plan).by_clause, forward.by_clause, "{}", case.name);
        }
    }
}
