//! What a run without a plan leaves: beside the place asked for, marked, never in it.

use super::{deliver, manifest, names, searched};
use crate::desk::{self, ask, clashing_plan, input, read};
use lunpai::job::{Answer, Ask, Claim, Delivery, ExitCode, Output, Stopped, Verdict, verify};
use std::fs;
use std::io::Read;
use std::path::Path;
use tempfile::tempdir;

/// A run that ends with a plan which breaks a legal clause.
pub fn fail(to: &Path, replace: bool) -> Answer {
    let (input, ask) = (input(), Ask { papers: true, ..ask() });
    let read = read(&input);
    let delivery = Delivery::judge(&input, &read, &ask, searched(Some(clashing_plan()), Claim::Undecided, Stopped::Time), 1.0);
    let mut answer = delivery.answer();
    delivery.leave(Output::begin(to, replace).expect("a place"), &mut answer);
    answer
}

#[test]
fn a_failed_run_never_touches_the_place_it_was_asked_for() {
    let place = tempdir().expect("a folder");
    let (folder, beside) = (place.path().join("p"), place.path().join("p.failed"));
    let answer = fail(&folder, false);
    assert_eq!((answer.exit, answer.folder.as_deref(), answer.plan.as_deref()), (ExitCode::Undecided, Some(beside.as_path()), None));
    assert_eq!(names(place.path()), ["p.failed"], "the place itself is not made");
    desk::deliver(&folder);
    let before = fs::read(folder.join("manifest.json")).expect("the manifest");
    assert_eq!(names(place.path()), ["p"], "a plan replaces what a failed run left");
    assert_eq!(fail(&folder, true).folder.as_deref(), Some(beside.as_path()));
    assert_eq!(names(place.path()), ["p", "p.failed"]);
    assert_eq!(fs::read(folder.join("manifest.json")).expect("still there"), before);
    assert_eq!(verify(&folder, None).expect("readable").falsified, []);
    // The next failed run replaces what this one left.
    fs::remove_file(beside.join("report.html")).expect("removed");
    fail(&folder, true);
    assert!(beside.join("report.html").is_file());
    assert_eq!(names(place.path()), ["p", "p.failed"], "nothing hidden is left");
}

#[test]
fn a_draft_says_what_it_is_on_every_page_and_no_paper_is_made_of_it() {
    let place = tempdir().expect("a folder");
    let answer = fail(&place.path().join("p"), false);
    let folder = answer.folder.expect("a draft");
    assert_eq!(names(&folder), ["error.json", "findings.json", "inputs", "manifest.json", "plan.json", "plan.xlsx", "report.html"]);
    let manifest = manifest(&folder);
    assert_eq!((manifest.exit_code, manifest.check.verdict, manifest.check.hard), (5, Verdict::Findings, 1));
    assert_eq!(verify(&folder, None).expect("readable").falsified, []);
    assert!(answer.screen.zh.contains("未通过复核") && !answer.screen.zh.contains("可提交会议讨论"), "{}", answer.screen.zh);
    let page = fs::read_to_string(folder.join("report.html")).expect("the page");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("the page has no {words}"));
    assert!(at("未通过复核 草案") < at("<h1>"), "headed");
    assert!(at("id=\"clauses\"") < at("id=\"data\"") && at("一(1)班同一节安排了多门课") < at("每日行程"), "what is broken comes first");
    let view = verify(&folder, None).expect("readable");
    assert!(lunpai::report::papers(&view.view(), lunpai::report::Order::default()).is_empty());
    assert!(lunpai::report::calendars(&view.view()).is_empty());
    let book = fs::File::open(folder.join("plan.xlsx")).expect("the workbook");
    let mut book = zip::ZipArchive::new(book).expect("a workbook");
    let mut sheets = 0;
    for at in 0..book.len() {
        let mut part = book.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if name.starts_with("xl/worksheets/sheet") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("utf-8");
            assert!(text.contains("<oddHeader>&amp;C&amp;B未通过复核 草案") && text.contains("tabColor"), "{name}");
            sheets += 1;
        }
    }
    assert!(sheets > 5, "{sheets} sheets");
    // The draft can be worked on: its rows are read back.
    let source = lunpai::file::Source::read(&folder.join("plan.xlsx")).expect("the workbook");
    let district = read(&input()).district;
    assert_eq!(lunpai::job::plan_of(&source, &district).expect("a plan").timetable, clashing_plan().timetable);
}

#[test]
fn every_way_to_end_without_a_plan_leaves_why() {
    let place = tempdir().expect("a folder");
    let cases = [
        (Claim::Impossible, Stopped::Proved, ExitCode::Impossible, "conflict.json"),
        (Claim::Undecided, Stopped::Cancelled, ExitCode::Undecided, "error.json"),
        (Claim::Feasible, Stopped::Time, ExitCode::Undecided, "error.json"),
        (Claim::Optimal, Stopped::Proved, ExitCode::Internal, "error.json"),
        (Claim::Undecided, Stopped::Failed, ExitCode::Internal, "error.json"),
    ];
    for (k, (claim, stopped, expected, trouble)) in cases.into_iter().enumerate() {
        for draft in [None, Some(clashing_plan())] {
            let to = place.path().join(format!("{k}-{}", draft.is_some()));
            let with = draft.is_some();
            let (exit, screen, folder) = deliver(&input(), &ask(), searched(draft, claim, stopped), &to, false);
            assert_eq!((exit, to.exists()), (expected, false), "{claim:?} {stopped:?}");
            let files = names(&folder);
            assert!(files.contains(&trouble.to_owned()) && files.contains(&"report.html".to_owned()), "{claim:?}: {files:?}");
            assert_eq!(files.contains(&"plan.json".to_owned()), with, "{files:?}");
            assert!(!screen.contains("可提交会议讨论") && screen.contains("原因"), "{screen}");
        }
    }
}

/// Nobody asked for the removal of what is in the way of a draft: whatever was changed or added there stays, and the run ends as it did.
#[test]
fn work_on_a_draft_is_never_lost() {
    let place = tempdir().expect("a folder");
    let (folder, beside) = (place.path().join("p"), place.path().join("p.failed"));
    fail(&folder, false);
    let finished = place.path().join("finished");
    desk::deliver(&finished);
    let changes: [fn(&Path, &Path); 4] = [
        |beside, _| fs::write(beside.join("会议记录.txt"), "mine").expect("written"),
        |beside, _| fs::write(beside.join("plan.xlsx"), "edited").expect("written"),
        |beside, finished| {
            fs::remove_dir_all(beside).expect("removed");
            fs::rename(finished, beside).expect("renamed");
        },
        |beside, _| {
            fs::remove_dir_all(beside).expect("removed");
            fs::write(beside, "a file").expect("written");
        },
    ];
    for (k, change) in changes.into_iter().enumerate() {
        if !beside.exists() {
            fail(&folder, false);
        }
        change(&beside, &finished);
        let before = if beside.is_dir() { names(&beside) } else { Vec::new() };
        let answer = fail(&folder, false);
        assert_eq!((answer.exit, answer.folder), (ExitCode::Undecided, None), "{k}");
        assert!(answer.problems.iter().any(|problem| problem.code == "E-OUT-003" && problem.at.ends_with("p.failed")), "{k}");
        desk::deliver(&folder);
        assert_eq!(if beside.is_dir() { names(&beside) } else { Vec::new() }, before, "{k}: a plan does not take it away either");
        fs::remove_dir_all(&folder).expect("removed");
        fs::remove_dir_all(&beside).or_else(|_| fs::remove_file(&beside)).expect("removed");
    }
}

#[test]
fn a_strangers_hidden_folder_is_never_touched() {
    let place = tempdir().expect("a folder");
    let strangers = [".p.old", ".p.new-notes", ".p.new-77", ".p.old-77", ".p.failed.old-5"];
    for name in strangers {
        fs::create_dir(place.path().join(name)).expect("a folder");
        fs::write(place.path().join(name).join("mine"), "mine").expect("written");
    }
    // A copy of a plan under such a name is still a person's copy.
    desk::deliver(&place.path().join(".p.old-78"));
    desk::deliver(&place.path().join("p"));
    assert!(Output::begin(&place.path().join("p"), false).is_err(), "taken");
    fail(&place.path().join("p"), true);
    drop(Output::begin(&place.path().join("p"), true).expect("ours"));
    for name in strangers {
        assert_eq!(fs::read_to_string(place.path().join(name).join("mine")).expect("still there"), "mine", "{name}");
    }
    assert_eq!(verify(&place.path().join(".p.old-78"), None).expect("readable").falsified, []);
}

#[test]
fn what_a_killed_run_left_is_swept_by_its_mark() {
    let place = tempdir().expect("a folder");
    let folder = place.path().join("p");
    let marked = |name: &str, file: &str| {
        let path = place.path().join(name);
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join(".lunpai-scratch"), "lunpai.scratch/1\n").expect("written");
        fs::write(path.join(file), "{").expect("written");
    };
    marked(".p.new-1", "plan.json");
    // Half-deleted: the inventory is gone, so it is not taken for the old plan.
    marked(".p.old-2", "plan.json");
    fs::create_dir(place.path().join(".p.new-3")).expect("killed before it was marked");
    desk::deliver(&folder);
    assert_eq!(names(place.path()), ["p"]);
    // Killed between the two renames, and after the second one.
    fs::write(folder.join(".lunpai-scratch"), "lunpai.scratch/1\n").expect("written");
    fs::rename(&folder, place.path().join(".p.old-4")).expect("renamed");
    assert_eq!(Output::begin(&folder, false).expect_err("it is back").exit, ExitCode::CannotCreate);
    assert_eq!((names(place.path()), verify(&folder, None).expect("readable").falsified), (vec!["p".to_owned()], vec![]));
    fs::write(folder.join(".lunpai-scratch"), "lunpai.scratch/1\n").expect("written");
    drop(Output::begin(&folder, true).expect("ours"));
    assert!(!folder.join(".lunpai-scratch").exists() && names(place.path()) == ["p"]);
}
