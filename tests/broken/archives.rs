//! Broken XHSTT archives: a hand-made one with a slip or two.

use super::{codes, well_told};
use lunpai::file::Source;
use lunpai::problem::Problem;
use lunpai::xhstt::{KINDS, choose, read_archive};
use std::collections::BTreeSet;
use std::fmt::Write;

const ARCHIVE: &str = include_str!("../xhstt/sixteen.xml");
const PINNED: &str = include_str!("../xhstt/pinned.xml");

fn problems(text: &str) -> Vec<Problem> {
    let source = Source { name: "archive.xml".to_owned(), bytes: text.as_bytes().to_vec() };
    read_archive(&source).err().unwrap_or_default()
}

/// One slip: name, what stands there, what stands there instead, codes, what the place must say.
type Slip = (&'static str, &'static str, &'static str, &'static [&'static str], &'static str);

const SLIPS: [Slip; 40] = [
    ("a list twice", "<Times>", "<Times><TimeGroups/>", &["E-XHSTT-003", "E-XHSTT-006"], "Times/TimeGroups"),
    ("a day among the times", "<Time Id=\"Mo2\">", "<Day Id=\"We\"/><Time Id=\"Mo2\">", &["E-XHSTT-003"], "Times/Day[We]"),
    ("end tag misspelt", "</Events>", "</Event>", &["E-XHSTT-001"], ":"),
    ("two roots", "</HighSchoolTimetableArchive>", "</HighSchoolTimetableArchive><A/>", &["E-XHSTT-001"], ":"),
    ("unknown entity", "<Name>Maths</Name>", "<Name>&maths;</Name>", &["E-XHSTT-001"], ":"),
    (
        "document type",
        "<HighSchoolTimetableArchive ",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><HighSchoolTimetableArchive ",
        &["E-XHSTT-002"],
        "1:1",
    ),
    (
        "unknown element of a constraint",
        "<Minimum>0</Minimum><Maximum>4</Maximum>",
        "<Minimum>0</Minimum><Maximum>4</Maximum><TimeGroups/>",
        &["E-XHSTT-003"],
        "LimitWorkloadConstraint[load]/TimeGroups",
    ),
    (
        "element twice",
        "<Weight>10</Weight>",
        "<Weight>10</Weight><Weight>9</Weight>",
        &["E-XHSTT-003"],
        "AssignTimeConstraint[time]/Weight",
    ),
    ("element misspelt", "<Duration>4</Duration>", "<Duraton>4</Duraton>", &["E-XHSTT-003", "E-XHSTT-004", "E-XHSTT-008"], "Event[Maths]"),
    ("attribute misspelt", "<FirstEvent Reference=", "<FirstEvent Referenz=", &["E-XHSTT-004"], "EventPair/FirstEvent"),
    ("unknown attribute", "<Event Id=\"Art\">", "<Event Id=\"Art\" Duration=\"3\">", &["E-XHSTT-003"], "Event[Art]"),
    ("text between elements", "<Times>", "<Times>all of them", &["E-XHSTT-003"], "Instance[Sixteen]/Times"),
    ("element inside a number", "<Weight>10</Weight>", "<Weight>10<b/></Weight>", &["E-XHSTT-003"], "Weight/b"),
    ("weight missing", "<Weight>10</Weight>", "", &["E-XHSTT-004"], "AssignTimeConstraint[time]"),
    ("id missing", "<Event Id=\"Gym\">", "<Event>", &["E-XHSTT-004", "E-XHSTT-006"], "Events/Event"),
    ("id empty", "<Time Id=\"Tu2\">", "<Time Id=\"\">", &["E-XHSTT-004"], "Times/Time"),
    (
        "open place without role",
        "<Resource><Role>Room</Role>",
        "<Resource>",
        &["E-XHSTT-004", "E-XHSTT-006"],
        "Event[Art]/Resources/Resource",
    ),
    (
        "open place without type",
        "<Role>Room</Role><ResourceType Reference=\"Room\"/>",
        "<Role>Room</Role>",
        &["E-XHSTT-004", "E-XHSTT-009"],
        "Event[Art]/Resources/Resource",
    ),
    (
        "assigned without role",
        "<Resource Reference=\"R1\"><Role>Room</Role></Resource>",
        "<Resource Reference=\"R1\"/>",
        &["E-XHSTT-004"],
        "Solution[Sixteen]/Events/Event[Art]/Resources/Resource[R1]",
    ),
    ("weight of a word", "<Weight>10</Weight>", "<Weight>heavy</Weight>", &["E-XHSTT-005"], "AssignTimeConstraint[time]/Weight"),
    ("weight above 1000", "<Weight>10</Weight>", "<Weight>1001</Weight>", &["E-XHSTT-005"], "Weight"),
    ("a huge number", "<Weight>10</Weight>", "<Weight>99999999999999999999999</Weight>", &["E-XHSTT-005"], "Weight"),
    ("duration 0", "<Duration>4</Duration>", "<Duration>0</Duration>", &["E-XHSTT-005", "E-XHSTT-008"], "Event[Maths]/Duration"),
    (
        "fraction of a duration",
        "<Duration>4</Duration>",
        "<Duration>4.0</Duration>",
        &["E-XHSTT-005", "E-XHSTT-008"],
        "Event[Maths]/Duration",
    ),
    ("required perhaps", "<Required>true</Required>", "<Required>perhaps</Required>", &["E-XHSTT-005"], "Required"),
    (
        "unknown cost function",
        "<CostFunction>Linear</CostFunction>",
        "<CostFunction>Cubic</CostFunction>",
        &["E-XHSTT-005"],
        "CostFunction",
    ),
    (
        "workload below 0",
        "<Duration>4</Duration>",
        "<Duration>4</Duration><Workload>-1</Workload>",
        &["E-XHSTT-005"],
        "Event[Maths]/Workload",
    ),
    (
        "workload in words of science",
        "<Duration>4</Duration>",
        "<Duration>4</Duration><Workload>1e3</Workload>",
        &["E-XHSTT-005"],
        "Event[Maths]/Workload",
    ),
    ("unknown time", "<Time Reference=\"Tu3\"/></Event>", "<Time Reference=\"Tu4\"/></Event>", &["E-XHSTT-006"], "Event[Music]/Time[Tu4]"),
    ("unknown instance", "<Solution Reference=\"Sixteen\">", "<Solution Reference=\"Seventeen\">", &["E-XHSTT-006"], "Solution[Seventeen]"),
    (
        "unknown role",
        "<Resource Reference=\"R1\"><Role>Room</Role>",
        "<Resource Reference=\"R1\"><Role>Hall</Role>",
        &["E-XHSTT-006"],
        "Resource[R1]",
    ),
    ("two events with one id", "<Event Id=\"Art\">", "<Event Id=\"Gym\">", &["E-XHSTT-006", "E-XHSTT-007"], "Event[Gym]"),
    (
        "two open places of one role",
        "<Role>Room</Role><ResourceType Reference=\"Room\"/></Resource>",
        "<Role>Room</Role><ResourceType Reference=\"Room\"/></Resource><Resource><Role>Room</Role><ResourceType Reference=\"Room\"/></Resource>",
        &["E-XHSTT-007"],
        "Event[Art]/Resources/Resource",
    ),
    (
        "role assigned twice",
        "<Resource Reference=\"R1\"><Role>Room</Role></Resource>",
        "<Resource Reference=\"R1\"><Role>Room</Role></Resource><Resource Reference=\"R2\"><Role>Room</Role></Resource>",
        &["E-XHSTT-007"],
        "Resource[R2]",
    ),
    (
        "too long in all",
        "<Duration>1</Duration><Time Reference=\"Tu1\"/>",
        "<Duration>3</Duration><Time Reference=\"Tu1\"/>",
        &["E-XHSTT-008"],
        "Events/Event[Maths]",
    ),
    (
        "assigned resource of another type",
        "<Resource Reference=\"R1\"><Role>Room</Role>",
        "<Resource Reference=\"C1\"><Role>Room</Role>",
        &["E-XHSTT-009"],
        "Resource[C1]",
    ),
    (
        "preassigned resource of another type",
        "<Resource Reference=\"Ash\"/>\n            <Resource",
        "<Resource Reference=\"Ash\"><ResourceType Reference=\"Class\"/></Resource>\n            <Resource",
        &["E-XHSTT-009"],
        "Resource[Ash]",
    ),
    (
        "another resource than preassigned",
        "<Resource Reference=\"C1\"><Role>Class</Role></Resource></Resources>",
        "<Resource Reference=\"C2\"><Role>Class</Role></Resource></Resources>",
        &["E-XHSTT-009"],
        "Resource[C2]",
    ),
    (
        "past the last time",
        "<Time Reference=\"Mo1\"/>\n            <Resources><Resource Reference=\"R1\">",
        "<Time Reference=\"Tu3\"/>\n            <Resources><Resource Reference=\"R1\">",
        &["E-XHSTT-010"],
        "Events/Event[Art]",
    ),
    (
        "workloads without a common measure",
        "<Event Id=\"Maths\" Color=\"#ff0000\">",
        "<Event Id=\"Long\"><Duration>999983</Duration><Workload>0.000001</Workload><Resources><Resource Reference=\"C1\"/></Resources></Event>\
         <Event Id=\"Odd\"><Duration>7</Duration><Workload>1</Workload><Resources><Resource Reference=\"C1\"/></Resources></Event>\
         <Event Id=\"Maths\" Color=\"#ff0000\">",
        &["E-XHSTT-011"],
        "Instance[Sixteen]",
    ),
];

#[test]
fn each_slip_of_an_archive_is_told_with_its_codes_and_its_place() {
    assert_eq!(problems(ARCHIVE), []);
    let mut wrong = String::new();
    for (name, from, to, expected, place) in SLIPS {
        assert!(ARCHIVE.contains(from), "{name}: nothing to replace");
        let found = problems(&ARCHIVE.replacen(from, to, 1));
        let placed = found.iter().any(|problem| problem.at.starts_with("archive.xml: ") && problem.at.contains(place));
        if codes(&found) != expected.iter().copied().collect() || !placed {
            let told: Vec<_> = found.iter().take(9).map(|it| format!("  {} {}: {}", it.code, it.at, it.found.en)).collect();
            let _ = writeln!(wrong, "{name}: expected {expected:?} at {place}, told\n{}", told.join("\n"));
        }
        for problem in &found {
            well_told(problem).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_contradicted_preassigned_time_and_one_too_late_are_told() {
    let other = PINNED.replacen(
        "<Duration>1</Duration></Event>\n        </Events>",
        "<Duration>1</Duration><Time Reference=\"t2\"/></Event>\n        </Events>",
        1,
    );
    assert_eq!(codes(&problems(&other)), BTreeSet::from(["E-XHSTT-009"]));
    let late = PINNED.replacen("<Time Reference=\"t1\"/><Resources>", "<Time Reference=\"t3\"/><Resources>", 1);
    assert_eq!(codes(&problems(&late)), BTreeSet::from(["E-XHSTT-010"]));
}

#[test]
fn each_kind_of_problem_of_an_archive_has_a_slip_and_one_code() {
    let mut tried: BTreeSet<&str> = SLIPS.iter().flat_map(|(_, _, _, codes, _)| codes.iter().copied()).collect();
    let two = read_archive(&Source { name: "two.xml".to_owned(), bytes: PINNED.as_bytes().to_vec() }).expect("two instances");
    let unnamed = choose("two.xml", &two, None).expect_err("which of the two?");
    assert_eq!(unnamed.allowed.en, "Pinned Other");
    well_told(&unnamed).expect("well told");
    tried.insert(unnamed.code);
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
    assert_eq!(kinds.iter().copied().collect::<BTreeSet<_>>(), tried);
    assert_eq!(kinds.len(), tried.len(), "a code is given twice");
}

#[test]
fn an_archive_of_another_kind_or_encoding_is_told() {
    let renamed = ARCHIVE.replace("HighSchoolTimetableArchive", "EmployeeScheduleArchive");
    assert_eq!(codes(&problems(&renamed)), BTreeSet::from(["E-XHSTT-003"]));
    let constraint = ARCHIVE.replace("LinkEventsConstraint", "LimitActiveIntervalsConstraint");
    assert_eq!(codes(&problems(&constraint)), BTreeSet::from(["E-XHSTT-003"]));
    assert_eq!(codes(&problems(" \n")), BTreeSet::from(["E-FILE-003"]));
    let latin = Source { name: "archive.xml".to_owned(), bytes: b"<A>\n\xe9</A>".to_vec() };
    let found = read_archive(&latin).expect_err("not UTF-8");
    assert_eq!(codes(&found), BTreeSet::from(["E-FILE-004"]));
    assert!(found[0].at.contains("line 2"));
}

#[test]
fn a_near_name_is_offered_and_all_problems_come_at_once() {
    let text = ARCHIVE.replacen("<Time Reference=\"Tu1\"/></Times>", "<Time Reference=\"Tu_1\"/></Times>", 1).replacen(
        "<Weight>5<",
        "<Weight>x<",
        1,
    );
    let found = problems(&text.replacen(
        "<TimeGroup Reference=\"Late\"/></TimeGroups>\n          <Times>",
        "<TimeGroup Reference=\"Laet\"/></TimeGroups>\n          <Times>",
        1,
    ));
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found.iter().any(|problem| problem.remedy.en.contains("`Tu1`")));
    assert!(found.iter().any(|problem| problem.remedy.en.contains("`Late`")));
    let many = ARCHIVE.replace("<CostFunction>Linear", "<CostFunction>Bent").replace("<Required>", "<Required>un");
    assert_eq!(problems(&many).len(), 32);
}
