//! One person's data for that person, and a district for strangers.

use super::desk;
use assert_cmd::Command;
use lunpai::anonymise::anonymise;
use lunpai::district::validate::validate;
use lunpai::file::{District, Source, read_district};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn instance(path: &str) -> District {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(path);
    read_district(&Source::read(&path).expect("a file")).expect("a district")
}

/// Strings of a file, keys of maps too.
fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(list) => list.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => {
            found.extend(fields.keys().cloned());
            fields.values().for_each(|value| strings(value, found));
        }
        _ => {}
    }
}

#[test]
fn a_district_for_strangers_has_the_same_problems_and_none_of_the_names() {
    for name in ["huayuankou/district", "beizhangzhuang/district", "liqing/year-2", "xian/district", "tiny/river", "tiny/hill", "tiny/town"]
    {
        let district = instance(&format!("{name}.json"));
        let hidden = anonymise(&district).unwrap_or_else(|error| panic!("{name}: {error}"));
        let told = |district: &District| {
            let mut codes: Vec<&str> = validate("d", district, None, None).iter().map(|problem| problem.code).collect();
            codes.sort_unstable();
            codes
        };
        assert_eq!(told(&hidden), told(&district), "{name}: everything still fits together, or still does not");
        let counts = |district: &District| {
            (district.people.len(), district.classes.len(), district.rooms.len(), district.travel.trips.len(), district.courses.len())
        };
        assert_eq!(counts(&hidden), counts(&district), "{name}");
        let mut kept = BTreeSet::new();
        strings(&serde_json::to_value(&hidden).expect("JSON"), &mut kept);
        let mut secret: BTreeSet<&str> = district.people.iter().map(|person| person.id.as_str()).collect();
        secret.extend(district.names.values().map(String::as_str));
        secret.extend(district.schools.iter().flat_map(|school| [school.name.zh.as_str(), school.name.en.as_str(), school.id.as_str()]));
        secret.extend(district.classes.iter().map(|class| class.id.as_str()));
        secret.extend(district.term.iter().map(|term| term.first_day.as_str()));
        // An id of the tiny districts may be what the new ids look like.
        let open: Vec<_> = secret.iter().filter(|text| text.len() > 3 && kept.contains(**text)).collect();
        assert!(open.is_empty(), "{name}: {open:?}");
        let ages = |district: &District| {
            let first = district.term.as_ref().map_or(0, |term| term.first_day[..4].parse::<u16>().expect("a year"));
            district
                .people
                .iter()
                .filter_map(|person| person.born)
                .map(|born| (first.saturating_sub(born.year), born.month))
                .collect::<Vec<_>>()
        };
        assert_eq!(ages(&hidden), ages(&district), "{name}: as old as they are");
        assert_eq!(anonymise(&district), Ok(hidden), "{name}: the same answer");
    }
}

#[test]
fn a_person_is_told_everything_and_nothing_of_others() {
    let place = tempfile::tempdir().expect("a folder");
    desk::deliver(&place.path().join("p"));
    let run = |arguments: &[&str]| {
        let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(place.path()).output().expect("it runs");
        (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
    };
    assert_eq!(run(&["person", "T2", "p", "--export", "T2.json"]).0, Some(0));
    let text = std::fs::read_to_string(place.path().join("T2.json")).expect("the file");
    let told: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(told["held"]["district.people[1]"]["load_target"], 6);
    assert_eq!(told["decided"]["plan.teaching[1]"]["course"], "A-1.music");
    assert_eq!(told["lessons"].as_array().map(Vec::len), Some(2));
    assert!(!text.contains("T1") && !text.contains("cmd|"), "{text}");
    let (exit, told) = run(&["person", "T1", "p"]);
    assert!(exit == Some(0) && told.contains("district.names.T1") && !told.contains("T2"), "{told}");
    assert_eq!(run(&["person", "T9", "p"]).0, Some(64));
    assert_eq!(run(&["anonymise", "p/inputs/district.json", "--out", "shareable.json"]).0, Some(0));
    let shareable = std::fs::read_to_string(place.path().join("shareable.json")).expect("the file");
    assert!(!shareable.contains("书桌") && !shareable.contains("甲小学") && shareable.contains("\"P01\""), "{shareable}");
}

#[test]
fn calendars_have_every_lesson_on_its_days() {
    let place = tempfile::tempdir().expect("a folder");
    desk::deliver(&place.path().join("p"));
    let done = Command::cargo_bin("lunpai")
        .expect("the binary")
        .args(["report", "p", "--calendars", "--out", "r"])
        .current_dir(place.path())
        .output();
    assert!(done.expect("it runs").status.success());
    let read = |name: &str| std::fs::read_to_string(place.path().join("r/calendars").join(name)).expect("a calendar");
    let teacher = read("teacher-T2.ics");
    assert_eq!(teacher.matches("BEGIN:VEVENT").count(), 2);
    // 2026-09-01 is a Tuesday; music is on Tuesdays and Thursdays in the second period.
    for line in [
        "DTSTART;TZID=Asia/Shanghai:20260901T092500\r\n",
        "DTSTART;TZID=Asia/Shanghai:20260903T092500\r\n",
        "RRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=20270122T155959Z\r\n",
        "SUMMARY:音乐 甲小学一(1)班\r\n",
    ] {
        assert!(teacher.contains(line), "{line}: {teacher}");
    }
    assert_eq!(read("class-A-1.ics").matches("BEGIN:VEVENT").count(), 7);
    let all = [teacher, read("class-A-1.ics"), read("teacher-T1.ics")].concat();
    assert!(all.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{all}");
}
