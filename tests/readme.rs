//! The READMEs keep their word: every `console` session runs and prints what it shows (numbers aside), both languages show
//! the same commands, and the contract and the formats name what the program has.
#![cfg(all(feature = "solve", unix))]

mod sessions;

use assert_cmd::Command;
use lunpai::file::{District, Plan, Policy};
use schemars::schema_for;
use sessions::{masked, steps};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(repo(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Arguments of the binary: `lunpai …`, or what `./x demo` hands to cargo.
fn arguments(command: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if let Some(rest) = command.strip_prefix("lunpai ") {
        return words(rest);
    }
    let rest = command.strip_prefix("./x demo").unwrap_or_else(|| panic!("`{command}`: neither lunpai nor ./x demo"));
    let script = read("x");
    let line = script.lines().find(|line| line.contains("cargo run")).expect("x runs the binary");
    let (_, own) = line.split_once(" -- ").expect("arguments after --");
    let mut all = words(own.trim().trim_end_matches("\"$@\""));
    all.extend(words(rest));
    all
}

/// One session at a time: each is shown as it runs on a machine that does nothing else.
static ALONE: Mutex<()> = Mutex::new(());

fn runs_as_shown(readme: &str) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(repo("instances"), folder.path().join("instances")).expect("a link");
    let steps = steps(&read(readme));
    assert!(steps.len() >= 3, "{readme}: {} commands", steps.len());
    for step in steps {
        let mut command = Command::cargo_bin("lunpai").expect("the binary");
        let done = command.args(arguments(&step.command)).current_dir(folder.path()).output().expect("it runs");
        let printed = String::from_utf8(done.stdout).expect("utf-8");
        let errors = String::from_utf8_lossy(&done.stderr).into_owned();
        let told = format!("{readme}: `{}` printed\n{printed}{errors}", step.command);
        assert_eq!(done.status.code(), Some(step.exit), "{told}");
        // Plan b is kept only where the postings cost periods, which hangs on how far a run comes.
        let usual = ["(方案乙)", " (plan b)"]
            .iter()
            .fold(format!("{printed}{errors}"), |text, end| text.replace(&format!(" without_postings.json{end}"), ""));
        if let Some(shown) = step.missing(&usual) {
            panic!("no line like\n{shown}\n{told}");
        }
    }
}

#[test]
fn the_sessions_of_the_english_readme_run_as_shown() {
    runs_as_shown("README.md");
}

#[test]
fn the_sessions_of_the_chinese_readme_run_as_shown() {
    runs_as_shown("README.zh.md");
}

#[test]
fn both_readmes_show_the_same() {
    let [english, chinese] = ["README.md", "README.zh.md"].map(read);
    let commands = |text: &str| steps(text).into_iter().map(|step| (step.command.replace(" --lang en", ""), step.exit)).collect::<Vec<_>>();
    assert_eq!(commands(&english), commands(&chinese));
    let blocks = |text: &str| text.matches("\n```").count();
    assert_eq!(blocks(&english), blocks(&chinese), "the same blocks");
    let heads = |text: &str| {
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.split(' ').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(heads(&english), heads(&chinese), "the same headings");
    let links = |text: &str| {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target.to_owned()));
        // What exists in both languages is linked in one's own.
        let own = |target: String| target.replace(".zh.", ".").replace(".en.", ".");
        targets.filter(|target| !target.starts_with("README")).map(own).collect::<Vec<_>>()
    };
    assert_eq!(links(&english), links(&chinese), "the same links");
    let rows = |text: &str| text.lines().filter(|line| line.starts_with('|') || line.starts_with("* ")).count();
    assert_eq!(rows(&english), rows(&chinese), "the same rows and items");
}

#[test]
fn a_mask_hides_numbers_and_codes_only() {
    assert_eq!(masked("美术HZ6-T016每周 16 节,1.5% (38 秒)"), "美术#每周 # 节,# (# 秒)");
    assert_eq!(masked("legal: 0 of 12"), "legal: # of #");
}

/// Long flags in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_ascii_lowercase() || c == '-');
    let found = text.split("--").skip(1).map(|rest| rest.split(ends).next().unwrap_or_default().to_owned());
    found.filter(|flag| flag.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

/// The help of a command, without its example.
fn help(arguments: &[&str]) -> String {
    let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).arg("--help").output().expect("it runs");
    let text = String::from_utf8(done.stdout).expect("utf-8");
    text.split("\nExample:").next().unwrap_or_default().to_owned()
}

#[test]
fn the_contract_names_every_command_and_flag() {
    let text = read("docs/job.md");
    let (promised, _) = text.split_once("## Not yet").expect("what is not yet");
    let all = help(&[]);
    let listed = |text: &str| {
        let list = text.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
        // Deeper lines go on with the words of the one before.
        let first = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
        let names = list.lines().filter(first).filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help");
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut known = flags(&all);
    assert!(listed(&all).len() > 10);
    for command in listed(&all) {
        let own = help(&[&command]);
        let inner = listed(&own);
        known.extend(flags(&own));
        for name in std::iter::once(command.clone()).chain(inner.iter().map(|inner| format!("{command} {inner}"))) {
            assert!(promised.contains(&format!("`lunpai {name}")), "docs/job.md does not name `lunpai {name}`");
        }
        for inner in inner {
            known.extend(flags(&help(&[&command, &inner])));
        }
    }
    for flag in flags(promised) {
        assert!(known.contains(&flag), "docs/job.md promises --{flag}, no command has it");
    }
    for flag in flags(&help(&["solve"])) {
        assert!(promised.contains(&format!("--{flag}")), "docs/job.md does not name --{flag}");
    }
}

#[test]
fn the_formats_name_every_part_of_the_files() {
    let text = read("docs/formats.md");
    for schema in [schema_for!(District), schema_for!(Policy), schema_for!(Plan)] {
        let parts = schema.as_value()["properties"].as_object().expect("fields").keys();
        for part in parts.filter(|part| !["schema", "id", "title", "note", "district", "clauses", "decisions"].contains(&part.as_str())) {
            assert!(text.contains(&format!("`{part}`")), "docs/formats.md does not name `{part}`");
        }
    }
}
