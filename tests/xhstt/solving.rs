//! Solving: what is written is readable and costs what engine and evaluator say; same seed and work, same bytes.

use super::{HAND_MADE, archive, archives, hand_made, public};
use assert_cmd::Command;
use lunpai::file::Source;
use lunpai::xhstt::archive::{Archive, Constraint, Instance, Kind, Range, Solution, TimeGroup};
use lunpai::xhstt::{
    Cost, Credit, Limits, Solved, choose, deliver, engine_cost, evaluate, may_be_solved, read_archive, solve, solve_side_by_side,
};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// Small public instances of different shapes: all times free, splits, preassigned times, nothing to gain.
const SMALL: [&str; 4] = ["BrazilInstance1", "Hdtt4", "Sudoku4x4", "BR-SA-00"];

fn parsed(text: &str) -> Archive {
    let source = Source { name: "again.xml".to_owned(), bytes: text.as_bytes().to_vec() };
    read_archive(&source).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn moves(moves: u64, seed: u64) -> Limits {
    Limits { time: None, moves: Some(moves), seed }
}

fn walk(instance: &Instance, limits: &Limits) -> Solved {
    let solved = solve(instance, limits, &|| false);
    assert_eq!(solved.engine, solved.cost, "{}: engine and evaluator", instance.id);
    solved
}

/// `lunpai xhstt solve` in a folder: exit code, standard output, standard error.
fn command(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("lunpai").expect("the command is built");
    let done = command.current_dir(folder).args(["--lang", "en", "xhstt", "solve"]).args(arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Solves one instance of a file twice: the figures printed are the file's, and the second file is the first.
fn solves(file: &Path, instance: &Instance, work: &str) -> Cost {
    let place = tempdir().expect("a folder");
    let path = file.to_str().expect("UTF-8");
    let mut made = Vec::new();
    for out in ["a.xml", "b.xml"] {
        let arguments = [path, "--instance", &instance.id, "--work", work, "--seed", "3", "--threads", "2", "--out", out, "--json"];
        let (exit, printed, errors) = command(place.path(), &arguments);
        assert_eq!(exit, 0, "{errors}");
        let text = fs::read_to_string(place.path().join(out)).expect("the solution");
        let figures: Value = serde_json::from_str(&printed).expect("JSON");
        let again = parsed(&text);
        assert_eq!(again.instances, std::slice::from_ref(instance));
        let [solution] = &again.solutions[..] else { panic!("one solution") };
        let cost = evaluate(instance, solution);
        let (hard, soft) = (figures["hard"].as_i64(), figures["soft"].as_i64());
        assert_eq!((hard, soft), (Some(cost.hard), Some(cost.soft)), "{path}");
        assert_eq!((&figures["instance"], &figures["cut_short"]), (&Value::from(instance.id.as_str()), &Value::from(false)));
        assert_eq!(engine_cost(instance, solution), Some(cost), "{path}: the engine knows what it made");
        made.push((text, cost));
    }
    assert_eq!(made[0], made[1], "{path}: the same seed and work");
    assert_eq!(names(place.path()), ["a.xml", "b.xml"], "nothing else is left");
    made[0].1
}

#[test]
fn hand_made_instances_are_solved_and_written() {
    let place = tempdir().expect("a folder");
    for (name, text) in HAND_MADE {
        let path = place.path().join(name);
        fs::write(&path, text).expect("written");
        let archive = archive(&path);
        for (index, instance) in archive.instances.iter().enumerate() {
            let found = solves(&path, instance, "20000");
            let held = archive.solutions.iter().filter(|solution| solution.instance == index).map(|it| evaluate(instance, it));
            let worst = held.map(|cost| (cost.hard, cost.soft)).max().expect("a solution");
            assert!((found.hard, found.soft) <= worst, "{name}: {found:?} is worse than what was typed as an example of costs");
        }
    }
}

#[test]
fn small_public_instances_are_solved_and_written() {
    let Some(folder) = public() else { return };
    for name in SMALL {
        let path = folder.join(format!("instances/{name}.xml"));
        let archive = archive(&path);
        solves(&path, &archive.instances[0], "200000");
    }
}

/// After a few moves nothing is tidy: meets that came and went, places still filled.
#[test]
fn after_a_few_moves_engine_and_evaluator_agree_on_every_public_instance() {
    let Some(folder) = public() else { return };
    for path in archives(&folder) {
        for instance in &archive(&path).instances {
            for (work, seed) in [(1, 1), (20_000, 2)] {
                walk(instance, &moves(work, seed));
            }
        }
    }
}

/// The engine may not offer what a solution does; where it does, it counts what the evaluator counts.
#[test]
fn the_engine_counts_what_the_evaluator_counts_on_every_public_solution() {
    let Some(folder) = public() else { return };
    let (mut same, mut outside) = (0, Vec::new());
    for path in archives(&folder) {
        let archive = archive(&path);
        for solution in &archive.solutions {
            let instance = &archive.instances[solution.instance];
            match engine_cost(instance, solution) {
                Some(cost) => assert_eq!(cost, evaluate(instance, solution), "{} {}", instance.id, solution.group),
                None => outside.push(format!("{} {}", instance.id, solution.group)),
            }
            same += 1;
        }
    }
    assert!(same == 72 && outside.len() <= 2, "{outside:?}");
}

#[test]
fn the_engine_counts_what_the_evaluator_counts_on_hand_made_solutions() {
    let mut counted = 0;
    for (source, archive) in hand_made() {
        for solution in &archive.solutions {
            let instance = &archive.instances[solution.instance];
            if let Some(cost) = engine_cost(instance, solution) {
                assert_eq!(cost, evaluate(instance, solution), "{} {}", source.name, solution.description);
                counted += 1;
            }
        }
    }
    assert!(counted > 0);
}

/// So many times and events of one teacher; `when` is the preassigned time of the last event.
fn school(times: usize, events: usize, when: Option<usize>) -> String {
    use std::fmt::Write;
    let mut text =
        "<HighSchoolTimetableArchive><Instances><Instance Id=\"School\"><MetaData><Name>School</Name></MetaData><Times>".to_owned();
    for time in 0..times {
        let _ = write!(text, "<Time Id=\"t{time}\"><Name>t{time}</Name></Time>");
    }
    text += "</Times><Resources><ResourceTypes><ResourceType Id=\"Teacher\"><Name>Teacher</Name></ResourceType></ResourceTypes>\
        <Resource Id=\"R\"><Name>R</Name><ResourceType Reference=\"Teacher\"/></Resource></Resources><Events>\
        <EventGroups><EventGroup Id=\"All\"><Name>All</Name></EventGroup></EventGroups>";
    for event in 0..events {
        let time = when.filter(|_| event + 1 == events).map_or_else(String::new, |time| format!("<Time Reference=\"t{time}\"/>"));
        let _ = write!(
            text,
            "<Event Id=\"e{event}\"><Name>e{event}</Name><Duration>1</Duration>{time}<Resources><Resource Reference=\"R\"/></Resources>\
             <EventGroups><EventGroup Reference=\"All\"/></EventGroups></Event>"
        );
    }
    let common = "<Required>true</Required><Weight>1</Weight><CostFunction>Linear</CostFunction>";
    let _ = write!(
        text,
        "</Events><Constraints>\
         <AssignTimeConstraint Id=\"time\"><Name>time</Name>{common}<AppliesTo><EventGroups><EventGroup Reference=\"All\"/></EventGroups></AppliesTo></AssignTimeConstraint>\
         <AvoidClashesConstraint Id=\"clash\"><Name>clash</Name>{common}<AppliesTo><Resources><Resource Reference=\"R\"/></Resources></AppliesTo></AvoidClashesConstraint>\
         </Constraints></Instance></Instances></HighSchoolTimetableArchive>"
    );
    text
}

#[test]
fn without_times_and_without_events_there_is_a_solution_too() {
    for (times, events, hard) in [(0, 2, 2), (0, 0, 0), (3, 0, 0), (3, 3, 0)] {
        let archive = parsed(&school(times, events, None));
        let solved = walk(&archive.instances[0], &moves(5000, 0));
        assert_eq!(solved.cost, Cost { hard, soft: 0 }, "{times} times, {events} events");
    }
}

#[test]
fn what_the_search_cannot_hold_is_refused() {
    let place = tempdir().expect("a folder");
    let long = school(3, 1, None).replace("<Duration>1<", "<Duration>256<");
    fs::write(place.path().join("long.xml"), long).expect("written");
    let (exit, _, errors) = command(place.path(), &["long.xml", "--work", "1", "--out", "s.xml"]);
    assert!(exit == 65 && errors.contains("E-XHSTT-011") && errors.contains("at most 255"), "{exit} {errors}");
    for (times, events, duration, most) in [(3000, 1, 22, "65000"), (1000, 1000, 5, "20000000")] {
        let text = school(times, events, None).replace("<Duration>1<", &format!("<Duration>{duration}<"));
        let refused = may_be_solved("a.xml", &parsed(&text).instances[0]).expect_err("too large");
        assert!(refused.allowed.en.contains(most), "{refused:?}");
    }
    let mut wide = parsed(&school(129, 1, None)).instances.remove(0);
    assert!(may_be_solved("a.xml", &wide).is_ok());
    wide.time_groups.push(TimeGroup { id: "All".to_owned(), name: "All".to_owned(), times: (0..129).collect() });
    let kind = Kind::LimitIdleTimes { resources: vec![0], time_groups: vec![0], range: Range { min: 0, max: 0 } };
    wide.constraints.push(Constraint { kind, ..wide.constraints[0].clone() });
    let refused = may_be_solved("a.xml", &wide).expect_err("129 times in a row");
    assert!(refused.allowed.en.contains("128"), "{refused:?}");
    let Some(folder) = public() else { return };
    for path in archives(&folder) {
        let archive = archive(&path);
        assert!(archive.instances.iter().all(|instance| may_be_solved("a.xml", instance).is_ok()), "{}", path.display());
    }
}

#[test]
fn a_preassigned_time_stands() {
    let archive = parsed(&school(3, 3, Some(1)));
    let solved = walk(&archive.instances[0], &moves(5000, 0));
    assert_eq!(solved.cost, Cost { hard: 0, soft: 0 });
    let held = solved.solution.meets.iter().find(|meet| meet.event == 2).expect("the last event");
    assert_eq!(held.time, Some(1));
}

#[test]
fn what_cannot_all_be_placed_still_yields_a_file() {
    let place = tempdir().expect("a folder");
    fs::write(place.path().join("tight.xml"), school(3, 5, Some(0))).expect("written");
    let (exit, printed, errors) = command(place.path(), &["tight.xml", "--work", "5000", "--out", "s.xml"]);
    assert_eq!(exit, 0, "{errors}");
    assert!(printed.starts_with("School  hard 2  soft 0  ") && printed.contains("moves tried  seed 0"), "{printed}");
    let again = parsed(&fs::read_to_string(place.path().join("s.xml")).expect("the solution"));
    assert_eq!(evaluate(&again.instances[0], &again.solutions[0]), Cost { hard: 2, soft: 0 });
}

#[test]
fn of_several_instances_one_is_named() {
    let place = tempdir().expect("a folder");
    fs::write(place.path().join("two.xml"), HAND_MADE[4].1).expect("written");
    let rest = ["--work", "1000", "--out", "s.xml"];
    for named in [&["two.xml"][..], &["two.xml", "--instance", "Pinne"]] {
        let (exit, _, errors) = command(place.path(), &[named, &rest].concat());
        assert!(exit == 64 && errors.contains("E-XHSTT-012") && errors.contains("Pinned Other"), "{exit} {errors}");
    }
    fs::write(place.path().join("none.xml"), "<HighSchoolTimetableArchive/>").expect("written");
    assert_eq!(command(place.path(), &[&["none.xml"], &rest[..]].concat()).0, 65);
    assert_eq!(command(place.path(), &[&["nowhere.xml"], &rest[..]].concat()).0, 66);
    assert_eq!(command(place.path(), &["two.xml", "--work", "0", "--out", "s.xml"]).0, 64);
    assert_eq!(names(place.path()), ["none.xml", "two.xml"], "nothing is written");
    let archive = parsed(HAND_MADE[4].1);
    assert_eq!(choose("two.xml", &archive, Some("Other")), Ok(1));
    let alone = Archive { instances: archive.instances[1..].to_vec(), solutions: Vec::new() };
    assert_eq!(choose("one.xml", &alone, None), Ok(0));
}

#[test]
fn an_existing_file_is_refused_and_replaced_only_when_it_is_ours() {
    let place = tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name);
    fs::write(at("a.xml"), school(3, 4, None)).expect("written");
    let to = |out: &str, more: &[&str]| command(place.path(), &[&["a.xml", "--work", "1000", "--out", out], more].concat());
    assert_eq!(to("s.xml", &[]).0, 0);
    let first = fs::read_to_string(at("s.xml")).expect("the solution");
    let (exit, _, errors) = to("s.xml", &["--seed", "1"]);
    assert!(exit == 73 && errors.contains("E-OUT-002"), "{exit} {errors}");
    assert_eq!(fs::read_to_string(at("s.xml")).expect("still there"), first);
    assert_eq!(to("s.xml", &["--seed", "1", "--replace"]).0, 0);
    assert_ne!(fs::read_to_string(at("s.xml")).expect("the other"), first);
    let (exit, printed, errors) = to("-", &[]);
    assert!(exit == 0 && printed == first && errors.starts_with("School  hard 1  "), "{exit} {errors}");
    // A stranger's file, the archive itself, a folder.
    fs::write(at("notes.txt"), "mine").expect("written");
    fs::create_dir(at("folder")).expect("a folder");
    for foreign in ["notes.txt", "a.xml", "folder"] {
        let (exit, _, errors) = to(foreign, &["--replace"]);
        assert!(exit == 73 && errors.contains("E-OUT-003"), "{foreign}: {exit} {errors}");
    }
    assert_eq!(to("no/such/s.xml", &[]).0, 73);
    assert_eq!(to("..", &[]).0, 73);
    fs::write(at("empty.xml"), "").expect("written");
    fs::write(at(".empty.xml.part-1"), "<Hi").expect("what a killed run left");
    assert_eq!(to("empty.xml", &["--replace"]).0, 0);
    assert_eq!(names(place.path()), ["a.xml", "empty.xml", "folder", "notes.txt", "s.xml"]);
}

/// A shell limit on file size stops the program in the middle of its writing, as a full disk or a kill would.
#[test]
#[cfg(unix)]
fn a_run_stopped_while_writing_leaves_the_old_file_whole() {
    let place = tempdir().expect("a folder");
    fs::write(place.path().join("a.xml"), school(200, 40, None)).expect("written");
    let arguments = ["a.xml", "--work", "1000", "--out", "s.xml"];
    assert_eq!(command(place.path(), &arguments).0, 0);
    let before = fs::read(place.path().join("s.xml")).expect("the solution");
    let script = "ulimit -f 2; exec \"$0\" xhstt solve a.xml --work 1000 --seed 9 --out s.xml --replace";
    let binary = assert_cmd::cargo::cargo_bin("lunpai");
    let stopped = std::process::Command::new("sh").args(["-c", script]).arg(binary).current_dir(place.path()).output().expect("sh runs");
    assert!(!stopped.status.success());
    assert_eq!(fs::read(place.path().join("s.xml")).expect("still there"), before);
    assert_eq!(command(place.path(), &[&arguments[..], &["--replace"]].concat()).0, 0);
    assert_eq!(names(place.path()), ["a.xml", "s.xml"]);
}

#[test]
#[cfg(unix)]
fn a_signal_stops_the_search_and_the_best_so_far_is_written() {
    let place = tempdir().expect("a folder");
    // Two events too many, and more plans than are tried one by one: it never ends by itself.
    fs::write(place.path().join("a.xml"), school(9, 11, None)).expect("written");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("lunpai"))
        .args(["xhstt", "solve", "a.xml", "--work", "1000000000000000", "--threads", "2", "--out", "s.xml", "--lang", "en"])
        .current_dir(place.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    // Signals are listened for before the place is taken.
    while !place.path().join(".s.xml.lock").exists() {
        assert_eq!(child.try_wait().expect("a child"), None, "it ended by itself");
        std::thread::yield_now();
    }
    let killed = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(3));
    let again = parsed(&fs::read_to_string(place.path().join("s.xml")).expect("the solution"));
    let cost = evaluate(&again.instances[0], &again.solutions[0]);
    let printed = String::from_utf8_lossy(&ended.stdout);
    assert!(printed.starts_with(&format!("School  hard {}  soft {}  ", cost.hard, cost.soft)), "{cost:?}: {printed}");
    assert_eq!(names(place.path()), ["a.xml", "s.xml"]);
}

#[test]
fn a_fleet_is_the_best_of_its_walks() {
    let archive = parsed(HAND_MADE[0].1);
    let instance = &archive.instances[0];
    let alone: Vec<Solved> = (7..11).map(|seed| walk(instance, &moves(3000, seed))).collect();
    let key = |solved: &Solved| (solved.cost.hard, solved.cost.soft);
    let best = alone.iter().map(key).min().expect("four walks");
    let first = alone.iter().position(|solved| key(solved) == best).expect("the best");
    for _ in 0..3 {
        let fleet = solve_side_by_side(instance, &moves(3000, 7), 4, &|| false);
        assert_eq!(fleet.seed, 7 + first as u64);
        assert_eq!((&fleet.best.solution, fleet.best.cost), (&alone[first].solution, alone[first].cost));
        assert_eq!(fleet.tried, alone.iter().map(|solved| solved.tried).sum::<u64>());
    }
}

#[test]
fn the_first_walk_that_costs_nothing_is_kept_whoever_ends_first() {
    let archive = parsed(&school(9, 9, None));
    let instance = &archive.instances[0];
    let alone = (0..4).map(|seed| (seed, walk(instance, &moves(50_000, seed)))).find(|(_, solved)| solved.cost.hard == 0);
    let (seed, alone) = alone.expect("a walk that costs nothing");
    for _ in 0..5 {
        let fleet = solve_side_by_side(instance, &moves(50_000, 0), 4, &|| false);
        assert_eq!((fleet.seed, &fleet.best.solution), (seed, &alone.solution));
    }
}

#[test]
fn stopped_before_it_begins_a_search_still_has_a_solution() {
    let archive = parsed(HAND_MADE[0].1);
    let instance = &archive.instances[0];
    let limits = Limits { time: None, moves: None, seed: 0 };
    let fleet = solve_side_by_side(instance, &limits, 2, &|| true);
    assert_eq!(fleet.best.cost, evaluate(instance, &fleet.best.solution));
    assert_eq!(fleet.tried, 0);
}

#[test]
fn no_file_leaves_that_engine_and_evaluator_do_not_agree_on() {
    let (source, archive) = hand_made().next().expect("an archive");
    let instance = &archive.instances[0];
    let credit = Credit { contributor: "", date: "", description: "" };
    let solved = walk(instance, &moves(1000, 0));
    assert!(deliver(&source, instance, &credit, &solved).is_ok());
    let Cost { hard, soft } = solved.cost;
    let other = Cost { hard, soft: soft + 1 };
    let engine = Solved { engine: other, ..solved.clone() };
    let evaluator = Solved { cost: other, engine: other, ..solved.clone() };
    let mut unplaced = solved.clone();
    unplaced.solution.meets.iter_mut().for_each(|meet| meet.time = None);
    let mut longer = solved.clone();
    longer.solution.meets[0].duration += 9;
    for (wrong, words) in [(engine, "engine"), (evaluator, "evaluator"), (unplaced, "of what was written"), (longer, "E-XHSTT")] {
        let refused = deliver(&source, instance, &credit, &wrong).expect_err(words);
        assert!(refused.contains(words) || words == "E-XHSTT" && refused.contains("cannot be read"), "{refused}");
    }
    assert!(deliver(&source, &Instance { id: "Nowhere".to_owned(), ..instance.clone() }, &credit, &solved).is_err());
}

#[test]
fn a_panic_in_the_search_is_an_internal_error() {
    let refused = lunpai::job::guarded(|| -> Result<Solution, String> { panic!("on purpose") }).expect_err("a refusal");
    assert_eq!((refused.exit.code(), refused.problem.code), (70, "E-RUN-001"));
    assert!(refused.problem.found.en.contains("on purpose"));
    let refused = lunpai::job::guarded(|| Err::<(), _>("they differ".to_owned())).expect_err("a refusal");
    assert!(refused.exit.code() == 70 && refused.problem.found.en.contains("they differ"));
}
