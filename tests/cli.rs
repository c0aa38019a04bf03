//! The command as its users meet it: exit codes, languages, files and standard streams. Nothing here needs the solver.

mod desk;

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// What a command said: exit code, standard output, standard error.
struct Said {
    exit: i32,
    out: String,
    err: String,
}

fn lunpai(folder: &Path, arguments: &[&str]) -> Said {
    with_input(folder, arguments, "")
}

fn with_input(folder: &Path, arguments: &[&str], input: &str) -> Said {
    let output = Command::cargo_bin("lunpai")
        .expect("the command is built")
        .current_dir(folder)
        .args(arguments)
        .write_stdin(input)
        .output()
        .expect("the command runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { exit: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// District and policy as a folder.
fn desk_in(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("district.json"), desk::DISTRICT).expect("the district");
    fs::write(folder.join("policy.json"), desk::POLICY).expect("the policy");
}

#[test]
fn wrong_usage_is_64_and_help_is_0_with_an_example() {
    let place = tempdir().expect("a folder");
    let usage: [&[&str]; 8] = [
        &[],
        &["plan"],
        &["validate"],
        &["schema", "nothing"],
        &["validate", "x", "--colour"],
        &["generate", "--schools", "2", "--out", "x"],
        &["rules", "no_such_rule"],
        &["xhstt"],
    ];
    for arguments in usage {
        assert_eq!(lunpai(place.path(), arguments).exit, 64, "{arguments:?}");
    }
    let solve: &[&str] = if cfg!(feature = "solve") { &["solve"] } else { &[] };
    for command in
        ["validate", "check", "free", "report", "person", "anonymise", "rules", "schema", "generate", "xhstt"].iter().chain(solve)
    {
        let said = lunpai(place.path(), &[command, "--help"]);
        assert_eq!(said.exit, 0);
        assert!(said.out.contains("Example"), "{command}: {}", said.out);
    }
    assert_eq!(lunpai(place.path(), &["--version"]).exit, 0);
}

#[test]
fn a_missing_input_is_66() {
    let place = tempdir().expect("a folder");
    desk_in(&place.path().join("desk"));
    for arguments in [
        &["validate", "nowhere.json"][..],
        &["validate", "desk", "--policy", "nowhere.json"],
        &["check", "nowhere.json", "--district", "desk"],
        &["check", "plan.json", "--district", "nowhere"],
    ] {
        let said = lunpai(place.path(), arguments);
        assert_eq!(said.exit, 66, "{arguments:?}: {}", said.err);
        assert!(said.err.contains("E-FILE-001"), "{}", said.err);
    }
}

#[test]
fn an_invalid_input_is_65_with_all_its_problems_in_the_language_asked() {
    let place = tempdir().expect("a folder");
    let twice =
        desk::DISTRICT.replace("\"employer\": \"B\"", "\"employer\": \"C\"").replace("\"grade\": 1, \"name\"", "\"grade\": 77, \"name\"");
    fs::write(place.path().join("district.json"), twice).expect("written");
    let said = lunpai(place.path(), &["validate", "district.json"]);
    assert_eq!(said.exit, 65, "{}", said.out);
    assert!(said.out.contains("people[1]") && said.out.contains("classes[0]"), "both problems are told: {}", said.out);
    assert!(said.out.contains("错误") && said.out.contains("处理"));
    let english = lunpai(place.path(), &["--lang", "en", "validate", "district.json"]);
    assert!(english.out.contains("remedy") && english.out.contains("errors"), "{}", english.out);
    let json = lunpai(place.path(), &["validate", "district.json", "--json"]);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&json.out).expect("a JSON array");
    assert!(problems.len() >= 2 && problems.iter().all(|problem| problem["remedy"]["zh"].is_string()));
    fs::write(place.path().join("district.json"), &desk::DISTRICT[..200]).expect("written");
    assert_eq!(lunpai(place.path(), &["validate", "district.json"]).exit, 65);
}

#[test]
fn a_valid_input_may_be_a_file_a_folder_or_standard_input() {
    let place = tempdir().expect("a folder");
    desk_in(&place.path().join("desk"));
    for arguments in [&["validate", "desk"][..], &["validate", "desk/district.json", "--policy", "desk/policy.json"]] {
        let said = lunpai(place.path(), arguments);
        assert_eq!(said.exit, 0, "{arguments:?}: {}{}", said.out, said.err);
    }
    let said = with_input(place.path(), &["validate", "-", "--policy", "desk/policy.json"], desk::DISTRICT);
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
}

#[test]
fn check_is_0_for_a_clean_plan_and_1_for_a_broken_rule() {
    let place = tempdir().expect("a folder");
    desk_in(&place.path().join("desk"));
    fs::write(place.path().join("clean.json"), desk::PLAN).expect("written");
    let broken = serde_json::to_string(&desk::clashing_plan()).expect("JSON");
    fs::write(place.path().join("broken.json"), &broken).expect("written");
    let said = lunpai(place.path(), &["check", "clean.json", "--district", "desk"]);
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("复核通过"), "{}", said.out);
    let said = lunpai(place.path(), &["check", "broken.json", "--district", "desk"]);
    assert_eq!(said.exit, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("一(1)班") && said.out.contains("复核不通过"), "{}", said.out);
    let said = with_input(place.path(), &["--lang", "en", "check", "-", "--district", "desk", "--json"], &broken);
    assert_eq!(said.exit, 1);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&json["hard"], &json["score"]["legal"]), (&1.into(), &1.into()));
    assert_eq!(lunpai(place.path(), &["check", "clean.json"]).exit, 64, "a plan alone says nothing of its district");
}

#[test]
fn free_finds_common_time_and_lessons_to_hear() {
    let place = tempdir().expect("a folder");
    desk_in(&place.path().join("desk"));
    fs::write(place.path().join("plan.json"), desk::PLAN).expect("written");
    desk::deliver(&place.path().join("p"));
    let said = lunpai(place.path(), &["free", "p", "T1", "T2"]);
    assert_eq!((said.exit, said.out.as_str()), (0, "周一 09:10–10:05,55 分钟\n周三 09:10–10:05,55 分钟\n周五 09:10–10:05,55 分钟\n"));
    let said = lunpai(place.path(), &["--lang", "en", "free", "plan.json", "--district", "desk", "T1", "T2", "--minutes", "56"]);
    assert_eq!((said.exit, said.out.as_str()), (0, "none\n"));
    let said = lunpai(place.path(), &["free", "p", "T1", "--hear", "music"]);
    assert_eq!(said.out, "周二 09:25–10:05 甲小学一(1)班音乐 T2\n周四 09:25–10:05 甲小学一(1)班音乐 T2\n");
    // T2 comes from B, ten minutes away, and stays for the next lesson on Tuesday and Thursday.
    let said = lunpai(place.path(), &["--lang", "en", "free", "p", "T2", "--hear", "T1"]);
    assert!(
        said.out.lines().count() == 5 && said.out.starts_with("Mon 08:30–09:10 School A 1(1) Chinese T1, 10 minutes away"),
        "{}",
        said.out
    );
    for wrong in [&["free", "p", "T9"][..], &["free", "p", "T1", "--hear", "musik"], &["free", "plan.json", "T1"], &["free", "p"]] {
        let said = lunpai(place.path(), wrong);
        assert!(said.exit == 64 && !said.err.is_empty(), "{wrong:?}: {}", said.out);
    }
    assert!(lunpai(place.path(), &["free", "p", "T9"]).err.contains("T1"), "the nearest id");
}

#[test]
fn check_of_an_output_folder_finds_a_falsified_figure() {
    let place = tempdir().expect("a folder");
    desk_in(&place.path().join("desk"));
    let folder = place.path().join("p");
    desk::deliver(&folder);
    let said = lunpai(place.path(), &["check", "p"]);
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
    assert_eq!(lunpai(place.path(), &["check", "p", "--district", "desk"]).exit, 0);
    let manifest = fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
    fs::write(folder.join("manifest.json"), manifest.replacen("\"rank3\": 10", "\"rank3\": 2", 1)).expect("written");
    let said = lunpai(place.path(), &["check", "p"]);
    assert_eq!(said.exit, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("score.rank3 写的是 2,重新计算得到 10"), "{}", said.out);
    fs::write(folder.join("manifest.json"), "{").expect("written");
    assert_eq!(lunpai(place.path(), &["check", "p"]).exit, 65);
}

#[test]
fn another_district_than_the_one_that_was_planned_is_found() {
    let place = tempdir().expect("a folder");
    let other = place.path().join("other");
    desk_in(&other);
    fs::write(other.join("district.json"), desk::DISTRICT.replace("\"load_cap\": 6", "\"load_cap\": 7")).expect("written");
    desk::deliver(&place.path().join("p"));
    let said = lunpai(place.path(), &["check", "p", "--district", "other"]);
    assert_eq!(said.exit, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("inputs.district.json"), "{}", said.out);
}

#[test]
fn an_archive_is_evaluated_solution_by_solution() {
    let place = tempdir().expect("a folder");
    let archive = include_str!("xhstt/sixteen.xml");
    fs::write(place.path().join("a.xml"), archive).expect("written");
    let said = lunpai(place.path(), &["xhstt", "check", "a.xml"]);
    assert_eq!((said.exit, said.out.trim()), (0, "Sixteen  硬代价 39  软代价 30  ByHand"), "{}", said.err);
    let said = lunpai(place.path(), &["--lang", "en", "xhstt", "check", "a.xml", "--detail"]);
    assert_eq!((said.exit, said.out.lines().count()), (0, 17), "{}", said.out);
    let link = "  hard 6  LinkEventsConstraint [link] link: 1 points, deviation 3";
    assert!(said.out.starts_with("Sixteen  hard 39  soft 30  ByHand\n") && said.out.lines().any(|line| line == link), "{}", said.out);
    let said = with_input(place.path(), &["xhstt", "check", "-", "--json", "--detail"], archive);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&json[0]["hard"], &json[0]["soft"]), (&39.into(), &30.into()));
    assert_eq!(json[0]["charges"].as_array().map(Vec::len), Some(16));
    let none = archive.split("<SolutionGroups>").next().unwrap_or_default().to_owned() + "</HighSchoolTimetableArchive>";
    let said = with_input(place.path(), &["xhstt", "check", "-"], &none);
    assert_eq!((said.exit, said.out.trim()), (0, "1 个实例,没有解"));
    let said = with_input(place.path(), &["xhstt", "check", "-"], &archive[..archive.len() / 2]);
    assert!(said.exit == 65 && said.err.contains("E-XHSTT-001") && said.err.contains("处理"), "{}", said.err);
    assert_eq!(lunpai(place.path(), &["xhstt", "check", "nowhere.xml"]).exit, 66);
}

#[test]
fn the_book_is_listed_and_every_page_opens() {
    let place = tempdir().expect("a folder");
    let list = lunpai(place.path(), &["rules"]);
    assert_eq!(list.out.lines().count(), lunpai::rules::BOOK.len());
    for (law, _) in lunpai::rules::BOOK {
        let page = lunpai::rules::page(law.id).expect("a page");
        assert!(page.starts_with("# ") && page.contains(law.title.0), "{}", law.id);
    }
    let page = lunpai(place.path(), &["rules", "quota"]);
    assert!(page.exit == 0 && page.out.starts_with("# "), "{}", page.out);
    assert!(lunpai(place.path(), &["--lang", "en", "rules", "quotas"]).err.contains("quota?"));
}

#[test]
fn the_schema_printed_is_the_one_committed() {
    let place = tempdir().expect("a folder");
    for name in lunpai::job::SCHEMAS {
        let said = lunpai(place.path(), &["schema", name]);
        let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.json")));
        assert_eq!((said.exit, &said.out), (0, &committed.expect("the schema")), "{name}");
    }
}

#[test]
fn generate_writes_once_refuses_twice_and_replaces_only_its_own() {
    let place = tempdir().expect("a folder");
    let generate = |more: &[&str]| {
        let arguments: Vec<&str> = ["generate", "--schools", "3", "--out", "demo"].iter().chain(more).copied().collect();
        lunpai(place.path(), &arguments)
    };
    assert_eq!(generate(&[]).exit, 0);
    let district = fs::read_to_string(place.path().join("demo/district.json")).expect("the district");
    assert_eq!(lunpai(place.path(), &["validate", "demo"]).exit, 0);
    let said = generate(&["--seed", "2"]);
    assert!(said.exit == 73 && said.err.contains("E-OUT-002"), "{}", said.err);
    assert_eq!(fs::read_to_string(place.path().join("demo/district.json")).expect("still there"), district);
    assert_eq!(generate(&["--seed", "2", "--replace"]).exit, 0);
    let other = fs::read_to_string(place.path().join("demo/district.json")).expect("the district");
    assert_ne!(other, district);
    assert_eq!(with_input(place.path(), &["generate", "--schools", "3", "--out", "-"], "").out, district);
    fs::write(place.path().join("demo/notes.txt"), "mine").expect("written");
    let said = generate(&["--replace"]);
    assert!(said.exit == 73 && said.err.contains("notes.txt"), "{}", said.err);
    assert_eq!(lunpai(place.path(), &["generate", "--out", "no/such/folder"]).exit, 73);
}

/// A shell limit on file size stops the program in the middle of its writing, as a full disk or a kill would.
#[test]
#[cfg(unix)]
fn a_run_stopped_while_writing_leaves_the_old_folder_whole() {
    let place = tempdir().expect("a folder");
    assert_eq!(lunpai(place.path(), &["generate", "--schools", "3", "--out", "demo"]).exit, 0);
    let before = fs::read(place.path().join("demo/district.json")).expect("the district");
    let command = "ulimit -f 8; exec \"$0\" generate --schools 3 --seed 9 --out demo --replace";
    let binary = assert_cmd::cargo::cargo_bin("lunpai");
    let status = std::process::Command::new("sh").args(["-c", command]).arg(binary).current_dir(place.path()).output().expect("sh runs");
    assert!(!status.status.success());
    assert_eq!(fs::read(place.path().join("demo/district.json")).expect("still there"), before);
    assert_eq!(lunpai(place.path(), &["generate", "--schools", "3", "--seed", "9", "--out", "demo", "--replace"]).exit, 0);
    let left: Vec<_> = fs::read_dir(place.path()).expect("the folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["demo"], "the half-written folder of the stopped run is gone");
}

#[cfg(feature = "solve")]
mod solve {
    use super::{desk, desk_in, lunpai, with_input};
    use serde_json::Value;
    use std::fs;
    use tempfile::tempdir;

    #[test]
    fn a_plan_is_made_checked_and_written() {
        let place = tempdir().expect("a folder");
        desk_in(&place.path().join("desk"));
        let said = lunpai(place.path(), &["solve", "desk", "--time", "60", "--progress", "json", "--export"]);
        assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
        assert!(said.out.contains("独立复核通过") && said.out.contains("本方案由软件辅助生成"), "{}", said.out);
        let checked = lunpai(place.path(), &["check", "desk-plan"]);
        assert_eq!(checked.exit, 0, "{}", checked.out);
        let model = fs::read_to_string(place.path().join("desk-plan/models/timetable-1.mps")).expect("the model of the timetable");
        assert!(model.starts_with("* level structure 100000000000000 0\n* level legal 100000000000000 0\n"), "what a level weighs");
        let lessons = |line: &&str| line.starts_with("* decided ") || line.starts_with(" E ") && line.contains("_one_");
        assert_eq!(model.lines().filter(lessons).count(), 7, "every lesson has its starts or is said to be decided");
        let lines: Vec<Value> = said.err.lines().map(|line| serde_json::from_str(line).expect("JSON lines only")).collect();
        assert!(lines.iter().zip(1..).all(|(line, seq)| line["seq"] == seq), "seq rises by one");
        for field in ["t", "event", "phase", "phase_no", "phase_total", "best", "bound", "gap", "legal", "message"] {
            assert!(lines.iter().all(|line| line.get(field).is_some()), "{field}");
        }
        assert_eq!(lines.last().map(|line| line["event"].clone()), Some(Value::from("end")));
        let again = lunpai(place.path(), &["solve", "desk", "--time", "60"]);
        assert!(again.exit == 73 && again.err.contains("E-OUT-002"), "{}", again.err);
    }

    #[test]
    fn the_plan_alone_goes_to_standard_output() {
        let place = tempdir().expect("a folder");
        desk_in(&place.path().join("desk"));
        let said = lunpai(place.path(), &["solve", "desk", "--time", "60", "--out", "-"]);
        assert_eq!(said.exit, 0, "{}", said.err);
        let plan: lunpai::file::Plan = serde_json::from_str(&said.out).expect("a plan and nothing else");
        assert_eq!(plan.timetable.len(), 7);
        assert_eq!(fs::read_dir(place.path()).expect("the folder").count(), 1, "nothing is written");
        let again = with_input(place.path(), &["solve", "-", "--policy", "desk/policy.json", "--out", "-"], desk::DISTRICT);
        assert_eq!(again.out, said.out, "the same input gives the same bytes");
    }

    #[test]
    fn an_invalid_district_writes_nothing() {
        let place = tempdir().expect("a folder");
        fs::write(place.path().join("bad.json"), desk::DISTRICT.replace("\"employer\": \"B\"", "\"employer\": \"C\"")).expect("written");
        let said = lunpai(place.path(), &["solve", "bad.json", "--out", "p"]);
        assert_eq!(said.exit, 65, "{}", said.err);
        assert_eq!(lunpai(place.path(), &["solve", "nowhere.json", "--out", "p"]).exit, 66);
        assert_eq!(lunpai(place.path(), &["solve", "bad.json", "--gap", "x"]).exit, 64);
        let left: Vec<_> = fs::read_dir(place.path()).expect("the folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["bad.json"]);
    }

    /// A signal stops the search; what there is by then is checked and written, or the run says that there is nothing.
    #[test]
    #[cfg(unix)]
    fn a_signal_ends_the_run_with_a_whole_folder() {
        use std::io::{BufRead, BufReader};
        use std::process::{Command, Stdio};
        let place = tempdir().expect("a folder");
        assert_eq!(lunpai(place.path(), &["generate", "--schools", "6", "--out", "demo"]).exit, 0);
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("lunpai"))
            .args(["solve", "demo", "--time", "600", "--out", "p", "--progress", "json"])
            .current_dir(place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its standard error")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("\"phase\":\"exchange\"")), "the search begins");
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let last = lines.last().unwrap_or_default();
        let exit = child.wait().expect("it ends").code();
        assert!(matches!(exit, Some(3 | 5)), "{exit:?} {last}");
        // A plan in its place, or what there is beside it: every figure is true.
        let folder = if exit == Some(3) { "p" } else { "p.failed" };
        assert_eq!((place.path().join("p").exists(), last.contains("p.failed/")), (exit == Some(3), exit == Some(5)), "{last}");
        let checked = lunpai(place.path(), &["check", folder]);
        assert!(matches!(checked.exit, 0 | 1) && !checked.out.contains("不符"), "{}{}", checked.out, checked.err);
    }
}
