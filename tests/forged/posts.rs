//! Recipes for the rules on who holds a post and who may take one up, on the people of `exchange.rs`.

use crate::exchange::{PEOPLE, home, posted, settled};
use crate::{Recipe, recipe};
use serde_json::json;

pub fn recipes() -> Vec<Recipe> {
    vec![posts_held(), training(), new_school(), direction(), no_school_worse(), in_pairs()]
}

fn posts_held() -> Recipe {
    // One at each of two members, and one more at the lead who could go.
    recipe("posts_held", "posts_held")
        .world(settled(&json!({ "HYK-T01": "BB", "HYK-T02": "SQ" })))
        .forge([0_i64, 1, 2, 3, 5], |min| (json!({ "rule": { "min": min, "max": 9 } }), 2 * (min - 1).max(0)))
        .forge([0_i64, 1, 2], |max| (json!({ "rule": { "min": 0, "max": max } }), 2 * (1 - max).max(0)))
        .forge(["HYK-T01", "HYK-T02"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
        .forge(["shadowing", "concurrent"], |form| (json!({ "plan": { "postings": { "HYK-T02": { "to": "SQ", "form": form } } } }), 1))
        .forge(["HYK-T03"], |person| (posted(json!({ "HYK-T01": "BB", "HYK-T02": "SQ", *person: "SQ" })), 1))
}

fn training() -> Recipe {
    let due = |person: &str, due: bool| {
        let mut patch = posted(json!({ "HYK-T01": null, person: if home(person) == "SQ" { "BB" } else { "SQ" } }));
        patch["district"]["people"][person]["training_due"] = json!(due);
        patch
    };
    recipe("training", "training")
        .world(settled(&json!({ "HYK-T01": "BB" })))
        .forge(PEOPLE, |person| (due(person, true), 1))
        .forge(PEOPLE, |person| (due(person, false), 0))
}

fn new_school() -> Recipe {
    // Two of four.
    recipe("new_school", "new_school")
        .world(settled(&json!({ "HYK-T01": "SQ", "HYK-T02": "SQ" })))
        .forge([0_i64, 40, 50, 51, 60, 75, 76, 90, 100], |percent| {
            (json!({ "rule": { "percent": percent } }), (4 * percent - 200 + 99).div_euclid(100).max(0))
        })
        .forge(["HYK-T01", "HYK-T02"], |person| (json!({ "plan": { "postings": { *person: null } } }), 1))
}

fn direction() -> Recipe {
    // Levels: HYK 5, HZ6 3, SQ 1, BB 0.
    let level = |school: &str| ["BB", "SQ", "", "HZ6", "", "HYK"].iter().position(|id| *id == school).expect("a school");
    let all = PEOPLE.into_iter().flat_map(|person| ["HYK", "BB", "SQ"].map(|to| (person, to)));
    recipe("direction", "direction")
        .world(settled(&json!({ "HYK-T01": "BB", "HYK-T02": "SQ" })))
        .forge(all.filter(|(person, to)| home(person) != *to), |(person, to)| {
            (posted(json!({ "HYK-T01": null, "HYK-T02": null, *person: to })), i64::from(level(home(person)) <= level(to)))
        })
        .forge([json!([]), json!(["up"]), json!(["lateral", "up"])], |allow| (json!({ "rule": { "allow": allow } }), 2))
        .forge([json!(["down"]), json!(["up", "down"])], |allow| (json!({ "rule": { "allow": allow } }), 0))
}

fn no_school_worse() -> Recipe {
    let maths = ["HYK-T01", "HYK-T02", "HYK-T03"];
    recipe("no_school_worse", "no_school_worse")
        .world(settled(&json!({ "HYK-T01": "BB", "BB-T01": "HYK" })))
        .forge(maths, |person| (posted(json!({ "HYK-T01": null, "BB-T01": null, *person: "SQ" })), 1))
        .forge(["HYK-T05", "HYK-T06", "BB-T02", "SQ-T02"], |person| {
            (posted(json!({ "HYK-T01": null, "BB-T01": null, *person: if home(person) == "SQ" { "BB" } else { "SQ" } })), 0)
        })
        .forge(["HYK-T04", "SQ-T01"], |person| (posted(json!({ "HYK-T01": null, "BB-T01": null, *person: "BB" })), 1))
        .forge([0_usize, 1, 2, 3], |count| {
            let mut postings = json!({ "HYK-T01": null, "BB-T01": null });
            maths[..*count].iter().for_each(|person| postings[*person] = json!("BB"));
            (posted(postings), *count as i64)
        })
}

fn in_pairs() -> Recipe {
    recipe("in_pairs", "in_pairs")
        .world(settled(&json!({ "HYK-T01": "BB", "BB-T01": "HYK" })))
        .forge([(0_i64, 1_i64), (1, 1), (2, 1), (3, 1), (3, 2), (1, 2), (0, 2), (2, 2)], |(out, back)| {
            let mut postings = json!({ "HYK-T01": null, "BB-T01": null });
            (1..=*out).for_each(|k| postings[format!("HYK-T0{k}")] = json!("BB"));
            (1..=*back).for_each(|k| postings[format!("BB-T0{k}")] = json!("HYK"));
            (posted(postings), (out - back).abs())
        })
        .forge([0_i64, 1, 2], |apart| (json!({ "rule": { "apart": apart }, "plan": { "postings": { "BB-T01": null, "HYK-T02": "BB" } }, "district": settled(&json!({ "HYK-T01": "BB", "HYK-T02": "BB" })) }), 2 - apart))
}
