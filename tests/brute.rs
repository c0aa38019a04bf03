//! Small districts judged by a second program that tries every plan, written from the pages alone (tests/brute, `./x brute` for more).

use std::io::Write as _;
use std::process::Command;

/// Draws that are quick to try: one and two weeks, bands, combined, split and given courses, rooms, postings, nothing legal.
const DRAWS: &str = "6.0,7.0";

fn python(arguments: &[&str]) -> Option<(bool, String)> {
    if Command::new("python3").arg("--version").output().is_err() {
        let _ = writeln!(std::io::stderr().lock(), "SKIPPED: there is no python3 to run tests/brute");
        return None;
    }
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/brute");
    let done = Command::new("python3").args(["-B", program]).args(arguments).output().expect("it runs");
    Some((done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))))
}

#[test]
fn every_claim_holds_of_all_plans() {
    let program = env!("CARGO_BIN_EXE_lunpai");
    let Some((agree, said)) = python(&["--only", DRAWS, "--work", "400000", "--results", "-", "--program", program]) else { return };
    assert!(agree, "{said}");
    let lines = said.lines().filter(|line| line.contains(" | ")).count();
    assert_eq!(lines, DRAWS.split(',').count(), "{said}");
}

/// The search of tests/brute against itself without any cut: every plan of the very smallest districts written down and judged.
#[test]
fn what_is_least_is_least_of_all_plans_written_down() {
    let Some((agree, said)) = python(&["--naive", "12"]) else { return };
    assert!(agree && said.contains("12 districts"), "{said}");
}
