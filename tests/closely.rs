//! A policy on one district looked at closely: prices of clauses, the front between two levels, staging, and what a policy leaves open.
#![cfg(feature = "solve")]

use assert_cmd::Command;
use lunpai::district::World;
use lunpai::file::{Category, District, Part, Plan, Policy, Source, Talent, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Grain, pose};
use lunpai::study::{Between, Near, Study, Trial};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name)
}
fn source(name: &str) -> Source {
    Source::read(&path(name)).expect("a file")
}
fn policy(clauses: &str) -> Policy {
    let text = format!(r#"{{"schema": "lunpai.policy/1", "id": "test", "title": {{"zh": "试", "en": "test"}}, "clauses": [{clauses}]}}"#);
    read_policy(&Source { name: "policy.json".into(), bytes: text.into_bytes() }).expect("a policy")
}
fn trial(yardstick: &Policy) -> Trial<'_> {
    Trial { yardstick, stages: vec![Stage::Exchange], work: 3_000_000, net: Duration::from_secs(600), threads: 2 }
}
/// `town` in which nothing is agreed and only these may move.
fn town(movers: &[&str]) -> District {
    let mut district = read_district(&source("tiny/town.json")).expect("a district");
    for person in &mut district.people {
        person.locks = lunpai::file::PersonLocks { stays: !movers.contains(&person.id.as_str()), ..Default::default() };
        person.wishes.volunteers = false;
    }
    district
}

const MOVES: &str = r#"{"id": "eligible", "rule": {"eligible": {}}, "force": "policy"},
    {"id": "balance", "rule": {"balance": {"talent": "county"}}, "force": {"prefer": {"rank": 2, "weight": 3}}},
    {"id": "stability", "rule": {"stability": {}}, "force": {"prefer": {"rank": 3, "weight": 10}}}"#;

#[test]
fn the_front_is_what_enumeration_finds() {
    let district = town(&["X-T1", "X-T2", "X-T4", "Y-T1", "Z-T1"]);
    let policy = policy(MOVES);
    let world = World::new(&district);
    let posed = pose(&world, &policy, None, Grain::Periods);
    let start = posed.at_home().expect("everybody may stay");
    let items: Vec<(usize, usize)> = posed.exchange.posts.values().map(|(item, schools)| (*item as usize, schools.len())).collect();
    assert_eq!(items.len(), 5);
    let level = |name: &str| posed.problem.levels.iter().position(|level| level.name == name).expect("in use");
    let (rank2, rank3) = (level("rank2"), level("rank3"));
    let mut all = BTreeSet::new();
    for mut code in 0..items.iter().map(|(_, count)| count).product::<usize>() {
        let mut values = start.clone();
        for (item, count) in &items {
            values[*item] = (code % count) as i32;
            code /= count;
        }
        let score = posed.problem.score(&values);
        if score[1..3] == [0, 0] {
            all.insert((score[rank2], score[rank3]));
        }
    }
    let better = |(a, b): (i64, i64)| all.iter().any(|(x, y)| (*x, *y) != (a, b) && *x <= a && *y <= b);
    let true_front: Vec<(i64, i64)> = all.iter().copied().filter(|point| !better(*point)).collect();
    assert!(true_front.len() > 1, "{true_front:?}");
    let between = Between { first: "rank2", second: "rank3", points: 30 };
    let front = trial(&policy).front(&district, &policy, between, &Cancel::new(false)).expect("two levels");
    assert_eq!(front.iter().map(|point| (point.first, point.second)).collect::<Vec<_>>(), true_front);
    assert!(front.iter().all(|point| point.proved), "{front:?}");
    let none = trial(&policy).front(&district, &policy, Between { second: "rank4", ..between }, &Cancel::new(false));
    assert!(none.is_err_and(|levels| levels.contains(&"rank3".to_owned())));
}

#[test]
fn a_clause_costs_what_is_saved_without_it() {
    let district = town(&["X-T1", "X-T2", "Y-T1", "Y-T2", "Z-T1", "Z-T2"]);
    let asks = r#"{"id": "quota", "rule": {"quota": {"percent": 34}}, "force": "policy"},
        {"id": "eligible", "rule": {"eligible": {}}, "force": "policy"},
        {"id": "headcount", "rule": {"headcount": {"above": 0, "below": 0}}, "force": "policy"},
        {"id": "stability", "rule": {"stability": {}}, "force": {"prefer": {"rank": 3, "weight": 10}}}"#;
    let policy = policy(asks);
    let prices = trial(&policy).prices(&district, &policy, &Cancel::new(false), &mut |_| ()).expect("a plan");
    let at = |clause: &str, level: &str| {
        let price = prices.iter().find(|price| price.clause == clause && price.level == level).expect("a row");
        assert!(price.proved, "{price:?}");
        (price.with, price.without.expect("a plan without it"))
    };
    // Six may move, a third of them must: 3 people by ⌈2.04⌉, and nobody without the quota.
    assert_eq!(at("quota", "rank3"), ((30, 30), (0, 0)));
    assert_eq!(at("headcount", "rank3"), ((30, 30), (30, 30)));
    assert_eq!(at("stability", "rank3"), ((30, 30), (0, 0)), "the only clause of its rank takes the rank with it");
    assert_eq!(prices.len(), 4 * 4, "each clause at structure, legal, policy and rank 3");
}

#[test]
fn other_plans_near_the_best_keep_what_is_demanded_and_cost_no_more() {
    let districts = [("town".to_owned(), town(&["X-T1", "X-T2", "X-T3", "Y-T1", "Y-T2", "Z-T1", "Z-T2"]))];
    let asks = r#"{"id": "quota", "rule": {"quota": {"percent": 20}}, "force": "policy"},
        {"id": "eligible", "rule": {"eligible": {}}, "force": "policy"},
        {"id": "stability", "rule": {"stability": {}}, "force": {"prefer": {"rank": 3, "weight": 10}}}"#;
    let policies = [("plain".to_owned(), policy(asks))];
    let study = Study { districts: &districts, policies: &policies, baselines: &[], seeds: 1, trial: trial(&policies[0].1) };
    let range = |plans: u64, permille: u32, metric: &str| {
        let ranges = study.ranges(&Near { plans, permille }, &Cancel::new(false));
        let found = ranges.into_iter().find(|range| range.metric == metric).expect("a metric");
        assert!(found.least <= found.best && found.best <= found.greatest && found.plans as u64 == plans + 1, "{found:?}");
        (found.least, found.greatest)
    };
    // 2 of 7 must move: equally good plans move 2, those that cost half as much again up to 3.
    assert_eq!(range(8, 0, "moved"), (2, 2));
    assert_eq!(range(8, 500, "moved").0, 2);
    assert_eq!(range(20, 500, "moved").1, 3);
    let mut odd = policies[0].1.clone();
    odd.clauses[0].force = lunpai::file::Force::Prefer(lunpai::file::Preference { rank: 9, then: 0, weight: 1 });
    let invalid = [("odd".to_owned(), odd)];
    assert_eq!(Study { policies: &invalid, ..study.clone() }.ranges(&Near { plans: 1, permille: 0 }, &Cancel::new(false)), []);
    let backbone = range(12, 0, "backbone_moved");
    assert!(backbone.0 < backbone.1, "who moves is left open: {backbone:?}");
    assert!(districts[0].1.people.iter().any(|person| person.talent >= Talent::County && person.category != Category::Worker));
}

#[test]
fn a_plan_at_once_is_measured_beside_the_plan_in_stages() {
    let district = read_district(&source("tiny/river.json")).expect("a district");
    let policy = read_policy(&source("tiny/policy.json")).expect("a policy");
    let staging = trial(&policy).staging(&district, &policy, &Cancel::new(false)).expect("two plans");
    assert_eq!(staging.iter().map(|level| level.level.as_str()).collect::<Vec<_>>()[..4], ["structure", "legal", "policy", "rank1"]);
    for level in &staging {
        let model = level.model.filter(|(value, bound)| bound <= value);
        assert!(model.is_some(), "{level:?}");
    }
    assert!(staging[..3].iter().all(|level| (level.staged, level.joint) == (0, 0)), "{staging:?}");
}

#[test]
fn the_commands_write_tables_and_figures() {
    let place = tempfile::tempdir().expect("a folder");
    let lunpai = |arguments: &[&str], out: &str| {
        let mut command = Command::cargo_bin("lunpai").expect("the binary");
        command.arg("compare").args(arguments).arg("--out").arg(place.path().join(out)).output().expect("it runs")
    };
    let (town, national) = (path("tiny/town.json"), path("policies/national-2014.json"));
    let (town, national) = (town.to_str().expect("a path"), national.to_str().expect("a path"));
    let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let done = lunpai(&[town, "--policy", national, "--yardstick", national, "--seeds", "1", "--baselines", "--near", "2"], "study");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(read("study/ranges.csv").starts_with("district,policy,metric,plans,best,least,greatest\n"));
    let runs = place.path().join("study/runs.csv");
    assert_eq!(lunpai(&["figures", runs.to_str().expect("a path")], "figures").status.code(), Some(0));
    assert_eq!(read("study/figures/moved.svg"), read("figures/moved.svg"), "drawn from the table alone");
    assert_eq!(lunpai(&["figures", national], "none").status.code(), Some(65));
    assert_eq!(lunpai(&["price", town, "--policy", national], "price").status.code(), Some(0));
    assert!(read("price/prices.csv").contains("\nquota,exchange,policy,0,0,0,0,0,true\n"), "{}", read("price/prices.csv"));
    assert_eq!(lunpai(&["front", town, "--policy", national, "--points", "2"], "front").status.code(), Some(0));
    assert!(read("front/front.svg").contains("<circle") && read("front/front.csv").lines().count() > 1);
    let wrong = lunpai(&["front", town, "--policy", national, "--second", "rank9"], "wrong");
    let words = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!(wrong.status.code(), Some(64), "{words}");
    assert!(words.contains("E-RUN-003") && words.contains("rank3"), "{words}");
}

#[test]
fn the_committed_figures_are_drawn_from_the_committed_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/results/compare");
    if !folder.is_dir() {
        return; // a package leaves the results out
    }
    let figures = lunpai::study::runs_figures(&std::fs::read(folder.join("runs.csv")).expect("the table")).expect("a table of runs");
    for name in ["moved.svg", "cv_unweighted.primary.backbone.svg"] {
        let drawn = figures.iter().find(|(figure, _)| figure == name).map(|(_, svg)| svg.as_str());
        assert_eq!(std::fs::read_to_string(folder.join(name)).ok().as_deref(), drawn, "{name}");
    }
}

/// The script reads the files alone and was written from the book: what it finds must be what the table says.
#[test]
fn an_independent_script_finds_every_cell_of_a_study_again() {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        // Nothing is shown on this machine; say so where it is seen.
        use std::io::Write;
        let _ = writeln!(std::io::stderr().lock(), "SKIPPED: there is no python3 to run benches/metrics.py");
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("study");
    let policies = ["national-2014", "anhui-2014"].map(|name| path(&format!("policies/{name}.json")));
    let districts = ["tiny/river.json", "tiny/hill.json", "tiny/town.json"].map(path);
    let mut command = Command::cargo_bin("lunpai").expect("the binary");
    command.arg("compare").args(&districts).args(["--baselines", "--seeds", "2", "--yardstick"]).arg(&policies[0]);
    for policy in &policies {
        command.arg("--policy").arg(policy);
    }
    command.arg("--out").arg(&out).assert().success();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/metrics.py");
    let mut named = Vec::new();
    for file in &districts {
        let district = read_district(&Source::read(file).expect("a file")).expect("a district");
        named.push(format!("{}={}", district.id, file.display()));
    }
    let python = |study: &Path| {
        std::process::Command::new("python3").arg("-B").arg(&script).arg(&policies[0]).arg(study).args(&named).output().expect("it runs")
    };
    let said = python(&out);
    let words = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success() && words.contains(", 0 differ"), "{words}");
    // It would see one posting less.
    let changed = place.path().join("changed");
    std::fs::create_dir_all(changed.join("plans")).expect("a folder");
    std::fs::copy(out.join("runs.csv"), changed.join("runs.csv")).expect("the table");
    for entry in std::fs::read_dir(out.join("plans")).expect("the plans") {
        let entry = entry.expect("a plan");
        let mut plan: Plan = serde_json::from_slice(&std::fs::read(entry.path()).expect("a file")).expect("a plan");
        assert_eq!(plan.parts, [Part::Postings]);
        plan.postings.pop();
        std::fs::write(changed.join("plans").join(entry.file_name()), serde_json::to_vec(&plan).expect("JSON")).expect("written");
    }
    assert_eq!(python(&changed).status.code(), Some(1));
}
