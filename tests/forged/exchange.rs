//! Recipes for the rules on postings: the four schools and eleven people of `golden/base/exchange.json`.

#![allow(clippy::needless_pass_by_value)] // `json!` is written where it is handed over

use crate::{Recipe, recipe};
use serde_json::{Value, json};

const PEOPLE: [&str; 10] = ["HYK-T01", "HYK-T02", "HYK-T03", "HYK-T04", "HYK-T05", "HYK-T06", "BB-T01", "BB-T02", "SQ-T01", "SQ-T02"];

/// Postings that are no news and that nobody minds: `stability` and `wishes` stay silent.
fn settled(postings: &Value) -> Value {
    let people = postings.as_object().expect("person → school").keys();
    let glad: serde_json::Map<String, Value> =
        people.map(|person| (person.clone(), json!({ "wishes": { "accepts_any": true } }))).collect();
    json!({ "people": glad, "baseline": { "parts": ["postings"], "postings": postings } })
}

/// The plan with these postings, and the world in which they disturb no other rule.
fn posted(postings: Value) -> Value {
    json!({ "district": settled(&postings), "plan": { "postings": postings } })
}

/// The school of a person's id.
fn home(person: &str) -> &str {
    person.split('-').next().expect("school-number")
}

pub fn recipes() -> Vec<Recipe> {
    vec![
        quota(),
        backbone(),
        eligible(),
        retirement(),
        headcount(),
        group_permits(),
        group_kinds(),
        stability(),
        balance(),
        agreed(),
        kept(),
        kin_avoid(),
        wishes(),
    ]
}

fn quota() -> Recipe {
    let legal = json!({ "HYK-T01": "BB", "BB-T01": "HYK" });
    // 11 people are eligible; 2 are posted.
    let required = |percent: i64| (percent * 11 + 99) / 100;
    recipe("quota", "quota")
        .world(settled(&legal))
        .forge([11_i64, 18, 19, 27, 28, 37, 50, 73, 100], |percent| (json!({ "rule": { "percent": percent } }), required(*percent) - 2))
        .forge(["HYK-T01", "BB-T01"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["shadowing", "concurrent"], |form| (json!({ "plan": { "postings": { "BB-T01": { "to": "HYK", "form": form } } } }), 1))
        .forge(["rotation", "support", "secondment", "swap"], |form| {
            (json!({ "plan": { "postings": { "BB-T01": { "to": "HYK", "form": form } } } }), 0)
        })
}

fn backbone() -> Recipe {
    // One of the two posted is backbone: so is asked for up to 50 %.
    recipe("quota", "quota.backbone")
        .world(settled(&json!({ "HYK-T01": "BB", "BB-T01": "HYK" })))
        .forge([1, 50], |percent| (json!({ "rule": { "percent": percent } }), 0))
        .forge([51, 99, 100], |percent| (json!({ "rule": { "percent": percent } }), 1))
        .forge(["none", "school"], |talent| (json!({ "district": { "people": { "HYK-T01": { "talent": talent } } } }), 1))
        .forge(["county", "city", "province"], |talent| (json!({ "district": { "people": { "HYK-T01": { "talent": talent } } } }), 0))
}

fn eligible() -> Recipe {
    let someone = |fields: Value| json!({ "district": { "people": { "HYK-T06": fields } } });
    let codes = ["maternity", "health", "carer", "near_retirement", "aid_programme", "just_exchanged", "under_inquiry", "other"];
    recipe("eligible", "eligible")
        .world(settled(&json!({ "HYK-T06": "BB" })))
        .forge([0, 1, 2, 3, 4, 5], |years| (someone(json!({ "years_at_school": years })), 1))
        .forge([6, 7, 30], |years| (someone(json!({ "years_at_school": years })), 0))
        .forge(codes, |code| (someone(json!({ "deferrals": [{ "code": code }] })), 1))
        .forge(["2026-09", "2026-10", "2031-01"], |month| (someone(json!({ "service_until": month })), 1))
        .forge(["2026-08", "2020-01"], |month| (someone(json!({ "service_until": month })), 0))
        .forge(["2026-09", "2027-07"], |month| (someone(json!({ "deferrals": [{ "code": "other", "until": month }] })), 1))
        .forge(["basic", "passed", "excellent"], |latest| (someone(json!({ "assessments": [latest, "failed"] })), 0))
        .forge([7, 8], |years| (json!({ "rule": { "min_years_at_school": years } }), 0))
        .forge([9, 20], |years| (json!({ "rule": { "min_years_at_school": years } }), 1))
}

/// A man born m months after January 1965 retires 720 + min(36, m/4 + 1) months after his birth month; 2026-09 is
/// 740 months after January 1965.
fn retirement() -> Recipe {
    recipe("eligible", "eligible.retirement").world(settled(&json!({ "HYK-T06": "BB" }))).forge(40_i64..220, |months| {
        let born = format!("{}-{:02}", 1965 + months / 12, months % 12 + 1);
        let left = months + 720 + (months / 4 + 1).min(36) - 740;
        (json!({ "district": { "people": { "HYK-T06": { "born": born } } } }), i64::from(left <= 60))
    })
}

fn headcount() -> Recipe {
    let everybody = json!({ "HYK-T01": "BB", "HYK-T02": "BB", "HYK-T03": "BB", "HYK-T04": "BB", "BB-T01": "HYK", "BB-T02": "HYK" });
    recipe("headcount", "headcount")
        .world(settled(&everybody))
        // k go from HYK to BB, j the other way: HYK k − j too few, BB k − j too many.
        .forge([(1_i64, 0_i64), (2, 0), (3, 0), (4, 0), (2, 1), (3, 1), (0, 1), (0, 2), (1, 2), (1, 1), (2, 2)], |(k, j)| {
            let mut postings = json!({ "HYK-T01": null, "BB-T01": null });
            (1..=*k).for_each(|i| postings[format!("HYK-T0{i}")] = json!("BB"));
            (1..=*j).for_each(|i| postings[format!("BB-T0{i}")] = json!("HYK"));
            (json!({ "plan": { "postings": postings } }), 2 * (k - j).abs())
        })
        .forge([0_i64, 1, 2], |room| {
            let postings = json!({ "HYK-T02": "BB", "HYK-T03": "BB" });
            (json!({ "rule": { "above": room, "below": room }, "plan": { "postings": postings } }), 2 * (2 - room))
        })
}

fn group_permits() -> Recipe {
    recipe("group_permits", "group_permits")
        .world(settled(&json!({ "HYK-T01": "BB" })))
        .forge(PEOPLE, |person| (posted(json!({ "HYK-T01": null, *person: "HZ6" })), 1))
        .forge(["HYK", "BB", "SQ"], |school| (posted(json!({ "HZ6-T01": school })), 1))
        .forge(PEOPLE, |person| {
            let other = if home(person) == "SQ" { "BB" } else { "SQ" };
            (posted(json!({ "HYK-T01": null, *person: other })), 0)
        })
}

fn group_kinds() -> Recipe {
    let of_kind = |kind: &str| json!({ "district": { "groups": { "strip": { "kind": kind } } } });
    let across = [
        "town_centre",
        "strong_weak",
        "district",
        "big_district",
        "county_group",
        "community",
        "alliance",
        "group_alliance",
        "group_tight",
        "group_trust",
        "general_school",
        "joint_school",
    ];
    recipe("group_permits", "group_permits.teaching")
        .forge(across, |kind| (of_kind(kind), 0))
        .forge(["name_branch", "cooperation", "hs_zone"], |kind| (of_kind(kind), 1))
        .forge(["town_centre", "community"], |kind| {
            (json!({ "district": { "groups": { "strip": { "kind": kind, "agreement": { "teach_across": false } } } } }), 1)
        })
        .forge(["name_branch", "hs_zone"], |kind| {
            (json!({ "district": { "groups": { "strip": { "kind": kind, "agreement": { "teach_across": true } } } } }), 0)
        })
}

fn stability() -> Recipe {
    let glad: serde_json::Map<String, Value> =
        PEOPLE.iter().map(|person| ((*person).to_owned(), json!({ "wishes": { "accepts_any": true } }))).collect();
    let others = || PEOPLE.into_iter().filter(|person| *person != "HYK-T02");
    recipe("stability", "stability")
        .world(json!({ "people": glad }))
        .forge(others(), |person| {
            let to = if home(person) == "SQ" { "BB" } else { "SQ" };
            (json!({ "plan": { "postings": { *person: to } } }), 1)
        })
        .forge(["BB"], |to| (json!({ "plan": { "postings": { "HYK-T02": to } } }), 1))
        .forge(["SQ"], |to| (json!({ "plan": { "postings": { "HYK-T02": to } } }), 0))
        .forge(2_usize..9, |count| {
            let postings: serde_json::Map<String, Value> =
                others().take(*count).map(|person| (person.to_owned(), json!(if home(person) == "HYK" { "BB" } else { "HYK" }))).collect();
            (json!({ "plan": { "postings": postings } }), *count as i64)
        })
}

fn balance() -> Recipe {
    let ideal = [("HYK", 3_i64), ("BB", 1), ("SQ", 1)];
    let sends: Vec<(i64, i64)> = (0..=5).flat_map(|bb| (0..=5 - bb).map(move |sq| (bb, sq))).collect();
    // Of the five backbone of HYK the first `bb` go to BB, the next `sq` to SQ.
    recipe("balance", "balance").world(settled(&json!({ "HYK-T01": "BB", "HYK-T02": "SQ" }))).forge(sends, move |(bb, sq)| {
        let mut postings = json!({ "HYK-T01": null, "HYK-T02": null });
        for i in 1..=bb + sq {
            postings[format!("HYK-T0{i}")] = json!(if i <= *bb { "BB" } else { "SQ" });
        }
        let has = [5 - bb - sq, *bb, *sq];
        let excess = ideal.iter().zip(has).map(|((_, ideal), has)| (has - ideal).abs()).sum();
        (posted(postings), excess)
    })
}

fn agreed() -> Recipe {
    let lock = |person: &str, to: &str| json!({ "district": { "people": { person: { "locks": { "posted_to": to } } } } });
    recipe("agreed_postings", "agreed_postings")
        .world(settled(&json!({ "HYK-T01": "BB" })))
        .forge(["SQ", "HYK"], |to| (lock("HYK-T01", to), 1))
        .forge(["BB"], |to| (lock("HYK-T01", to), 0))
        .forge(["HYK-T03", "HYK-T04", "HYK-T05", "HYK-T06", "BB-T02"], |person| (lock(person, "SQ"), 1))
        .forge(["HYK-T01"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["SQ"], |to| (posted(json!({ "HYK-T01": to })), 1))
}

fn kept() -> Recipe {
    // Whoever was promised to stay is not eligible either.
    recipe("agreed_postings", "agreed_postings")
        .world(settled(&json!({ "HYK-T01": "BB" })))
        .with(&["eligible"])
        .forge(["BB", "SQ"], |to| (posted(json!({ "HYK-T02": to })), 1))
        .forge(["HYK-T03", "BB-T01", "SQ-T01"], |person| {
            let mut patch = posted(json!({ *person: if home(person) == "HYK" { "SQ" } else { "HYK" } }));
            patch["district"]["people"][person]["locks"] = json!({ "stays": true });
            (patch, 1)
        })
}

fn kin_avoid() -> Recipe {
    // HYK-T01 has its own tie to BB-T01 in the case; so BB-T01 may not come to HYK in exchange.
    let hyk = PEOPLE[1..6].iter().flat_map(|a| [(*a, "BB-T01"), (*a, "BB-T02")]);
    let pairs: Vec<(&str, &str)> = hyk.chain([("SQ-T01", "BB-T01"), ("SQ-T02", "BB-T02")]).collect();
    let change_places = pairs.clone().into_iter().filter(|(a, b)| home(a) == "SQ" || *b != "BB-T01");
    let tie = |mut patch: Value, a: &str, b: &str, tie: &str| {
        patch["district"]["people"][a]["kin"] = json!([{ "person": b, "tie": tie }]);
        patch
    };
    recipe("kin_avoid", "kin_avoid")
        .world(settled(&json!({ "HYK-T01": "SQ" })))
        .forge(pairs.clone(), |(a, b)| (tie(posted(json!({ "HYK-T01": null, *a: "BB" })), b, a, "avoid"), 1))
        .forge(pairs, |(a, b)| {
            let patch = tie(posted(json!({ "HYK-T01": null, *a: "BB" })), a, b, "avoid");
            (tie(patch, b, a, "avoid"), 1)
        })
        .forge(change_places, |(a, b)| {
            let mut patch = posted(json!({ "HYK-T01": null, *a: "BB", *b: home(a) }));
            patch = tie(patch, a, b, "avoid");
            (patch, 0)
        })
}

fn wishes() -> Recipe {
    let wish = |person: &str, wished: &[&str], to: &str| {
        let mut patch = posted(json!({ "HYK-T01": null, person: to }));
        patch["district"]["people"][person]["wishes"] = json!({ "schools": wished, "accepts_any": false });
        patch
    };
    let elsewhere = |person: &str| if home(person) == "SQ" { "BB" } else { "SQ" };
    recipe("wishes", "wishes")
        .world(settled(&json!({ "HYK-T01": "SQ" })))
        .forge(PEOPLE, |person| (wish(person, &[], elsewhere(person)), 1))
        .forge(PEOPLE, |person| (wish(person, &["HZ6"], elsewhere(person)), 1))
        .forge(PEOPLE, |person| (wish(person, &["HZ6", elsewhere(person)], elsewhere(person)), 0))
}
