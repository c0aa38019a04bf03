//! The shipped instances: they are what the example builds, they have the figures their README promises, and the main
//! subjects can be taught at home everywhere. Nothing here runs the solver.

use lunpai::file::{Category, Class, District, Person, Policy, Source, Stage, Subject, Talent, read_district, read_policy};
use lunpai::generate::generate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "../examples/make_instances/beizhangzhuang.rs"]
mod beizhangzhuang;
#[path = "../examples/make_instances/huayuankou/mod.rs"]
mod huayuankou;
#[path = "../examples/make_instances/liqing/mod.rs"]
mod liqing;
#[path = "../examples/make_instances/staff.rs"]
mod staff;
#[path = "../examples/make_instances/tiny/mod.rs"]
mod tiny;
#[path = "../examples/make_instances/xian.rs"]
mod xian;

#[path = "instances/balance.rs"]
mod balance;
#[path = "instances/exchange_only.rs"]
mod exchange_only;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances")
}
fn district(file: &str) -> District {
    Source::read(&folder().join(file)).and_then(|source| read_district(&source)).unwrap_or_else(|problem| panic!("{file}: {problem:?}"))
}
fn policy(path: &Path) -> Policy {
    Source::read(path).and_then(|source| read_policy(&source)).unwrap_or_else(|problem| panic!("{}: {problem:?}", path.display()))
}
fn shipped() -> Policy {
    policy(&folder().join("huayuankou/policy.json"))
}

#[test]
fn the_files_are_what_the_example_builds() {
    let built = [
        ("huayuankou/district.json", huayuankou::district()),
        ("huayuankou/broken/research-in-lesson-time/district.json", huayuankou::research_in_lesson_time()),
        ("tiny/river.json", tiny::river()),
        ("tiny/hill.json", tiny::hill()),
        ("tiny/town.json", tiny::town()),
        ("tiny/feedback.json", tiny::feedback()),
        ("beizhangzhuang/district.json", beizhangzhuang::district()),
        ("liqing/district.json", liqing::district()),
        ("liqing/year-2.json", liqing::second_year()),
        ("xian/district.json", xian::district()),
    ];
    for (file, built) in built {
        assert!(district(file) == built, "{file} is old: run the example make_instances");
    }
}

#[test]
fn every_policy_reads_and_the_tiny_one_has_every_rule() {
    let mut read = 0;
    for place in ["huayuankou", "huayuankou/study", "beizhangzhuang", "liqing", "xian", "tiny"] {
        for entry in std::fs::read_dir(folder().join(place)).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_policy = name.contains("policy") || place.ends_with("study");
            if is_policy && entry.path().extension().is_some_and(|kind| kind == "json") {
                let policy = policy(&entry.path());
                let ids: BTreeSet<&str> = policy.clauses.iter().map(|clause| clause.id.as_str()).collect();
                assert_eq!(ids.len(), policy.clauses.len(), "{name}: a clause id twice");
                read += 1;
            }
        }
    }
    assert!(read >= 11, "only {read} policies found");
    let tiny = policy(&folder().join("tiny/policy.json"));
    let used: BTreeSet<&str> = tiny.clauses.iter().map(|clause| clause.rule.rule().law().id).collect();
    let missing: Vec<&str> = lunpai::rules::BOOK.iter().map(|(law, _)| law.id).filter(|id| !used.contains(id)).collect();
    assert!(missing.is_empty(), "tiny/policy.json lacks {missing:?}");
}

#[test]
fn the_standard_policy_is_the_main_policy_of_huayuankou() {
    for (standard, main) in lunpai::generate::standard_policy().clauses.iter().zip(&shipped().clauses) {
        assert!(standard == main, "src/generate/standard_policy.json: {} differs from instances/huayuankou/policy.json", main.id);
    }
    assert_eq!(lunpai::generate::standard_policy().clauses.len(), shipped().clauses.len());
}

/// The shipped inputs pass validation; only what is broken on purpose may not.
#[test]
fn shipped_inputs_have_no_errors() {
    let errors = |name: &str, district: &District, policy: &Policy| -> Vec<String> {
        let problems = lunpai::district::validate::validate(name, district, Some(("policy.json", policy)), None);
        let wrong = problems.iter().filter(|problem| problem.severity == lunpai::problem::Severity::Error);
        wrong.map(|problem| format!("{} {} {}", problem.code, problem.at, problem.found.en)).collect()
    };
    let tiny = policy(&folder().join("tiny/policy.json"));
    let mut inputs = vec![
        (district("huayuankou/district.json"), shipped()),
        (district("beizhangzhuang/district.json"), policy(&folder().join("beizhangzhuang/policy.json"))),
        (district("tiny/river.json"), tiny.clone()),
        (district("tiny/hill.json"), tiny.clone()),
        (district("tiny/town.json"), tiny),
        (district("tiny/feedback.json"), policy(&folder().join("tiny/feedback-policy.json"))),
    ];
    for study in ["A", "B", "B-fair", "C", "D"] {
        inputs.push((district("huayuankou/district.json"), policy(&folder().join(format!("huayuankou/study/{study}.json")))));
    }
    inputs.extend([(3, 1), (9, 2), (20, 3)].map(|(schools, seed)| (generate(schools, seed, 0).district, shipped())));
    for (district, policy) in inputs {
        let errors = errors(&district.id, &district, &policy);
        assert!(errors.is_empty(), "{} with {}: {errors:#?}", district.id, policy.id);
    }
}

#[test]
fn huayuankou_has_the_figures_of_its_table() {
    let district = district("huayuankou/district.json");
    assert!(district.demo && district.names.is_empty());
    let count = |keep: &dyn Fn(&Person) -> bool| -> BTreeMap<&str, usize> {
        let mut count = BTreeMap::new();
        for person in district.people.iter().filter(|person| keep(person)) {
            *count.entry(person.employer.as_str()).or_default() += 1;
        }
        count
    };
    let table = |numbers: [usize; 6]| -> BTreeMap<&str, usize> {
        ["HYK", "JS", "SZ", "BB", "SQ", "HZ6"].into_iter().zip(numbers).filter(|(_, number)| *number > 0).collect()
    };
    assert_eq!(count(&|_| true), table([60, 43, 27, 12, 11, 60]));
    assert_eq!(count(&|person| person.category == Category::Teacher), table([57, 41, 25, 11, 10, 54]));
    assert_eq!(count(&|person| person.talent >= Talent::County), table([15, 8, 3, 0, 0, 8]));
    assert_eq!(count(&eligible), table([26, 17, 9, 4, 4, 24]));
    assert_eq!(count(&|person| eligible(person) && person.talent >= Talent::County), table([8, 3, 2, 0, 0, 3]));
    assert_eq!(district.classes.len(), 84);
    assert_eq!(lessons(&district).iter().map(|lesson| lesson.2).sum::<u32>(), 2504);
    assert_eq!(district.travel.trips.len(), 15);
}

/// Six years at the school, more than five to retirement, nothing against it in September 2026. The months of the gradual
/// delay are counted here a second time, for people born after its tables start.
fn eligible(person: &Person) -> bool {
    const START: i64 = 2026 * 12 + 8;
    let born = person.born.expect("a birth month").count();
    let (age, from) = if person.sex == lunpai::file::Sex::Female { (55, 1970 * 12) } else { (60, 1965 * 12) };
    let delay = if born < from { 0 } else { ((born - from) / 4 + 1).min(36) };
    let free = |until: Option<lunpai::file::Month>| until.is_some_and(|month| month.count() < START);
    person.category != Category::Worker
        && person.years_at_school >= 6
        && born + age * 12 + delay - START > 60
        && person.deferrals.iter().all(|deferral| free(deferral.until))
        && (person.service_until.is_none() || free(person.service_until))
        && person.assessments.first() != Some(&lunpai::file::Assessment::Failed)
        && !person.locks.stays
}

/// Class, subject, periods of every course; courses by name stand for the lines they replace.
fn lessons(district: &District) -> Vec<(&Class, &str, u32)> {
    let mut lessons = Vec::new();
    for class in &district.classes {
        for line in district.curriculum.iter().filter(|line| line.grade == class.grade) {
            let here = line.schools.is_empty() || line.schools.contains(&class.school);
            let named = district.courses.iter().any(|course| course.subject == line.subject && course.classes.contains(&class.id));
            if here && !named {
                lessons.push((class, line.subject.as_str(), u32::from(line.periods)));
            }
        }
    }
    lessons
}

#[test]
fn grids_are_full_and_every_line_is_met_once() {
    for file in ["huayuankou/district.json", "beizhangzhuang/district.json"] {
        let district = district(file);
        for class in &district.classes {
            let bell = district.bells.iter().find(|bell| Some(&bell.id) == class.bell.as_ref()).expect("a bell");
            let cells = bell.cells.len() * bell.weekdays.len() - class.closed.len();
            let own: Vec<_> = lessons(&district).into_iter().filter(|lesson| lesson.0.id == class.id).collect();
            let subjects: BTreeSet<&str> = own.iter().map(|lesson| lesson.1).collect();
            assert_eq!(subjects.len(), own.len(), "{}: two lines for one subject", class.id);
            assert_eq!(own.iter().map(|lesson| lesson.2 as usize).sum::<usize>(), cells, "{} does not fill its grid", class.id);
        }
    }
}

/// Deals whole courses: class teachers first one of their own class, then the longest courses to whoever has most room.
/// That it succeeds proves that it can be done; at home, under the caps, with the class teachers' equivalents.
#[test]
fn main_subjects_can_be_taught_at_home() {
    let generalists = [MAIN, &["english", "science", "it"]].concat();
    let mut districts = vec![(district("huayuankou/district.json"), MAIN), (district("beizhangzhuang/district.json"), &generalists)];
    districts.extend([(3, 1), (7, 2), (20, 3), (41, 4)].map(|(schools, seed)| (generate(schools, seed, 0).district, MAIN)));
    for (district, main) in districts {
        let file = district.id.clone();
        let subject_of = |id: &str| -> &Subject { district.subjects.iter().find(|subject| subject.id == id).expect("a subject") };
        for school in &district.schools {
            let staff: Vec<&Person> = district.people.iter().filter(|person| person.employer == school.id && deals(person, main)).collect();
            let mut room: BTreeMap<&str, u32> = BTreeMap::new();
            for person in &staff {
                let posts: u32 = person.posts.iter().map(|post| post.periods).sum();
                let lead = district.classes.iter().any(|class| class.class_teacher.as_ref() == Some(&person.id));
                room.insert(&person.id, person.load_cap - posts - u32::from(lead));
            }
            let is_main = |lesson: &(&Class, &str, u32)| {
                lesson.0.school == school.id
                    && !subject_of(lesson.1).class_meeting
                    && (subject_of(lesson.1).any_teacher || main.contains(&lesson.1))
            };
            let mut open: Vec<_> = lessons(&district).into_iter().filter(is_main).collect();
            open.sort_by_key(|&(_, subject, periods)| (subject_of(subject).any_teacher, std::cmp::Reverse(periods)));
            for own in [true, false] {
                let mut led = BTreeSet::new();
                open.retain(|&(class, subject, periods)| {
                    let may = |person: &&&Person| {
                        let leads = class.class_teacher.as_ref() == Some(&person.id) && !led.contains(&class.id);
                        teaches(person, subject_of(subject), class.grade) && room[person.id.as_str()] >= periods && (leads || !own)
                    };
                    let Some(person) = staff.iter().filter(may).max_by_key(|person| room[person.id.as_str()]) else { return true };
                    led.insert(class.id.clone());
                    *room.get_mut(person.id.as_str()).expect("staff") -= periods;
                    false
                });
            }
            assert!(open.is_empty(), "{file} {}: no teacher for {:?}", school.id, open.iter().map(|l| (&l.0.id, l.1)).collect::<Vec<_>>());
        }
    }
}

const MAIN: &[&str] = &["chinese", "maths", "morality", "history", "geography"];

/// Not a specialist: those are kept for their own subject and other schools.
fn deals(person: &Person, main: &[&str]) -> bool {
    person.load_cap > 0
        && person.subjects.iter().all(|certificate| main.contains(&certificate.subject.as_str()) || certificate.subject == "labour")
}

fn teaches(person: &Person, subject: &Subject, grade: u8) -> bool {
    let stage = if grade <= 6 { Stage::Primary } else { Stage::Junior };
    subject.any_teacher || person.subjects.iter().any(|certificate| certificate.subject == subject.id && certificate.stage >= stage)
}

#[test]
fn generated_districts_have_the_promised_shape() {
    for (schools, seed) in [(3, 1), (4, 9), (6, 1), (8, 5), (9, 5), (20, 7), (60, 1), (200, 3)] {
        let made = generate(schools, seed, 0).realised;
        let told = format!("{schools} schools, seed {seed}:\n{made}");
        assert_eq!(made.schools, schools, "{told}");
        assert!(made.grid_full_permille >= 980, "{told}");
        assert!(made.uncoverable_at_home_permille >= 30, "{told}");
        assert!(made.travellers_needed as usize * 2 >= schools, "{told}");
        assert!(made.shared_lab_use_permille >= 800, "{told}");
        assert!((65..=95).contains(&made.blocked_permille), "{told}");
        assert!(made.size_ratio_tenths >= 100, "{told}");
        assert!(made.planted.is_empty(), "{told}");
    }
}

#[test]
fn generating_is_repeatable_and_conflicts_are_planted() {
    let text = |schools, seed, impossible| serde_json::to_string(&generate(schools, seed, impossible).district).expect("plain data");
    assert_eq!(text(12, 5, 0), text(12, 5, 0));
    assert_ne!(text(12, 5, 0), text(12, 6, 0));
    for count in [1, 4, 9] {
        let made = generate(12, 5, count);
        assert_eq!(made.realised.planted.len(), count);
        assert!(made.district.locked_lessons.len() > generate(12, 5, 0).district.locked_lessons.len());
    }
}
