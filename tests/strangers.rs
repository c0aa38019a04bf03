//! Strange districts: the input is sound, each has a witness that keeps every clause, each mode shows what it promises,
//! and the plain generator writes what it always wrote. What `./x strangers` found stands below `cases/strangers`.

use lunpai::check::check;
use lunpai::district::validate::validate;
use lunpai::file::{District, Form, Plan, Policy, Source, Weeks, read_district, read_plan, read_policy};
use lunpai::generate::generate;
use lunpai::generate::strange::{Figures, Mode, Strange, strange};
use lunpai::problem::{Problem, Severity};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Schools and seeds of the districts in which every mode is looked at.
const SIZES: [(usize, u64); 4] = [(3, 1), (6, 2), (12, 3), (20, 4)];

fn errors(district: &District, policy: &Policy) -> Vec<Problem> {
    let found = validate("district.json", district, Some(("policy.json", policy)), None);
    found.into_iter().filter(|problem| problem.severity == Severity::Error).collect()
}

/// Nothing wrong with the input, nothing broken by the witness, every lesson placed and taught.
fn sound(name: &str, district: &District, policy: &Policy, witness: &Plan) {
    let errors = errors(district, policy);
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    let verdict = check(district, policy, witness);
    let hard: Vec<_> = verdict.findings.iter().filter(|finding| !matches!(finding.force, lunpai::file::Force::Prefer(_))).collect();
    assert!(hard.is_empty(), "{name}: {} broken, first {:#?}", hard.len(), &hard[..hard.len().min(3)]);
    assert_eq!(verdict.uncovered_periods, 0, "{name}");
    assert_eq!((verdict.lessons_placed, verdict.score.structure), (verdict.lessons, 0), "{name}");
}

fn sound_strange(made: &Strange) {
    sound(&made.district.id, &made.district, &made.policy, &made.witness);
}

#[test]
fn every_mode_has_sound_input_and_a_witness() {
    for mode in Mode::ALL {
        for (schools, seed) in SIZES {
            sound_strange(&strange(schools, seed, &[mode]));
        }
    }
}

#[test]
fn many_seeds_have_sound_input_and_a_witness() {
    for seed in 0..60 {
        sound_strange(&strange(3 + seed as usize % 5, 1_000 + seed, &[]));
    }
}

#[test]
fn modes_go_together() {
    let pairs = Mode::ALL.iter().flat_map(|one| Mode::ALL.map(|other| [*one, other])).filter(|[one, other]| one < other);
    for (seed, pair) in (0..).zip(pairs) {
        sound_strange(&strange(4, seed, &pair));
    }
    sound_strange(&strange(6, 5, &Mode::ALL.map(|mode| if mode == Mode::Alone { Mode::Slack } else { mode })));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    let text = |seed, modes: &[Mode]| {
        let made = strange(6, seed, modes);
        [serde_json::to_string(&made.district), serde_json::to_string(&made.policy), serde_json::to_string(&made.witness)]
            .map(|text| text.expect("plain data"))
    };
    for modes in [&[][..], &[Mode::Worn, Mode::Ids]] {
        assert_eq!(text(1, modes), text(1, modes));
        assert_ne!(text(1, modes), text(2, modes));
    }
}

fn figures(mode: Mode, seed: u64) -> (Figures, Strange) {
    let made = strange(6, seed, &[mode]);
    (made.figures.clone(), made)
}

#[test]
fn each_mode_shows_what_it_promises() {
    for seed in 0..4 {
        let (slack, made) = figures(Mode::Slack, seed);
        assert!((850..=985).contains(&slack.fill_permille()), "{seed}: {}", slack.fill_permille());
        assert!(made.district.classes.iter().all(|class| !class.closed.is_empty() || slack.periods < slack.open_cells));
        let (evening, _) = figures(Mode::Evening, seed);
        assert!(evening.evening_cells > 0, "{seed}");
        let (given, made) = figures(Mode::Given, seed);
        assert_eq!(given.given, given.courses, "{seed}");
        let named = made
            .district
            .courses
            .iter()
            .filter(|course| course.teachers.iter().all(|role| role.person.is_some()) && !course.teachers.is_empty());
        assert_eq!(named.count(), given.courses, "{seed}");
        let (part, _) = figures(Mode::PartGiven, seed);
        assert!(part.given * 100 > part.courses * 10 && part.given * 100 < part.courses * 90, "{seed}: {}", part.given);
        let (worn, made) = figures(Mode::Worn, seed);
        assert!(worn.baseline_rows > 100, "{seed}");
        gone_since(&made.district);
        let (remarks, _) = figures(Mode::Remarks, seed);
        assert!(remarks.remarks > 5, "{seed}");
        let (single, made) = figures(Mode::SingleClass, seed);
        assert_eq!(single.single_classes, made.district.classes.len(), "{seed}");
        let (loan, _) = figures(Mode::Loan, seed);
        assert!(loan.lent * 10 > loan.people, "{seed}: {} of {}", loan.lent, loan.people);
        let (lone, made) = figures(Mode::Lone, seed);
        assert_eq!((lone.groups, lone.moved, lone.travellers), (6, 0, 0), "{seed}");
        assert!(made.district.groups.iter().all(|group| group.lead.is_some() && group.members.is_empty()));
        let (alone, _) = figures(Mode::Alone, seed);
        assert_eq!((alone.schools, alone.groups, alone.moved), (1, 1, 0), "{seed}");
        let (fortnight, made) = figures(Mode::Fortnight, seed);
        assert_eq!(made.district.cycle_weeks, 2);
        let single = made.district.courses.iter().flat_map(|course| &course.blocks).filter(|block| block.weeks != Weeks::All);
        assert!(fortnight.fortnightly > 0 && single.count() == fortnight.fortnightly, "{seed}");
    }
}

/// Last term's plan names people and classes that are gone, and some that are there.
fn gone_since(district: &District) {
    let people: BTreeSet<&str> = district.people.iter().map(|person| person.id.as_str()).collect();
    let baseline = district.baseline.as_ref().expect("last term's plan");
    let (here, gone): (Vec<&str>, Vec<&str>) =
        baseline.teaching.iter().filter_map(|row| row.teacher.as_deref()).partition(|id| people.contains(id));
    assert!(here.len() > gone.len() && gone.len() * 20 > here.len(), "{}: {} here, {} gone", district.id, here.len(), gone.len());
}

#[test]
fn the_standard_shape_of_a_larger_district_is_there() {
    let made = strange(20, 9, &[Mode::Slack]);
    let figures = &made.figures;
    assert!(figures.travellers >= 5 && figures.periods_away >= 40, "{figures:?}");
    assert!(figures.moved >= 10 && made.witness.postings.iter().all(|posting| posting.form == Form::Rotation), "{figures:?}");
    assert!(figures.bells >= 6 && figures.single_classes >= 10, "{figures:?}");
    assert!(made.district.people.iter().filter(|person| !person.unavailable.is_empty()).count() * 4 > figures.people, "{figures:?}");
}

#[test]
fn ids_are_of_several_alphabets() {
    let (mut longest, mut ascii, mut chinese) = (0, 0, 0);
    for seed in 0..30 {
        let made = strange(3, seed, &[Mode::Ids]);
        for person in &made.district.people {
            longest = longest.max(person.id.chars().count());
            ascii += usize::from(person.id.is_ascii());
            chinese += usize::from(!person.id.is_ascii());
        }
    }
    assert!(longest == 100 && ascii > 300 && chinese > 300, "{longest} {ascii} {chinese}");
}

/// The seeds of the benches name districts: what they drew at b58903d they draw for ever.
#[test]
fn the_plain_generator_writes_what_it_always_wrote() {
    let known = [
        (3, 1, 0, "0fc911ebe0185fa9"),
        (6, 18_105, 0, "8690b636f331d10a"),
        (12, 5, 4, "d962845e93ad2920"),
        (60, 91_177, 0, "c4bfed429e504ff3"),
    ];
    for (schools, seed, impossible, hash) in known {
        let bytes = lunpai::job::pretty(&generate(schools, seed, impossible).district);
        let found = format!("{:x}", Sha256::digest(&bytes));
        assert_eq!(found[..16], *hash, "{schools} schools, seed {seed}");
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/strangers");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

#[test]
fn what_was_found_is_still_sound() {
    for case in cases() {
        let source = |name: &str| Source::read(&case.join(name)).unwrap_or_else(|problem| panic!("{}: {problem:?}", case.display()));
        let district = read_district(&source("district.json")).expect("a district");
        let policy = read_policy(&source("policy.json")).expect("a policy");
        let witness = read_plan(&source("witness.json")).expect("a plan");
        sound(&case.display().to_string(), &district, &policy, &witness);
    }
}
