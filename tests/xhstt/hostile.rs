//! Hostile archives end as problems, never as a panic.

use super::{HAND_MADE, Source, breakdown, evaluate, read_archive};
use proptest::prelude::any;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// Reads, and evaluates what can be read; the codes of what cannot.
fn run(bytes: Vec<u8>) -> Vec<&'static str> {
    let source = Source { name: "hostile.xml".to_owned(), bytes };
    match read_archive(&source) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= 200);
            problems.iter().map(|problem| problem.code).collect()
        }
        Ok(archive) => {
            for solution in &archive.solutions {
                let instance = &archive.instances[solution.instance];
                let cost = evaluate(instance, solution);
                let hard =
                    breakdown(instance, solution).iter().filter(|it| it.constraint.required).map(|it| i128::from(it.cost)).sum::<i128>();
                assert!(cost.hard >= 0 && cost.soft >= 0 && i128::from(cost.hard) <= hard);
            }
            Vec::new()
        }
    }
}

fn with(from: &str, to: &str) -> Vec<u8> {
    let text = HAND_MADE[0].1;
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_truncated_archive_is_refused_wherever_it_ends() {
    let text = HAND_MADE[0].1.trim_end();
    for end in (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
        let codes = run(text.as_bytes()[..end].to_vec());
        assert!(codes == ["E-XHSTT-001"] || codes == ["E-FILE-003"], "{end}: {codes:?}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let levels = 500_000;
    let deep = format!("{}{}", "<A>".repeat(levels), "</A>".repeat(levels));
    assert_eq!(run(deep.clone().into_bytes()), ["E-XHSTT-003"]);
    assert_eq!(run("<A>".repeat(levels).into_bytes()), ["E-XHSTT-001"]);
    assert_eq!(run(with("<Times>", &format!("<Times>{deep}"))), ["E-XHSTT-003"]);
    assert_eq!(run(with("<Name>Maths</Name>", &format!("<Name>{deep}</Name>"))), ["E-XHSTT-003"]);
    assert_eq!(run(with("<Anything>", &format!("<Anything>{deep}"))), [""; 0], "what is passed over may be anything");
}

#[test]
fn entity_declarations_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    assert_eq!(run(with("<HighSchoolTimetableArchive ", &format!("{bomb}<HighSchoolTimetableArchive "))), ["E-XHSTT-002"]);
    let file = "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">";
    assert_eq!(run(with("<HighSchoolTimetableArchive ", &format!("{file}<HighSchoolTimetableArchive "))), ["E-XHSTT-002"]);
}

#[test]
fn the_largest_numbers_saturate() {
    let large = HAND_MADE[0]
        .1
        .replace("<Minimum>0<", "<Minimum>1000000000<")
        .replace("<Maximum>4<", "<Maximum>1000000000<")
        .replace("<Weight>1<", "<Weight>1000<")
        .replace("Linear", "Quadratic");
    let source = Source { name: "large.xml".to_owned(), bytes: large.into_bytes() };
    let archive = read_archive(&source).expect("an archive");
    // Spread: 999999997² · 1000 and more, beyond what is held.
    assert_eq!(evaluate(&archive.instances[0], &archive.solutions[0]).soft, i64::MAX);
}

#[test]
fn what_would_spread_out_beyond_the_limits_is_refused() {
    let times: Vec<String> = (0..10_001).map(|time| format!("<Time Id=\"n{time}\"/>")).collect();
    assert_eq!(run(with("<Time Id=\"Mo1\">", &format!("{}<Time Id=\"Mo1\">", times.concat())))[0], "E-XHSTT-011");
    let member = |n: usize| {
        format!(
            "<Resource Id=\"n{n}\"><ResourceType Reference=\"Room\"/><ResourceGroups><ResourceGroup Reference=\"Labs\"/></ResourceGroups></Resource>"
        )
    };
    let resources: String = (0..10_001).map(member).collect();
    let many = String::from_utf8(with("<Resource Id=\"Ash\">", &format!("{resources}<Resource Id=\"Ash\">"))).expect("UTF-8");
    assert_eq!(run(many.clone().into_bytes()), [""; 0]);
    let event = "<Event Id=\"Gym\">\n          <Name>Gym</Name>\n          <Duration>1</Duration>";
    assert!(many.contains(event));
    let all = many.replacen(
        "</Resources>\n          <EventGroups>",
        "</Resources><ResourceGroups><ResourceGroup Reference=\"Labs\"/></ResourceGroups>\n          <EventGroups>",
        1,
    );
    assert_eq!(run(all.into_bytes()), ["E-XHSTT-011"]);
}

#[test]
fn every_id_may_be_the_same() {
    let mut text = HAND_MADE[0].1.to_owned();
    for id in ["Mo1", "Ash", "Maths", "Mo", "Teacher", "Teachers", "All", "time", "Sixteen"] {
        text = text.replace(&format!("\"{id}\""), "\"X\"");
    }
    assert_eq!(run(text.into_bytes()), [""; 0], "things of different sorts may share an Id");
    let mut parts = HAND_MADE[0].1.split(" Id=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let all = parts.fold(first, |text, part| text + " Id=\"X" + &part[part.find('"').unwrap_or(0)..]);
    assert!(run(all.into_bytes()).contains(&"E-XHSTT-007"));
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..Config::default() })
}

/// Bytes overwritten, removed or inserted anywhere.
#[test]
fn no_bytes_make_it_panic() {
    let slip = (any::<Index>(), 0..4_u8, any::<u8>());
    runner(1_500)
        .run(&(0..HAND_MADE.len(), proptest::collection::vec(slip, 1..5)), |(file, slips)| {
            let mut bytes = HAND_MADE[file].1.as_bytes().to_vec();
            for (index, deed, byte) in slips {
                let at = index.index(bytes.len());
                match deed {
                    0 => bytes[at] = byte,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"<>/=\"&;0123456789 -.E"[usize::from(byte) % 21]),
                    _ => bytes[at] ^= 1 << (byte % 8),
                }
            }
            run(bytes);
            Ok::<(), TestCaseError>(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Values and attributes exchanged for others of the same file, so that most files are well-formed and reach the evaluator.
#[test]
fn no_values_make_it_panic() {
    runner(1_500)
        .run(&(0..HAND_MADE.len(), proptest::collection::vec((any::<Index>(), any::<Index>()), 1..9)), |(file, slips)| {
            let mut pieces: Vec<String> = HAND_MADE[file].1.split_inclusive(['"', '<', '>']).map(str::to_owned).collect();
            // Between > and <, or between two quotation marks.
            let values: Vec<usize> = (1..pieces.len())
                .filter(|at| {
                    (pieces[at - 1].ends_with('>') && pieces[*at].ends_with('<'))
                        || (pieces[at - 1].ends_with('"') && pieces[*at].ends_with('"'))
                })
                .filter(|at| pieces[*at].trim_end_matches(['<', '"']).chars().any(char::is_alphanumeric))
                .collect();
            for (to, from) in slips {
                let (to, from) = (values[to.index(values.len())], values[from.index(values.len())]);
                let end = pieces[to].pop().unwrap_or_default();
                let word = pieces[from].trim_end_matches(['<', '"']).to_owned();
                pieces[to] = format!("{word}{end}");
            }
            run(pieces.concat().into_bytes());
            Ok::<(), TestCaseError>(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
