//! Every demanded row of the catalogue's plans E, X and O binds: in a named instance the plan made without the clause (or without the fact that
//! the row is about) breaks it, and the plan made with it does not. `docs/binding.md` is made from these cases
//! (`UPDATE=1 cargo test --test binding`).
#![cfg(feature = "solve")]

use lunpai::check::check;
use lunpai::district::validate::validate;
use lunpai::file::{District, Policy, Source, read_district, read_policy};
use lunpai::problem::Severity;
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Event, Options, solve};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("binding/cases.json")).expect("cases")
}

/// What else is wanted while the clause is tried: each a preference that the clause has to win against.
fn beside(name: &str) -> Value {
    let (rule, rank) = match name {
        "agreed" => (json!({"agreed_postings": {}}), 1),
        "hours" => (json!({"hours_in_full": {}}), 1),
        "balance" => (json!({"balance": {"talent": "county"}}), 2),
        "stability" => (json!({"stability": {}}), 3),
        "target" => (json!({"load_target": {}}), 4),
        "wishes" => (json!({"wishes": {}}), 5),
        other => panic!("unknown: {other}"),
    };
    json!({"id": name, "rule": rule, "force": {"prefer": {"rank": rank, "weight": 1}}})
}

fn put(entry: &mut Value, fields: &Value) {
    for (key, value) in fields.as_object().expect("fields") {
        entry[key] = value.clone();
    }
}

/// The instance with everybody held in place but the movers, and the case's changes; `facts`: with those the row is about.
fn district(case: &Value, facts: bool) -> District {
    let path = repo(&format!("instances/tiny/{}.json", case["instance"].as_str().expect("a name")));
    let mut json: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    let movers: Vec<&str> = case["movers"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for person in json["people"].as_array_mut().expect("people") {
        let id = person["id"].as_str().expect("an id").to_owned();
        person["locks"] = json!({"stays": !movers.contains(&id.as_str())});
        person["wishes"] = json!({});
        let mut changes = vec![&case["everybody"], &case["people"][&id]];
        changes.extend(facts.then_some(&case["facts"][&id]));
        changes.into_iter().filter(|fields| fields.is_object()).for_each(|fields| put(person, fields));
    }
    for list in ["schools", "groups"] {
        for (id, fields) in case[list].as_object().into_iter().flatten() {
            let entries = json[list].as_array_mut().expect("a list");
            let place = entries.iter().position(|entry| entry["id"] == *id).expect("known");
            if fields.is_null() { drop(entries.remove(place)) } else { put(&mut entries[place], fields) }
        }
    }
    read_district(&Source { name: "district.json".into(), bytes: json.to_string().into_bytes() }).expect("a district")
}

fn policy(case: &Value, on: bool) -> Policy {
    let mut clauses: Vec<Value> =
        case["beside"].as_array().expect("wishes").iter().map(|name| beside(name.as_str().expect("a name"))).collect();
    let scope = if case["scope"].is_object() { case["scope"].clone() } else { json!({}) };
    clauses.push(json!({"id": "row", "rule": case["rule"], "force": "policy", "scope": scope, "off": !on}));
    let text = json!({"schema": "lunpai.policy/1", "id": "test", "title": {"zh": "试", "en": "test"}, "clauses": clauses}).to_string();
    read_policy(&Source { name: "policy.json".into(), bytes: text.into_bytes() }).expect("a policy")
}

/// Excess of the row's clause in the plan made for this district under this policy.
fn excess(case: &Value, asked: &District, by: &Policy, seed: u64) -> i64 {
    let (judge, facts) = (policy(case, true), district(case, true));
    let wrong = validate("district.json", asked, Some(("policy.json", &judge)), None);
    let wrong: Vec<_> = wrong.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let stage = |name: &Value| match name.as_str() {
        Some("teaching") => Stage::Teaching,
        Some("timetable") => Stage::Timetable,
        _ => Stage::Exchange,
    };
    let stages = case["stages"].as_array().map_or_else(|| vec![Stage::Exchange], |names| names.iter().map(stage).collect());
    let (time, work) = (Duration::from_secs(600), Some(3_000_000));
    let options = Options {
        time: Some(time),
        enough: None,
        work,
        stall: true,
        seed,
        threads: 1,
        gap_permille: 0,
        stages,
        fixed: None,
        feedback: true,
        export: false,
    };
    let outcome = solve(asked, by, None, &options, &Cancel::new(false), &mut |_: Event| ());
    let plan = outcome.plan.unwrap_or_else(|| panic!("no plan: {:?}", outcome.reasons));
    check(&facts, &judge, &plan).by_clause["row"].excess
}

#[test]
fn every_row_binds_in_its_instance() {
    let mut loose = Vec::new();
    for case in cases() {
        let by_fact = case["facts"].is_object();
        let with = excess(&case, &district(&case, true), &policy(&case, true), 0);
        let without = |seed| excess(&case, &district(&case, !by_fact), &policy(&case, by_fact), seed);
        // A plan may keep by chance what nobody asks of it.
        let without = (0..4).map(without).find(|without| *without > with).unwrap_or(with);
        let rows = &case["rows"];
        // Where not every hour can be covered the clause still covers more of them.
        if without <= with || with > 0 && !case["stages"].is_array() {
            loose.push(format!("{rows} {}: {without} without, {with} with", case["rule"]));
        }
    }
    assert!(loose.is_empty(), "{}", loose.join("\n"));
}

/// Rows of the catalogue that are no clause: what the file holds for them is judged by validation, or nothing can be otherwise.
fn fields() -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(repo("docs/coverage.csv")).expect("docs/coverage.csv");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.filter(|row| ["field", "open"].contains(&&row[1])).map(|row| (row[0].to_owned(), format!("{} {}", &row[1], &row[2]))).collect()
}

#[test]
fn no_demanded_row_of_the_exchange_is_left_out() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/catalogue.csv"));
    if !path.exists() {
        #[allow(clippy::print_stderr)] // a skipped test must be heard
        {
            eprintln!("SKIPPED: no catalogue beside the repository");
        }
        return;
    }
    let bound: BTreeSet<String> = cases()
        .iter()
        .flat_map(|case| case["rows"].as_array().expect("rows").clone())
        .map(|row| row.as_str().expect("an id").to_owned())
        .collect();
    let fields = fields();
    let mut reader = csv::Reader::from_path(path).expect("the catalogue");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let demanded = rows.iter().filter(|row| row[3].contains('H') && row[4].split(", ").any(|plan| ["E", "X", "O"].contains(&plan)));
    let missing: Vec<&str> = demanded.map(|row| &row[0]).filter(|id| !bound.contains(*id) && !fields.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(bound.iter().all(|id| rows.iter().any(|row| row[0] == **id)));
}

#[test]
fn the_page_is_made_from_the_cases() {
    let mut page = String::from(
        "# 逐行验证 · Rows that bind\n\n\
         Made from `tests/binding/cases.json` (`UPDATE=1 cargo test --test binding`). Each line is a test: in the instance, changed as the case says, the \
         plan made without the clause breaks it, and the plan made with it does not. Rows that are data stand in [coverage](coverage.md).\n\n\
         由 `tests/binding/cases.json` 生成。每一行都是一个测试:不写这条规则时排出的方案违反它,写了就不违反。\n\n\
         | rows | rule | instance | what |\n|---|---|---|---|\n",
    );
    for case in cases() {
        let rows: Vec<&str> = case["rows"].as_array().expect("rows").iter().filter_map(Value::as_str).collect();
        let rule = case["rule"].as_object().and_then(|rule| rule.keys().next()).expect("a rule");
        let text = |k: usize| case["about"][k].as_str().expect("words");
        let instance = case["instance"].as_str().expect("a name");
        let _ = writeln!(page, "| {} | [{rule}](rules/{rule}.md) | `tiny/{instance}.json` | {} · {} |", rows.join(" "), text(0), text(1));
    }
    let path = repo("docs/binding.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/binding.md");
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == page, "run UPDATE=1 cargo test --test binding");
}
