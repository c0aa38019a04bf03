//! Public instances: `cargo test --bench xhstt -- SECONDS SEED NAME...` solves; without seconds it compares costs.
#![allow(clippy::print_stdout)]

use lunpai::xhstt::{Limits, engine_cost, evaluate, read_archive, solve};
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/xhstt/instances");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        if args.len() > 2 && !args[2..].contains(&name) {
            continue;
        }
        let source = lunpai::file::Source::read(&file).expect("a file");
        let archive = read_archive(&source).expect("an archive");
        if args.is_empty() {
            for solution in &archive.solutions {
                let instance = &archive.instances[solution.instance];
                let cost = evaluate(instance, solution);
                let engine = engine_cost(instance, solution);
                println!("{name} {cost:?} {} {engine:?} {}", if engine == Some(cost) { "=" } else { "DIFFERENT" }, solution.group);
            }
            continue;
        }
        let limits = Limits {
            time: Some(Duration::from_secs_f64(args[0].parse().expect("seconds"))),
            moves: None,
            seed: args[1].parse().expect("a seed"),
        };
        let begin = std::time::Instant::now();
        let solved = solve(&archive.instances[0], &limits, &|| false);
        println!("{name} {:?} engine {:?} tried {} in {:.1}", solved.cost, solved.engine, solved.tried, begin.elapsed().as_secs_f64());
    }
}
