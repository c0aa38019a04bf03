//! What a plan is, and what a run without one leaves: a policy clause never keeps a plan back, a draft never takes a plan's place, and
//! no sentence stands without its proof.

#[path = "verdict/beside.rs"]
mod beside;
#[path = "verdict/command.rs"]
mod command;
mod desk;
#[path = "verdict/words.rs"]
mod words;

use desk::{ask, input, plan, read, searched};
use lunpai::file::Plan;
use lunpai::job::{
    Ask, Claim, Delivery, ExitCode, Input, LevelFigures, Manifest, Output, Searched, StageFigures, Stopped, Verdict, verify,
};
use lunpai::rules::Stage;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

/// The desk's policy with one more clause: Chinese never in the day's first period. The desk's plan breaks it five times; the class has
/// seven cells a week, five of them first, so no plan breaks it less than three times.
fn strict_input() -> Input {
    let late = r#"{"id": "late", "rule": {"avoided_periods": {"of": "main", "first": true}}, "force": "policy"},"#;
    let mut input = input();
    input.policy.bytes = desk::POLICY.replace("\"clauses\": [", &format!("\"clauses\": [{late}")).into_bytes();
    input
}

/// A stage whose level `policy` was brought to `value`.
fn stage(stage: Stage, value: i64, bound: i64) -> StageFigures {
    let level = LevelFigures {
        name: "policy".to_owned(),
        value,
        bound,
        proved: value == bound,
        gap_permille: LevelFigures::gap(value, bound),
        terms: vec![],
    };
    StageFigures { stage, levels: vec![level], seconds: 0.1, work: 5, items: 2, points: 3, legal_after: None }
}

fn manifest(folder: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("the manifest")).expect("a manifest")
}

/// Judged, written to `to` and read again: the exit code, the first screen in Chinese, where it stands.
fn deliver(input: &Input, ask: &Ask, searched: Searched, to: &Path, replace: bool) -> (ExitCode, String, PathBuf) {
    let read = read(input);
    let delivery = Delivery::judge(input, &read, ask, searched, 1.0);
    let answer = delivery.answer();
    let folder = delivery.write(Output::begin(to, replace).expect("a place")).expect("written");
    assert_eq!(verify(&folder, None).expect("readable").falsified, [], "every figure is true");
    (answer.exit, answer.screen.zh, folder)
}

fn breaching(stages: Vec<StageFigures>) -> Searched {
    Searched { stages, ..searched(Some(plan()), Claim::Feasible, Stopped::Time) }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_policy_clause_that_is_not_met_gives_a_plan_and_a_decision_to_take() {
    let place = tempdir().expect("a folder");
    let ask = Ask { papers: true, ..ask() };
    let (exit, screen, folder) = deliver(&strict_input(), &ask, breaching(vec![]), &place.path().join("p"), false);
    assert_eq!((exit, folder.as_path()), (ExitCode::Done, place.path().join("p").as_path()));
    let manifest = manifest(&folder);
    assert_eq!((manifest.exit_code, manifest.check.verdict, manifest.check.hard), (0, Verdict::NeedsDecision, 1));
    assert_eq!(manifest.decisions_needed, 1);
    let open = &manifest.decisions[0];
    assert_eq!((open.clause.as_str(), open.excess, open.proved), ("late", 5, false));
    assert!(open.place.iter().any(|(_, id)| id == "A-1.chinese"), "{:?}", open.place);
    assert_eq!(names(&folder), ["findings.json", "inputs", "manifest.json", "papers", "plan.json", "plan.xlsx", "report.html", "tables"]);
    assert!(screen.contains("方案已排出,有 1 处须经会议决定") && !screen.contains("可提交会议讨论"), "{screen}");
    let page = fs::read_to_string(folder.join("report.html")).expect("the page");
    assert!(!page.contains("可提交会议讨论") && !page.contains("ready for the meeting"), "nowhere on the page");
    let first = screen.lines().find(|line| line.starts_with("请您决定")).expect("what is to be decided");
    for words in ["1. “不宜的节次”有 1 处没有做到", "一(1)班语文有 5 节在不宜的节次", "合计差 5", "能否避免未能判定"]
    {
        assert!(first.contains(words), "missing {words}: {first}");
    }
    for words in ["放宽(须经会议)", "不放宽:给更多时间再排"] {
        assert!(page.contains(words), "missing {words}");
    }
    assert!(!screen.contains("late") && !screen.contains("policy"), "no id of a clause: {screen}");
}

#[test]
fn no_claim_of_the_search_keeps_back_a_plan_that_breaks_policy_only() {
    let place = tempdir().expect("a folder");
    for (k, claim) in [Claim::Optimal, Claim::Feasible, Claim::Impossible, Claim::Undecided].into_iter().enumerate() {
        let searched = Searched { claim, stages: vec![], ..breaching(vec![]) };
        let (exit, ..) = deliver(&strict_input(), &ask(), searched, &place.path().join(k.to_string()), false);
        assert_eq!(exit, ExitCode::Done, "{claim:?}");
    }
    let searched = Searched { stopped: Stopped::Cancelled, ..breaching(vec![]) };
    let (exit, screen, _) = deliver(&strict_input(), &ask(), searched, &place.path().join("cut"), false);
    assert_eq!(exit, ExitCode::CutShort);
    assert!(screen.contains("停止时最好的方案有 1 处须经会议决定"), "{screen}");
}

/// Unavoidable is said only where the bound of the stage meets the plan, and of all plans only where nothing was decided before it.
#[test]
fn unavoidable_is_what_a_bound_proves() {
    let place = tempdir().expect("a folder");
    let alone = Ask { stages: vec![Stage::Timetable], ..ask() };
    let after = Ask { stages: vec![Stage::Teaching, Stage::Timetable], ..ask() };
    let cases = [
        (&alone, 5, 5, true, "已证明避免不了(这类规定任何方案合计至少差 5)"),
        (&after, 5, 5, false, "已证明在已定的安排下至少差 5,换一种安排能否避免未能判定"),
        (&alone, 5, 3, false, "已证明这类规定合计至少差 3,其余能否避免未能判定"),
        (&after, 5, 3, false, "能否避免未能判定"),
        (&alone, 5, 0, false, "能否避免未能判定"),
    ];
    for (k, (ask, value, bound, proved, words)) in cases.into_iter().enumerate() {
        let searched = breaching(vec![stage(Stage::Timetable, value, bound)]);
        let (_, screen, folder) = deliver(&strict_input(), ask, searched, &place.path().join(k.to_string()), false);
        assert_eq!(manifest(&folder).decisions[0].proved, proved, "case {k}");
        assert!(screen.contains(words), "case {k}: missing {words}:\n{screen}");
        assert_eq!(screen.contains("避免不了"), proved, "case {k}:\n{screen}");
        // Another stage's bound says nothing of this clause.
        let searched = breaching(vec![stage(Stage::Exchange, value, bound)]);
        let (_, screen, _) = deliver(&strict_input(), ask, searched, &place.path().join(format!("{k}-other")), false);
        assert!(screen.contains(",能否避免未能判定"), "case {k}:\n{screen}");
    }
}

#[test]
fn what_is_to_be_decided_is_computed_again() {
    let place = tempdir().expect("a folder");
    let (_, _, folder) = deliver(&strict_input(), &ask(), breaching(vec![]), &place.path().join("p"), false);
    let text = fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
    for (from, to, figure) in [
        ("\"decisions_needed\": 1", "\"decisions_needed\": 0", "decisions_needed"),
        ("\"excess\": 5", "\"excess\": 1", "decisions.0"),
        ("\"proved\": false\n    }\n  ],", "\"proved\": true\n    }\n  ],", "decisions.0"),
        ("\"verdict\": \"needs_decision\"", "\"verdict\": \"passed\"", "check.verdict"),
    ] {
        assert!(text.contains(from), "the manifest has no {from}:\n{text}");
        fs::write(folder.join("manifest.json"), text.replacen(from, to, 1)).expect("written");
        let found = verify(&folder, None).expect("readable").falsified;
        assert!(found.iter().any(|falsified| falsified.figure == figure), "{figure}: {found:?}");
    }
}

/// 乙 has a figure only where it is a plan and leaves fewer periods without a teacher; its rows are judged again.
#[test]
fn the_plan_without_postings_is_kept_and_judged() {
    let place = tempdir().expect("a folder");
    let mut short = plan();
    short.teaching[1].teacher = None;
    let with = |plan: &Plan, without: Plan| Searched {
        without_postings: Some(without),
        ..searched(Some(plan.clone()), Claim::Feasible, Stopped::Time)
    };
    let (_, screen, folder) = deliver(&input(), &ask(), with(&short, plan()), &place.path().join("p"), false);
    assert_eq!(manifest(&folder).without_postings.map(|without| without.shortfall_periods), Some(0));
    assert!(screen.contains("待补由 0 课时增加到 2 课时,多 2 课时,未能证明避免不了") && screen.contains("方案乙"), "{screen}");
    let mut worse = short.clone();
    worse.teaching[0].teacher = None;
    fs::write(folder.join("without_postings.json"), serde_json::to_vec(&worse).expect("JSON")).expect("written");
    let found = verify(&folder, None).expect("readable").falsified;
    assert!(found.iter().any(|falsified| falsified.figure == "without_postings.shortfall_periods"), "{found:?}");
    for (k, (plan, without)) in [(plan(), short.clone()), (short, desk::clashing_plan())].into_iter().enumerate() {
        let (_, screen, folder) = deliver(&input(), &ask(), with(&plan, without), &place.path().join(k.to_string()), false);
        assert!(manifest(&folder).without_postings.is_none() && !names(&folder).contains(&"without_postings.json".to_owned()), "{k}");
        assert!(!screen.contains("方案乙"), "{screen}");
    }
}

#[test]
fn the_trace_goes_forward() {
    let place = tempdir().expect("a folder");
    let point = |work: u64, t: f64| lunpai::job::TracePoint {
        work,
        cpu: t,
        t,
        score: [("rank1".to_owned(), 9)].into(),
        bound: std::collections::BTreeMap::new(),
    };
    let searched = |trace| Searched { trace, ..searched(Some(plan()), Claim::Feasible, Stopped::Time) };
    deliver(&input(), &ask(), searched(vec![point(1, 0.5), point(1, 0.7), point(8, 0.7)]), &place.path().join("p"), false);
    let (input, back) = (input(), searched(vec![point(1, 0.5), point(8, 0.4)]));
    let read = read(&input);
    let delivery = Delivery::judge(&input, &read, &ask(), back, 1.0);
    let folder = delivery.write(Output::begin(&place.path().join("q"), false).expect("a place")).expect("written");
    let found = verify(&folder, None).expect("readable").falsified;
    assert_eq!(found.iter().map(|falsified| falsified.figure.as_str()).collect::<Vec<_>>(), ["trace.1"]);
}
