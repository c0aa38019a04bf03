//! Policies compared: a policy against itself differs by nothing, failures stay rows, every metric can be computed again.
#![cfg(feature = "solve")]

use assert_cmd::Command;
use lunpai::file::{District, Policy, Source, Stage, Talent, read_district, read_policy};
use lunpai::rules::Stage as Planning;
use lunpai::stages::Cancel;
use lunpai::study::baselines::Baseline;
use lunpai::study::{Row, Separation, Status, Study, Trial, paired};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name)
}
fn district(name: &str) -> (String, District) {
    (name.to_owned(), read_district(&Source::read(&path(&format!("tiny/{name}.json"))).expect("a file")).expect("a district"))
}
fn policy(name: &str) -> Policy {
    read_policy(&Source::read(&path(&format!("policies/{name}.json"))).expect("a file")).expect("a policy")
}

fn run_with(districts: &[(String, District)], policies: &[(String, Policy)], baselines: &[Baseline], seeds: u64) -> Vec<Row> {
    let yardstick = policy("national-2014");
    let trial =
        Trial { yardstick: &yardstick, stages: vec![Planning::Exchange], work: 3_000_000, net: Duration::from_secs(600), threads: 2 };
    let study = Study { districts, policies, baselines, seeds, trial };
    let mut heard = 0;
    let rows = study.run(&Cancel::new(false), &mut |_| heard += 1);
    assert_eq!(heard, rows.len());
    rows
}

fn run(districts: &[(String, District)], policies: &[(String, Policy)], seeds: u64) -> Vec<Row> {
    run_with(districts, policies, &[], seeds)
}

#[test]
fn a_policy_against_itself_differs_by_exactly_nothing() {
    let districts = [district("river"), district("hill"), district("town")];
    let twice = [("one".to_owned(), policy("national-2014")), ("two".to_owned(), policy("national-2014"))];
    let rows = run(&districts, &twice, 2);
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().all(|row| row.status == Status::Planned), "{rows:?}");
    let pairs = paired(&rows);
    assert!(pairs.len() > 10 && pairs.iter().all(|pair| pair.districts > 0));
    for pair in pairs {
        assert_eq!((pair.mean, pair.least, pair.greatest), (0, 0, 0), "{pair:?}");
        assert_eq!(pair.separation, Separation::NotSeparated);
    }
}

#[test]
fn what_fails_is_a_row_and_makes_no_pair() {
    let with = |rule: &str, force: &str| {
        let mut broken = policy("national-2014");
        let clause = format!(r#"{{"id": "more", "rule": {rule}, "force": {force}}}"#);
        broken.clauses.push(serde_json::from_str(&clause).expect("a clause"));
        broken
    };
    let policies = [
        ("plain".to_owned(), policy("national-2014")),
        ("impossible".to_owned(), with(r#"{"everyone_gives": {"min": 99}}"#, r#""legal""#)),
        ("invalid".to_owned(), with(r#"{"visits": {}}"#, r#"{"prefer": {"rank": 9, "weight": 1}}"#)),
    ];
    let rows = run(&[district("river")], &policies, 1);
    assert_eq!(rows.iter().map(|row| row.status).collect::<Vec<_>>(), [Status::Planned, Status::Impossible, Status::Invalid]);
    assert_eq!(rows.iter().map(|row| row.kept).collect::<Vec<_>>(), [true, false, false]);
    assert!(rows[1..].iter().all(|row| row.plan.is_none() && row.metrics.is_empty()));
    assert!(paired(&rows).iter().all(|pair| pair.separation == Separation::NoPairs));
}

/// What a run says of its plan, counted here from the plan's rows and the district alone.
#[test]
fn every_metric_can_be_computed_again_from_the_plan() {
    let districts = [district("river"), district("town")];
    let policies = [("national".to_owned(), policy("national-2014")), ("anhui".to_owned(), policy("anhui-2014"))];
    let mut moved_at_all = 0;
    for row in run(&districts, &policies, 1) {
        let (_, district) = districts.iter().find(|(name, _)| *name == row.district).expect("known");
        let plan = row.plan.expect("a plan");
        let employer = |id: &str| district.people.iter().find(|person| person.id == id).expect("a person");
        let moved: Vec<_> = plan.postings.iter().filter(|posting| employer(&posting.person).employer != posting.to).collect();
        moved_at_all += moved.len();
        let backbone = moved.iter().filter(|posting| employer(&posting.person).talent >= Talent::County).count();
        assert_eq!((row.metrics["moved"], row.metrics["backbone_moved"]), (moved.len() as i64, backbone as i64));
        let works = |id: &str| {
            let person = employer(id);
            let posted = plan.postings.iter().find(|posting| posting.person == id).map(|posting| posting.to.clone());
            posted.or_else(|| person.works_at.clone()).unwrap_or_else(|| person.employer.clone())
        };
        for (stage, name) in [(Stage::Primary, "primary"), (Stage::Junior, "junior")] {
            let mut values = Vec::new();
            for school in &district.schools {
                let all: u32 = school.pupils.values().sum();
                if school.pupils.get(&stage).is_some_and(|pupils| *pupils > 0) && all >= 50 {
                    let holds = |person: &&lunpai::file::Person| {
                        person.talent >= Talent::County
                            && person.category != lunpai::file::Category::Worker
                            && works(&person.id) == school.id
                    };
                    values.push(district.people.iter().filter(holds).count() as f64 * 100.0 / f64::from(all));
                }
            }
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let told = row.metrics.get(&format!("cv_unweighted.{name}.backbone")).copied();
            if values.len() < 2 || mean <= 0.0 {
                assert_eq!(told, None, "{name}");
                continue;
            }
            let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt();
            assert_eq!(told, Some((spread / mean * 1000.0).round() as i64), "{name}");
        }
    }
    assert!(moved_at_all > 0, "somebody moves");
}

/// A baseline is a row like any other: checked, measured, and its people only go where they may and wish to.
#[test]
fn baselines_are_rows_of_plans_in_which_nobody_goes_where_they_would_not() {
    let read = |name: &str| {
        let file = path(&format!("{name}/district.json"));
        (name.to_owned(), read_district(&Source::read(&file).expect("a file")).expect("a district"))
    };
    let districts = [read("huayuankou"), read("xian")];
    let rows = run_with(&districts, &[], &Baseline::ALL, 1);
    assert_eq!(rows.iter().map(|row| row.policy.as_str()).collect::<Vec<_>>()[..5], Baseline::ALL.map(Baseline::id));
    assert!(rows.iter().all(|row| row.status == Status::Planned), "{rows:?}");
    for (name, district) in &districts {
        let of = |id: &str| rows.iter().find(|row| row.district == *name && row.policy == id).expect("a row");
        let person = |id: &str| district.people.iter().find(|person| person.id == id).expect("a person");
        let agreed = district.people.iter().filter(|person| person.locks.posted_to.is_some()).count() as i64;
        assert_eq!(of("do-nothing").metrics["moved"], agreed);
        let quota = of("quota-only");
        assert_eq!((quota.metrics["clause.quota"], quota.metrics["clause.quota-backbone"]), (0, 0), "{name}");
        assert!(
            !of("do-nothing").kept && of("do-nothing").metrics["clause.quota"] > 0,
            "{name}: the quota is what nothing alone would meet"
        );
        for market in ["greedy-swaps", "top-trading-cycles", "deferred-acceptance"] {
            let row = of(market);
            let rows = row.plan.iter().flat_map(|plan| &plan.postings);
            let moved: Vec<_> = rows.filter(|row| person(&row.person).locks.posted_to.is_none()).collect();
            let mut gained: std::collections::BTreeMap<(&str, &str), i64> = std::collections::BTreeMap::new();
            for posting in &moved {
                let file = person(&posting.person);
                assert!(file.wishes.schools.contains(&posting.to) || file.wishes.accepts_any, "{market}: {posting:?}");
                let subject = file.subjects.first().map_or("", |held| held.subject.as_str());
                *gained.entry((&posting.to, subject)).or_default() += 1;
                *gained.entry((&posting.from, subject)).or_default() -= 1;
            }
            assert!(gained.values().all(|gain| *gain == 0), "{market}: {gained:?}");
            assert_eq!((row.metrics["clause.eligible"], row.metrics["clause.group-permits"]), (0, 0), "{name} {market}");
        }
        assert!(of("top-trading-cycles").metrics["moved"] >= of("greedy-swaps").metrics["moved"], "{name}");
    }
    let traded: i64 = rows.iter().filter(|row| row.policy == "top-trading-cycles").map(|row| row.metrics["moved"]).sum();
    assert!(traded > 0, "somebody trades");
}

#[test]
fn the_command_writes_rows_differences_plans_and_what_may_be_said() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("study");
    let lunpai = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("lunpai").expect("the binary");
        command.arg("compare").args(arguments).arg("--out").arg(&out).output().expect("it runs")
    };
    let (river, national) = (path("tiny/river.json"), path("policies/national-2014.json"));
    let (river, national) = (river.to_str().expect("a path"), national.to_str().expect("a path"));
    let other = format!("other={national}");
    let arguments = [river, "--policy", national, "--policy", &other, "--yardstick", national, "--seeds", "1"];
    let said = lunpai(&arguments);
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    let mut runs = csv::Reader::from_path(out.join("runs.csv")).expect("the rows");
    let names: BTreeSet<String> = runs.headers().expect("a head").iter().map(str::to_owned).collect();
    assert!(["district", "policy", "status", "moved", "clause.quota"].iter().all(|name| names.contains(*name)), "{names:?}");
    let policies: Vec<String> = runs.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    assert_eq!(policies, ["national-2014", "other"]);
    let shown = std::fs::read_to_string(out.join("README.md")).expect("the page");
    assert!(shown.contains("未能区分") && shown.contains("not separated"), "{shown}");
    assert_eq!(std::fs::read_dir(out.join("plans")).expect("the plans").count(), 2);
    assert_eq!(lunpai(&arguments).status.code(), Some(73), "what is there is not overwritten");
    let missing = [river, "--policy", "nowhere.json", "--yardstick", national, "--replace"];
    assert_eq!(lunpai(&missing).status.code(), Some(66));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so_and_writes_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("study");
    let (river, national) = (path("tiny/river.json"), path("policies/national-2014.json"));
    let mut command = Command::cargo_bin("lunpai").expect("the binary");
    command.arg("compare").arg(&river).arg("--policy").arg(&national).arg("--yardstick").arg(&national);
    let said = command.arg("--parquet").arg("--out").arg(&out).output().expect("it runs");
    let words = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.code() == Some(64) && words.contains("E-RUN-005") && words.contains("runs.csv"), "{words}");
    assert!(!out.exists());
}

#[cfg(feature = "parquet")]
#[test]
fn the_parquet_file_holds_the_cells_of_the_csv_file() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let mut broken = policy("national-2014");
    let clause = r#"{"id": "more", "rule": {"visits": {}}, "force": {"prefer": {"rank": 9, "weight": 1}}}"#;
    broken.clauses.push(serde_json::from_str(clause).expect("a clause"));
    let rows = run(&[district("river")], &[("good".to_owned(), policy("national-2014")), ("invalid".to_owned(), broken)], 1);
    assert!(rows.iter().any(|row| row.metrics.is_empty()) && rows.iter().any(|row| !row.metrics.is_empty()), "{rows:?}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), lunpai::study::runs_parquet(&rows)).expect("written");
    let reader = SerializedFileReader::new(file.reopen().expect("a file")).expect("parquet");
    let told = |cell: (&String, &parquet::record::Field)| match cell.1 {
        parquet::record::Field::Null => String::new(),
        parquet::record::Field::Str(text) => text.clone(),
        other => other.to_string(),
    };
    let found: Vec<Vec<String>> =
        reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").get_column_iter().map(told).collect()).collect();
    let runs = lunpai::study::runs_csv(&rows);
    let mut csv = csv::Reader::from_reader(runs.as_slice());
    let wanted: Vec<Vec<String>> = csv.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(found, wanted);
}
