//! Rooms that lessons need: they exist where needed, are open to the class and to some of its cells, and hold it.

use super::counts::{both, list};
use super::index::{Index, Open, Taught, Unit, weeks_meet};
use crate::file::{Room, RoomNeed};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const NO_ROOM: Kind = Kind::error(
    "E-ROOM-001",
    ("需要的专用教室在这个校区没有", "a room is needed that does not exist at the site"),
    ("上课的校区有这种教室", "a room of that kind at the site of the lesson"),
    (
        "请在 `rooms` 补上教室,或在需求里写明借用哪个校区(`room.site`),或去掉这项需求",
        "add the room, name the site to borrow from in `room.site`, or drop the need",
    ),
);
const NOT_OPEN_TO: Kind = Kind::error(
    "E-ROOM-002",
    ("借用的教室不对这所学校开放", "a room at another school that is not open to this one"),
    ("教室的 `open_to` 里有这所学校", "the school among `open_to` of the room"),
    ("请与对方学校商定后补上 `open_to`", "agree with that school and add it to `open_to`"),
);
const NEVER_OPEN: Kind = Kind::error(
    "E-ROOM-003",
    ("教室开放的时间里,班级没有可上课的节次", "no cell of the class lies in the room's open hours"),
    ("至少有一处节次整个落在开放时间里", "at least one place for the lesson wholly within the open hours"),
    ("请调整教室的开放时间,或班级停课的节次", "change the room's hours or the class's closed cells"),
);
const TOO_SMALL: Kind = Kind::error(
    "E-ROOM-004",
    ("教室坐不下这个班", "no room of the kind is large enough for the class"),
    ("至少一间教室的座位不少于学生数", "a room with at least as many seats as pupils"),
    ("请核对座位数和学生数,或分组上课", "check seats and pupils, or teach in groups"),
);
const NO_KIND: Kind = Kind::error(
    "E-ROOM-005",
    ("没有写明教室种类", "a room kind is empty"),
    ("教室种类,如 science_lab", "the kind of room, such as science_lab"),
    ("请填写 `kind`", "fill in `kind`"),
);

pub const KINDS: &[&Kind] = &[&NO_ROOM, &NOT_OPEN_TO, &NEVER_OPEN, &TOO_SMALL, &NO_KIND];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    no_kind(index, found);
    let pools = pools(index);
    // One problem per line of the file and site, not one per class: the planner corrects the line.
    let mut faults: BTreeMap<Fault<'_>, BTreeMap<usize, u64>> = BTreeMap::new();
    for (c, course) in index.courses.iter().enumerate() {
        for block in &course.blocks {
            let Some(need) = block.room else { continue };
            if let Some((kind, site)) = fault(index, &pools, c, block, need) {
                let place = format!("{}.room", index.origin(course));
                let warning = !is_law(index, &pools, kind, c, (site, &need.kind));
                let classes = faults.entry(Fault { place, code: kind.code, room: &need.kind, site, warning }).or_default();
                classes.extend(course.classes.first().map(|class| (*class, pupils(index, course))));
            }
        }
    }
    for (fault, classes) in faults {
        let Some(kind) = KINDS.iter().find(|kind| kind.code == fault.code) else { continue };
        let problem = kind.at(fault.place.as_str()).of(fault.site);
        let problem =
            if *kind == &TOO_SMALL { too_small(index, problem, &fault, &classes) } else { of_classes(index, problem, &fault, &classes) };
        found.push(if fault.warning { problem.warning() } else { problem });
    }
}

fn of_classes(index: &Index<'_>, problem: Problem, fault: &Fault<'_>, classes: &BTreeMap<usize, u64>) -> Problem {
    let (zh, en) = classes_words(index, &classes.keys().copied().collect::<Vec<_>>());
    problem.found(
        format!("`{}`(校区 `{}`),班级:{zh}", fault.room, fault.site),
        format!("`{}` at site `{}`, classes: {en}", fault.room, fault.site),
    )
}

/// Seats of the largest room against the pupils of each lesson.
fn too_small(index: &Index<'_>, problem: Problem, fault: &Fault<'_>, classes: &BTreeMap<usize, u64>) -> Problem {
    let seats = index.rooms_of(fault.site, fault.room).filter_map(|room| room.seats).max().unwrap_or(0);
    let room = index.say_rooms(fault.site, fault.room);
    let of = |(class, pupils): (&usize, &u64)| {
        let class = index.say_class(*class);
        both(format!("{} {pupils} 人", class.zh), format!("{} {pupils}", class.en))
    };
    let pupils = list(&classes.iter().map(of).collect::<Vec<_>>());
    problem.found(
        format!("{}最多 {seats} 座,上课的学生:{}", room.zh, pupils.zh),
        format!("{}: {seats} seats at most; pupils: {}", room.en, pupils.en),
    )
}

/// Is there a law that the fault breaks? What a clause leaves open is a warning.
fn is_law(index: &Index<'_>, pools: &Pools<'_>, kind: &Kind, course: usize, pool: (&str, &str)) -> bool {
    let about = |rule: &str| index.is_law(rule, |scope| index.course_in(scope, course));
    match kind {
        // A room that is not open to the school may be large enough.
        kind if *kind == TOO_SMALL => {
            let pupils = pupils(index, &index.courses[course]);
            about("room_fit") && pools.get(&pool).is_some_and(|rooms| rooms.iter().all(|room| is_small(room, pupils)))
        }
        kind if *kind == NOT_OPEN_TO || *kind == NEVER_OPEN => index.policy.is_none() || about("lab_windows"),
        _ => true,
    }
}

fn pupils(index: &Index<'_>, course: &Taught<'_>) -> u64 {
    course.classes.iter().map(|class| u64::from(index.district.classes[*class].pupils)).sum()
}

fn is_small(room: &Room, pupils: u64) -> bool {
    room.seats.is_some_and(|seats| u64::from(seats) < pupils)
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fault<'a> {
    place: String,
    code: &'static str,
    room: &'a str,
    site: &'a str,
    warning: bool,
}

/// (site, kind) → rooms.
type Pools<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Room>>;

fn pools<'a>(index: &Index<'a>) -> Pools<'a> {
    let mut pools = Pools::new();
    for room in &index.district.rooms {
        pools.entry((&room.site, &room.kind)).or_default().push(room);
    }
    pools
}

/// What stands between a block and a room, the gravest first.
fn fault<'a>(
    index: &Index<'a>,
    pools: &Pools<'a>,
    course: usize,
    block: &Unit<'a>,
    need: &'a RoomNeed,
) -> Option<(&'static Kind, &'a str)> {
    let course = &index.courses[course];
    let first = *course.classes.first()?;
    let class = &index.district.classes[first];
    let site = index.site_of_need(course, need)?;
    let owner = index.sites.get(site)?;
    let never = index.district.cycle_weeks == 2 && !weeks_meet(block.weeks, need.weeks);
    if need.kind.trim().is_empty() || never {
        return None;
    }
    let Some(rooms) = pools.get(&(site, need.kind.as_str())) else { return Some((&NO_ROOM, site)) };
    let mine = index.school_of(class) == Some(*owner);
    let open: Vec<_> = rooms.iter().filter(|room| mine || room.open_to.contains(&class.school)).copied().collect();
    if open.is_empty() {
        return Some((&NOT_OPEN_TO, site));
    }
    let cells = &index.open[first];
    let held = places(cells, block.periods).any(|place| place.iter().all(|cell| open.iter().any(|room| within(room, *cell))));
    if !cells.is_empty() && block.periods > 0 && !held && open.iter().all(|room| !room.open.is_empty()) {
        return Some((&NEVER_OPEN, site));
    }
    let pupils = pupils(index, course);
    // A course of a band has no number of pupils of its own.
    (open.iter().all(|room| is_small(room, pupils)) && course.band.is_none()).then_some((&TOO_SMALL, site))
}

/// Runs of n neighbouring cells of one day.
fn places(cells: &[Open], periods: u8) -> impl Iterator<Item = &[Open]> {
    let next = |a: &Open, b: &Open| a.at.weekday == b.at.weekday && a.at.period + 1 == b.at.period;
    cells.windows(usize::from(periods).max(1)).filter(move |place| place.windows(2).all(|pair| next(&pair[0], &pair[1])))
}

/// Does the cell lie in some window of the room?
fn within(room: &Room, open: Open) -> bool {
    let holds =
        |window: &crate::file::Window| window.weekday == open.at.weekday && window.from <= open.cell.start && open.cell.end <= window.to;
    room.open.is_empty() || room.open.iter().any(holds)
}

/// The first classes by name and how many there are.
pub fn classes_words(index: &Index<'_>, classes: &[usize]) -> (String, String) {
    let some = classes.iter().take(5).map(|class| format!("`{}`", index.district.classes[*class].id)).collect::<Vec<_>>().join(" ");
    match classes.len() {
        0..=5 => (some.clone(), some),
        count => (format!("{some} 等 {count} 个班"), format!("{some} … {count} in all")),
    }
}

fn no_kind(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, room) in index.district.rooms.iter().enumerate().filter(|(_, room)| room.kind.trim().is_empty()) {
        found.push(NO_KIND.at(index.at(format_args!("rooms[{i}].kind"))).of(&room.id));
    }
    for (i, line) in index.district.curriculum.iter().enumerate() {
        if line.room.as_ref().is_some_and(|need| need.kind.trim().is_empty()) {
            found.push(NO_KIND.at(index.at(format_args!("curriculum[{i}].room.kind"))).of(&line.subject));
        }
    }
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, block) in course.blocks.iter().enumerate() {
            if block.room.as_ref().is_some_and(|need| need.kind.trim().is_empty()) {
                found.push(NO_KIND.at(index.at(format_args!("courses[{i}].blocks[{j}].room.kind"))).of(&course.id));
            }
        }
    }
}
