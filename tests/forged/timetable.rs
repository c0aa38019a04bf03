//! Recipes for the rules on the week: the bells and classes of `golden/base/week.json`, the courses of each case.

#![allow(clippy::needless_pass_by_value)] // `json!` is written where it is handed over

use crate::{Recipe, recipe};
use serde_json::{Value, json};

/// The two bells in minutes after midnight.
const PRIMARY: [(i64, i64); 6] = [(510, 550), (565, 605), (635, 675), (690, 730), (840, 880), (895, 935)];
const JUNIOR: [(i64, i64); 7] = [(480, 525), (535, 580), (610, 655), (665, 710), (840, 885), (895, 940), (950, 995)];

fn at(cells: Value) -> Value {
    json!({ "plan": { "timetable": cells } })
}
fn cell(day: usize, period: usize) -> String {
    format!("{day}-{period}")
}
fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
/// Cells of the primary bell on these days.
fn cells(days: &'static [usize]) -> impl Iterator<Item = (usize, usize)> {
    days.iter().flat_map(|day| (1..=6).map(move |period| (*day, period)))
}

pub fn recipes() -> Vec<Recipe> {
    vec![
        class_clash(),
        teacher_clash(),
        teacher_clash_by_the_clock(),
        room_clash(),
        room_fit(),
        lab_windows(),
        unavailable(),
        research_block(),
        fixed_block(),
        observed_lesson(),
        mentoring(),
        daily_exercise(),
        spread(),
        doubles(),
        preferred_half(),
        avoided_periods(),
        daily_load(),
        longest_run(),
        idle_periods(),
        half_day_school(),
        away_days(),
        travel_time(),
        lunch_travel(),
        class_teacher_present(),
        locked(),
        roster_filled(),
        roster_free(),
        roster_fair(),
    ]
}

fn class_clash() -> Recipe {
    recipe("class_clash", "class_clash")
        .forge(["1-1", "2-1", "1-3", "1-4"], |place| (at(json!({ "yin": [place] })), 1))
        .forge(["1-2", "1-3", "1-4"], |place| (at(json!({ "yu": [place, "2-1"] })), 1))
        .forge([("1-5", "1-5"), ("1-6", "1-5"), ("3-3", "3-3"), ("3-4", "3-3")], |(yin, ti)| (at(json!({ "yin": [yin], "ti": [ti] })), 1))
        .forge(["1-5", "1-6", "3-1", "5-6"], |place| (at(json!({ "yin": [place] })), 0))
}

fn teacher_clash() -> Recipe {
    // Both classes at HYK: nobody changes schools.
    recipe("teacher_clash", "teacher_clash")
        .world(json!({ "courses": { "bb": { "classes": ["HYK-32"] } } }))
        .forge(cells(&[1, 2, 4, 5]), |(day, period)| (at(json!({ "home": [cell(*day, *period)], "bb": [cell(*day, *period)] })), 1))
        .forge(cells(&[1, 2, 4, 5]), |(day, period)| (at(json!({ "home": [cell(*day, *period)], "bb": [cell(*day, 7 - period)] })), 0))
}

fn teacher_clash_by_the_clock() -> Recipe {
    let pairs = (0..6).flat_map(|primary| (0..7).map(move |junior| (primary, junior)));
    // HYK and HZ6 in one half-day, some of them too near for the 8 minutes.
    recipe("teacher_clash", "teacher_clash").with(&["half_day_school", "travel_time"]).forge(pairs, |(primary, junior)| {
        let ((a, b), (c, d)) = (PRIMARY[*primary], JUNIOR[*junior]);
        (at(json!({ "home": [cell(1, primary + 1)], "hz6": [cell(1, junior + 1)] })), i64::from(a < d && c < b))
    })
}

fn room_clash() -> Recipe {
    let starts: std::collections::BTreeSet<i64> = PRIMARY.iter().chain(&JUNIOR).map(|(start, _)| *start).collect();
    let both = |day: usize, period: usize| at(json!({ "bb": [cell(day, period) + "@LAB"], "sq": [cell(day, period) + "@LAB"] }));
    let instants = move |period: usize| {
        let (start, end) = PRIMARY[period - 1];
        starts.range(start..end).count() as i64
    };
    recipe("room_clash", "room_clash")
        .forge(cells(&[1, 2, 4, 5]), move |(day, period)| (both(*day, *period), instants(*period)))
        .forge(cells(&[1, 2, 4, 5]), |(day, period)| {
            let (bb, sq) = (cell(*day, *period) + "@LAB", cell(*day, 7 - period) + "@LAB");
            (at(json!({ "bb": [bb], "sq": [sq] })), 0)
        })
        .forge([2, 3, 9], move |units| {
            let mut patch = both(1, 1);
            patch["district"] = json!({ "rooms": { "LAB": { "units": units } } });
            (patch, 0)
        })
}

fn room_fit() -> Recipe {
    let seats = |seats: u32| json!({ "district": { "rooms": { "LAB": { "seats": seats } } } });
    recipe("room_fit", "room_fit")
        .forge([0, 1, 8, 15], |number| (seats(*number), 1))
        .forge([16, 17, 60], |number| (seats(*number), 0))
        .forge(["1-1@GYM", "1-1@BB-LAB", "1-1", "4-6@GYM"], |place| (at(json!({ "sq": [place, "2-1"] })), 1))
        .forge(cells(&[1, 3, 4, 5]), |(day, period)| (at(json!({ "sq": [cell(*day, *period) + "@LAB", "2-1".to_owned()] })), 0))
}

fn lab_windows() -> Recipe {
    let starts = (1..=5).flat_map(|day| [(day, 3), (day, 5)]);
    let open = |from: i64, to: i64| json!({ "district": { "rooms": { "LAB": { "open": [{ "weekday": 3, "from": clock(from), "to": clock(to) }] } } } });
    recipe("lab_windows", "lab_windows")
        .forge(starts, |(day, period)| (at(json!({ "sq": [cell(*day, *period) + "@LAB"] })), i64::from((*day, *period) != (3, 3))))
        .forge([(635, 729), (636, 730), (636, 729), (600, 700), (660, 800)], |(from, to)| (open(*from, *to), 1))
        .forge([(635, 730), (634, 731), (480, 1080)], |(from, to)| (open(*from, *to), 0))
}

fn unavailable() -> Recipe {
    let gone = |day: usize, period: usize, early: i64, late: i64| {
        let (start, end) = PRIMARY[period - 1];
        let window = json!({ "weekday": day, "from": clock(start + early), "to": clock(end + late) });
        json!({ "district": { "people": { "HYK-T01": { "unavailable": [window] } } }, "plan": { "timetable": { "yu": [cell(day, period), "1-3"] } } })
    };
    let elsewhere = |day: usize, period: usize| {
        let (start, end) = PRIMARY[period - 1];
        let windows = json!([
            { "weekday": day, "from": clock(start - 10), "to": clock(start) },
            { "weekday": day, "from": clock(end), "to": clock(end + 10) },
        ]);
        json!({ "district": { "people": { "HYK-T01": { "unavailable": windows } } }, "plan": { "timetable": { "yu": [cell(day, period), "1-3"] } } })
    };
    recipe("unavailable", "unavailable")
        .forge(cells(&[2, 3, 4, 5]), move |(day, period)| (gone(*day, *period, 0, 0), 1))
        .forge(cells(&[2, 3]), move |(day, period)| (gone(*day, *period, 39, 0), 1))
        .forge(cells(&[4, 5]), move |(day, period)| (gone(*day, *period, 0, -39), 1))
        .forge(cells(&[2, 3, 4, 5]), move |(day, period)| (elsewhere(*day, *period), 0))
}

/// A block over one cell of the primary bell.
fn block_over(block: &str, day: usize, period: usize, kind: &str) -> Value {
    let (start, end) = PRIMARY[period - 1];
    json!({ "blocks": { block: { "kind": kind, "when": [{ "weekday": day, "from": clock(start), "to": clock(end) }] } } })
}

fn research_block() -> Recipe {
    let patch = |block: (usize, usize), lesson: (usize, usize)| {
        let mut patch = at(json!({ "ti": ["1-2".to_owned(), cell(lesson.0, lesson.1)] }));
        patch["district"] = block_over("pe-research", block.0, block.1, "research");
        patch
    };
    recipe("research_block", "research_block")
        .forge(cells(&[2, 3, 4, 5]), |place| (patch(*place, *place), 1))
        .forge(cells(&[2, 3, 4, 5]), |(day, period)| (patch((*day, *period), (*day, 7 - period)), 0))
}

fn fixed_block() -> Recipe {
    let patch = |kind: &str, block: (usize, usize), lesson: (usize, usize)| {
        let mut patch = at(json!({ "yu": [cell(lesson.0, lesson.1)] }));
        patch["district"] = block_over("flag", block.0, block.1, kind);
        patch
    };
    recipe("fixed_block", "fixed_block")
        .forge(cells(&[3, 4]), |place| (patch("assembly", *place, *place), 1))
        .forge(cells(&[4, 5]), |place| (patch("club", *place, *place), 1))
        .forge(cells(&[3, 5]), |place| (patch("exam", *place, *place), 1))
        .forge(cells(&[3, 4]), |(day, period)| (patch("exam", (*day, *period), (*day, 7 - period)), 0))
}

fn observed_lesson() -> Recipe {
    let places = [1, 2, 3, 4, 5].into_iter().flat_map(|day| [1, 2, 4, 5, 6].map(|period| (day, period)));
    recipe("observed_lesson", "observed_lesson")
        .forge(places, |(day, period)| (at(json!({ "yu": [cell(*day, *period)] })), i64::from((*day, *period) != (2, 2))))
        .forge([(0_i64, 2_i64), (1, 1), (2, 0)], |(most, excess)| {
            let mut patch = at(json!({ "yu-bb": ["2-2"] }));
            patch["rule"] = json!({ "most": most });
            (patch, *excess)
        })
}

fn mentoring() -> Recipe {
    let places = (1..=6).flat_map(|monday| (1..=6).map(move |tuesday| (monday, tuesday)));
    recipe("mentoring", "mentoring").forge(places, |(monday, tuesday)| {
        let mut patch = at(json!({ "ti": [cell(1, *monday), cell(2, *tuesday)] }));
        patch["rule"] = json!({ "min": 2 });
        // Each meeting of the two is missed by both.
        (patch, 2 * (i64::from(*monday == 1) + i64::from(*tuesday == 1)))
    })
}

fn daily_exercise() -> Recipe {
    recipe("daily_exercise", "daily_exercise")
        .forge(cells(&[4, 5]), |(day, period)| {
            (
                at(json!({ "ti": ["1-2".to_owned(), "2-2".to_owned(), "3-2".to_owned(), cell(*day, *period)] })),
                if *day == 4 { 0 } else { 30 },
            )
        })
        .forge([61_i64, 65, 70, 71], |min| (json!({ "rule": { "min_minutes": min } }), min - 60 + 4 * (min - 70).max(0)))
}

fn spread() -> Recipe {
    let days = [1, 2, 3, 5];
    let moves =
        (0..4).flat_map(move |block| [1, 2, 3, 4, 5].into_iter().filter(move |day| *day != days[block]).map(move |day| (block, day)));
    recipe("spread", "spread").forge(moves, move |(block, day)| {
        let mut places: Vec<String> = days.iter().map(|day| cell(*day, 1)).collect();
        places[*block] = cell(*day, 3);
        (at(json!({ "yu": places })), i64::from(*day != 4))
    })
}

fn doubles() -> Recipe {
    let starts = [1, 3, 4, 5].into_iter().flat_map(|day| [1, 2, 3, 5].into_iter().map(move |period| (day, period)));
    recipe("doubles", "doubles")
        .forge(starts, |(day, period)| (at(json!({ "hua": [cell(*day, *period), "2-1".to_owned()] })), i64::from(*period < 3)))
}

fn preferred_half() -> Recipe {
    recipe("preferred_half", "preferred_half")
        .forge(cells(&[3, 4, 5]), |(day, period)| (at(json!({ "yu": [cell(*day, *period), "2-3".to_owned()] })), i64::from(*period > 4)))
        .forge(["3-5", "4-5"], |place| (at(json!({ "yu": ["1-1", place] })), 2))
}

fn avoided_periods() -> Recipe {
    recipe("avoided_periods", "avoided_periods").forge(cells(&[3, 4, 5]), |(day, period)| {
        (at(json!({ "ti": [cell(*day, *period), "2-6".to_owned()] })), i64::from([1, 5].contains(period)))
    })
}

fn daily_load() -> Recipe {
    let more = |blocks: usize, places: &[String]| {
        let course = json!({ "classes": ["HYK-31"], "subject": "music", "blocks": vec![1; blocks], "teachers": "HYK-T01" });
        json!({ "district": { "courses": { "c": course } }, "plan": { "timetable": { "c": places } } })
    };
    recipe("daily_load", "daily_load")
        .forge([2, 4, 5, 6], |period| (more(1, &[cell(1, *period)]), 1))
        .forge([2, 4, 5, 6], |period| (more(1, &[cell(4, *period)]), 0))
        .forge([(0_i64, 4_i64), (1, 1), (2, 0)], |(max, excess)| (json!({ "rule": { "max": max } }), *excess))
        .forge([(0_i64, 6_i64), (1, 3), (2, 1), (3, 0)], |(max, excess)| {
            // Three on Monday, two on Tuesday, one on Wednesday.
            let mut patch = more(2, &[cell(1, 6), cell(2, 6)]);
            patch["rule"] = json!({ "max": max });
            (patch, *excess)
        })
}

fn longest_run() -> Recipe {
    let week = |a: [&str; 3], b: &str| at(json!({ "a": a, "b": [b] }));
    recipe("longest_run", "longest_run")
        .forge(["1-1", "1-4"], |last| (week(["1-2", "1-3", last], "2-1"), 1))
        .forge(["1-3"], |b| (week(["1-1", "1-2", "1-4"], b), 2))
        .forge(["1-4", "1-1"], |b| {
            let last = if *b == "1-4" { "1-1" } else { "1-4" };
            (week(["1-2", "1-3", last], b), 2)
        })
        .forge([0_i64, 1, 2], |max| (json!({ "rule": { "max": max } }), [4, 1, 0][*max as usize]))
        .forge(["1-5", "1-6", "3-1"], |b| (week(["1-1", "1-2", "1-4"], b), 0))
}

fn idle_periods() -> Recipe {
    recipe("idle_periods", "idle_periods")
        .forge(3_usize..=6, |period| (at(json!({ "b": [cell(1, *period), "2-4".to_owned()] })), *period as i64 - 2))
        .forge([(1, 1), (2, 0), (4, 0), (5, 1), (6, 2)], |(period, holes)| {
            (at(json!({ "b": ["1-2".to_owned(), cell(2, *period)] })), *holes)
        })
}

fn half_day_school() -> Recipe {
    recipe("half_day_school", "half_day_school")
        .forge(["1-3", "1-4", "3-3", "3-4"], |place| (at(json!({ "bb": [place] })), 1))
        .forge(["1-3", "1-4", "2-3", "2-4"], |place| (at(json!({ "sq": [place] })), 1))
        .forge(["2-3", "2-4", "3-3", "3-4"], |place| (at(json!({ "home": ["1-1", place] })), 1))
        .forge(["1-5", "1-6", "3-5", "4-1", "5-6"], |place| (at(json!({ "bb": [place] })), 0))
}

fn away_days() -> Recipe {
    recipe("away_days", "away_days")
        .forge(cells(&[4, 5]), |(day, period)| (at(json!({ "bb": ["1-1".to_owned(), cell(*day, *period)] })), 1))
        .forge([0_i64, 1, 2], |max| (json!({ "rule": { "max_days": max } }), 2 - max))
        .forge(cells(&[4, 5]), |(day, period)| (at(json!({ "home": [cell(*day, *period)] })), 0))
}

fn travel_time() -> Recipe {
    let pairs: Vec<(usize, usize)> = (1..=6).flat_map(|home| (1..=6).filter(move |bb| *bb != home).map(move |bb| (home, bb))).collect();
    // 18 minutes and 5: the gap decides. The golden plan has both schools in one morning already.
    recipe("travel_time", "travel_time").forge(pairs, |(home, bb)| {
        let (early, late) = (PRIMARY[home.min(bb) - 1], PRIMARY[home.max(bb) - 1]);
        (at(json!({ "home": [cell(4, *home)], "bb": [cell(4, *bb)] })), i64::from(late.0 - early.1 < 23))
    })
}

fn lunch_travel() -> Recipe {
    let ways = (1..=4).flat_map(|am| [(am, 5), (am, 6)]);
    recipe("lunch_travel", "lunch_travel")
        .forge(ways.clone(), |(am, pm)| (at(json!({ "sq": [cell(1, *am), cell(3, 1)], "bb": [cell(1, *pm)] })), 1))
        .forge(ways.clone(), |(am, pm)| (at(json!({ "sq": [cell(4, *pm), cell(3, 1)], "bb": [cell(4, *am)] })), 1))
        .forge(ways, |(am, pm)| (at(json!({ "sq": [cell(1, *am), cell(3, 1)], "bb": [cell(2, *pm)] })), 0))
        .forge([(31, 1), (32, 0)], |(longest, excess)| {
            let mut patch = at(json!({ "sq": ["1-1", "3-1"], "bb": ["1-5"] }));
            patch["rule"] = json!({ "longest_minutes": longest });
            (patch, *excess)
        })
}

fn class_teacher_present() -> Recipe {
    recipe("class_teacher_present", "class_teacher_present")
        .forge(cells(&[2, 3, 4, 5]), |(day, period)| (at(json!({ "bb": [cell(*day, *period)] })), i64::from([1, 6].contains(period))))
}

fn locked() -> Recipe {
    recipe("locked", "locked").forge(cells(&[1, 3, 4, 5]), |(day, period)| {
        (at(json!({ "yu": [cell(*day, *period), "2-1".to_owned()] })), i64::from((*day, *period) != (1, 1)))
    })
}

/// Rows of duty: (turn, person of HYK).
fn on_duty(roster: &str, rows: &[(usize, String)]) -> Value {
    let row = |(turn, person): &(usize, String)| json!({ "roster": roster, "turn": turn, "person": format!("HYK-{person}") });
    json!({ "plan": { "duties": rows.iter().map(row).collect::<Vec<_>>() } })
}

fn roster_filled() -> Recipe {
    const LEGAL: [(usize, &str); 6] = [(1, "L01"), (1, "T01"), (1, "T02"), (2, "L01"), (2, "T02"), (2, "T03")];
    let but = |gone: usize| LEGAL.iter().enumerate().filter(move |(k, _)| *k != gone).map(|(_, (turn, who))| (*turn, (*who).to_owned()));
    recipe("roster_filled", "roster_filled")
        .forge(0..LEGAL.len(), move |gone| (on_duty("gate", &but(*gone).collect::<Vec<_>>()), 1))
        .forge([(1, "T03"), (2, "T01")], move |(turn, more)| {
            (on_duty("gate", &but(usize::MAX).chain([(*turn, (*more).to_owned())]).collect::<Vec<_>>()), 0)
        })
}

fn roster_free() -> Recipe {
    recipe("roster_free", "roster_free")
        .with(&["roster_filled"])
        .forge(cells(&[1, 3, 4, 5]), |(day, period)| {
            let mut patch = on_duty("care", &[(1, "T01".to_owned())]);
            patch["plan"]["timetable"] = json!({ "yu": [cell(*day, *period), "2-6".to_owned()] });
            (patch, i64::from((*day, *period) == (1, 6)))
        })
        .forge([("T01", 1), ("T02", 0), ("T03", 0)], |(who, excess)| (on_duty("care", &[(2, (*who).to_owned())]), *excess))
        .forge([(1_u64, 1), (2, 1), (3, 1), (4, 1)], |(week, excess)| {
            let mut patch = on_duty("care", &[(*week as usize, "T01".to_owned())]);
            patch["district"] = json!({ "rosters": { "care": { "weeks": 4 } } });
            (patch, *excess)
        })
}

fn roster_fair() -> Recipe {
    // So many weeks of four are T01's, the others T02's; T03 has none.
    recipe("roster_fair", "roster_fair")
        .with(&["roster_filled"])
        .forge(0_usize..=4, |mine| {
            let who = |turn: usize| (turn, if turn <= *mine { "T01" } else { "T02" }.to_owned());
            (on_duty("gate", &(1..=4).map(who).collect::<Vec<_>>()), (*mine).max(4 - *mine) as i64 - 1)
        })
        .forge([0_i64, 1, 2], |apart| (json!({ "rule": { "apart": apart } }), (1 - apart).max(0)))
}
