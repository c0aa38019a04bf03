//! Recipes for the rules on who teaches what: the four classes and six people of `golden/base/teaching.json`.

use crate::{Recipe, recipe};
use serde_json::{Value, json};

/// Person and periods in the golden plan.
const LOADS: [(&str, i64); 6] = [("HYK-T01", 5), ("HYK-T02", 5), ("HYK-T03", 6), ("BB-T01", 5), ("SQ-T01", 5), ("SQ-T02", 2)];
const COURSES: [(&str, i64); 12] = [
    ("HYK-31.maths", 4),
    ("HYK-31.music", 2),
    ("HYK-31.meeting", 1),
    ("HYK-32.maths", 4),
    ("HYK-32.music", 2),
    ("HYK-32.meeting", 1),
    ("BB-31.maths", 4),
    ("BB-31.music", 2),
    ("BB-31.meeting", 1),
    ("SQ-31.maths", 4),
    ("SQ-31.music", 2),
    ("SQ-31.meeting", 1),
];
/// Courses given to a colleague of the same school: nobody travels more.
const AT_HOME: [(&str, &str); 7] = [
    ("BB-31.music", "BB-T01"),
    ("SQ-31.music", "SQ-T01"),
    ("SQ-31.maths", "SQ-T02"),
    ("HYK-31.music", "HYK-T01"),
    ("HYK-31.music", "HYK-T02"),
    ("HYK-32.music", "HYK-T01"),
    ("HYK-32.music", "HYK-T02"),
];

/// Everybody may teach both subjects, as much as they like.
fn able() -> Value {
    let able = json!({
        "subjects": [{ "subject": "maths", "stage": "primary" }, { "subject": "music", "stage": "primary" }], "load_target": 40, "load_cap": 40
    });
    let people: serde_json::Map<String, Value> = LOADS.iter().map(|(person, _)| ((*person).to_owned(), able.clone())).collect();
    json!({ "people": people })
}

fn taught(courses: &[(&str, &str)]) -> Value {
    let rows: serde_json::Map<String, Value> = courses.iter().map(|(course, person)| ((*course).to_owned(), json!(person))).collect();
    json!({ "plan": { "teaching": rows } })
}

pub fn recipes() -> Vec<Recipe> {
    vec![
        qualified(),
        load_cap(),
        load_target(),
        leaders_teach(),
        hours_in_full(),
        fair_shortage(),
        one_teacher(),
        class_teacher_course(),
        preparations(),
        host_schools(),
        away_periods(),
        host_periods_by_number(),
        host_periods(),
        commute(),
        visits(),
    ]
}

fn qualified() -> Recipe {
    let without = |person: &str, subjects: Value| json!({ "district": { "people": { person: { "subjects": subjects } } } });
    // Courses with a certificate each teaches in the golden plan.
    let taught_by = [("HYK-T01", 1), ("HYK-T02", 1), ("HYK-T03", 3), ("BB-T01", 1), ("SQ-T01", 1), ("SQ-T02", 1)];
    recipe("qualified", "qualified")
        .world(json!({ "people": { "HYK-T03": { "load_target": 8 } } }))
        .forge(AT_HOME, |row| (taught(&[*row]), 1))
        .forge(taught_by, |(person, courses)| (without(person, json!([])), *courses))
        .forge(["HYK-31.meeting", "HYK-32.meeting"], |course| (taught(&[(course, "HYK-T03")]), 0))
        .forge(["primary", "junior", "senior"], |stage| (without("HYK-T03", json!([{ "subject": "music", "stage": stage }])), 0))
}

fn load_cap() -> Recipe {
    let capped = |person: &str, cap: i64| json!({ "district": { "people": { person: { "load_cap": cap } } } });
    let caps = LOADS.iter().flat_map(|(person, load)| (0..=*load).map(move |cap| (*person, *load, cap)));
    recipe("load_cap", "load_cap").forge(caps, |(person, load, cap)| (capped(person, *cap), load - cap)).forge(
        LOADS.iter().flat_map(|(person, load)| (8..11).map(move |post| (*person, *load, post))),
        |(person, load, post)| {
            let fields = json!({ "load_target": 99, "load_cap": 12, "posts": [{ "post": "group_head", "periods": post }] });
            (json!({ "district": { "people": { *person: fields } } }), (load + post - 12).max(0))
        },
    )
}

fn load_target() -> Recipe {
    let targets = LOADS.iter().flat_map(|(person, load)| (0..=*load).map(move |target| (*person, *load, target)));
    recipe("load_target", "load_target").forge(targets, |(person, load, target)| {
        (json!({ "district": { "people": { *person: { "load_target": target } } } }), load - target)
    })
}

fn leaders_teach() -> Recipe {
    // 2 and 4 periods.
    recipe("leaders_teach", "leaders_teach")
        .forge(1_i64..=8, |min| (json!({ "rule": { "min": min } }), (min - 2).max(0) + (min - 4).max(0)))
        .forge([("HYK-32.music", "HYK-T03", 2), ("SQ-31.maths", "SQ-T01", 2)], |(course, person, excess)| {
            (taught(&[(*course, *person)]), *excess)
        })
}

fn hours_in_full() -> Recipe {
    let halves = json!({ "BB-31.parts": { "classes": ["BB-31"], "subject": "maths", "blocks": [1, 1, 1, 1], "split": true } });
    recipe("hours_in_full", "hours_in_full")
        .with(&["fair_shortage"])
        .forge(COURSES, |(course, periods)| (taught(&[(course, "待补")]), *periods))
        .forge(0_i64..4, |open| {
            let rows = [json!({ "teacher": "BB-T01", "blocks": (*open + 1..=4).collect::<Vec<_>>() })];
            let missing = (*open > 0).then(|| json!({ "teacher": "待补", "blocks": (1..=*open).collect::<Vec<_>>() }));
            let rows: Vec<Value> = rows.into_iter().chain(missing).collect();
            let teaching = json!({ "BB-31.maths": null, "BB-31.parts": rows });
            (json!({ "district": { "courses": halves }, "plan": { "teaching": teaching } }), *open)
        })
        .forge(COURSES, |(course, _)| (json!({ "plan": { "parts": [], "teaching": { *course: "待补" } } }), 0))
}

fn fair_shortage() -> Recipe {
    let school = |course: &str| if course.starts_with("HYK") { 14 } else { 7 };
    let per_mille = |open: i64, all: i64| (1000 * open + all - 1) / all;
    let by = |unit: &str, course: &str| {
        let mut patch = taught(&[(course, "待补")]);
        patch["rule"] = json!({ "by": unit });
        patch
    };
    recipe("fair_shortage", "fair_shortage")
        .with(&["hours_in_full"])
        .forge(COURSES, |(course, periods)| (taught(&[(course, "待补")]), per_mille(*periods, school(course))))
        .forge(COURSES, |(course, periods)| (by("class", course), per_mille(*periods, 7)))
        .forge(COURSES, |(course, _)| (by("school_subject", course), if course.starts_with("HYK") { 500 } else { 1000 }))
        .forge(["maths", "music", "meeting"], |subject| {
            // The same everywhere: no spread.
            let rows: Vec<String> = ["HYK-31", "HYK-32", "BB-31", "SQ-31"].map(|class| format!("{class}.{subject}")).to_vec();
            let rows: Vec<(&str, &str)> = rows.iter().map(|row| (row.as_str(), "待补")).collect();
            let mut patch = taught(&rows);
            patch["rule"] = json!({ "spread": true });
            (patch, 0)
        })
}

fn one_teacher() -> Recipe {
    let shared = |course: &str, first: i64| {
        let rows = json!([
            { "teacher": "HYK-T01", "blocks": (1..=first).collect::<Vec<_>>() },
            { "teacher": "HYK-T02", "blocks": (first + 1..=4).collect::<Vec<_>>() },
        ]);
        json!({ "plan": { "teaching": { course: rows } } })
    };
    let cuts = ["HYK-31.maths", "HYK-32.maths"].into_iter().flat_map(|course| (1..4).map(move |first| (course, first)));
    recipe("one_teacher", "one_teacher")
        .forge(cuts, |(course, first)| (shared(course, *first), 1))
        .forge(["HYK-31.maths", "HYK-32.maths"], |course| (taught(&[(course, "HYK-T02")]), 0))
}

fn class_teacher_course() -> Recipe {
    // Class, who has its meeting, who has another course in it.
    let classes = [
        ("HYK-31", "HYK-T01", ["HYK-T01", "HYK-T03"]),
        ("HYK-32", "HYK-T02", ["HYK-T02", "HYK-T03"]),
        ("BB-31", "BB-T01", ["BB-T01", "HYK-T03"]),
        ("SQ-31", "SQ-T01", ["SQ-T01", "SQ-T02"]),
    ];
    let pairs = classes.into_iter().flat_map(|class| LOADS.map(|(person, _)| (class, person)));
    recipe("class_teacher_course", "class_teacher_course").forge(pairs, |((class, meeting, others), person)| {
        let excess = i64::from(person != meeting) + i64::from(!others.contains(person));
        (json!({ "plan": { "class_teachers": { *class: person } } }), excess)
    })
}

fn preparations() -> Recipe {
    let two = |row: &(&str, &str)| {
        let mut patch = taught(&[*row]);
        patch["rule"] = json!({ "max": 2 });
        patch
    };
    // SQ-T02 had only music, SQ-T01 only maths: whoever takes a course of a second subject has two preparations.
    recipe("preparations", "preparations").world(able()).forge(AT_HOME, |row| (taught(&[*row]), 1)).forge(AT_HOME, |row| (two(row), 0))
}

/// Courses taken on at schools away from home: person, courses, schools, periods, minutes one way in all.
const AWAY: [(&str, &[&str], i64, i64, i64); 8] = [
    ("HYK-T01", &["BB-31.maths"], 1, 4, 18),
    ("HYK-T01", &["SQ-31.maths"], 1, 4, 20),
    ("HYK-T02", &["BB-31.maths", "SQ-31.maths"], 2, 8, 38),
    ("BB-T01", &["SQ-31.maths"], 1, 4, 32),
    ("BB-T01", &["SQ-31.maths", "HYK-31.maths"], 2, 8, 50),
    ("SQ-T01", &["BB-31.maths", "HYK-31.maths", "HYK-32.maths"], 2, 12, 52),
    ("SQ-T02", &["HYK-31.music", "HYK-32.music"], 1, 4, 20),
    ("SQ-T02", &["HYK-31.music", "BB-31.maths"], 2, 6, 52),
];

fn away((person, courses, ..): &(&str, &[&str], i64, i64, i64)) -> Value {
    let rows: Vec<(&str, &str)> = courses.iter().map(|course| (*course, *person)).collect();
    taught(&rows)
}

fn host_schools() -> Recipe {
    recipe("host_schools", "host_schools")
        .world(able())
        .with(&["visits"])
        .forge(AWAY, |row| (away(row), (row.2 - 1).max(0)))
        .forge([0_i64, 1, 2], |max| {
            let mut patch = taught(&[("SQ-31.music", "HYK-T03")]);
            patch["rule"] = json!({ "max": max });
            (patch, 2 - max)
        })
        .forge([0], |max| (json!({ "rule": { "max": max } }), 1))
}

fn away_periods() -> Recipe {
    recipe("away_periods", "away_periods")
        .world(able())
        .with(&["visits"])
        .forge(AWAY, |row| (away(row), (row.3 - 2).max(0)))
        .forge([0_i64, 1, 2], |max| (json!({ "rule": { "max": max } }), 2 - max))
}

fn host_periods_by_number() -> Recipe {
    recipe("host_periods", "host_periods").forge(0_i64..9, |min| (json!({ "rule": { "min": min } }), (min - 2).max(0)))
}

fn host_periods() -> Recipe {
    // HYK-T03 leaves BB's music to BB-T01; then only the links of `AWAY` are there.
    let alone = |row: &(&str, &[&str], i64, i64, i64), min: i64| {
        let mut patch = away(row);
        if !row.1.contains(&"BB-31.music") {
            patch["plan"]["teaching"]["BB-31.music"] = json!("BB-T01");
        }
        patch["rule"] = json!({ "min": min });
        patch
    };
    let single = || AWAY.into_iter().filter(|row| row.2 == 1);
    recipe("host_periods", "host_periods")
        .world(able())
        .with(&["visits"])
        .forge(single(), |row| (alone(row, row.3), 0))
        .forge(single(), |row| (alone(row, row.3 + 3), 3))
}

fn commute() -> Recipe {
    recipe("commute", "commute")
        .forge(8_i64..26, |max| (json!({ "rule": { "max_minutes": max } }), (18 - max).max(0)))
        .forge(8_i64..26, |max| (json!({ "district": { "people": { "HYK-T03": { "longest_trip_minutes": max } } } }), (18 - max).max(0)))
}

fn visits() -> Recipe {
    recipe("visits", "visits").world(able()).forge(AWAY, |row| (away(row), row.4)).forge(AT_HOME, |row| (taught(&[*row]), 0))
}
