//! Years ahead: the same people refuse whatever the policy, who refuses stays, and a year begins where the last one ended.
#![cfg(feature = "solve")]

use assert_cmd::Command;
use lunpai::file::{District, Policy, Source, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::Cancel;
use lunpai::study::{Ahead, Chances, Status, Trial, Year};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name)
}
fn district(name: &str) -> District {
    read_district(&Source::read(&path(name)).expect("a file")).expect("a district")
}
fn policy(name: &str) -> Policy {
    read_policy(&Source::read(&path(&format!("policies/{name}.json"))).expect("a file")).expect("a policy")
}

fn years(start: &District, name: &str, seed: u64, chances: Chances) -> (Vec<Year>, District) {
    let (policy, yardstick) = (policy(name), policy("national-2014"));
    let trial = Trial { yardstick: &yardstick, stages: vec![Stage::Exchange], work: 3_000_000, net: Duration::from_secs(600), threads: 2 };
    trial.years(start, &Ahead { policy: &policy, years: 3, seed, chances }, &Cancel::new(false))
}

#[test]
fn the_same_person_refuses_in_the_same_year_under_every_policy() {
    let start = district("tiny/town.json");
    let chances = Chances { refuses: 40, leaves: 10 };
    let (national, _) = years(&start, "national-2014", 7, chances);
    let (anhui, _) = years(&start, "anhui-2014", 7, chances);
    let (other, _) = years(&start, "national-2014", 8, chances);
    let refusals = |years: &[Year]| years.iter().map(|year| year.refused.clone()).collect::<Vec<BTreeSet<String>>>();
    assert_eq!(refusals(&national), refusals(&anhui));
    assert_ne!(refusals(&national), refusals(&other));
    assert!(refusals(&national).iter().all(|refused| !refused.is_empty()), "{:?}", refusals(&national));
    for year in national.iter().chain(&anhui) {
        let plan = year.row.plan.as_ref().expect("a plan");
        let posted: BTreeSet<&String> = plan.postings.iter().map(|row| &row.person).collect();
        assert!(year.refused.iter().all(|person| !posted.contains(person)), "{}: who refuses stays", year.year);
    }
    let gone = |years: &[Year]| years.iter().map(|year| (year.retired.clone(), year.left.clone())).collect::<Vec<_>>();
    assert_eq!(gone(&national), gone(&anhui), "people leave whatever the policy");
}

#[test]
fn a_year_begins_where_the_last_one_ended() {
    let start = district("tiny/town.json");
    let (told, after) = years(&start, "national-2014", 1, Chances::default());
    assert_eq!(told.iter().map(|year| year.year).collect::<Vec<_>>(), [2026, 2027, 2028]);
    assert!(told.iter().all(|year| year.row.status == Status::Planned && year.row.metrics.contains_key("moved")));
    let mut works: std::collections::BTreeMap<String, String> =
        start.people.iter().map(|person| (person.id.clone(), person.works_at.clone().unwrap_or_else(|| person.employer.clone()))).collect();
    for year in &told {
        for row in &year.row.plan.as_ref().expect("a plan").postings {
            assert_eq!(
                works.get(&row.person),
                Some(&row.from),
                "{}: {} starts from where the year before left them",
                year.year,
                row.person
            );
            works.insert(row.person.clone(), row.to.clone());
        }
    }
    for person in &after.people {
        let at = person.works_at.as_ref().unwrap_or(&person.employer);
        assert!(works.get(&person.id).is_none_or(|works| works == at), "{}", person.id);
    }
    assert_eq!(after.term.as_ref().map(|term| term.first_day.get(..4)), Some(Some("2029")));
    assert!(told.iter().map(|year| year.row.metrics["moved"]).sum::<i64>() > 0, "somebody moves");
}

#[test]
fn the_command_writes_a_row_a_year_and_needs_a_term() {
    let place = tempfile::tempdir().expect("a folder");
    let lunpai = |input: &Path, out: &str| {
        let mut command = Command::cargo_bin("lunpai").expect("the binary");
        command.arg("simulate").arg(input).arg("--policy").arg(path("policies/national-2014.json"));
        command.args(["--years", "2", "--refuses", "20", "--out"]).arg(place.path().join(out)).output().expect("it runs")
    };
    let said = lunpai(&path("tiny/town.json"), "years");
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    let mut rows = csv::Reader::from_path(place.path().join("years/years.csv")).expect("the rows");
    let head: Vec<String> = rows.headers().expect("a head").iter().map(str::to_owned).collect();
    assert_eq!(head[..6], ["year", "status", "refused", "retired", "left", "proved"]);
    assert_eq!(rows.records().map(|row| row.expect("a row")[0].to_owned()).collect::<Vec<_>>(), ["2026", "2027"]);
    assert!(place.path().join("years/plans/2027.json").is_file() && place.path().join("years/district.json").is_file());
    let told: serde_json::Value =
        serde_json::from_slice(&std::fs::read(place.path().join("years/simulate.json")).expect("the inventory")).expect("JSON");
    let first = &told["years"][0];
    let refused = first["refused"].as_array().expect("a list of people");
    let people = district("tiny/town.json").people;
    assert!(!refused.is_empty() && refused.iter().all(|id| people.iter().any(|person| Some(person.id.as_str()) == id.as_str())));
    assert!(first["year"] == 2026 && first["retired"].is_array() && first["left"].is_array(), "{first}");
    let mut timeless = district("tiny/town.json");
    timeless.term = None;
    let file = place.path().join("timeless.json");
    std::fs::write(&file, serde_json::to_vec(&timeless).expect("JSON")).expect("written");
    let said = lunpai(&file, "none");
    assert_eq!(said.status.code(), Some(65));
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(["E-RUN-002", "timeless.json", "要求:", "处理:"].iter().all(|part| words.contains(part)), "{words}");
}
