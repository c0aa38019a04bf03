//! The week of a class: every lesson into one of its slots, so that nobody is in two places and no room is taken twice.
//!
//! A lesson that finds no free slot drives others out, those seldom driven out before first. Where that does not end,
//! the course that could not be placed gets another teacher, and at last a new one, whose week is empty.

use super::super::dice::Dice;
use super::bells::Span;
use super::sketch::Sketch;
use super::staffing::{colleague, hire};
use std::collections::{BTreeMap, BTreeSet};

/// A lesson to be placed: a block of a course and, of a pair, the same block of the partner.
#[derive(Debug, Clone)]
struct Task {
    courses: Vec<usize>,
    block: usize,
    periods: u8,
    /// Starts in which teachers and rooms are free: places in the class's list of slots.
    starts: Vec<usize>,
    driven_out: u64,
    start: Option<usize>,
}

/// Driving out ends after so many steps for each lesson.
const PATIENCE: usize = 60;

/// Places all lessons of a class; false if one has no place whoever teaches it.
pub(super) fn place(sketch: &mut Sketch, class: usize, dice: &mut Dice) -> bool {
    let mut tried: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for _ in 0..3 * sketch.classes[class].courses.len() + 3 {
        match arrange(sketch, class, dice) {
            Ok(tasks) => {
                for task in tasks {
                    commit(sketch, class, &task);
                }
                return true;
            }
            Err(course) => another_teacher(sketch, course, tried.entry(course).or_default(), dice),
        }
    }
    false
}

/// The class meeting stays with the class teacher; then it is the teacher's other course of the class that changes hands.
fn another_teacher(sketch: &mut Sketch, course: usize, tried: &mut BTreeSet<usize>, dice: &mut Dice) {
    let class = sketch.courses[course].class;
    let holder = sketch.courses[course].teacher;
    if holder.is_some() && holder == sketch.classes[class].teacher {
        let own: Vec<usize> = sketch.classes[class].courses.iter().copied().filter(|own| sketch.courses[*own].teacher == holder).collect();
        let person = hire_class_teacher(sketch, &own, dice);
        sketch.classes[class].teacher = Some(person);
        return;
    }
    tried.extend(holder);
    sketch.take(course);
    let person = colleague(sketch, course, tried, dice).unwrap_or_else(|| hire(sketch, course, dice));
    sketch.give(course, person);
}

/// A new class teacher for the same courses as the one before, whose post ends.
fn hire_class_teacher(sketch: &mut Sketch, courses: &[usize], dice: &mut Dice) -> usize {
    let certified = courses.iter().copied().find(|course| !sketch.subject_of(*course).any_teacher());
    let Some(first) = certified.or(courses.first().copied()) else { return 0 };
    let before = sketch.courses[first].teacher;
    let person = hire(sketch, first, dice);
    let mut post = 0;
    if let Some(before) = before {
        std::mem::swap(&mut post, &mut sketch.staff[before].post);
    }
    sketch.staff[person].post = post;
    for &course in courses {
        sketch.take(course);
        if !sketch.staff[person].subjects.contains(&sketch.courses[course].subject) && !sketch.subject_of(course).any_teacher() {
            let subject = sketch.courses[course].subject;
            sketch.staff[person].subjects.push(subject);
        }
        sketch.give(course, person);
    }
    let teacher = &mut sketch.staff[person];
    teacher.cap = teacher.cap.max(teacher.load + teacher.post);
    person
}

/// Every task with its start, or the course that could not be placed.
fn arrange(sketch: &Sketch, class: usize, dice: &mut Dice) -> Result<Vec<Task>, usize> {
    let mut tasks = tasks(sketch, class);
    if let Some(task) = tasks.iter().find(|task| task.starts.is_empty()) {
        return Err(task.courses[0]);
    }
    let mut queue: Vec<usize> = (0..tasks.len()).collect();
    // The longest and narrowest last in the list: it is taken from the end.
    queue.sort_by_key(|task| (tasks[*task].periods, std::cmp::Reverse(tasks[*task].starts.len())));
    let mut in_slot: Vec<Option<usize>> = vec![None; sketch.classes[class].slots.len()];
    let mut left = PATIENCE * tasks.len();
    while let Some(task) = queue.pop() {
        if left == 0 {
            let worst = tasks.iter().max_by_key(|task| task.driven_out);
            return Err(worst.map_or(tasks[task].courses[0], |worst| worst.courses[0]));
        }
        left -= 1;
        let Some((start, out)) = best(sketch, class, &tasks, task, &in_slot, dice) else { return Err(tasks[task].courses[0]) };
        for other in out {
            tasks[other].start = None;
            tasks[other].driven_out += 1;
            in_slot.iter_mut().filter(|slot| **slot == Some(other)).for_each(|slot| *slot = None);
            queue.push(other);
        }
        tasks[task].start = Some(start);
        in_slot[start..start + usize::from(tasks[task].periods)].fill(Some(task));
    }
    Ok(tasks)
}

fn tasks(sketch: &Sketch, class: usize) -> Vec<Task> {
    let mut tasks = Vec::new();
    for &course in &sketch.classes[class].courses {
        let partner = sketch.courses[course].partner;
        // A pair is one lesson, told with the first of the two.
        if partner.is_some_and(|partner| partner < course) {
            continue;
        }
        for (block, of) in sketch.courses[course].blocks.iter().enumerate() {
            let mut task = Task { courses: vec![course], block, periods: of.periods, starts: Vec::new(), driven_out: 0, start: None };
            task.courses.extend(partner);
            task.starts = starts(sketch, class, &task);
            tasks.push(task);
        }
    }
    tasks
}

fn starts(sketch: &Sketch, class: usize, task: &Task) -> Vec<usize> {
    let (own, slots, length) = (&sketch.classes[class].slots, sketch.slots(class), usize::from(task.periods));
    let place = sketch.classes[class].place;
    let fits = |first: &usize| {
        let Some(cells) = own.get(*first..first + length) else { return false };
        let joined = cells.windows(2).all(|pair| pair[0] + 1 == pair[1] && slots[pair[0]].joins);
        let whole = Span { end: slots[cells[length - 1]].time.end, ..slots[cells[0]].time };
        joined
            && task.courses.iter().all(|course| {
                let block = &sketch.courses[*course].blocks[task.block];
                let free = |person: usize| cells.iter().all(|cell| sketch.staff[person].free(place, slots[*cell].time));
                sketch.courses[*course].teacher.is_none_or(free) && block.pool.is_none_or(|pool| room(sketch, pool, whole).is_some())
            })
    };
    (0..own.len()).filter(fits).collect()
}

/// A room of the pool that is free then, set-up and clearing included.
fn room(sketch: &Sketch, pool: usize, span: Span) -> Option<usize> {
    let pool = &sketch.pools[pool];
    let whole = span.with(pool.setup, pool.clearing);
    pool.uses.iter().position(|uses| !uses.iter().any(|other| other.with(pool.setup, pool.clearing).meets(whole)))
}

/// The start that drives out least, and whom.
fn best(
    sketch: &Sketch,
    class: usize,
    tasks: &[Task],
    task: usize,
    in_slot: &[Option<usize>],
    dice: &mut Dice,
) -> Option<(usize, BTreeSet<usize>)> {
    let (own, slots) = (&sketch.classes[class].slots, sketch.slots(class));
    let day = |start: usize| slots[own[start]].at.weekday;
    let days = sketch.clocks[sketch.classes[class].clock].bell.weekdays.len();
    let blocks = sketch.courses[tasks[task].courses[0]].blocks.len();
    let most = blocks.div_ceil(days.max(1));
    let choices = tasks[task].starts.iter().map(|&start| {
        let cells = start..start + usize::from(tasks[task].periods);
        let mut out: BTreeSet<usize> = in_slot[cells].iter().flatten().copied().collect();
        // No more lessons of the course on that day than are spread over the week.
        let same = |other: &usize| {
            *other != task
                && tasks[*other].courses[0] == tasks[task].courses[0]
                && tasks[*other].start.is_some_and(|at| day(at) == day(start))
        };
        let same: Vec<usize> = (0..tasks.len()).filter(same).collect();
        let staying: Vec<usize> = same.into_iter().filter(|other| !out.contains(other)).collect();
        out.extend(staying.iter().take((staying.len() + 1).saturating_sub(most)));
        let cost: u64 = out.iter().map(|other| 4 + 2 * tasks[*other].driven_out).sum();
        (cost + dice.roll(3), start, out)
    });
    choices.min_by_key(|(cost, start, _)| (*cost, *start)).map(|(_, start, out)| (start, out))
}

fn commit(sketch: &mut Sketch, class: usize, task: &Task) {
    let Some(start) = task.start.map(|start| sketch.classes[class].slots[start]) else { return };
    let spans: Vec<Span> = sketch.spans(class, start, task.periods).collect();
    for &course in &task.courses {
        let whole = spans.first().zip(spans.last()).map(|(first, last)| Span { end: last.end, ..*first });
        let pool = sketch.courses[course].blocks[task.block].pool;
        if let Some((pool, whole)) = pool.zip(whole) {
            let free = room(sketch, pool, whole).unwrap_or(0);
            sketch.pools[pool].uses[free].push(whole);
            sketch.courses[course].blocks[task.block].room = free;
        }
        sketch.courses[course].blocks[task.block].start = Some(start);
        if let Some(person) = sketch.courses[course].teacher {
            sketch.staff[person].busy.extend(&spans);
            sketch.staff[person].waiting -= 1;
        }
    }
}
