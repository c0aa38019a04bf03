//! Quick counts of what cannot hold, before any model is built. Each is a bound that no plan can beat, but for a meeting in
//! lesson time: that no plan of the school's own people can. A shortage is a warning, since lessons without a teacher are
//! placed and counted as 待补.

use super::classes::{periods, timed};
use super::given::cycle_periods;
use super::index::{Index, Open, Origin, stage_of, weeks_meet};
use super::rooms::classes_words;
use super::schools::stage_words;
use crate::file::{BlockKind, Category, Clock, FixedBlock, Stage, Weeks, Window};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const SHORTAGE: Kind = Kind::warning(
    "W-FIT-001",
    ("学科课时多于有资格教师能承担的课时", "more periods of a subject than its qualified teachers can take"),
    ("课时不超过有资格教师的课时上限合计(已减职务折算)", "periods at most the caps of all qualified teachers, less their posts"),
    (
        "缺口会标为待补;可招聘、代课、专递课堂或支教",
        "the rest is planned as 待补; recruit, hire substitutes, share by remote lessons or ask for support",
    ),
);
const RESEARCH: Kind = Kind::error(
    "E-FIT-002",
    ("教研放在上课时间,没有足够的其他教师", "research in lesson time without enough other teachers"),
    ("同时上课的班级不超过本校不参加教研的教师", "at most as many classes at lessons as teachers of the school who do not attend"),
    (
        "请把教研放到最后一节之后(课后服务由其他教师负责),或放到低年级没课的下午,或分年级、分学校错开;要由外校教师顶课的,把参加人员逐一写在 `people` 里,不写 `subjects`",
        "put it after the last lesson (others take the care service), into afternoons without lessons, or stagger grades or schools; if people from other schools are to take the lessons, name who attends in `people` instead of `subjects`",
    ),
);
const BLOCKS_TAKE_CELLS: Kind = Kind::error(
    "E-FIT-003",
    ("集体活动占用后,班级的节次不够上课", "activities leave a class fewer cells than lessons"),
    ("活动以外的节次不少于每周课时", "as many cells outside the activities as weekly periods"),
    (
        "请把活动改到课外,或用校本、综合实践的课时来安排,或减少课时",
        "move the activity out of lesson time, give it curriculum periods, or lower the periods",
    ),
);
const ROOMS_FULL: Kind = Kind::error(
    "E-FIT-004",
    ("专用教室的开放时间不够用", "the rooms' open hours are fewer than the lessons that need them"),
    ("需要的课时不超过教室间数 × 可用节次", "periods needed at most rooms × usable cells"),
    (
        "请增加教室或开放时间,减少需要专用教室的课次,或借用别的校区",
        "add rooms or hours, need the room for fewer blocks, or borrow at another site",
    ),
);

pub const KINDS: &[&Kind] = &[&SHORTAGE, &RESEARCH, &BLOCKS_TAKE_CELLS, &ROOMS_FULL];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    shortage(index, found);
    research(index, found);
    blocks_take_cells(index, found);
    rooms_full(index, found);
}

/// For each subject and stage s: Σ periods at s and above against Σ (cap − posts) of who may teach there.
fn shortage(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut wanted: BTreeMap<(&str, Stage), u64> = BTreeMap::new();
    for course in &index.courses {
        let Some(stage) = course.classes.first().and_then(|class| stage_of(index.district.classes[*class].grade)) else { continue };
        let whole = cycle_periods(index, course);
        // Helpers need no certificate: only the first role is counted.
        let lead = match course.origin {
            Origin::Given(i) => index.district.courses[i].teachers.first().and_then(|role| role.load_periods).map_or(whole, u64::from),
            Origin::Line(_) => whole,
        };
        *wanted.entry((course.subject, stage)).or_default() += lead;
    }
    let mut offered: BTreeMap<(&str, Stage), u64> = BTreeMap::new();
    for person in &index.district.people {
        let posts = person.posts.iter().map(|post| u64::from(post.periods)).sum::<u64>();
        let mut best: BTreeMap<&str, Stage> = BTreeMap::new();
        for certificate in &person.subjects {
            let stage = best.entry(&certificate.subject).or_insert(certificate.stage);
            *stage = certificate.stage.max(*stage);
        }
        for (subject, stage) in best {
            *offered.entry((subject, stage)).or_default() += u64::from(person.load_cap).saturating_sub(posts);
        }
    }
    let above = |table: &BTreeMap<(&str, Stage), u64>, subject: &str, stage: Stage| {
        let stages = [Stage::Primary, Stage::Junior, Stage::Senior].into_iter().filter(|other| *other >= stage);
        stages.filter_map(|stage| table.get(&(subject, stage))).sum::<u64>()
    };
    for (i, subject) in index.district.subjects.iter().enumerate().filter(|(_, subject)| !subject.any_teacher) {
        let worst = [Stage::Primary, Stage::Junior, Stage::Senior]
            .map(|stage| (above(&wanted, &subject.id, stage), above(&offered, &subject.id, stage), stage))
            .into_iter()
            .max_by_key(|(wanted, offered, _)| wanted.saturating_sub(*offered));
        if let Some((wanted, offered, stage)) = worst.filter(|(wanted, offered, _)| wanted > offered) {
            let (missing, words) = (wanted - offered, stage_words(stage));
            found.push(SHORTAGE.at(index.at(format_args!("subjects[{i}]"))).of(&subject.id).found(
                format!("{}({}以上)共 {wanted} 课时,有资格的教师最多承担 {offered},至少缺 {missing}", subject.name.zh, words.0),
                format!(
                    "{} ({} and above): {wanted} periods, at most {offered} by qualified teachers, {missing} short",
                    subject.name.en, words.1
                ),
            ));
        }
    }
}

/// Each class's party: classes that may share a teacher count as one, and those taught together with another school
/// need none of their own.
fn parties(index: &Index<'_>) -> Vec<Option<usize>> {
    let mut joined: Vec<usize> = (0..index.district.classes.len()).collect();
    let mut away: BTreeSet<usize> = BTreeSet::new();
    for course in index.courses.iter().filter(|course| course.classes.len() > 1) {
        let schools: BTreeSet<_> = course.classes.iter().map(|class| &index.district.classes[*class].school).collect();
        if schools.len() > 1 {
            away.extend(&course.classes);
            continue;
        }
        for pair in course.classes.windows(2) {
            let (a, b) = (party(&mut joined, pair[0]), party(&mut joined, pair[1]));
            joined[a.max(b)] = a.min(b);
        }
    }
    (0..joined.len()).map(|class| if away.contains(&class) { None } else { Some(party(&mut joined, class)) }).collect()
}

/// The smallest class of a party; what is passed on the way is linked to it.
fn party(joined: &mut [usize], class: usize) -> usize {
    let mut first = class;
    while joined[first] != first {
        joined[first] = joined[joined[first]];
        first = joined[first];
    }
    first
}

/// In each school: classes that must be at a lesson during the meeting against its teachers who do not attend.
fn research(index: &Index<'_>, found: &mut Vec<Problem>) {
    let parties = parties(index);
    let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, class) in index.district.classes.iter().enumerate() {
        // Only a class without a free cell must be taught then.
        let must = timed(index, i) && parties[i].is_some() && periods(index, i).1 >= index.open[i].len() as u64;
        if let Some(school) = index.school_of(class).filter(|_| must) {
            full.entry(school).or_default().push(i);
        }
    }
    for (b, block) in index.district.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Research) {
        for (school, classes) in &full {
            let id = &index.district.schools[*school].id;
            if (!block.schools.is_empty() && !block.schools.contains(id)) || block.subjects.is_empty() {
                continue;
            }
            let others = others(index, block, *school);
            if classes.len() <= others {
                continue;
            }
            let worst = block.when.iter().enumerate().map(|(w, window)| (at_lessons(index, classes, &parties, *window), w));
            if let Some((count, w)) = worst.max_by_key(|(count, w)| (*count, std::cmp::Reverse(*w))).filter(|(count, _)| *count > others) {
                let subject = |id: &String| index.subjects.get(id.as_str()).map(|i| &index.district.subjects[*i].name);
                let zh: Vec<_> = block.subjects.iter().filter_map(subject).map(|name| name.zh.as_str()).collect();
                let en: Vec<_> = block.subjects.iter().filter_map(subject).map(|name| name.en.as_str()).collect();
                let name = index.school_name(*school);
                let problem = RESEARCH.at(index.at(format_args!("blocks[{b}].when[{w}]"))).of(&block.id).found(
                    format!("{}教研不能放在上课时间:{} {count} 班 > {others} 名其他教师", zh.join("、"), name.0),
                    format!(
                        "{} research cannot be held in lesson time: {}: {count} classes > {others} other teachers",
                        en.join(", "),
                        name.1
                    ),
                );
                // A meeting that only has to be tried for may be missed.
                found.push(if index.is_kept("research_block") { problem } else { problem.warning() });
            }
        }
    }
}

/// Teachers of the school who neither hold a certificate of the meeting's subjects nor are asked to come.
fn others(index: &Index<'_>, block: &FixedBlock, school: usize) -> usize {
    let subjects: BTreeSet<_> = block.subjects.iter().collect();
    let asked: BTreeSet<_> = block.people.iter().collect();
    let here = index.staff[school].iter().map(|person| &index.district.people[*person]);
    let here = here.filter(|person| person.category == Category::Teacher && person.load_cap > 0 && !asked.contains(&person.id));
    here.filter(|person| !person.subjects.iter().any(|certificate| subjects.contains(&certificate.subject))).count()
}

/// Most classes (parties of them) at lessons at one moment of the window.
fn at_lessons(index: &Index<'_>, classes: &[usize], parties: &[Option<usize>], window: Window) -> usize {
    let cells = |class: &usize| index.open[*class].iter().filter(|open| open.meets(window.weekday, window.from, window.to));
    let moments: BTreeSet<_> = classes.iter().flat_map(cells).map(|open| open.cell.start.max(window.from)).collect();
    let busy = |moment: Clock| {
        let at_lesson = |class: &&usize| cells(class).any(|open| open.cell.start <= moment && moment < open.cell.end);
        classes.iter().filter(at_lesson).map(|class| parties[*class]).collect::<BTreeSet<_>>().len()
    };
    moments.into_iter().map(busy).max().unwrap_or(0)
}

/// Severity of what only a clause forbids: an error where that clause is law.
fn severity(index: &Index<'_>, rule: &str, problem: Problem) -> Problem {
    if index.is_law(rule) { problem } else { problem.warning() }
}

/// Open cells that meet a meeting of the whole class, per week, against the class's periods.
fn blocks_take_cells(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut of_class: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut by_school: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, class) in index.district.classes.iter().enumerate() {
        by_school.entry(&class.school).or_default().push(i);
    }
    for (b, block) in index.district.blocks.iter().enumerate().filter(|(_, block)| block.kind != BlockKind::Research) {
        let whole = matches!(block.kind, BlockKind::Assembly | BlockKind::Club | BlockKind::Exam | BlockKind::Exercise);
        let schools = block.schools.iter().filter(|_| whole).filter_map(|school| by_school.get(school.as_str())).flatten();
        for class in block.classes.iter().filter_map(|class| index.classes.get(class.as_str())).chain(schools) {
            of_class.entry(*class).or_default().insert(b);
        }
    }
    // Told once per set of activities.
    let mut told: BTreeMap<(BTreeSet<usize>, u64, u64), Vec<usize>> = BTreeMap::new();
    for (class, blocks) in of_class {
        if !timed(index, class) || index.courses_of[class].is_empty() {
            continue;
        }
        let windows: Vec<_> = blocks.iter().flat_map(|block| &index.district.blocks[*block].when).collect();
        let left =
            [Weeks::Odd, Weeks::Even].map(|week| index.open[class].iter().filter(|open| !taken(**open, &windows, week)).count() as u64);
        let (needed, left) = (periods(index, class).1, left[0].min(left[1]));
        // Without any activity too many already: told with the class.
        if needed > left && needed <= index.open[class].len() as u64 {
            told.entry((blocks, needed, left)).or_default().push(class);
        }
    }
    for ((blocks, needed, left), classes) in told {
        let Some(first) = blocks.first() else { continue };
        let (zh, en) = classes_words(index, &classes);
        let problem = BLOCKS_TAKE_CELLS.at(index.at(format_args!("blocks[{first}].when"))).of(&index.district.blocks[*first].id);
        found.push(severity(
            index,
            "fixed_block",
            problem.found(
                format!("班级 {zh} 每周 {needed} 课时,活动以外只剩 {left} 节"),
                format!("classes {en}: {needed} periods a week, {left} cells outside the activities"),
            ),
        ));
    }
}

fn taken(open: Open, windows: &[&Window], week: Weeks) -> bool {
    windows.iter().any(|window| weeks_meet(window.weeks, week) && open.meets(window.weekday, window.from, window.to))
}

/// What lessons want of a pool of rooms.
#[derive(Default)]
struct Need {
    /// Periods of an odd and of an even week.
    wanted: [u64; 2],
    classes: BTreeSet<usize>,
}

/// Periods that need a pool in one week against Σ over its rooms of units × cells that can follow each other.
fn rooms_full(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut pools: BTreeMap<(&str, &str), Need> = BTreeMap::new();
    for course in &index.courses {
        let Some(first) = course.classes.first().copied() else { continue };
        for block in &course.blocks {
            let Some(need) = block.room else { continue };
            let Some(site) = need.site.as_deref().or_else(|| index.site_of(&index.district.classes[first])) else { continue };
            let pool = pools.entry((site, need.kind.as_str())).or_default();
            for (periods, week) in pool.wanted.iter_mut().zip([Weeks::Odd, Weeks::Even]) {
                if weeks_meet(block.weeks, week) && weeks_meet(need.weeks, week) {
                    *periods += u64::from(block.periods);
                }
            }
            pool.classes.insert(first);
        }
    }
    for ((site, kind), Need { wanted, classes }) in pools {
        let rooms: Vec<_> = index.district.rooms.iter().enumerate().filter(|(_, room)| room.site == site && room.kind == kind).collect();
        let cells: BTreeSet<_> =
            classes.iter().flat_map(|class| &index.open[*class]).map(|o| (o.at.weekday, o.cell.end, o.cell.start)).collect();
        if !classes.iter().all(|class| timed(index, *class)) {
            continue;
        }
        let usable = |room: &crate::file::Room| {
            let open =
                |day, from, to| room.open.is_empty() || room.open.iter().any(|it| it.weekday == day && it.from <= from && to <= it.to);
            let mut free = (0, Clock(0));
            // Taking the earliest end first gives the most intervals that do not meet.
            let fit = cells.iter().filter(|(day, end, start)| open(*day, *start, *end)).filter(|(day, end, start)| {
                let fits = *day != free.0 || *start >= free.1;
                if fits {
                    free = (*day, *end);
                }
                fits
            });
            fit.count() as u64
        };
        let supply: u64 = rooms.iter().map(|(_, room)| u64::from(room.units) * usable(room)).sum();
        let wanted = wanted[0].max(wanted[1]);
        if let Some((i, room)) = rooms.first().filter(|_| wanted > supply) {
            let problem = ROOMS_FULL.at(index.at(format_args!("rooms[{i}]"))).of(&room.id).found(
                format!("校区 `{site}` 的 `{kind}` 每周需要 {wanted} 课时,最多容纳 {supply}"),
                format!("`{kind}` at `{site}`: {wanted} periods a week needed, {supply} at most"),
            );
            found.push(severity(index, "room_clash", problem));
        }
    }
}
