//! A museum of broken inputs. Each is the small valid district of `tests/broken/` with a slip or two; it must be told with
//! exactly the codes of its card, each with its place, and what to do in both languages. Nothing may panic.

use lunpai::district::validate::{kinds, validate};
use lunpai::file::{District, Policy, Source, parse, read_district, read_plan, read_policy};
use lunpai::problem::{Problem, Severity};
use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

#[path = "broken/archives.rs"]
mod archives;

const DISTRICT: &str = include_str!("broken/district.json");
const POLICY: &str = include_str!("broken/policy.json");
const PLAN: &str = include_str!("broken/plan.json");
const CASES: &str = include_str!("broken/cases.json");

/// Reads and validates the three files; `bytes` stand in for the one named.
fn problems(file: &str, bytes: &[u8]) -> Vec<Problem> {
    let source = |name: &str, whole: &str| Source {
        name: format!("{name}.json"),
        bytes: if name == file { bytes.to_vec() } else { whole.as_bytes().to_vec() },
    };
    let (district, policy, plan) = (source("district", DISTRICT), source("policy", POLICY), source("plan", PLAN));
    match (read_district(&district), read_policy(&policy), read_plan(&plan)) {
        (Ok(district), Ok(policy), Ok(plan)) => {
            validate("district.json", &district, Some(("policy.json", &policy)), Some(("plan.json", &plan)))
        }
        (district, policy, plan) => [district.err(), policy.err(), plan.err()].into_iter().flatten().collect(),
    }
}

fn codes(problems: &[Problem]) -> BTreeSet<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// Every problem has its place and says what was found, what is allowed and what to do, in both languages.
fn well_told(problem: &Problem) -> Result<(), String> {
    let texts = [&problem.found, &problem.allowed, &problem.remedy];
    let told = texts.iter().all(|text| !text.zh.trim().is_empty() && !text.en.trim().is_empty());
    let chinese = problem.remedy.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let placed = [".json", ".xml"].iter().any(|end| problem.at.contains(end));
    if told && chinese && placed { Ok(()) } else { Err(format!("badly told: {problem:#?}")) }
}

/// `["/people/0/id", value]` sets, `["/people/-", value]` appends, `["/people/0"]` removes, and a value `"*n"` repeats
/// the entries of a list until there are n, each with an id of its own.
fn edit(document: &mut Value, edit: &Value) {
    let path = edit[0].as_str().expect("a path");
    let (parent, key) = path.rsplit_once('/').expect("a pointer");
    let times = edit[1].as_str().and_then(|text| text.strip_prefix('*')).map(|n| n.parse::<usize>().expect("a number"));
    if let Some(times) = times {
        let list = document.pointer_mut(path).and_then(Value::as_array_mut).expect("a list");
        *list = list.clone().into_iter().cycle().take(times).collect();
        for (i, entry) in list.iter_mut().enumerate().filter(|(_, entry)| entry.get("id").is_some()) {
            entry["id"] = format!("n{i}").into();
        }
        return;
    }
    match (document.pointer_mut(parent).expect("a parent"), edit.get(1)) {
        (Value::Array(list), Some(value)) if key == "-" => list.push(value.clone()),
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().expect("an index")] = value.clone(),
        (Value::Array(list), None) => drop(list.remove(key.parse::<usize>().expect("an index"))),
        (Value::Object(map), Some(value)) => drop(map.insert(key.to_owned(), value.clone())),
        (Value::Object(map), None) => drop(map.remove(key).expect("a field")),
        other => panic!("{path}: nothing to edit in {other:?}"),
    }
}

fn cases() -> Vec<Value> {
    serde_json::from_str(CASES).expect("cases")
}

fn broken(case: &Value) -> (&str, Vec<u8>) {
    let file = case["file"].as_str().unwrap_or("district");
    let whole = match file {
        "policy" => POLICY,
        "plan" => PLAN,
        _ => DISTRICT,
    };
    let mut document: Value = serde_json::from_str(whole).expect("JSON");
    for step in case["edits"].as_array().expect("edits") {
        edit(&mut document, step);
    }
    (file, serde_json::to_vec(&document).expect("JSON"))
}

/// Slips that no JSON value can hold.
fn raw() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let with = |from: &str, to: &str| DISTRICT.replacen(from, to, 1).into_bytes();
    let deep = |levels: usize| format!("{{\"schema\":{}1{}}}", "[".repeat(levels), "]".repeat(levels)).into_bytes();
    let utf16 = DISTRICT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("empty file", Vec::new(), "E-FILE-003"),
        ("white space only", b" \n\t".to_vec(), "E-FILE-003"),
        ("byte order mark only", b"\xef\xbb\xbf".to_vec(), "E-FILE-003"),
        ("UTF-16", utf16, "E-FILE-004"),
        ("GBK", with("小学区", "?").into_iter().map(|b| if b == b'?' { 0xd0 } else { b }).collect(), "E-FILE-004"),
        ("truncated", DISTRICT.as_bytes()[..DISTRICT.len() / 2].to_vec(), "E-JSON-002"),
        ("no JSON", b"id,name\n1,2\n".to_vec(), "E-JSON-001"),
        ("a list", b"[]".to_vec(), "E-JSON-006"),
        ("a policy for a district", POLICY.as_bytes().to_vec(), "E-JSON-007"),
        ("99 levels", deep(99), "E-JSON-006"),
        ("500 levels", deep(500), "E-JSON-006"),
        ("500 unknown levels", with("{", &format!("{{\"x\":{}", "[".repeat(500))), "E-JSON-003"),
        ("trailing garbage", [DISTRICT.as_bytes(), b"}"].concat(), "E-JSON-010"),
        ("two documents", [DISTRICT.as_bytes(), b"{}"].concat(), "E-JSON-010"),
        ("trailing comma", with("\"demo\": true,", "\"demo\": true,,"), "E-JSON-001"),
        ("NaN", with("\"load_cap\": 10", "\"load_cap\": NaN"), "E-JSON-011"),
        ("minus infinity", with("\"load_cap\": 10", "\"load_cap\": -Infinity"), "E-JSON-011"),
        ("1e999", with("\"load_cap\": 10", "\"load_cap\": 1e999"), "E-JSON-011"),
        ("float of a whole number", with("\"load_cap\": 10", "\"load_cap\": 1e1"), "E-JSON-006"),
        ("field twice", with("\"demo\": true,", "\"demo\": true, \"demo\": true,"), "E-JSON-008"),
        ("key of a map twice", with("{ \"TA1\": \"教师甲\" }", "{ \"TA1\": \"教师甲\", \"TA1\": \"教师乙\" }"), "E-JSON-008"),
        ("full-width digits", with("\"load_cap\": 10", "\"load_cap\": \u{ff11}\u{ff10}"), "E-JSON-001"),
    ]
}

#[test]
fn the_small_district_is_sound() {
    assert_eq!(problems("", b""), []);
    let mark = [b"\xef\xbb\xbf", DISTRICT.as_bytes()].concat();
    assert_eq!(problems("district", &mark), [], "a byte order mark is no problem");
}

#[test]
fn each_broken_input_is_told_with_its_codes() {
    let mut wrong = String::new();
    for case in cases() {
        let (file, bytes) = broken(&case);
        let found = problems(file, &bytes);
        let expected: BTreeSet<&str> = case["codes"].as_array().expect("codes").iter().filter_map(Value::as_str).collect();
        if codes(&found) != expected {
            let told: Vec<_> = found.iter().take(12).map(|it| format!("  {} {}: {}", it.code, it.at, it.found.en)).collect();
            let _ = writeln!(wrong, "{}: expected {expected:?}, told\n{}", case["name"], told.join("\n"));
        }
        for problem in &found {
            well_told(problem).unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_unreadable_file_is_told_with_its_code() {
    for (name, bytes, code) in raw() {
        let found = problems("district", &bytes);
        assert_eq!(codes(&found), BTreeSet::from([code]), "{name}: {found:#?}");
        for problem in &found {
            well_told(problem).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn a_missing_an_oversized_and_a_bottomless_file_are_told() {
    let missing = Source::read(std::path::Path::new("no/such/district.json")).expect_err("no file");
    assert_eq!(missing.code, "E-FILE-001");
    let large = Problem::too_large("district.json", 1);
    assert_eq!(large.code, "E-FILE-002");
    // No field of the three files nests: only a file of another kind can go deeper than the reader follows.
    let deep = Source { name: "district.json".into(), bytes: "[".repeat(500).into_bytes() };
    let deep = parse::<Value>(&deep).expect_err("too deep");
    assert_eq!(deep.code, "E-JSON-009");
    for problem in [missing, large, deep] {
        well_told(&problem).expect("well told");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let mut document: Value = serde_json::from_str(DISTRICT).expect("JSON");
    let all: Vec<Value> = cases().into_iter().filter(|case| case.get("file").is_none()).collect();
    let picked =
        ["employer unknown", "target above cap", "rank 6", "trip missing", "lock on block 0", "holiday taught", "lead among the members"];
    let mut expected = BTreeSet::new();
    for case in all.iter().filter(|case| picked.contains(&case["name"].as_str().unwrap_or(""))) {
        case["edits"].as_array().expect("edits").iter().for_each(|step| edit(&mut document, step));
        expected.extend(case["codes"].as_array().expect("codes").iter().filter_map(Value::as_str));
    }
    let found = problems("district", &serde_json::to_vec(&document).expect("JSON"));
    assert_eq!(codes(&found), expected);
    assert_eq!(expected.len(), 6);
    assert!(found.is_sorted_by_key(|problem| problem.severity), "errors come first");
}

#[test]
fn each_kind_of_problem_has_a_broken_input_and_one_code() {
    let mut tried: BTreeSet<String> = raw().into_iter().map(|(_, _, code)| code.to_owned()).collect();
    tried.extend(
        cases().iter().flat_map(|case| case["codes"].as_array().cloned().unwrap_or_default()).filter_map(|c| c.as_str().map(str::to_owned)),
    );
    tried.extend(["E-FILE-001", "E-FILE-002", "E-JSON-009"].map(str::to_owned));
    let mut seen = BTreeSet::new();
    for kind in kinds() {
        assert!(seen.insert(kind.code), "{} twice", kind.code);
        assert_eq!(kind.severity == Severity::Error, kind.code.starts_with("E-"), "{}", kind.code);
        assert!(tried.contains(kind.code), "{} has no broken input", kind.code);
    }
    assert!(tried.iter().all(|code| seen.contains(code.as_str())), "a card names an unknown code");
}

#[test]
fn nearest_names_are_offered() {
    let told = |file: &str, from: &str, to: &str| {
        let whole = if file == "policy" { POLICY } else { DISTRICT };
        problems(file, whole.replacen(from, to, 1).as_bytes()).remove(0).remedy.en
    };
    assert!(told("district", "\"load_target\"", "\"load_tagret\"").contains("`load_target`"));
    assert!(told("district", "\"primary\"", "\"primry\"").contains("`primary`"));
    assert!(told("policy", "\"away_days\"", "\"awaydays\"").contains("`away_days`"));
    assert!(told("district", "\"class_teacher\": \"TA1\"", "\"class_teacher\": \"TA11\"").contains("`TA1`"));
}

#[test]
fn a_personal_number_is_not_repeated() {
    let number = "11010519491231002X";
    let found = problems("district", DISTRICT.replace("\"TC2\"", &format!("\"{number}\"")).as_bytes());
    assert_eq!(codes(&found), BTreeSet::from(["E-ID-007"]));
    assert!(found.iter().all(|problem| !format!("{problem:?}").contains(number)));
}

/// Bytes overwritten, removed or inserted anywhere in one of the three files.
#[test]
fn no_bytes_make_it_panic() {
    let slip = (any::<proptest::sample::Index>(), 0..4_u8, any::<u8>());
    let slips = (0..3_usize, proptest::collection::vec(slip, 1..6));
    runner(800)
        .run(&slips, |(file, slips)| {
            let (name, whole) = [("district", DISTRICT), ("policy", POLICY), ("plan", PLAN)][file];
            let mut bytes = whole.as_bytes().to_vec();
            for (index, deed, byte) in slips {
                let at = index.index(bytes.len());
                match deed {
                    0 => bytes[at] = byte,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"{}[]\",:0123456789-eE"[usize::from(byte) % 20]),
                    _ => bytes[at] ^= 1 << (byte % 8),
                }
            }
            told_well(name, &bytes)
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Values replaced by others of their sort, so that most files parse and reach the checks.
#[test]
fn no_values_make_it_panic() {
    let slips = (0..3_usize, proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8));
    runner(1_500)
        .run(&slips, |(file, slips)| {
            let (name, whole) = [("district", DISTRICT), ("policy", POLICY), ("plan", PLAN)][file];
            let mut document: Value = serde_json::from_str(whole).expect("JSON");
            let words = words(&document);
            for (index, choice) in slips {
                let mut places = Vec::new();
                leaves(&document, String::new(), &mut places);
                let Some(place) = places.get(index.index(places.len().max(1))) else { continue };
                let Some(value) = document.pointer_mut(place) else { continue };
                *value = match &*value {
                    Value::String(_) => words[usize::from(choice) % words.len()].clone().into(),
                    Value::Number(_) => [0, 1, 2, 3, 7, 8, 13, 199, 254, 255, 65_535, 4_294_967_295_u64][usize::from(choice) % 12].into(),
                    Value::Bool(old) => (!old).into(),
                    Value::Array(list) if list.is_empty() || choice.is_multiple_of(3) => Value::Array(Vec::new()),
                    Value::Array(list) => list.iter().chain(list.iter()).cloned().collect(),
                    other => other.clone(),
                };
            }
            told_well(name, &serde_json::to_vec(&document).expect("JSON"))
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..Config::default() };
    TestRunner::new(config)
}

fn told_well(file: &str, bytes: &[u8]) -> Result<(), proptest::test_runner::TestCaseError> {
    for problem in problems(file, bytes) {
        well_told(&problem).map_err(proptest::test_runner::TestCaseError::fail)?;
    }
    Ok(())
}

/// Pointers of every leaf and list.
fn leaves(value: &Value, path: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| leaves(value, format!("{path}/{key}"), places)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| leaves(value, format!("{path}/{i}"), places));
            places.push(path);
        }
        _ => places.push(path),
    }
}

/// All texts of a document and some that are no good.
fn words(document: &Value) -> Vec<String> {
    let mut places = Vec::new();
    leaves(document, String::new(), &mut places);
    let texts = places.iter().filter_map(|place| document.pointer(place)?.as_str().map(str::to_owned));
    let bad = ["", " ", "\u{200b}", "é", "odd", "even", "23:59", "00:00", "9999-12", "2026-13-99", "😀", "=1+1", "11010519491231002X"];
    texts.chain(bad.map(str::to_owned)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn instance(name: &str) -> Option<(District, Option<Policy>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    let district =
        read_district(&Source::read(&folder.join("district.json")).ok()?).unwrap_or_else(|problem| panic!("{name}: {problem:#?}"));
    let policy = Source::read(&folder.join("policy.json")).ok();
    Some((district, policy.map(|source| read_policy(&source).unwrap_or_else(|problem| panic!("{name}: {problem:#?}")))))
}

fn found_in(name: &str) -> Option<Vec<Problem>> {
    let (district, policy) = instance(name)?;
    Some(validate("district.json", &district, policy.as_ref().map(|policy| ("policy.json", policy)), None))
}

#[test]
fn the_demo_districts_have_no_error() {
    for name in ["huayuankou", "beizhangzhuang"] {
        let found = found_in(name).unwrap_or_else(|| panic!("instances/{name} is missing"));
        let errors: Vec<_> = found.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// Two locks at one time are; each is named, and nothing else.
#[test]
fn generated_districts_have_no_error_but_the_locks_planted() {
    let policy = lunpai::generate::standard_policy();
    let locks = BTreeSet::from(["E-LOCK-006", "E-LOCK-007", "E-LOCK-009"]);
    for (schools, seed, planted, expected) in [(3, 1, 0, &BTreeSet::new()), (8, 2, 0, &BTreeSet::new()), (8, 3, 8, &locks)] {
        let district = lunpai::generate::generate(schools, seed, planted).district;
        let found = validate("district.json", &district, Some(("policy.json", &policy)), None);
        let errors: Vec<Problem> = found.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert_eq!(codes(&errors), *expected, "{schools} schools, seed {seed}: {errors:#?}");
    }
}

#[test]
fn shiqiao_to_babao_fits_only_the_noon_break() {
    let found = found_in("huayuankou").expect("instances/huayuankou");
    let trip = found.iter().find(|problem| problem.code == "W-TRAVEL-004").expect("a long trip");
    assert!(trip.found.zh.contains("32 分钟") && trip.found.zh.contains("只够占午休"), "{trip:#?}");
}

#[test]
fn chinese_research_in_lesson_time_lacks_teachers_at_three_schools() {
    let (district, _) = instance("huayuankou/broken/research-in-lesson-time").expect("the broken instance");
    let mut policy = instance("huayuankou").and_then(|(_, policy)| policy).expect("its policy");
    // Visitors may take the lessons, or they have no teacher: the count refuses nothing.
    let research = |policy: &_| -> Vec<String> {
        let found = validate("district.json", &district, Some(("policy.json", policy)), None);
        assert!(found.iter().all(|problem| problem.severity == Severity::Warning), "{found:#?}");
        found.into_iter().filter(|problem| problem.code == "W-FIT-002").map(|problem| problem.found.zh).collect()
    };
    let short = [("申庄小学", 12, 10), ("八堡小学", 6, 4), ("石桥小学", 6, 4)];
    let short = short
        .map(|(school, classes, others)| format!("语文教研放在上课时间:{school} {classes} 班要上课,不参加教研的教师 {others} 名,缺 2 名"));
    assert_eq!(research(&policy), short, "neither 花园口 (24 classes, 29 others) nor 京水 (18, 19)");
    policy.clauses.retain(|clause| clause.id != "research-block");
    assert_eq!(research(&policy).len(), 3, "a meeting that need not be kept");
}

#[test]
fn what_only_a_clause_forbids_is_no_error_without_a_policy() {
    let district = DISTRICT.replacen("\"to\": \"08:00\"", "\"to\": \"08:20\"", 1);
    let district = read_district(&Source { name: "district.json".into(), bytes: district.into_bytes() }).expect("a district");
    let found = validate("district.json", &district, None, None);
    let full: Vec<_> = found.iter().filter(|problem| problem.code == "W-FIT-003").collect();
    assert!(!full.is_empty() && full.iter().all(|problem| problem.severity == Severity::Warning), "{found:#?}");
}

/// The page of problem codes is made from the kinds. `UPDATE=1` writes it.
#[test]
fn the_page_of_problem_codes_is_in_step() {
    let mut page = include_str!("broken/head.md").to_owned();
    let others = [lunpai::desk::KINDS, lunpai::desk::COLLECTING, lunpai::job::KINDS, lunpai::xhstt::KINDS];
    for kind in kinds().chain(others.into_iter().flatten().copied()) {
        let _ = write!(
            page,
            "\n## {}\n\n**{}** · {}\n\n- 允许 {}\n- 处理 {}\n- Allowed: {}\n- What to do: {}\n",
            kind.code, kind.title.0, kind.title.1, kind.allowed.0, kind.remedy.0, kind.allowed.1, kind.remedy.1
        );
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/problems.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/problems.md");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/problems.md is out of step; run UPDATE=1 cargo test --test broken");
}
