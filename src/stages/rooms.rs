//! Rooms: identical units are dealt once the times stand, by first fit in order of time.

use crate::district::World;
use crate::file::{Lesson as Row, Room, Weeks};
use std::collections::BTreeMap;

/// A use of a room: weekday, from, to (minutes), weeks.
type Use = (u8, i32, i32, Weeks);

/// Names a room for every lesson that needs one and can have one.
pub fn deal(world: &World, rows: &mut [Row]) {
    let index: BTreeMap<&str, usize> = world.courses.iter().enumerate().map(|(c, course)| (course.id.as_str(), c)).collect();
    let mut wants: Vec<(u8, u16, usize)> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let course = &world.courses[index[row.course.as_str()]];
        if course.blocks[usize::from(row.block) - 1].room.is_some()
            && let Some(start) = start_of(world, index[row.course.as_str()], row)
        {
            wants.push((row.at.weekday, start, r));
        }
    }
    wants.sort_unstable();
    let mut uses: BTreeMap<&str, Vec<Use>> = BTreeMap::new();
    for (weekday, start, r) in wants {
        let course = &world.courses[index[rows[r].course.as_str()]];
        let block = &course.blocks[usize::from(rows[r].block) - 1];
        let Some(need) = &block.room else { continue };
        let bell = &world.bells[world.classes[course.classes[0]].bell.unwrap_or_default()];
        let first = bell.cells.iter().position(|cell| (cell.weekday, cell.start) == (weekday, start)).unwrap_or_default();
        let end = bell.cells[(first + usize::from(block.periods) - 1).min(bell.cells.len() - 1)].end;
        let pupils: u32 = course.classes.iter().map(|class| world.classes[*class].file.pupils).sum();
        let fits = |room: &&Room| room.kind == need.kind && world.site(&room.site) == Some(need.site);
        let rooms: Vec<&Room> = world.file.rooms.iter().filter(fits).collect();
        let margin = |of: fn(&Room) -> u32| rooms.iter().map(|room| of(room)).max().unwrap_or(0) as i32;
        let mine: Use = (weekday, i32::from(start) - margin(|r| r.setup_minutes), i32::from(end) + margin(|r| r.clearing_minutes), need.weeks);
        let school = &world.schools[course.school].file.id;
        let host = world.sites[need.site].school == course.school;
        let open = |room: &Room| {
            let inside = |w: &crate::file::Window| w.weekday == weekday && w.from.0 <= start && end <= w.to.0;
            (host || room.open_to.contains(school)) && (room.open.is_empty() || room.open.iter().any(inside))
        };
        let busy = |room: &Room| {
            let taken = uses.get(room.id.as_str()).map_or(&[][..], Vec::as_slice);
            taken.iter().filter(|other| overlap(other, &mine)).count() >= room.units as usize
        };
        // Best: large enough, open, free, and no larger than needed. Else the least bad, so that the breach is seen.
        let rank = |room: &&&Room| {
            let small = room.seats.is_some_and(|seats| seats < pupils);
            (busy(room), small, !open(room), room.seats.unwrap_or(u32::MAX), room.id.clone())
        };
        if let Some(room) = rooms.iter().min_by_key(rank) {
            uses.entry(room.id.as_str()).or_default().push(mine);
            rows[r].room = Some(room.id.clone());
        }
    }
}

fn overlap(a: &Use, b: &Use) -> bool {
    let weeks = a.3 == b.3 || a.3 == Weeks::All || b.3 == Weeks::All;
    a.0 == b.0 && weeks && a.1 < b.2 && b.1 < a.2
}

fn start_of(world: &World, course: usize, row: &Row) -> Option<u16> {
    let bell = world.classes[world.courses[course].classes[0]].bell?;
    let cell = world.bells[bell].cells.iter().find(|cell| (cell.weekday, cell.period) == (row.at.weekday, row.at.period));
    cell.map(|cell| cell.start)
}
