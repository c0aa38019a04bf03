//! Where every row of the catalogue of rules went: `docs/coverage.csv` is kept by hand, `docs/coverage.md` is made from it
//! (`UPDATE=1 cargo test --test coverage`).

use lunpai::file::{District, Plan, Policy};
use lunpai::rules::BOOK;
use schemars::schema_for;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const ROWS: usize = 306;
const PLANS: [(&str, &str); 7] = [
    ("E", "exchange"),
    ("X", "cross-school teaching"),
    ("T", "weekly timetable"),
    ("L", "shared rooms"),
    ("C", "term calendar"),
    ("M", "metrics"),
    ("O", "organisation"),
];

struct Row {
    id: String,
    how: String,
    what: String,
    note: String,
}

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(repo("docs/coverage.csv")).expect("docs/coverage.csv");
    assert_eq!(reader.headers().expect("a head"), vec!["id", "how", "what", "note"]);
    let row = |record: csv::StringRecord| {
        let [id, how, what, note] = [0, 1, 2, 3].map(|column| record[column].to_owned());
        Row { id, how, what, note }
    };
    reader.records().map(|record| row(record.expect("four columns"))).collect()
}

/// Id → plans of every row of the catalogue; `None` where it is not at hand.
fn catalogue() -> Option<BTreeMap<String, String>> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/catalogue.csv"));
    if !path.exists() {
        #[allow(clippy::print_stderr)] // a skipped test must be heard
        {
            eprintln!("SKIPPED: no catalogue beside the repository; ids are only checked for their number");
        }
        return None;
    }
    let mut reader = csv::Reader::from_path(path).expect("the catalogue");
    let records = reader.records().map(|record| record.expect("a row"));
    Some(records.map(|record| (record[0].to_owned(), record[4].to_owned())).collect())
}

fn names_in(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                names.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| names_in(member, names));
        }
        Value::Array(members) => members.iter().for_each(|member| names_in(member, names)),
        _ => {}
    }
}

#[test]
fn every_row_of_the_catalogue_is_answered_once() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (ROWS, ROWS), "each id once");
    let Some(catalogue) = catalogue() else { return };
    let wanted: BTreeSet<&str> = catalogue.keys().map(String::as_str).collect();
    assert_eq!(ids, wanted);
    for row in rows.iter().filter(|row| row.how == "open") {
        let plans: Vec<&str> = catalogue[&row.id].split(", ").collect();
        assert!(plans.contains(&row.what.as_str()), "{}: open in plan {}, but it is about {plans:?}", row.id, row.what);
    }
}

#[test]
fn every_answer_names_something_that_exists() {
    let mut fields = BTreeSet::from(["plan".to_owned(), "policy".to_owned()]);
    for schema in [schema_for!(District), schema_for!(Plan), schema_for!(Policy)] {
        names_in(schema.as_value(), &mut fields);
    }
    for row in rows() {
        let known = match row.how.as_str() {
            "clause" => !row.what.is_empty() && row.what.split(' ').all(|id| BOOK.iter().any(|(law, _)| law.id == id)),
            "field" => row.what.split('.').all(|name| fields.contains(name)),
            "open" => PLANS.iter().any(|(plan, _)| *plan == row.what),
            "command" => repo(&format!("src/cli/{}.rs", row.what)).is_file(),
            "metric" | "activity" | "text" => !row.what.is_empty(),
            _ => false,
        };
        assert!(known, "{}: {} {} is nothing known", row.id, row.how, row.what);
    }
}

#[test]
fn the_sources_of_the_laws_are_rows_of_the_catalogue() {
    let rows = rows();
    for (law, _) in BOOK {
        for source in law.source {
            assert!(rows.iter().any(|row| row.id == *source), "{}: source {source} is no row", law.id);
        }
    }
}

fn page(rows: &[Row]) -> String {
    let kind = |row: &Row| if row.how == "open" { format!("open:{}", row.what) } else { row.how.clone() };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(kind(row)).or_default() += 1;
    }
    let mut page = String::from("# 规则目录的落实情况 · Where every row of the catalogue went\n\n");
    page += "<!-- made from coverage.csv by `UPDATE=1 cargo test --test coverage`; do not edit -->\n\n";
    page += "`clause`: rules of the book measure it. `field`: the district, plan or policy file says it. `command`: `lunpai` answers it. `text`: said in words only. \
             `open`: not yet, in the plan named.\n\n| kind | rows |\n|---|---|\n";
    for (kind, count) in &counts {
        let plan = PLANS.iter().find(|(plan, _)| kind.strip_prefix("open:") == Some(plan)).map_or("", |(_, name)| name);
        let _ = writeln!(page, "| {kind} {plan} | {count} |");
    }
    let _ = write!(page, "| all | {} |\n\n| id | how | what | note |\n|---|---|---|---|\n", rows.len());
    for row in rows {
        let what = if row.how == "text" { row.what.clone() } else { format!("`{}`", row.what) };
        let _ = writeln!(page, "| {} | {} | {what} | {} |", row.id, row.how, row.note);
    }
    page
}

#[test]
fn the_page_is_made_from_the_table() {
    let page = page(&rows());
    let path = repo("docs/coverage.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/coverage.md");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/coverage.md is not what coverage.csv says: run UPDATE=1 cargo test --test coverage");
}
