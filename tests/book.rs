//! The book's pages of rules are made from the rules: `docs/rules/` holds one page per rule and an index
//! (`UPDATE=1 cargo test --test book`); every link inside the documentation leads somewhere.

#[path = "browser/looks.rs"]
mod looks;

use lunpai::rules::{AnyRule, BOOK, Law, Stage, page};
use schemars::schema_for;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const MARK: &str = "<!-- made from the rule's file by `UPDATE=1 cargo test --test book`; do not edit -->";

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The stage whose folder holds the rule: the earliest it binds.
fn plan(law: &Law) -> &'static str {
    let exchange = repo(&format!("src/rules/exchange/{}.rs", law.id)).is_file();
    let teaching = repo(&format!("src/rules/teaching/{}.rs", law.id)).is_file();
    match (exchange, teaching) {
        (true, _) => "exchange",
        (_, true) => "teaching",
        _ => "timetable",
    }
}

fn stages(law: &Law) -> String {
    let name = |stage: &Stage| match stage {
        Stage::Exchange => "exchange",
        Stage::Teaching => "teaching",
        Stage::Timetable => "timetable",
    };
    law.binds.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What a number of a clause may be, in a few words.
fn kind(schema: &Value, all: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return kind(&all["$defs"][name], all);
    }
    if let Some(options) = schema["enum"].as_array() {
        return options.iter().map(|option| format!("`{}`", option.as_str().unwrap_or_default())).collect::<Vec<_>>().join(", ");
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(options) = schema[key].as_array() {
            let of = |option: &Value| option["const"].as_str().map_or_else(|| kind(option, all), |name| format!("`{name}`"));
            return options.iter().map(of).collect::<Vec<_>>().join(", ");
        }
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"], all)),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "value".to_owned(),
    }
}

/// The clause's numbers as a table.
fn numbers(law: &Law, all: &Value) -> String {
    let rules = all["oneOf"].as_array().expect("a rule is one of many");
    let of_rule = rules.iter().find_map(|rule| rule["properties"].get(law.id)).unwrap_or_else(|| panic!("{}: no schema", law.id));
    let name = of_rule["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let own = &all["$defs"][name];
    let Some(fields) = own["properties"].as_object().filter(|fields| !fields.is_empty()) else {
        return format!("No numbers: `{{\"{}\": {{}}}}`.\n", law.id);
    };
    let mut table = String::from("| number | what | must be given | meaning |\n|---|---|---|---|\n");
    let required = own["required"].as_array();
    for (field, schema) in fields {
        let needed = required.is_some_and(|list| list.iter().any(|name| name.as_str() == Some(field)));
        let meaning = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        let default = schema.get("default").filter(|value| !value.is_null()).map_or(String::new(), |value| format!(", else `{value}`"));
        let _ = writeln!(table, "| `{field}` | {} | {}{default} | {meaning} |", kind(schema, all), if needed { "yes" } else { "no" });
    }
    table
}

/// Page text → Markdown: a line that begins a new statement, or changes the language, begins a paragraph.
fn paragraphs(page: &str) -> String {
    let heads = ["Point:", "Excess:", "Bound in:", "Source:", "Who ", "Eligible:", "Qualified:", "required =", "counted  =", "A pool"];
    let chinese = |line: &str| line.chars().next().is_some_and(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let (mut text, mut was_chinese) = (String::new(), false);
    for line in page.lines() {
        let turns = was_chinese && !chinese(line);
        if (turns || heads.iter().any(|head| line.starts_with(head))) && !text.ends_with("\n\n") && !line.is_empty() {
            text.push('\n');
        }
        was_chinese = chinese(line);
        text += line;
        text.push('\n');
    }
    text
}

fn pages() -> BTreeMap<String, String> {
    let schema = schema_for!(AnyRule);
    let all = schema.as_value();
    let mut pages = BTreeMap::new();
    let mut index = format!(
        "# 规则 · The rules\n\n{MARK}\n\nA rule says what is measured; the clause of a policy says with which numbers, for whom and how strictly (see [formats](../formats.md)).\n"
    );
    for folder in ["exchange", "teaching", "timetable"] {
        let _ = write!(index, "\n## {folder}\n\n| rule | 中文 | English | bound in |\n|---|---|---|---|\n");
        for (law, _) in BOOK.iter().filter(|(law, _)| plan(law) == folder) {
            let _ = writeln!(index, "| [`{0}`]({0}.md) | {1} | {2} | {3} |", law.id, law.title.0, law.title.1, stages(law));
        }
    }
    for (law, _) in BOOK {
        let (head, body) =
            page(law.id).and_then(|page| Some(page.split_once('\n')?).map(|(a, b)| (a.to_owned(), b.to_owned()))).expect("a page");
        let mut text = format!("{head}\n\n{MARK}\n\n`{}`\n{}\n## Numbers\n\n", law.id, paragraphs(&body));
        text += &numbers(law, all);
        let _ = write!(text, "\n## Sentence of a breach\n\n- {}\n- {}\n", law.breach.0, law.breach.1);
        pages.insert(format!("{}.md", law.id), text);
    }
    pages.insert("README.md".to_owned(), index);
    pages
}

#[test]
fn the_pages_are_made_from_the_rules() {
    let folder = repo("docs/rules");
    let pages = pages();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&folder).expect("docs/rules");
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).expect("a page");
        }
    }
    for (name, text) in &pages {
        let written = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(written == *text, "docs/rules/{name} is not what its rule says: run UPDATE=1 cargo test --test book");
    }
    for entry in std::fs::read_dir(&folder).expect("docs/rules") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(pages.contains_key(&name), "docs/rules/{name} belongs to no rule");
    }
}

/// Markdown files of the repository that people read.
fn documents() -> Vec<PathBuf> {
    let in_folder = |folder: &str| {
        let entries = std::fs::read_dir(repo(folder)).into_iter().flatten();
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.extension().is_some_and(|end| end == "md"))
    };
    ["", "docs", "docs/rules"].into_iter().flat_map(in_folder).collect()
}

/// Targets of `[words](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let documents = documents();
    assert!(documents.len() > BOOK.len(), "{} documents", documents.len());
    for path in documents {
        let text = std::fs::read_to_string(&path).expect("utf-8");
        for target in links(&text).filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap_or_default();
            let at = path.parent().expect("a folder").join(file);
            assert!(at.exists(), "{}: no {target}", path.display());
        }
    }
}

/// Taken by `UPDATE=1 cargo test --test browser -- --ignored`, never rewritten silently.
#[test]
fn the_pictures_show_the_report_as_it_is_and_stay_small() {
    let taken = std::fs::read_dir(repo(looks::PICTURES)).expect("pictures").map(|entry| entry.expect("an entry").path());
    let pictures: Vec<PathBuf> = taken.filter(|path| path.extension().is_some_and(|end| end == "png")).collect();
    let documents = documents().iter().map(|path| std::fs::read_to_string(path).expect("utf-8")).collect::<String>();
    let mut all = 0;
    for path in &pictures {
        let size = path.metadata().expect("a file").len();
        assert!(size < 200_000, "{}: {size} bytes", path.display());
        all += size;
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(documents.contains(&format!("pictures/{name})")), "no document shows {name}");
    }
    assert!(pictures.len() >= 5 && all < 1_000_000, "{} pictures of {all} bytes", pictures.len());
    let stale =
        "docs/pictures shows an older report: take new pictures with UPDATE=1 cargo test --test browser -- --ignored, and look at them";
    assert_eq!(looks::made_from(), looks::now(), "{stale}");
}

#[test]
fn every_path_that_the_tree_of_the_architecture_names_exists() {
    let text = std::fs::read_to_string(repo("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let tree = text.split("```text tree").nth(1).and_then(|rest| rest.split("```").next()).expect("a block ```text tree");
    let mut folders: Vec<(usize, String)> = Vec::new();
    let mut seen = 0;
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        // The names stand before the first double space; several may share a line.
        let names = line.trim_start().split("  ").next().unwrap_or_default();
        folders.retain(|(depth, _)| *depth < indent);
        let parent: String = folders.iter().map(|(_, name)| name.as_str()).collect();
        for name in names.split(' ') {
            assert!(repo(&format!("{parent}{name}")).exists(), "ARCHITECTURE.md: no {parent}{name}");
            seen += 1;
        }
        if let Some(folder) = names.split(' ').next_back().filter(|name| name.ends_with('/')) {
            folders.push((indent, folder.to_owned()));
        }
    }
    assert!(seen > 40, "{seen} paths");
}
