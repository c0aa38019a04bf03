//! The policies of places: every number of theirs binds. People are counted here again from the district, in the words of the papers.

use lunpai::check::check;
use lunpai::district::validate::validate;
use lunpai::file::{
    Assessment, Category, District, Form, Part, PastExchange, Person, Plan, Policy, Posting, Sex, Source, Talent, read_district,
    read_policy,
};
use lunpai::problem::Severity;
use std::path::{Path, PathBuf};

const PACKS: [&str; 7] = ["national-2014", "anhui-2014", "beijing-2016", "beijing-2021", "shanghai-2023", "shaanxi-2014", "hefei"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances")
}
fn source(path: &str) -> Source {
    Source::read(&folder().join(path)).unwrap_or_else(|problem| panic!("{problem:?}"))
}
fn pack(name: &str) -> Policy {
    read_policy(&source(&format!("policies/{name}.json"))).unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
}

/// `huayuankou` without volunteers and agreements, every third teacher of a graduating grade, a leader of seven years.
fn district() -> District {
    let mut district = read_district(&source("huayuankou/district.json")).expect("a district");
    district.people.iter_mut().step_by(3).for_each(|person| person.graduating_grade = true);
    let leader = district.people.iter_mut().find(|person| person.category == Category::Leader).expect("a leader");
    let born = leader.born.map(|born| lunpai::file::Month { year: 1980, ..born });
    *leader = Person { id: leader.id.clone(), employer: leader.employer.clone(), category: leader.category, born, ..Person::default() };
    leader.years_at_school = 7;
    for person in &mut district.people {
        (person.wishes.volunteers, person.locks.posted_to) = (false, None);
    }
    district
}

fn plan(district: &District, moves: &[(&str, &str)]) -> Plan {
    let row = |(id, to): &(&str, &str)| {
        let person = district.people.iter().find(|person| person.id == *id).expect("a person");
        Posting {
            person: (*id).to_owned(),
            from: person.works_at.clone().unwrap_or_else(|| person.employer.clone()),
            to: (*to).to_owned(),
            form: Form::Rotation,
            from_term: "2026-1".to_owned(),
            to_term: None,
            because: Vec::new(),
        }
    };
    let postings = moves.iter().map(row).collect();
    Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), parts: vec![Part::Postings], postings, ..Plan::default() }
}

/// Excess of a clause of a pack with these postings.
fn excess(district: &District, name: &str, clause: &str, moves: &[(&str, &str)]) -> i64 {
    check(district, &pack(name), &plan(district, moves)).by_clause[clause].excess
}

/// Whether the clause of the pack lets the person be posted.
fn eligible(district: &District, name: &str, person: &Person) -> bool {
    let to = if person.employer == "BB" { "SQ" } else { "BB" };
    excess(district, name, "eligible", &[(&person.id, to)]) == 0
}

/// Full years in September 2026.
fn age(person: &Person) -> i64 {
    let born = person.born.expect("a month of birth");
    (2026 * 12 + 8 - (i64::from(born.year) * 12 + i64::from(born.month) - 1)).div_euclid(12)
}

/// Nothing against it, `years` at the school (leaders `heads`), not older than the limits (men, women) of teachers and of leaders.
fn may_go(person: &Person, years: u32, heads: u32, limits: Option<[(i64, i64); 2]>) -> bool {
    let leader = person.category == Category::Leader;
    let running = |until: lunpai::file::Month| (until.year, until.month) >= (2026, 9);
    let bound = person.deferrals.iter().any(|deferral| deferral.until.is_none_or(running)) || person.service_until.is_some_and(running);
    let young = limits.is_none_or(|limits| {
        let (men, women) = limits[usize::from(leader)];
        age(person) <= if person.sex == Sex::Female { women } else { men }
    });
    let kept = person.locks.stays || person.assessments.first() == Some(&Assessment::Failed);
    let of_staff = person.category != Category::Worker && !kept;
    of_staff && person.years_at_school >= if leader { heads } else { years } && !bound && young
}

fn tenth(count: usize, percent: usize) -> i64 {
    (count * percent).div_ceil(100) as i64
}

#[test]
fn every_pack_reads_names_its_source_and_fits_the_demo() {
    let listed = std::fs::read_dir(folder().join("policies")).expect("the folder").flatten();
    assert_eq!(listed.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "json")).count(), PACKS.len());
    for name in PACKS {
        let policy = pack(name);
        assert_eq!(policy.id, name);
        assert!(policy.clauses.iter().all(|clause| !clause.source.is_empty()), "{name}");
        let problems = validate("district.json", &district(), Some(("policy.json", &policy)), None);
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_quotas_of_each_place_ask_for_what_its_paper_says() {
    let district = district();
    let count = |fits: &dyn Fn(&Person) -> bool| district.people.iter().filter(|person| fits(person)).count();
    let backbone = |person: &Person| person.talent >= Talent::County;
    let nobody = |name: &str, clause: &str| excess(&district, name, clause, &[]);
    assert_eq!(nobody("national-2014", "quota"), 9, "10 % of 84");
    assert_eq!(nobody("anhui-2014", "quota-backbone"), 4, "20 % of 16: the denominator is the eligible backbone");
    // Six people who may go, none of them backbone: nationally 20 % of the six, in Shanghai 30 %.
    let plain = district.people.iter().filter(|person| person.employer == "HYK" && may_go(person, 6, 6, None) && !backbone(person));
    let six: Vec<(&str, &str)> = plain.take(6).map(|person| (person.id.as_str(), "BB")).collect();
    assert_eq!(excess(&district, "national-2014", "quota-backbone", &six), 2, "1.2");
    assert_eq!(excess(&district, "beijing-2016", "quota-backbone", &six), 2, "1.2");
    assert_eq!(excess(&district, "shanghai-2023", "quota-backbone", &six), 2, "1.8");
    assert_eq!(excess(&district, "shanghai-2023", "quota-backbone", &six[..4]), 2, "1.2");
    assert_eq!(excess(&district, "national-2014", "quota-backbone", &six[..4]), 1, "0.8");
    // The lead, Huayuankou, has 26.
    assert_eq!((nobody("beijing-2021", "quota-leads"), nobody("shanghai-2023", "quota")), (3, 6));
    let by_age = Some([(50, 45), (55, 50)]);
    let (beijing, shaanxi) = (count(&|person| may_go(person, 6, 6, by_age)), count(&|person| may_go(person, 6, 8, by_age)));
    assert!(shaanxi < beijing && beijing < 84, "{shaanxi} {beijing}: leaders of six and seven years, and those over age");
    assert_eq!((nobody("beijing-2016", "quota"), nobody("shaanxi-2014", "quota")), (tenth(beijing, 10), tenth(shaanxi, 10)));
    let graduating = count(&|person| person.graduating_grade && eligible(&district, "hefei", person));
    assert_eq!(nobody("hefei", "quota-graduating"), tenth(graduating, 30), "30 % of the eligible of graduating grades");
}

#[test]
fn ages_and_years_hold_for_teachers_and_leaders_apart() {
    let district = district();
    let limits = Some([(50, 45), (55, 50)]);
    for person in &district.people {
        assert_eq!(eligible(&district, "beijing-2016", person), may_go(person, 6, 6, limits), "{}", person.id);
        assert_eq!(eligible(&district, "shaanxi-2014", person), may_go(person, 6, 8, limits), "{}", person.id);
    }
}

#[test]
fn directions_and_terms_are_each_places_own() {
    let mut district = district();
    let of = |district: &District, school: &str| {
        let person = district.people.iter().find(|person| person.employer == school).expect("somebody");
        person.id.clone()
    };
    let (hyk, sq, bb) = (of(&district, "HYK"), of(&district, "SQ"), of(&district, "BB"));
    let way = |name: &str, person: &str, to: &str| excess(&district, name, "direction", &[(person, to)]);
    assert_eq!([way("anhui-2014", &hyk, "BB"), way("anhui-2014", &sq, "BB"), way("anhui-2014", &bb, "HYK")], [0, 0, 1]);
    assert_eq!([way("shanghai-2023", &hyk, "BB"), way("shanghai-2023", &sq, "BB"), way("shanghai-2023", &bb, "HYK")], [0, 1, 1]);
    // Away for two years of an open posting: three in Shanghai, one to three in Beijing.
    let away = district.people.iter_mut().find(|person| person.id == hyk).expect("the same");
    away.works_at = Some("BB".to_owned());
    let start = lunpai::file::Month { year: 2024, month: 9 };
    away.exchanges.push(PastExchange { from: "HYK".into(), to: "BB".into(), start, end: None, form: Form::Support });
    let home = |name: &str| excess(&district, name, "terms", &[(&hyk, "HYK")]);
    assert_eq!((home("shanghai-2023"), home("beijing-2016")), (1, 0));
    district.people.iter_mut().flat_map(|person| &mut person.exchanges).for_each(|past| past.start.year = 2023);
    let stays = |name: &str| excess(&district, name, "terms", &[]);
    assert_eq!((stays("shanghai-2023"), stays("beijing-2016")), (1, 1), "after three years they come home");
}

/// Exit code and words of `lunpai solve` of the town under these clauses (and `headcount`, `eligible`), in one language.
#[cfg(feature = "solve")]
fn refused(clauses: &str, lang: &str, change: impl Fn(&mut District)) -> (Option<i32>, String) {
    let place = tempfile::tempdir().expect("a folder");
    let mut district = read_district(&source("tiny/town.json")).expect("a district");
    district.people.iter_mut().for_each(|person| person.locks.posted_to = None);
    change(&mut district);
    let common = r#"{"id": "staff", "rule": {"headcount": {"above": 0, "below": 0}}, "force": "policy"},
        {"id": "who", "rule": {"eligible": {}}, "force": "policy"}"#;
    let policy =
        format!(r#"{{"schema": "lunpai.policy/1", "id": "bad", "title": {{"zh": "坏", "en": "bad"}}, "clauses": [{common}, {clauses}]}}"#);
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(place.path().join(name), bytes).expect("written");
    write("district.json", serde_json::to_vec(&district).expect("JSON"));
    write("policy.json", policy.into_bytes());
    let mut command = assert_cmd::Command::cargo_bin("lunpai").expect("the binary");
    command.args(["solve", "district.json", "--policy", "policy.json", "--stage", "exchange", "--out", "plan", "--lang", lang]);
    let done = command.current_dir(place.path()).output().expect("it runs");
    (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr))
}

#[cfg(feature = "solve")]
#[test]
fn a_policy_that_cannot_be_kept_is_a_question_and_a_broken_file_is_refused_in_both_languages() {
    let up_only = r#"{"id": "only-up", "rule": {"direction": {"allow": ["up"]}}, "force": "policy"},
        {"id": "share", "rule": {"quota": {"percent": 10}}, "force": "policy"}"#;
    let swap = r#"{"id": "exchange-of-equals", "rule": {"swap": {"out": "backbone", "back": "backbone"}}, "force": "policy"},
        {"id": "dispatch", "rule": {"mutual_dispatch": {}}, "force": "policy"}"#;
    let unreachable = |district: &mut District| {
        // X owes two backbone teachers, Y has none to send back.
        let agreement = r#"{"lead_sends": {"backbone": 2}, "member_sends": {"teachers": 2}}"#;
        district.groups[0].agreement = serde_json::from_str(agreement).expect("an agreement");
    };
    let nobody = |_: &mut District| ();
    for (lang, remedy) in [("zh", "处理:"), ("en", "remedy:")] {
        // Everybody would have to move upwards, and nobody's school may lose or gain anybody.
        let asks = if lang == "zh" { "须经会议决定" } else { "meeting" };
        for (clauses, change) in [(up_only, &nobody as &dyn Fn(&mut District)), (swap, &unreachable)] {
            let (exit, told) = refused(clauses, lang, change);
            assert_eq!(exit, Some(0), "{told}");
            assert!(told.contains(asks), "{told}");
        }
        let over = r#"{"id": "too-many", "rule": {"quota": {"percent": 120}}, "force": "policy"}"#;
        let unknown = r#"{"id": "elsewhere", "rule": {"quota": {"percent": 10}}, "force": "policy", "scope": {"groups": ["nowhere"]}}"#;
        for (clause, code, name) in [(over, "E-POLICY-009", "too-many"), (unknown, "E-REF-008", "elsewhere")] {
            let (exit, told) = refused(clause, lang, nobody);
            assert_eq!(exit, Some(65), "{told}");
            assert!(told.contains(code) && told.contains(name) && told.contains(remedy), "{told}");
        }
    }
}
