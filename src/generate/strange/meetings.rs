//! Times taken before any lesson: research of the groups, flag raising, the long break, the principals' meeting.

use super::super::dice::Dice;
use super::bells::Span;
use super::sketch::{Hire, Sketch};
use super::subjects::Part;
use crate::file::{BlockKind, Clock, FixedBlock, Half, Text, Weeks, Window};
use std::collections::BTreeSet;

/// Keeps the last two cells of an afternoon free for who teaches some subjects, group by group; for 语文 an hour after
/// the last lesson, since most teachers of a primary school hold it.
pub(super) fn reserve(sketch: &mut Sketch, dice: &mut Dice) {
    let groups: BTreeSet<usize> = sketch.places.iter().map(|place| place.group).collect();
    for group in groups {
        for subject in 0..sketch.subjects.len() {
            let wanted = match sketch.subjects[subject].part {
                Part::Language => dice.percent(50),
                Part::Maths | Part::Other => dice.percent(15),
                Part::Anybody | Part::Meeting => false,
            };
            if !wanted {
                continue;
            }
            let places: Vec<usize> = (0..sketch.places.len()).filter(|place| sketch.places[*place].group == group).collect();
            let weekday = dice.between(1, 5) as u8;
            let late = after_school(sketch, &places, weekday);
            let language = sketch.subjects[subject].part == Part::Language;
            let span = if language { late } else { afternoon(sketch, places[0], weekday).unwrap_or(late) };
            for place in places {
                sketch.meetings.insert((place, subject), span);
            }
        }
    }
}

fn clocks_of(sketch: &Sketch, place: usize) -> BTreeSet<usize> {
    sketch.classes.iter().filter(|class| class.place == place).map(|class| class.clock).collect()
}

fn after_school(sketch: &Sketch, places: &[usize], weekday: u8) -> Span {
    let clocks = places.iter().flat_map(|place| clocks_of(sketch, *place));
    let start = clocks.map(|clock| sketch.clocks[clock].day_ends()).max().unwrap_or(17 * 60) + 5;
    Span { weekday, start, end: start + 50 }
}

/// The last two cells of the day that are not in the evening.
fn afternoon(sketch: &Sketch, place: usize, weekday: u8) -> Option<Span> {
    let clock = *clocks_of(sketch, place).first()?;
    let of_day = sketch.clocks[clock].slots.iter().filter(|slot| slot.at.weekday == weekday && slot.half == Half::Pm);
    let spans: Vec<Span> = of_day.map(|slot| slot.time).collect();
    let (last, first) = (spans.last()?, spans.iter().rev().nth(1)?);
    Some(Span { end: last.end, ..*first })
}

/// A meeting in lesson time needs as many other teachers as there are classes; where a school has fewer, it is held after
/// the last lesson instead. Its hours were kept free, so the witness stands either way.
fn held(sketch: &Sketch, subject: usize, places: &[usize], span: Span) -> Span {
    let enough = |place: &usize| {
        let classes = sketch.classes.iter().filter(|class| class.place == *place).count();
        let other = |hire: &&Hire| hire.place == *place && !hire.leader && hire.cap > 0 && !hire.subjects.contains(&subject);
        classes <= sketch.staff.iter().filter(other).count()
    };
    if places.iter().all(enough) { span } else { after_school(sketch, places, span.weekday) }
}

fn window(span: Span) -> Window {
    Window { weekday: span.weekday, from: Clock(span.start), to: Clock(span.end), weeks: Weeks::All }
}

/// All of them as the file has them; `people` are the ids of the staff.
pub(super) fn blocks(sketch: &Sketch, people: &[String], dice: &mut Dice) -> Vec<FixedBlock> {
    let mut blocks = research(sketch);
    for (number, clock) in sketch.clocks.iter().enumerate() {
        let classes: Vec<String> = sketch.classes.iter().filter(|class| class.clock == number).map(|class| class.id.clone()).collect();
        let first = clock.first().0;
        let flag = Span { weekday: 1, start: first - 20, end: first - 5 };
        blocks.push(block(
            &format!("flag-{}", number + 1),
            BlockKind::Assembly,
            ("升旗", "Flag raising"),
            classes.clone(),
            vec![window(flag)],
        ));
        if let Some((from, to)) = clock.big_break().filter(|_| dice.percent(50)) {
            let daily = |weekday: u8| Window { weekday, from, to, weeks: Weeks::All };
            blocks.push(block(
                &format!("exercise-{}", number + 1),
                BlockKind::Exercise,
                ("大课间", "Break exercise"),
                classes,
                (1..=5).map(daily).collect(),
            ));
        }
    }
    let leaders = sketch.staff.iter().zip(people).filter(|(hire, _)| hire.leader).map(|(_, id)| id.clone()).collect();
    let all: Vec<usize> = (0..sketch.places.len()).collect();
    let meeting = window(after_school(sketch, &all, dice.between(1, 5) as u8));
    let mut principals = block("principals", BlockKind::Meeting, ("校长例会", "Principals' meeting"), Vec::new(), vec![meeting]);
    principals.people = leaders;
    blocks.push(principals);
    blocks
}

fn block(id: &str, kind: BlockKind, name: (&str, &str), classes: Vec<String>, when: Vec<Window>) -> FixedBlock {
    FixedBlock {
        id: id.to_owned(),
        name: Text::new(name.0, name.1),
        kind,
        subjects: Vec::new(),
        schools: Vec::new(),
        people: Vec::new(),
        classes,
        observed: false,
        when,
    }
}

/// One block for each group and subject with hours kept.
fn research(sketch: &Sketch) -> Vec<FixedBlock> {
    let kept: BTreeSet<(usize, usize)> = sketch.meetings.keys().map(|(place, subject)| (sketch.places[*place].group, *subject)).collect();
    let made = kept.into_iter().enumerate().filter_map(|(number, (group, subject))| {
        let places: Vec<usize> = (0..sketch.places.len()).filter(|place| sketch.places[*place].group == group).collect();
        let span = *sketch.meetings.get(&(*places.first()?, subject))?;
        let name = &sketch.subjects[subject].name;
        let words = (format!("第{}学区{}教研", group + 1, name.zh), format!("{} research, group {}", name.en, group + 1));
        let when = vec![window(held(sketch, subject, &places, span))];
        let mut made = block(&format!("research-{}", number + 1), BlockKind::Research, (&words.0, &words.1), Vec::new(), when);
        made.subjects = vec![sketch.subjects[subject].id.clone()];
        made.schools = places.iter().map(|place| sketch.places[*place].id.clone()).collect();
        Some(made)
    });
    made.collect()
}
