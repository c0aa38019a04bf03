//! Recipes for the rules on clubs: two clubs at HYK, two classes of 45, three teachers.

#![allow(clippy::needless_pass_by_value)] // `json!` is written where it is handed over

use crate::{Recipe, recipe};
use serde_json::{Value, json};

pub fn recipes() -> Vec<Recipe> {
    vec![club_for_all(), club_places(), club_led(), club_each(), club_free()]
}

/// Rows of (club, class of HYK, pupils).
fn pupils(rows: &[(&str, &str, usize)]) -> Value {
    let row = |(club, class, pupils): &(&str, &str, usize)| json!({ "club": club, "class": format!("HYK-{class}"), "pupils": pupils });
    json!({ "plan": { "club_pupils": rows.iter().map(row).collect::<Vec<_>>() } })
}

fn club_for_all() -> Recipe {
    recipe("club_for_all", "club_for_all")
        .forge(0_usize..=20, |few| {
            (pupils(&[("ball", "31", *few), ("chess", "31", 25), ("ball", "32", 20), ("chess", "32", 25)]), 20 - *few as i64)
        })
        .forge([0_i64, 45, 46, 60], |all| (json!({ "district": { "classes": { "HYK-31": { "pupils": all } } } }), (all - 45).max(0)))
        .forge(
            [(json!(["sport"]), 50), (json!(["other"]), 40), (json!(["arts"]), 90), (json!(["other", "sport"]), 0)],
            |(kinds, excess)| (json!({ "rule": { "kinds": kinds } }), *excess),
        )
}

fn club_places() -> Recipe {
    recipe("club_places", "club_places")
        .forge(20_usize..=45, |many| (pupils(&[("ball", "31", *many), ("ball", "32", 20)]), *many as i64 - 20))
        .forge([38_i64, 39, 40, 41], |places| (json!({ "district": { "clubs": { "ball": { "places": places } } } }), (40 - places).max(0)))
}

fn club_led() -> Recipe {
    recipe("club_led", "club_led")
        .forge(0_i64..=6, |wanted| (json!({ "district": { "clubs": { "chess": { "leaders": wanted } } } }), (wanted - 1).max(0)))
        .forge(0_i64..=4, |wanted| (json!({ "district": { "clubs": { "ball": { "leaders": wanted } } } }), (wanted - 2).max(0)))
}

fn club_each() -> Recipe {
    let all = [("ball", "T01"), ("ball", "T02"), ("chess", "T03")];
    let more: [(&[(&str, &str)], i64); 7] = [
        (&[("chess", "T01")], 1),
        (&[("chess", "T02")], 1),
        (&[("ball", "T03")], 1),
        (&[("chess", "T01"), ("chess", "T02")], 2),
        (&[("chess", "T01"), ("chess", "T02"), ("ball", "T03")], 3),
        (&[("chess", "L01")], 0),
        (&[("chess", "L01"), ("ball", "L01")], 1),
    ];
    recipe("club_each", "club_each").forge(more, move |(more, excess)| {
        let row = |(club, who): &(&str, &str)| json!({ "club": club, "person": format!("HYK-{who}") });
        (json!({ "plan": { "club_leaders": all.iter().chain(*more).map(row).collect::<Vec<_>>() } }), *excess)
    })
}

fn club_free() -> Recipe {
    let cells = [1, 3, 4, 5].into_iter().flat_map(|day| (1..=6).map(move |period| (day, period)));
    let windows = [
        ("13:00", "14:00", 0),
        ("13:00", "14:01", 1),
        ("14:00", "14:40", 1),
        ("14:39", "15:00", 1),
        ("14:40", "15:00", 0),
        ("08:00", "18:00", 1),
    ];
    recipe("club_free", "club_free")
        .forge(cells, |(day, period)| {
            let yu = [format!("{day}-{period}"), "2-6".to_owned()];
            (json!({ "plan": { "timetable": { "yu": yu } } }), i64::from(*day == 3 && *period >= 5))
        })
        .forge(windows, |(from, to, excess)| {
            let when = json!([{ "weekday": 1, "from": from, "to": to }]);
            (json!({ "district": { "blocks": { "wed": { "when": when } } } }), *excess)
        })
}
