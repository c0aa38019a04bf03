//! Rooms: once the times stand, the rooms of a pool are dealt to its lessons, each large enough and no more at once than
//! there are units. First the largest classes in order of time; where that breaks something, a short search.

use crate::district::World;
use crate::file::{Lesson as Row, Room, Weeks};
use std::collections::{BTreeMap, BTreeSet};

/// Dealings looked at per pool.
const NODES: u32 = 20_000;

/// A lesson that needs a room.
struct Want {
    row: usize,
    pupils: u32,
    /// Instants of the pool (in each week of the cycle) at which it uses its room.
    uses: Vec<usize>,
    /// Rooms in order of preference.
    rooms: Vec<usize>,
}

/// The rooms of one kind at one site, with what needs them.
struct Pool<'w> {
    rooms: Vec<&'w Room>,
    wants: Vec<Want>,
    /// More lessons at once than units, whatever the dealing: then only the seats matter.
    over: bool,
}

/// A lesson by its row, course and block.
type Lesson = (usize, usize, usize);

/// Names a room for every lesson that needs one and can have one.
pub fn deal(world: &World, rows: &mut [Row]) {
    let index: BTreeMap<&str, usize> = world.courses.iter().enumerate().map(|(c, course)| (course.id.as_str(), c)).collect();
    let mut pools: BTreeMap<(usize, &str), Vec<Lesson>> = BTreeMap::new();
    for (r, row) in rows.iter().enumerate() {
        let Some(course) = index.get(row.course.as_str()).copied() else { continue };
        let block = usize::from(row.block).wrapping_sub(1);
        if let Some(need) = world.courses[course].blocks.get(block).and_then(|block| block.room.as_ref()) {
            pools.entry((need.site, need.kind.as_str())).or_default().push((r, course, block));
        }
    }
    for ((site, kind), lessons) in pools {
        let pool = Pool::of(world, site, kind, &lessons, rows);
        for (want, room) in pool.wants.iter().zip(pool.dealt()) {
            rows[want.row].room = pool.rooms.get(room).map(|room| room.id.clone());
        }
    }
}

impl<'w> Pool<'w> {
    fn of(world: &'w World, site: usize, kind: &str, lessons: &[Lesson], rows: &[Row]) -> Self {
        let rooms: Vec<&Room> = world.file.rooms.iter().filter(|room| room.kind == kind && world.site(&room.site) == Some(site)).collect();
        let margin = |of: fn(&Room) -> u32| rooms.iter().map(|room| of(room)).max().unwrap_or(0);
        let (setup, clearing) = (margin(|room| room.setup_minutes), margin(|room| room.clearing_minutes));
        // Uses are counted where a cell of a bell concerned begins.
        let classes = lessons.iter().flat_map(|(_, course, _)| &world.courses[*course].classes);
        let bells: BTreeSet<usize> = classes.filter_map(|class| world.classes[*class].bell).collect();
        let cells = bells.iter().flat_map(|bell| &world.bells[*bell].cells);
        let instants: BTreeSet<(u8, u32)> = cells.map(|cell| (cell.weekday, u32::from(cell.start))).collect();
        let mut wants: Vec<Want> = Vec::new();
        for (row, course, block) in lessons {
            let (course, at) = (&world.courses[*course], rows[*row].at);
            let block = &course.blocks[*block];
            let Some(bell) = world.classes[course.classes[0]].bell else { continue };
            let mut held = world.bells[bell].cells.iter().filter(|cell| cell.weekday == at.weekday && cell.period >= at.period);
            let Some(first) = held.next() else { continue };
            let last = held.take(usize::from(block.periods).saturating_sub(1)).last().unwrap_or(first);
            let meets = |weeks: Weeks, week: usize| world.cycle == 1 || super::slots::meets(weeks, week);
            let need = block.room.as_ref().map_or(Weeks::All, |need| need.weeks);
            let weeks = (0..usize::from(world.cycle)).filter(|week| meets(block.weeks, *week) && meets(need, *week));
            let (from, to) = (u32::from(first.start), u32::from(last.end) + clearing);
            let inside = |(weekday, at): &(u8, u32)| *weekday == first.weekday && *at + setup >= from && *at < to;
            let taken: Vec<usize> = instants.iter().enumerate().filter(|(_, instant)| inside(instant)).map(|(k, _)| k).collect();
            let uses = weeks.flat_map(|week| taken.iter().map(|k| week * instants.len() + k).collect::<Vec<_>>());
            let pupils: u32 = course.classes.iter().map(|class| world.classes[*class].file.pupils).sum();
            let school = &world.schools[course.school].file.id;
            let host = world.sites[site].school == course.school;
            let open = |room: &Room| {
                let holds = |w: &crate::file::Window| w.weekday == first.weekday && w.from.0 <= first.start && last.end <= w.to.0;
                (host || room.open_to.contains(school)) && (room.open.is_empty() || room.open.iter().any(holds))
            };
            // Large enough, open, and no larger than needed.
            let mut order: Vec<usize> = (0..rooms.len()).collect();
            order.sort_by_key(|k| (is_small(rooms[*k], pupils), !open(rooms[*k]), rooms[*k].seats.unwrap_or(u32::MAX), &rooms[*k].id));
            wants.push(Want { row: *row, pupils, uses: uses.collect(), rooms: order });
        }
        wants.sort_by_key(|want| (std::cmp::Reverse(want.pupils), rows[want.row].at.weekday, want.uses.first().copied(), want.row));
        let units: u32 = rooms.iter().map(|room| room.units).sum();
        let mut load = vec![0; instants.len() * usize::from(world.cycle)];
        for instant in wants.iter().flat_map(|want| &want.uses) {
            load[*instant] += 1;
        }
        Self { over: load.iter().any(|uses| *uses > units), rooms, wants }
    }

    /// A room for every want, in order.
    fn dealt(&self) -> Vec<usize> {
        if self.rooms.is_empty() {
            return vec![0; self.wants.len()];
        }
        let mut busy: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        let (mut best, mut least) = (Vec::new(), 0);
        for want in &self.wants {
            let room = want.rooms.iter().copied().min_by_key(|room| self.cost(want, *room, &busy)).unwrap_or_default();
            least += self.cost(want, room, &busy);
            take(want, room, &mut busy);
            best.push(room);
        }
        if least > 0 && self.rooms.len() > 1 {
            let mut nodes = NODES;
            self.better(&mut Vec::new(), 0, &mut BTreeMap::new(), &mut (&mut best, &mut least), &mut nodes);
        }
        best
    }

    /// Every way to go on, as long as it costs less than the best one.
    fn better(
        &self,
        dealt: &mut Vec<usize>,
        cost: u32,
        busy: &mut BTreeMap<(usize, usize), u32>,
        best: &mut (&mut Vec<usize>, &mut u32),
        nodes: &mut u32,
    ) {
        if cost >= *best.1 || *nodes == 0 {
            return;
        }
        let Some(want) = self.wants.get(dealt.len()) else {
            (*best.1, *best.0) = (cost, dealt.clone());
            return;
        };
        *nodes -= 1;
        for room in &want.rooms {
            let added = self.cost(want, *room, busy);
            take(want, *room, busy);
            dealt.push(*room);
            self.better(dealt, cost + added, busy, best, nodes);
            dealt.pop();
            for instant in &want.uses {
                busy.entry((*room, *instant)).and_modify(|uses| *uses -= 1);
            }
        }
    }

    /// What this room adds: a room too small, and every instant at which it is taken already.
    fn cost(&self, want: &Want, room: usize, busy: &BTreeMap<(usize, usize), u32>) -> u32 {
        let full = |instant: &&usize| busy.get(&(room, **instant)).is_some_and(|uses| *uses >= self.rooms[room].units);
        let twice = if self.over { 0 } else { want.uses.iter().filter(full).count() as u32 };
        twice + u32::from(is_small(self.rooms[room], want.pupils))
    }
}

fn is_small(room: &Room, pupils: u32) -> bool {
    room.seats.is_some_and(|seats| seats < pupils)
}

fn take(want: &Want, room: usize, busy: &mut BTreeMap<(usize, usize), u32>) {
    for instant in &want.uses {
        *busy.entry((room, *instant)).or_default() += 1;
    }
}
