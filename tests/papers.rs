//! What leaves a run to be read, printed and edited: the workbook of a plan and back, Word documents, versions for
//! schools and the public, one
//! person's data, a district for strangers.

#[path = "papers/audiences.rs"]
mod audiences;
#[path = "papers/book.rs"]
mod book;
#[path = "papers/dealt.rs"]
mod dealt;
mod desk;
#[path = "papers/exchange.rs"]
mod exchange;
#[path = "papers/pictures.rs"]
mod pictures;
#[path = "papers/privacy.rs"]
mod privacy;
#[path = "papers/word.rs"]
mod word;

use lunpai::desk::Origin;
use lunpai::file::{Plan, Source};
use lunpai::job::{Ask, Claim, Delivery, ExitCode, Input, Output, Stopped, verify};
use lunpai::rules::Stage;
use std::path::Path;

/// An output directory with its papers, as a run would write it; every figure of it is computed again.
fn deliver(district: &str, policy: &str, plan: &Plan, to: &Path) {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let input = Input {
        district: source("district.json", district),
        policy: source("policy.json", policy),
        fixed: None,
        baseline: None,
        origin: Origin::default(),
        notes: Vec::new(),
    };
    let read = desk::read(&input);
    let ask = Ask { papers: true, stages: vec![Stage::Exchange], ..desk::ask() };
    let delivery = Delivery::judge(&input, &read, &ask, desk::searched(Some(plan.clone()), Claim::Feasible, Stopped::Time), 1.0);
    assert_eq!(delivery.answer().exit, ExitCode::Done, "{}", delivery.answer().screen.zh);
    delivery.write(Output::begin(to, false).expect("a place")).expect("written");
    assert_eq!(verify(to, None).expect("readable").falsified, []);
}

/// Weeks are drawn from the data when they are asked for: the page itself holds none.
#[test]
fn a_report_of_sixty_schools_is_small() {
    let mut district = lunpai::generate::generate(60, 1, 0).district;
    let (person, lessons) = (district.people[0].id.clone(), dealt::dealt(&district).timetable.len());
    district.names.insert(person.clone(), "欧阳明远".to_owned());
    let page = dealt::page(&district);
    assert!(page.len() <= 15 << 20, "{} bytes", page.len());
    let (before, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").expect("the data");
    assert!(!before.contains("class=\"grid\"") && before.len() < 1 << 20, "{} bytes before the data", before.len());
    let data: serde_json::Value = serde_json::from_str(rest.split_once("</script>").expect("an end").0).expect("JSON");
    assert_eq!(data["lessons"].as_array().map(Vec::len), Some(lessons));
    let found = data["people"].as_array().expect("people").iter().find(|entry| entry[0] == person).expect("the person");
    assert_eq!((&found[1], &found[2]), (&"欧阳明远".into(), &"oymy".into()));
}
