//! The commands on a plan with decisions to take and on a draft.

use super::{beside, breaching, deliver, strict_input};
use crate::desk::{self, ask};
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn lunpai(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("lunpai").expect("the command is built").current_dir(folder).args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_says_that_a_meeting_has_to_decide() {
    let place = tempdir().expect("a folder");
    deliver(&strict_input(), &ask(), breaching(vec![]), &place.path().join("p"), false);
    let (exit, out, _) = lunpai(place.path(), &["check", "p"]);
    assert_eq!(exit, Some(0), "{out}");
    assert!(out.contains("须经会议决定 1 处") && out.contains("一(1)班语文有 5 节在不宜的节次") && !out.contains("复核通过"), "{out}");
    let (exit, out, _) = lunpai(place.path(), &["check", "p", "--strict", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((exit, &json["verdict"], &json["decisions_needed"]), (Some(1), &"needs_decision".into(), &1.into()));
    assert_eq!((&json["legal"], &json["hard"], &json["draft"]), (&0.into(), &1.into(), &false.into()));
    // The papers of a plan with open decisions can be made; whoever decides needs them.
    let (exit, _, err) = lunpai(place.path(), &["report", "p", "--out", "papers"]);
    assert!(exit == Some(0) && place.path().join("papers/papers").is_dir(), "{err}");
    desk::deliver(&place.path().join("good"));
    assert_eq!(lunpai(place.path(), &["check", "good", "--strict"]).0, Some(0));
}

#[test]
fn check_and_report_of_a_draft_say_that_it_is_none() {
    let place = tempdir().expect("a folder");
    beside::fail(&place.path().join("p"), false);
    let (exit, out, _) = lunpai(place.path(), &["check", "p.failed"]);
    assert_eq!(exit, Some(1), "{out}");
    assert!(out.contains("草案,不是方案") && out.contains("复核不通过:1 处") && !out.contains("不符"), "{out}");
    let (exit, _, err) = lunpai(place.path(), &["report", "p.failed", "--out", "again", "--calendars"]);
    assert_eq!(exit, Some(0), "{err}");
    assert!(!place.path().join("again/papers").exists() && !place.path().join("again/calendars").exists());
    assert!(fs::read_to_string(place.path().join("again/report.html")).expect("the page").contains("未通过复核 草案"));
}

#[cfg(feature = "solve")]
mod solve {
    use super::{lunpai, strict_input};
    use crate::manifest;
    use serde_json::Value;
    use std::fs;
    use tempfile::tempdir;

    /// The district asks for what no plan has: the plan comes all the same, with the least breach and its question.
    #[test]
    fn a_plan_comes_although_a_policy_clause_cannot_be_met() {
        let place = tempdir().expect("a folder");
        let input = strict_input();
        fs::create_dir(place.path().join("desk")).expect("a folder");
        fs::write(place.path().join("desk/district.json"), &input.district.bytes).expect("written");
        fs::write(place.path().join("desk/policy.json"), &input.policy.bytes).expect("written");
        let (exit, out, err) = lunpai(place.path(), &["solve", "desk", "--time", "60", "--out", "p", "--progress", "json"]);
        assert_eq!(exit, Some(0), "{out}{err}");
        assert!(out.contains("方案已排出,有 1 处须经会议决定") && out.contains("有 3 节在不宜的节次"), "{out}");
        let last: Value = serde_json::from_str(err.lines().last().expect("a line")).expect("JSON");
        assert_eq!(last["message"]["zh"], "完成,有 1 处须经会议决定");
        let manifest = manifest(&place.path().join("p"));
        assert_eq!((manifest.decisions_needed, manifest.decisions[0].excess), (1, 3));
        assert_eq!(lunpai(place.path(), &["check", "p"]).0, Some(0));
        assert_eq!(lunpai(place.path(), &["check", "p", "--strict"]).0, Some(1));
        assert_eq!(lunpai(place.path(), &["solve", "desk", "--time", "60", "--out", "q", "--strict"]).0, Some(3));
        assert!(place.path().join("q/plan.json").is_file(), "the plan is written all the same");
    }
}
