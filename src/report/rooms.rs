//! Use of the rooms that other schools may use: cell by cell of the week, taken or free.

use super::audience::Audience;
use crate::check::{Facts, LessonFact, weekday};
use crate::file::{Cell, Half, Room, Text, Window};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct RoomUse {
    pub(super) name: Text,
    /// By weekday: a sign for each period, a gap between the halves of the day.
    pub(super) days: Vec<String>,
    /// Periods per cycle: by the school itself, by others, still free while it is open.
    pub(super) own: i64,
    pub(super) guests: i64,
    pub(super) free: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct Rooms {
    pub(super) days: Vec<Text>,
    pub(super) rooms: Vec<RoomUse>,
}

/// Signs of a period, told apart by their shape.
const OWN: char = '■';
const GUESTS: char = '▲';
const PARTLY: char = '◧';
const FREE: char = '□';
const CLOSED: char = '·';

/// Nothing where no room is shared. A school sees its own rooms and those it may use.
pub(super) fn rooms(facts: &Facts, audience: Audience) -> Option<Rooms> {
    let host = |room: &Room| facts.places.site(&room.site).map(|site| facts.places.sites[site].school);
    let sees = |room: &Room| match audience {
        Audience::Bureau => true,
        Audience::School(own) => host(room) == Some(own) || room.open_to.iter().any(|id| facts.places.school(id) == Some(own)),
        Audience::Public => false,
    };
    let shared = |(number, room): &(usize, &Room)| {
        let guests =
            || facts.lessons.list.iter().any(|lesson| lesson.room == Some(*number) && facts.courses.school_of(lesson.course) != host(room));
        sees(room) && (!room.open_to.is_empty() || guests())
    };
    let listed: Vec<(usize, &Room)> = facts.district.rooms.iter().enumerate().filter(shared).collect();
    let mut days: Vec<u8> = facts.lessons.list.iter().map(|lesson| lesson.weekday).collect();
    days.sort_unstable();
    days.dedup();
    let of = |(number, room): (usize, &Room)| {
        let mut counts = RoomUse { name: facts.say_room(number), days: Vec::new(), own: 0, guests: 0, free: 0 };
        counts.days = days.iter().map(|day| line(facts, &mut counts, (number, room), host(room), *day)).collect();
        counts
    };
    let rooms: Vec<RoomUse> = listed.into_iter().map(of).collect();
    (!rooms.is_empty() && !days.is_empty()).then(|| Rooms { days: days.iter().map(|day| weekday(*day)).collect(), rooms })
}

/// The signs of one day, counted on the way.
fn line(facts: &Facts, counts: &mut RoomUse, (number, room): (usize, &Room), host: Option<usize>, day: u8) -> String {
    let weeks = facts.courses.every_week();
    let capacity = i64::from(room.units) * i64::from(weeks.count_ones());
    let lessons: Vec<&LessonFact> =
        facts.lessons.list.iter().filter(|lesson| lesson.room == Some(number) && lesson.weekday == day).collect();
    let mut signs = String::new();
    let mut before: Option<Half> = None;
    for cell in bell(facts, number, host).map_or(&[][..], |bell| facts.courses.bells[bell].cells(day)) {
        if before.is_some_and(|half| half != cell.half) {
            signs.push(' ');
        }
        before = Some(cell.half);
        let (mut own, mut guests) = (0, 0);
        for lesson in lessons.iter().filter(|lesson| lesson.cells.iter().any(|used| used.start < cell.end && cell.start < used.end)) {
            let times = i64::from(lesson.weeks.count_ones());
            if facts.courses.school_of(lesson.course) == host { own += times } else { guests += times }
        }
        let free = if is_open(room, *cell, day) { (capacity - own - guests).max(0) } else { 0 };
        signs.push(match (own, guests) {
            (0, 0) if free == 0 => CLOSED,
            (0, 0) => FREE,
            _ if free > 0 => PARTLY,
            (_, 0) => OWN,
            _ => GUESTS,
        });
        (counts.own, counts.guests, counts.free) = (counts.own + own, counts.guests + guests, counts.free + free);
    }
    signs
}

fn is_open(room: &Room, cell: Cell, day: u8) -> bool {
    let holds = |window: &Window| window.weekday == day && window.from <= cell.start && cell.end <= window.to;
    room.open.is_empty() || room.open.iter().any(holds)
}

/// The bell by which the room's week is told: of the host's classes that need such a room, of any of its classes, of its guests.
fn bell(facts: &Facts, number: usize, host: Option<usize>) -> Option<usize> {
    let kind = &facts.district.rooms[number].kind;
    let classes = || facts.courses.classes.iter().enumerate().filter(|(_, class)| class.school == host && class.bell.is_some());
    let needs = |class: usize| {
        let mut blocks = facts.courses.of_class[class].iter().flat_map(|course| &facts.courses.list[*course].blocks);
        blocks.any(|block| block.room.is_some_and(|need| need.kind == *kind))
    };
    let own = classes().find(|(class, _)| needs(*class)).or_else(|| classes().next()).and_then(|(_, class)| class.bell);
    own.or_else(|| facts.lessons.list.iter().find(|lesson| lesson.room == Some(number)).map(|lesson| lesson.bell))
}
