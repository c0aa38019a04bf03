//! XHSTT archives: every published cost of the public instances, hand-made files that reach every corner of the format, and
//! hostile ones. The public instances carry no licence and are not part of the project: tests that need them say so and
//! end where the folder is missing.

#[path = "xhstt/hostile.rs"]
mod hostile;
#[cfg(feature = "solve")]
#[path = "xhstt/pools.rs"]
mod pools;
#[cfg(feature = "solve")]
#[path = "xhstt/solving.rs"]
mod solving;

use lunpai::file::Source;
use lunpai::xhstt::archive::{Archive, Instance, Meet};
use lunpai::xhstt::{Cost, Credit, breakdown, evaluate, read_archive, write_solution};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Folder of the public instances, beside the project.
fn public() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xhstt");
    let there = folder.join("costs.csv").is_file();
    if !there {
        // Not `eprintln`, which is swallowed when the test passes.
        let _ = writeln!(std::io::stderr(), "NOT TESTED: the public XHSTT instances are not in {}", folder.display());
    }
    there.then_some(folder)
}

fn source(path: &Path) -> Source {
    Source::read(path).unwrap_or_else(|problem| panic!("{problem:#?}"))
}

fn archive(path: &Path) -> Archive {
    read_archive(&source(path)).unwrap_or_else(|problems| panic!("{}: {problems:#?}", path.display()))
}

/// The archives of the folder, in the order of their names.
fn archives(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("instances")).expect("instances").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "xml")).collect();
    paths.sort();
    paths
}

#[test]
fn every_published_cost_of_the_public_instances_is_met() {
    let Some(folder) = public() else { return };
    let mut wanted = BTreeMap::new();
    for row in csv::Reader::from_path(folder.join("costs.csv")).expect("costs.csv").into_records() {
        let row = row.expect("a row");
        let cost = Cost { hard: row[3].parse().expect("a number"), soft: row[4].parse().expect("a number") };
        wanted.insert([row[0].to_owned(), row[1].to_owned(), row[2].to_owned()], cost);
    }
    assert_eq!(wanted.len(), 72);
    let mut found = BTreeMap::new();
    for path in archives(&folder) {
        let archive = archive(&path);
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        for solution in &archive.solutions {
            let instance = &archive.instances[solution.instance];
            found.insert([file.clone(), instance.id.clone(), solution.group.clone()], evaluate(instance, solution));
        }
    }
    assert_eq!(found, wanted);
}

/// The hand-made archives: each solution's description says what every constraint must come to, as `id=deviation/cost`, and
/// the totals; comments in the files say why.
const HAND_MADE: [(&str, &str); 5] = [
    ("sixteen.xml", include_str!("xhstt/sixteen.xml")),
    ("functions.xml", include_str!("xhstt/functions.xml")),
    ("workload.xml", include_str!("xhstt/workload.xml")),
    ("order.xml", include_str!("xhstt/order.xml")),
    ("pinned.xml", include_str!("xhstt/pinned.xml")),
];

fn hand_made() -> impl Iterator<Item = (Source, Archive)> {
    HAND_MADE.into_iter().map(|(name, text)| {
        let source = Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let archive = read_archive(&source).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        (source, archive)
    })
}

#[test]
fn the_hand_made_archives_cost_what_was_computed_by_hand() {
    for (source, archive) in hand_made() {
        assert!(!archive.solutions.is_empty());
        for (number, solution) in archive.solutions.iter().enumerate() {
            let instance = &archive.instances[solution.instance];
            let charges = breakdown(instance, solution);
            let mut found: BTreeMap<String, String> =
                charges.iter().map(|it| (it.constraint.id.clone(), format!("{}/{}", it.deviation, it.cost))).collect();
            assert_eq!(found.len(), instance.constraints.len());
            let cost = evaluate(instance, solution);
            found.extend([("hard".to_owned(), cost.hard.to_string()), ("soft".to_owned(), cost.soft.to_string())]);
            let wanted = solution.description.split_whitespace().filter_map(|word| word.split_once('='));
            let wanted: BTreeMap<String, String> = wanted.map(|(id, figures)| (id.to_owned(), figures.to_owned())).collect();
            assert_eq!(found, wanted, "{}, solution {}", source.name, number + 1);
        }
    }
}

#[test]
fn the_hand_made_archives_have_every_kind_of_constraint_and_every_cost_function() {
    let all: Vec<Archive> = hand_made().map(|(_, archive)| archive).collect();
    let constraints = || all.iter().flat_map(|archive| &archive.instances).flat_map(|instance| &instance.constraints);
    let kinds: BTreeSet<&str> = constraints().map(|constraint| constraint.kind.element()).collect();
    assert_eq!(kinds.len(), 16, "{kinds:?}");
    let functions: BTreeSet<String> = constraints().map(|constraint| format!("{:?}", constraint.function)).collect();
    assert_eq!(functions.len(), 5, "{functions:?}");
    let named: String = HAND_MADE.map(|(_, text)| text).concat();
    for name in ["Linear", "Quadratic", "Step", "Sum", "SquareSum", "StepSum", "SumSquares", "SumSteps"] {
        assert!(named.contains(&format!("<CostFunction>{name}</CostFunction>")), "{name}");
    }
}

#[test]
fn a_solution_is_completed_by_what_the_instance_says() {
    let (_, archive) = hand_made().find(|(source, _)| source.name == "pinned.xml").expect("pinned.xml");
    let [_, second, _] = &archive.solutions[..] else { panic!("three solutions") };
    let resources = |meet: &Meet| meet.resources.clone();
    let meets: Vec<_> = second.meets.iter().map(|meet| (meet.event, meet.duration, meet.time, resources(meet))).collect();
    let (r, s) = (Some(0), Some(1));
    let missing = vec![
        (0, 1, Some(1), vec![r]),
        (0, 1, Some(1), vec![r]),
        (1, 1, None, vec![r]),
        (2, 1, None, vec![None]),
        (3, 1, None, vec![r, r, s]),
    ];
    assert_eq!(meets, missing);
    let instance = &archive.instances[0];
    assert_eq!(instance.event_groups[0].events, [1, 2], "a course reached as course and as event group");
    assert_eq!(archive.instances[1].id, "Other");
}

/// What is written is read again as the same instance and the same meets, and costs the same.
fn round_trip(source: &Source, archive: &Archive) {
    for solution in &archive.solutions {
        let instance = &archive.instances[solution.instance];
        let credit = Credit { contributor: "A & B", date: "<now>", description: "a \"b\" \u{1} 课表" };
        let text = write_solution(source, instance, &credit, solution).expect("written");
        let again = Source { name: "again.xml".to_owned(), bytes: text.into_bytes() };
        let again = read_archive(&again).unwrap_or_else(|problems| panic!("{}: {problems:#?}", source.name));
        let [only] = &again.solutions[..] else { panic!("one solution") };
        assert_eq!(again.instances, std::slice::from_ref(instance), "{}", source.name);
        assert_eq!((&only.meets, &only.group, &only.description), (&solution.meets, &solution.group, &solution.description));
        assert_eq!(evaluate(&again.instances[0], only), evaluate(instance, solution), "{}", source.name);
    }
}

#[test]
fn what_is_written_is_read_again_and_costs_the_same() {
    for (source, archive) in hand_made() {
        round_trip(&source, &archive);
    }
    let Some(folder) = public() else { return };
    for path in archives(&folder) {
        round_trip(&source(&path), &archive(&path));
    }
}

#[test]
fn ids_with_odd_letters_are_written_as_they_were() {
    let text = HAND_MADE[0].1.replace("\"Maths\"", "\"Ma&amp;th&#10;s &lt;&quot;'\"").replace("<Role>T</Role>", "<Role>T &amp; U</Role>");
    let source = Source { name: "odd.xml".to_owned(), bytes: text.into_bytes() };
    let archive = read_archive(&source).expect("an archive");
    assert_eq!(archive.instances[0].events[0].id, "Ma&th\ns <\"'");
    round_trip(&source, &archive);
    let other = Instance { id: "Nowhere".to_owned(), ..archive.instances[0].clone() };
    let credit = Credit { contributor: "", date: "", description: "" };
    let refused = write_solution(&source, &other, &credit, &archive.solutions[0]).expect_err("no such instance");
    assert_eq!(refused.code, "E-XHSTT-006");
}
