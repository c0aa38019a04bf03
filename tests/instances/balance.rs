//! The figures of the exchange on `huayuankou`: who could move, who should, and what two moves do for the balance.

use super::{district, shipped};
use lunpai::check::{Balance, balance, check};
use lunpai::file::{Category, District, Form, Part, Plan, Policy, Posting, Stage, Talent};
use lunpai::rules::AnyRule;
use lunpai::rules::Stage as Planning;

fn plan(district: &District, moves: &[(&str, &str)]) -> Plan {
    let mut free = district.people.iter().filter(|person| person.category == Category::Teacher && person.talent >= Talent::County);
    let mut posting = |(from, to): &(&str, &str)| Posting {
        person: free.by_ref().find(|person| person.employer == *from).expect("a backbone teacher").id.clone(),
        from: (*from).to_owned(),
        to: (*to).to_owned(),
        form: Form::Support,
        from_term: "2026-1".to_owned(),
        to_term: None,
        because: Vec::new(),
    };
    let postings = moves.iter().map(&mut posting).collect();
    Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), parts: vec![Part::Postings], postings, ..Plan::default() }
}

fn backbone(rows: &[Balance], stage: Stage) -> &Balance {
    rows.iter().find(|row| row.stage == stage && row.indicator == "backbone").expect("measured")
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 0.0005
}

#[test]
fn two_moves_halve_the_weighted_variation_of_huayuankou_and_more_of_the_unweighted() {
    let district = district("huayuankou/district.json");
    let rows = balance(&district, &plan(&district, &[("HYK", "BB"), ("HYK", "SQ")]));
    let found = backbone(&rows, Stage::Primary);
    assert_eq!((found.schools, found.limit), (5, Some(0.5)));
    assert!(near(found.before.mean, 1.008) && near(found.after.mean, 1.008), "{found:?}");
    assert!(near(found.before.weighted, 0.429) && near(found.after.weighted, 0.223), "{found:?}");
    assert!(near(found.before.unweighted, 0.903) && near(found.after.unweighted, 0.259), "{found:?}");
    // What planning counts instead, in the model: by how much it differs stands beside it.
    assert!(found.after.deviation < found.before.deviation && found.before.deviation > 0.0, "{found:?}");
    let below = |row: &&Balance| row.before.deviation <= row.before.weighted + 1e-9 && row.after.deviation <= row.after.weighted + 1e-9;
    assert_eq!(rows.iter().filter(below).count(), rows.len(), "{rows:?}");
    assert!(rows.iter().all(|row| row.stage == Stage::Primary), "there is one junior high");
    assert!(rows.iter().any(|row| row.indicator == "sport_arts"), "specialists are counted, too");
}

/// Required people of a quota of 10 % of the eligible: nobody moves, so all of them are missing.
#[test]
fn ten_percent_of_84_is_9_11_or_3_people_by_scope() {
    let district = district("huayuankou/district.json");
    let missing = |within: &str| {
        let quota = format!(r#"{{"quota": {{"percent": 10, "of": "eligible", "within": "{within}", "rounding": "up"}}}}"#);
        let mut policy: Policy = shipped();
        policy.clauses.retain(|clause| matches!(clause.rule, AnyRule::Eligible(_) | AnyRule::Quota(_)));
        policy.clauses.truncate(2);
        let clause = policy.clauses.iter_mut().find(|clause| matches!(clause.rule, AnyRule::Quota(_))).expect("a quota");
        clause.rule = serde_json::from_str(&quota).expect("a rule");
        assert_eq!(clause.rule.rule().law().binds, [Planning::Exchange]);
        let id = clause.id.clone();
        let verdict = check(&district, &policy, &plan(&district, &[]));
        let words: Vec<String> = verdict.findings.iter().filter(|found| found.clause == id).map(|found| found.text.zh.clone()).collect();
        (verdict.by_clause[&id].excess, words)
    };
    let (found, words) = missing("district");
    assert_eq!((found, words), (9, vec!["全区应交流 9 人(84 人的 10%),方案安排 0 人,还差 9 人".to_owned()]));
    assert_eq!(missing("each_school").0, 11);
    assert_eq!(missing("leads").0, 3);
}
