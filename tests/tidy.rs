//! The house rules a machine can see. Each test names the file that breaks one.

use lunpai::rules::{BOOK, page};
use std::path::{Path, PathBuf};
use std::process::Command;

const LONGEST: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files of the repository: what git tracks or would track; without git, everything but `target`.
fn files() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root()).output();
    match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = String::from_utf8(output.stdout).expect("utf-8 file names");
            names.split('\0').filter(|name| !name.is_empty()).map(|name| root().join(name)).filter(|path| path.is_file()).collect()
        }
        _ => walk(&root()),
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.retain(|path| !path.ends_with("target") && !path.ends_with(".git"));
    paths.into_iter().flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// Path inside the repository, with `/`.
fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn rust_in(folders: &[&str]) -> Vec<(String, String)> {
    let rust = files().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let named = rust.map(|path| (name(&path), std::fs::read_to_string(&path).expect("utf-8")));
    named.filter(|(name, _)| folders.iter().any(|folder| name.starts_with(folder))).collect()
}

/// The code without comments, strings and characters: what is left cannot be a quotation.
fn bare(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if letter == '"' {
            quoted(rest)
        } else if rest.starts_with("'\\") {
            3 + rest[3..].find('\'').map_or(0, |end| end + 1)
        } else if letter == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.char_indices().nth(3).map_or(rest.len(), |(end, _)| end)
        } else {
            code.push(letter);
            letter.len_utf8()
        };
        rest = &rest[skipped.max(1)..];
    }
    code
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whole words of the code.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// Modules of this crate the code reaches: `crate::a`, `crate::{a, b::{…}}`.
fn modules(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let path = code[at + "crate::".len()..].trim_start();
        match path.strip_prefix('{') {
            None => found.extend(words(path).next().map(str::to_owned)),
            Some(group) => found.extend(group_heads(group)),
        }
    }
    found
}

fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut item) = (0_usize, Vec::new(), String::new());
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(std::mem::take(&mut item)),
            _ if depth == 0 => item.push(letter),
            _ => {}
        }
    }
    heads.push(item);
    heads.iter().filter_map(|item| words(item).next().map(str::to_owned)).collect()
}

/// The code without the items under `#[cfg(feature = "solve")]`: what the solver-free checker is built from.
fn solver_free(source: &str) -> String {
    let marker = "#[cfg(feature = \"solve\")]";
    let mut kept = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(marker) {
        kept.push_str(before);
        rest = &after[item_end(after)..];
    }
    kept.push_str(rest);
    kept
}

/// Where the item at the start of the text ends: its `;` or its closing brace.
fn item_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            // `use a::{b};` goes on to its semicolon.
            '}' if depth == 1 && !text[at + 1..].starts_with(';') => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn no_source_file_is_longer_than_400_lines() {
    let sources = rust_in(&["src/", "tests/", "benches/", "examples/", "fuzz/"]);
    let long: Vec<String> = sources
        .iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|row| format!("{row:?}"))
        .collect();
    assert!(long.is_empty(), "more than {LONGEST} lines: {}", long.join(" "));
}

#[test]
fn no_module_is_called_by_what_it_is_not() {
    let forbidden = ["utils", "util", "helpers", "helper", "common", "manager", "context", "misc"];
    for (name, text) in rust_in(&["src/", "tests/", "benches/", "examples/"]) {
        let parts = name.trim_end_matches(".rs").split('/');
        assert!(parts.clone().all(|part| !forbidden.contains(&part)), "{name}: no such name for a module");
        let code = bare(&text);
        for (at, _) in code.match_indices("mod ") {
            let module = words(&code[at + 4..]).next().unwrap_or_default();
            assert!(!forbidden.contains(&module), "{name}: no such name for a module: {module}");
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    for (name, text) in rust_in(&["src/", "tests/", "benches/", "examples/"]) {
        let code = bare(&text);
        for unfinished in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!code.contains(unfinished), "{name}: {unfinished}");
        }
    }
}

#[test]
fn the_engine_knows_no_district() {
    for (name, text) in rust_in(&["src/engine/"]) {
        // Inside its own crate `crate::problem` is the engine's; the crate cannot see ours unless it asks for it by name.
        assert!(!words(&bare(&text)).any(|word| word == "lunpai"), "{name} reaches for lunpai");
    }
    for (name, text) in rust_in(&["src/"]) {
        assert!(name == "src/lib.rs" || !words(&bare(&text)).any(|word| word == "lunpai_engine"), "{name}: it is called crate::engine");
    }
    let manifest = std::fs::read_to_string(root().join("src/engine/Cargo.toml")).expect("the engine is a crate");
    let reached = manifest.lines().filter(|line| line.contains("path") || line.starts_with("lunpai"));
    assert_eq!(reached.collect::<Vec<_>>(), ["path = \"mod.rs\""], "the engine stands on no crate of ours");
}

#[test]
fn the_checker_shares_nothing_with_the_models() {
    let models = ["engine", "stages", "district", "generate", "job", "report", "cli"];
    for (name, text) in rust_in(&["src/check/", "src/rules/"]) {
        for module in modules(&bare(&solver_free(&text))) {
            assert!(!models.contains(&module.as_str()), "{name}: the solver-free part reaches for crate::{module}");
        }
    }
    for (name, text) in rust_in(&["src/check/"]) {
        assert!(!text.contains("feature = \"solve\""), "{name}: the checker is the same with and without the solver");
    }
}

#[test]
fn the_xhstt_evaluator_knows_only_the_types_it_judges() {
    let sources = rust_in(&["src/xhstt/evaluate/"]);
    assert!(sources.len() > 4);
    for (name, text) in sources {
        let code = bare(&text);
        assert!(modules(&code).iter().all(|module| module == "xhstt"), "{name} reaches for {:?}", modules(&code));
        assert!(!code.contains("xhstt::read") && !code.contains("xhstt::write"), "{name} reaches for the reader or the writer");
    }
}

#[test]
fn unsafe_code_is_in_one_file() {
    for (name, text) in rust_in(&["src/", "tests/", "benches/", "examples/"]) {
        let code = bare(&text);
        assert!(name == "src/engine/highs.rs" || words(&code).all(|word| word != "unsafe"), "{name}: unsafe");
    }
}

#[test]
fn every_rule_has_its_page_in_both_languages() {
    for (law, _) in BOOK {
        let (zh, en) = law.title;
        let page = page(law.id).unwrap_or_else(|| panic!("{}: no page", law.id));
        let head = page.lines().next().unwrap_or_default();
        assert!(head.starts_with("# ") && head.contains(zh) && head.contains(en), "{}: the page is headed `{head}`", law.id);
        assert!(page.lines().count() >= 4, "{}: a page of {} lines", law.id, page.lines().count());
        assert!(zh.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)) && en.is_ascii(), "{}: title {zh} / {en}", law.id);
        assert!(law.breach.0 != law.breach.1, "{}: one sentence for both languages", law.id);
    }
}

#[test]
fn every_rule_has_its_golden_its_confrontation_and_its_forgery() {
    let agree: String = rust_in(&["tests/agree"]).into_iter().map(|(_, text)| text).collect();
    let forged: String = rust_in(&["tests/forged/"]).into_iter().map(|(_, text)| text).collect();
    let mut missing = Vec::new();
    for (law, _) in BOOK {
        if !root().join(format!("tests/golden/{}.json", law.id)).is_file() {
            missing.push(format!("{}: no tests/golden/{0}.json", law.id));
        }
        if !words(&agree).any(|word| word == law.id) {
            missing.push(format!("{}: not named in tests/agree", law.id));
        }
        if !forged.contains(&format!("recipe(\"{}\"", law.id)) {
            missing.push(format!("{}: no recipe in tests/forged", law.id));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_file_names_a_machine() {
    // Written in pieces: this file is one of those that are read.
    let places: Vec<String> = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], [".libr", "ary/"], ["C:", "\\Users"]]
        .iter()
        .map(|halves| halves.concat())
        .collect();
    for path in files() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for place in &places {
            let named = text.match_indices(place.as_str()).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                !before.is_some_and(|letter| letter.is_alphanumeric() || "_-.}>".contains(letter))
            });
            assert!(!named, "{}: names {place}", name(&path));
        }
    }
}

#[test]
fn both_readmes_say_how_to_begin() {
    for readme in ["README.md", "README.zh.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap_or_default();
        for command in ["./x demo", "./x test"] {
            assert!(text.contains(command), "{readme} does not say `{command}`");
        }
    }
}

#[test]
fn the_scanner_sees_what_it_should() {
    assert_eq!(bare("a // b\nc /* d */ e \"f \\\" g\" h 'i' j '\\'' k r#\"l\"# m 'n: o"), "a \nc  e  h  j  k  m 'n: o");
    assert_eq!(modules("use crate::{a, b::{c, d}, e}; crate::f::g(); crate::h"), ["a", "b", "e", "f", "h"]);
    assert_eq!(
        solver_free("a\n#[cfg(feature = \"solve\")]\nimpl B for C { fn d() { e } }\nf\n#[cfg(feature = \"solve\")]\nuse g::{h};\ni"),
        "a\n\nf\n\ni"
    );
}
