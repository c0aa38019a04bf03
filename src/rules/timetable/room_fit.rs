//! # 教室合用 · The room fits
//!
//! 需要专用教室的课安排到正确类别、正确校区且坐得下的教室。
//! A lesson that needs a room has one of the right kind, at the right site, with enough seats.
//!
//! Point: a lesson that needs a room. Excess: 1 if its room is missing, of another kind or site, or has fewer seats than pupils.
//! Bound in: timetable (1 for a lesson whose pool has no room that fits). XHSTT cousin: `PreferResources`.
//! Source: S1-12, S4-15.

use crate::check::{Breach, Facts, Findings, Kind, cell};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The room fits: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomFit {}

pub static LAW: Law = Law {
    id: "room_fit",
    title: ("教室合用", "The room fits"),
    breach: ("{class}{subject}{cell}:{why}", "{class} {subject} {cell}: {why}"),
    source: &["S1-12", "S4-15"],
    binds: &[Stage::Timetable],
};

impl Rule for RoomFit {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (lesson, need) in facts.lessons.list.iter().filter_map(|lesson| Some((lesson, lesson.need?))) {
            if !facts.course_in(scope, lesson.course) {
                continue;
            }
            let fact = &facts.courses.list[lesson.course];
            let pupils: u64 = fact.classes.iter().map(|&class| u64::from(facts.district.classes[class].pupils)).sum();
            let room = lesson.room.map(|room| &facts.district.rooms[room]);
            let why = match room {
                None => Some(Text::new(format!("没有安排“{}”教室", need.kind), format!("no room of kind `{}`", need.kind))),
                Some(room) if room.kind != need.kind || facts.places.site(&room.site) != lesson.site => {
                    Some(Text::new(format!("安排的“{}”类别或校区不对", room.id), format!("`{}` is of another kind or site", room.id)))
                }
                Some(room) => room.seats.filter(|seats| u64::from(*seats) < pupils).map(|seats| {
                    Text::new(
                        format!("“{}”有 {seats} 座,学生 {pupils} 人", room.id),
                        format!("`{}` has {seats} seats for {pupils} pupils", room.id),
                    )
                }),
            };
            let Some(why) = why else { continue };
            found.point(1, || {
                let breach = Breach::at(Kind::Course, &fact.id).and(Kind::Lesson, (lesson.block + 1).to_string());
                let breach = breach.say("class", facts.say_classes(lesson.course)).say("subject", facts.say_subject(fact.subject));
                breach.say("cell", cell(lesson.weekday, lesson.period)).say("why", why)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::RoomFit;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for RoomFit {
        /// No time can help a lesson whose pool has no room that is large enough: a constant per such lesson.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (_, held) in slots.lessons.iter().enumerate().filter(|(lesson, _)| slots.lesson_fits(points.scope, *lesson)) {
                let Some(need) = &held.need else { continue };
                let course = &slots.world.courses[held.course];
                let pupils: u32 = course.classes.iter().map(|class| slots.world.classes[*class].file.pupils).sum();
                let rooms = &slots.pools[&(need.site, need.kind.clone())].rooms;
                let missing = i32::from(rooms.is_empty());
                let tight = i32::from(!rooms.is_empty() && rooms.iter().all(|room| room.seats.is_some_and(|seats| seats < pupils)));
                points.at_most(&format!("{}#{}", course.id, held.block + 1), vec![], missing + tight, 0);
            }
        }
    }
}
