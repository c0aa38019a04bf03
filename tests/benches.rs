//! The scripts that measure beside another program or another build: what they make of a file, and what they read from their lines.
#![cfg(feature = "solve")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn repo(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a script of ours; none where this machine has no python3, which is said where it is seen.
fn python(arguments: &[&Path], lines: Option<&Path>) -> Option<Output> {
    let mut command = Command::new("python3");
    command.arg("-B").args(arguments).current_dir(repo(""));
    if let Some(lines) = lines {
        command.env("LINES", lines);
    }
    let output = command.output().ok();
    if output.is_none() {
        use std::io::Write;
        let _ = writeln!(std::io::stderr().lock(), "SKIPPED: there is no python3 to run the scripts of benches/");
    }
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

#[test]
fn a_peers_file_becomes_a_district_with_the_same_parts_and_without_its_names() {
    let place = tempfile::tempdir().expect("a folder");
    let made = place.path().join("made");
    let script = repo("benches/peer-fet");
    let Some(output) = python(&[&script, Path::new("convert"), &repo("tests/benches/small.fet"), &made], None) else { return };
    assert!(output.status.success(), "{}", said(&output));
    let district = json(&made.join("district/district.json"));
    let count = |key: &str| district[key].as_array().map_or(0, Vec::len);
    assert_eq!(
        (count("classes"), count("people"), count("courses")),
        (3, 3, 4),
        "two groups and a year; the inactive activity is left out"
    );
    let courses = district["courses"].as_array().expect("courses");
    let blocks =
        |course: usize| courses[course]["blocks"].as_array().expect("blocks").iter().map(|block| &block["periods"]).collect::<Vec<_>>();
    assert_eq!(blocks(0), [1, 2], "the activities of one group are one course");
    assert_eq!(courses[1]["classes"].as_array().map(Vec::len), Some(2), "a year of two groups has its lesson together");
    assert_eq!(courses[1]["teachers"].as_array().map(Vec::len), Some(2));
    assert_ne!(courses[0]["subject"], courses[2]["subject"], "a second course of a class and subject has a subject of its own");
    assert_eq!(district["people"][0]["unavailable"][0]["weekday"], 2);
    // The year's closed cell, and the break that all have.
    let closed = |class: usize| district["classes"][class]["closed"].as_array().map_or(0, Vec::len);
    assert_eq!([closed(0), closed(1), closed(2)], [2, 2, 1]);
    let policy = json(&made.join("district/policy.json"));
    let spread = policy["clauses"].as_array().expect("clauses").iter().find(|clause| clause["id"] == "spread").expect("spread");
    assert_eq!(spread["scope"]["subjects"], serde_json::json!(["s1"]), "only the course whose activities the file keeps apart");
    let written = std::fs::read_to_string(made.join("district/district.json")).expect("a file");
    assert!(["Amber", "Weaving", "Left"].iter().all(|name| !written.contains(name)), "numbers instead of names");
    // The peer is asked the same and nothing else.
    let same = std::fs::read_to_string(made.join("same.fet")).expect("a file");
    assert_eq!(same.matches("<ConstraintMinDaysBetweenActivities>").count(), 1);
    assert!(!same.contains("MaxGaps") && !same.contains("<Room>") && same.matches("<Activity>").count() == 5, "{same}");
    let lunpai = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("lunpai").expect("the binary");
        command.current_dir(place.path()).args(arguments).output().expect("it runs")
    };
    let valid = lunpai(&["validate", "made/district"]);
    assert!(valid.status.success(), "{}", said(&valid));
    let planned = lunpai(&["solve", "made/district", "--stage", "timetable", "--work", "20000", "--out", "plan"]);
    assert!(planned.status.success(), "{}", said(&planned));
}

#[test]
fn a_peers_file_with_groups_that_overlap_is_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(repo("tests/benches/small.fet")).expect("the fixture");
    let part = "<Subgroup><Name>Both</Name></Subgroup></Group>";
    let file = place.path().join("overlap.fet");
    std::fs::write(&file, text.replace("</Group>", part)).expect("written");
    let script = repo("benches/peer-fet");
    let Some(output) = python(&[&script, Path::new("convert"), &file, &place.path().join("made")], None) else { return };
    assert!(!output.status.success() && said(&output).contains("groups of Y overlap"), "{}", said(&output));
    assert!(!place.path().join("made").exists());
}

#[test]
fn lines_of_first_plans_are_told_by_medians_and_pairs() {
    let script = repo("benches/first-plan");
    let Some(output) = python(&[&script, Path::new("table")], Some(&repo("tests/benches/first-plan.csv"))) else { return };
    let told = said(&output);
    for line in [
        // The run of an older commit is passed over; the old program had no plan on the third.
        "| 6 | 3/3 | 2/3 | 3.0 | 0.09 | ≤ 4 / 2 | must | 100 |",
        "| 20 | 0/1 | 0/0 |  |  | ≤ 15 / 6 | no |  |",
        // A seed without an old plan counts as no worse, and in no median.
        "| huayuankou | 0.5 | 3, 2 of 3 | 0 | 0 | 1 : 1 | 304.5 : 305 | 51 : 50 | 1.02 | yes |",
        // Rank 1 worse in one seed: better ranks do not make up for it.
        "| huayuankou | 1.0 | 3, 2 of 3 | 0 | 1 | 0.5 : 1 | 290 : 305 | 25 : 50 | 0.50 | no |",
    ] {
        assert!(told.contains(line), "{line}\nis not in\n{told}");
    }
}

#[test]
fn lines_of_the_peer_are_told_by_the_worst_too() {
    let script = repo("benches/peer-fet");
    let Some(output) = python(&[&script, Path::new("table")], Some(&repo("tests/benches/peer-fet.csv"))) else { return };
    let told = said(&output);
    for line in [
        "| brazil-1 | given | 3/3 | 0.050 | 0.040 | 0.020 | 0.015 | 0.40 | 1.00 |",
        "| indonesia-netura | given | 1/2 | 2.000 | 1.900 | 1.000 | 0.900 | inf | inf |",
    ] {
        assert!(told.contains(line), "{line}\nis not in\n{told}");
    }
}

#[test]
fn a_line_that_is_there_is_not_made_again() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("lines.csv");
    let code = "import sys; sys.path.insert(0, 'benches'); from measure import Lines\n\
                for cost in (7, 8): print(Lines(sys.argv[1], ['a', 'b', 'c'], 2).make(('x', 1), lambda: (cost,))['c'])";
    let Some(output) = python(&[Path::new("-c"), Path::new(code), &file], None) else { return };
    assert_eq!(said(&output), "x,1,7\n7\n7\n");
    assert_eq!(std::fs::read_to_string(&file).expect("written"), "a,b,c\nx,1,7\n");
}
