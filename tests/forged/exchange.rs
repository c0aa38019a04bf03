//! Recipes for the rules on postings: the four schools and eleven people of `golden/base/exchange.json`.

#![allow(clippy::needless_pass_by_value)] // `json!` is written where it is handed over

use crate::{Recipe, recipe};
use serde_json::{Value, json};

pub const PEOPLE: [&str; 10] = ["HYK-T01", "HYK-T02", "HYK-T03", "HYK-T04", "HYK-T05", "HYK-T06", "BB-T01", "BB-T02", "SQ-T01", "SQ-T02"];

/// Postings that are no news and that nobody minds: `stability` and `wishes` stay silent.
pub fn settled(postings: &Value) -> Value {
    let people = postings.as_object().expect("person → school").keys();
    let glad: serde_json::Map<String, Value> =
        people.map(|person| (person.clone(), json!({ "wishes": { "accepts_any": true } }))).collect();
    json!({ "people": glad, "baseline": { "parts": ["postings"], "postings": postings } })
}

/// The plan with these postings, and the world in which they disturb no other rule.
pub fn posted(postings: Value) -> Value {
    json!({ "district": settled(&postings), "plan": { "postings": postings } })
}

/// The school of a person's id.
pub fn home(person: &str) -> &str {
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
        mutual_dispatch(),
        swap(),
        helpers(),
        terms(),
        turns(),
        lead_protected(),
        everyone_gives(),
        school_budget(),
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

fn mutual_dispatch() -> Recipe {
    // Each way one teacher, from HYK a backbone teacher besides: 5 people in the legal plan and SQ-T02.
    let sent = ["HYK-T01", "HYK-T02", "HYK-T03", "HYK-T04", "BB-T01"];
    let legal = json!({ "HYK-T01": "BB", "HYK-T03": "BB", "HYK-T02": "SQ", "HYK-T04": "SQ", "BB-T01": "HYK" });
    let agree = |roles: Value| json!({ "district": { "groups": { "strip": { "agreement": roles } } } });
    recipe("mutual_dispatch", "mutual_dispatch")
        .world(settled(&legal))
        .forge(sent, |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["shadowing", "concurrent"], |form| (json!({ "plan": { "postings": { "BB-T01": { "to": "HYK", "form": form } } } }), 1))
        .forge([0_i64, 1, 2, 3], |count| (agree(json!({ "lead_sends": { "backbone": count } })), 2 * (count - 1).abs()))
        .forge([0_i64, 1, 2, 3], |count| (agree(json!({ "each_way": { "teachers": count } })), 4 * (count - 1).abs()))
        .forge(["none", "school"], |talent| {
            // A teacher too many and no backbone teacher.
            (json!({ "district": { "people": { "HYK-T01": { "talent": talent } } } }), 2)
        })
}

fn swap() -> Recipe {
    let back = |k: i64, j: i64| {
        let mut postings = json!({ "HYK-T01": null, "BB-T01": null });
        (1..=k).for_each(|i| postings[format!("HYK-T0{i}")] = json!("BB"));
        (1..=j).for_each(|i| postings[format!("BB-T0{i}")] = json!("HYK"));
        postings
    };
    recipe("swap", "swap")
        .world(settled(&json!({ "HYK-T01": "BB", "BB-T01": "HYK" })))
        .with(&["mutual_dispatch", "stability", "wishes"])
        .forge([(1_i64, 0_i64), (2, 0), (3, 1), (4, 1), (0, 1), (0, 2), (1, 2), (2, 2), (1, 1), (0, 0)], |(k, j)| {
            (json!({ "plan": { "postings": back(*k, *j) } }), (k - j).abs())
        })
}

fn helpers() -> Recipe {
    recipe("helpers_per_year", "helpers_per_year")
        .world(settled(&json!({ "HYK-T01": "BB", "HYK-T02": "SQ" })))
        .forge([0_i64, 1, 2, 3, 4, 9], |min| (json!({ "rule": { "min": min } }), (min - 2).max(0)))
        .forge(["HYK-T01", "HYK-T02"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["none", "school"], |talent| (json!({ "district": { "people": { "HYK-T01": { "talent": talent } } } }), 1))
        .forge([("supporting", 3), ("neither", 1)], |(standing, short)| {
            (json!({ "district": { "schools": { "BB": { "standing": standing } } } }), *short)
        })
        .forge(["county", "city", "province"], |talent| (json!({ "district": { "people": { "HYK-T01": { "talent": talent } } } }), 0))
}

fn terms() -> Recipe {
    let since = |month: &str| {
        let past = json!([{ "from": "HYK", "to": "BB", "start": month, "form": "support" }]);
        json!({ "district": { "people": { "HYK-T01": { "exchanges": past } } } })
    };
    let stays = |mut patch: Value| {
        patch["plan"] = json!({ "postings": { "HYK-T01": null } });
        patch
    };
    // Two years were agreed. At home the first: whoever came before September 2024 is in time.
    recipe("terms", "terms")
        .forge(["2024-09", "2024-08", "2020-01"], |month| (since(month), 0))
        .forge(["2024-10", "2025-09", "2026-09"], |month| (since(month), 1))
        .forge(["2024-09", "2024-08", "2020-01"], |month| (stays(since(month)), 1))
        .forge(["2024-10", "2025-09", "2026-09"], |month| (stays(since(month)), 0))
        .forge([1, 2, 3, 9], |years| {
            // HYK-T01 comes home after two years, HYK-T02 stays after one.
            let early = i64::from(*years > 2);
            (json!({ "district": { "groups": { "strip": { "agreement": { "term_years": years } } } } }), early + i64::from(*years == 1))
        })
}

fn turns() -> Recipe {
    let legal = json!({ "HYK-T05": "BB", "HYK-T02": "SQ" });
    recipe("turns", "turns")
        .world(settled(&legal))
        .with(&["stability", "wishes"])
        .forge(["BB", "SQ"], |to| (json!({ "plan": { "postings": { "HYK-T04": to } } }), 1))
        .forge(["rotation", "support", "secondment"], |form| {
            (json!({ "plan": { "postings": { "HYK-T04": { "to": "SQ", "form": form } } } }), 1)
        })
        .forge(["HYK-T03", "HYK-T06"], |person| (json!({ "plan": { "postings": { "HYK-T04": "SQ", *person: "BB" } } }), 1))
        .forge(["HYK"], |from| {
            let past = json!([{ "from": from, "to": "BB", "start": "2015-09", "end": "2016-07", "form": "swap" }]);
            (json!({ "district": { "people": { "HYK-T05": { "exchanges": past } } } }), 1)
        })
        .forge([0], |_| (json!({ "plan": { "postings": { "HYK-T04": "SQ", "HYK-T03": "BB", "HYK-T06": "BB" } } }), 0))
}

fn lead_protected() -> Recipe {
    // One of two backbone teachers stays, two of six are away, one has come in their place.
    recipe("lead_protected", "lead_protected")
        .world(settled(&json!({ "HYK-T01": "BB", "HYK-T04": "SQ", "BB-T01": "HYK" })))
        .forge([0_i64, 49, 50, 51, 100], |percent| (json!({ "rule": { "keep_backbone_percent": percent } }), i64::from(*percent > 50)))
        .forge([0_i64, 16, 17, 33, 34, 50, 100], |percent| {
            (json!({ "rule": { "max_away_percent": percent } }), (2 - percent * 6 / 100).max(0))
        })
        .forge([0_i64, 1, 2], |loss| (json!({ "rule": { "max_net_loss": loss } }), i64::from(*loss == 0)))
        .forge(["BB-T01"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
}

fn everyone_gives() -> Recipe {
    recipe("everyone_gives", "everyone_gives")
        .world(settled(&json!({ "HYK-T01": "BB", "BB-T01": "SQ", "SQ-T01": "HYK" })))
        .forge(["HYK-T01", "BB-T01", "SQ-T01"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["shadowing", "concurrent"], |form| (json!({ "plan": { "postings": { "BB-T01": { "to": "SQ", "form": form } } } }), 1))
        .forge([0_i64, 1, 2, 5], |min| (json!({ "rule": { "min": min } }), 3 * (min - 1).max(0)))
}

fn school_budget() -> Recipe {
    let agree = |fields: Value| json!({ "district": { "groups": { "strip": { "agreement": fields } } } });
    recipe("school_budget", "school_budget")
        .world(settled(&json!({ "HYK-T01": "BB", "HYK-T02": "SQ", "BB-T01": "HYK" })))
        .forge([0_i64, 35_999, 36_000, 36_001, 50_000], |yuan| (agree(json!({ "yuan_per_person": yuan })), (2 * yuan - 72_000).max(0)))
        .forge([0_i64, 50_000, 71_999, 72_000, 1_000_000], |budget| {
            (json!({ "district": { "schools": { "HYK": { "budget_yuan": budget } } } }), (72_000 - budget).max(0))
        })
        .forge([35_999, 36_000], |budget| {
            (json!({ "district": { "schools": { "BB": { "budget_yuan": budget } } } }), i64::from(*budget == 35_999))
        })
        .forge([false, true], |pooled| (agree(json!({ "pooled_budget": pooled, "yuan_per_person": 36_001 })), if *pooled { 0 } else { 2 }))
}
