//! XHSTT archives: every published cost of the public instances, hand-made files that reach every corner of the format, and
//! hostile ones. The public instances carry no licence and are not part of the project: tests that need them say so and
//! end where the folder is missing.

use lunpai::file::Source;
use lunpai::xhstt::archive::Archive;
use lunpai::xhstt::{Cost, evaluate, read_archive};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folder of the public instances, beside the project.
fn public() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xhstt");
    let there = folder.join("costs.csv").is_file();
    if !there {
        eprintln!("NOT TESTED: the public XHSTT instances are not in {}", folder.display());
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
