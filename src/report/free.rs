//! Everybody's timetable open to the district: when people are free together, and which lessons they could hear.

use super::journeys::clock;
use crate::check::{Facts, LessonFact, beside, list, weekday};
use crate::file::{BlockKind, District, Plan, Text};
use crate::problem::nearest;
use crate::rules::exchange::eligible::Eligible;
use std::collections::BTreeMap;

/// Minutes from..to of a weekday in one week of the cycle, at a site if it is a lesson.
struct Busy {
    weekday: u8,
    week: u8,
    from: i64,
    to: i64,
    site: Option<usize>,
}

/// Asks a plan with a timetable about these people, all of them together.
pub struct Finder<'a> {
    facts: Facts<'a>,
    people: Vec<usize>,
    busy: Vec<Vec<Busy>>,
}

impl<'a> Finder<'a> {
    /// # Errors
    /// The words for every id that is nobody's.
    pub fn new(district: &'a District, plan: &'a Plan, ids: &[String]) -> Result<Self, Vec<Text>> {
        let facts = Facts::of(district, plan, Eligible::default());
        let unknown = |id: &&String| facts.people.find(id).is_none();
        let known = || district.people.iter().map(|person| person.id.as_str());
        let words: Vec<Text> = ids.iter().filter(unknown).map(|id| stranger(id, known())).collect();
        if !words.is_empty() {
            return Err(words);
        }
        let people: Vec<usize> = ids.iter().filter_map(|id| facts.people.find(id)).collect();
        let busy = people.iter().map(|person| busy(&facts, *person)).collect();
        Ok(Self { facts, people, busy })
    }

    /// Stretches of the school day of at least so many minutes in which none of them has a lesson, a meeting, a duty or a time
    /// when they are not available; trips are not looked at. One line each, in order of time.
    pub fn together(&self, minutes: u16) -> Vec<Text> {
        let mut stretches: BTreeMap<(u8, i64, i64), u8> = BTreeMap::new();
        for (day, (first, last)) in self.days() {
            for week in self.weeks() {
                let mut taken: Vec<(i64, i64)> =
                    self.busy.iter().flatten().filter(|it| (it.weekday, it.week) == (day, week)).map(|it| (it.from, it.to)).collect();
                taken.push((last, last));
                taken.sort_unstable();
                let mut from = first;
                for (start, end) in taken {
                    if start.min(last) - from >= i64::from(minutes).max(1) {
                        *stretches.entry((day, from, start.min(last))).or_default() |= 1 << week;
                    }
                    from = from.max(end);
                }
            }
        }
        let line = |(&(day, from, to), &weeks): (&(u8, i64, i64), &u8)| {
            let (day, time, minutes) = (self.facts.in_week(weeks, &weekday(day)), span(from, to), to - from);
            Text::new(format!("{} {time},{minutes} 分钟", day.zh), format!("{} {time}, {minutes} minutes", day.en))
        };
        stretches.iter().map(line).collect()
    }

    /// Lessons of a school, a subject or a person that all of them could hear: they have nothing else then and can make the
    /// trips there and on. One line each, in order of time.
    ///
    /// # Errors
    /// The words for an id that is none of these.
    pub fn lessons_of(&self, what: &str) -> Result<Vec<Text>, Text> {
        let facts = &self.facts;
        let (school, person) = (facts.places.school(what), facts.people.find(what));
        if school.is_none() && person.is_none() && facts.courses.subject(what).is_none() {
            let district = facts.district;
            let ids = district.schools.iter().map(|it| &it.id).chain(district.subjects.iter().map(|it| &it.id));
            return Err(stranger(what, ids.chain(district.people.iter().map(|it| &it.id)).map(String::as_str)));
        }
        let taught = |lesson: &LessonFact| &facts.teaching.present[lesson.course][lesson.block];
        let meant = |lesson: &LessonFact| {
            let at = school.is_some() && facts.courses.school_of(lesson.course) == school;
            at || facts.courses.list[lesson.course].subject == what || person.is_some_and(|person| taught(lesson).contains(&person))
        };
        let mut lines = Vec::new();
        for lesson in facts.lessons.list.iter().filter(|lesson| meant(lesson) && !taught(lesson).is_empty()) {
            let (Some(first), Some(last)) = (lesson.cells.first(), lesson.cells.last()) else { continue };
            let (from, to) = (i64::from(first.start.0), i64::from(last.end.0));
            let open = |week: &u8| lesson.weeks & (1 << week) != 0 && self.busy.iter().all(|busy| self.fits(busy, lesson, *week, from, to));
            let weeks = self.weeks().filter(open).fold(0, |mask, week| mask | 1 << week);
            let own = self.people.iter().any(|person| taught(lesson).contains(person));
            if weeks != 0 && !own {
                lines.push((lesson.weekday, from, self.line(lesson, weeks, &span(from, to))));
            }
        }
        lines.sort();
        Ok(lines.into_iter().map(|(_, _, line)| line).collect())
    }

    fn line(&self, lesson: &LessonFact, weeks: u8, time: &str) -> Text {
        let facts = &self.facts;
        let day = facts.in_week(weeks, &weekday(lesson.weekday));
        let what = beside(&facts.say_classes(lesson.course), &facts.say_subject(facts.courses.list[lesson.course].subject));
        let who: Vec<Text> = facts.teaching.present[lesson.course][lesson.block].iter().map(|person| facts.say_person(*person)).collect();
        let who = list(&who);
        let home = |person: &usize| facts.people.working[*person].map(|school| facts.places.first_site(school));
        let minutes = |person: &usize| home(person).zip(lesson.site).map_or(0, |(home, site)| facts.places.minutes(home, site));
        let trip = self.people.iter().map(minutes).max().unwrap_or(0);
        let (zh, en) =
            if trip == 0 { (String::new(), String::new()) } else { (format!(",路程 {trip} 分钟"), format!(", {trip} minutes away")) };
        Text::new(format!("{} {time} {} {}{zh}", day.zh, what.zh, who.zh), format!("{} {time} {} {}{en}", day.en, what.en, who.en))
    }

    /// Nothing overlaps, and between lessons elsewhere and this one there is time for the trip.
    fn fits(&self, busy: &[Busy], lesson: &LessonFact, week: u8, from: i64, to: i64) -> bool {
        let trip = |a: Option<usize>, b: Option<usize>| a.zip(b).map_or(0, |(a, b)| self.facts.places.minutes(a, b));
        let clear = |it: &Busy| it.to + trip(it.site, lesson.site) <= from || to + trip(lesson.site, it.site) <= it.from;
        busy.iter().filter(|it| (it.weekday, it.week) == (lesson.weekday, week)).all(clear)
    }

    fn weeks(&self) -> impl Iterator<Item = u8> + use<'_> {
        (0..2).filter(|week| self.facts.courses.every_week() & (1 << week) != 0)
    }

    /// Weekday → first start and last end of the bells of the schools where they work, else of all bells.
    fn days(&self) -> BTreeMap<u8, (i64, i64)> {
        let facts = &self.facts;
        let here = |school: Option<usize>| self.people.iter().any(|person| facts.people.working[*person] == school);
        let own: Vec<usize> = facts.courses.classes.iter().filter(|class| here(class.school)).filter_map(|class| class.bell).collect();
        let bells = if own.is_empty() { (0..facts.courses.bells.len()).collect() } else { own };
        let mut days: BTreeMap<u8, (i64, i64)> = BTreeMap::new();
        for bell in bells.into_iter().map(|bell| &facts.courses.bells[bell]) {
            for day in &bell.weekdays {
                for cell in bell.cells(*day) {
                    let (first, last) = days.entry(*day).or_insert((i64::MAX, 0));
                    (*first, *last) = ((*first).min(i64::from(cell.start.0)), (*last).max(i64::from(cell.end.0)));
                }
            }
        }
        days
    }
}

/// Lessons, windows of no availability, and blocks that call the person.
fn busy(facts: &Facts, person: usize) -> Vec<Busy> {
    let lesson = |slot: &crate::check::Slot| Busy {
        weekday: slot.weekday,
        week: slot.week,
        from: i64::from(slot.start),
        to: i64::from(slot.end),
        site: slot.site,
    };
    let entry = &facts.people.list[person];
    let school = facts.people.working[person].map(|school| &facts.places.schools[school].id);
    let calls = |block: &&crate::file::FixedBlock| {
        let meets = match block.kind {
            BlockKind::Research | BlockKind::Meeting => facts.attends(&block.subjects, &block.schools, person),
            BlockKind::Assembly => school.is_some_and(|school| block.schools.contains(school)),
            _ => false,
        };
        meets || block.people.contains(&entry.id)
    };
    let blocks = facts.district.blocks.iter().filter(calls).flat_map(|block| &block.when);
    let window = |window: &crate::file::Window| {
        let (weekday, from, to, mask) = (window.weekday, window.from.0.into(), window.to.0.into(), facts.courses.mask(window.weeks));
        (0..2).filter(move |week| mask & (1 << week) != 0).map(move |week| Busy { weekday, week, from, to, site: None })
    };
    facts.lessons.of_person[person].iter().map(lesson).chain(entry.unavailable.iter().chain(blocks).flat_map(window)).collect()
}

fn span(from: i64, to: i64) -> String {
    format!("{}–{}", clock(from), clock(to))
}

fn stranger<'i>(id: &str, known: impl Iterator<Item = &'i str>) -> Text {
    match nearest(id, known) {
        Some(near) => Text::new(format!("没有 {id};是不是 {near}?"), format!("there is no {id}; did you mean {near}?")),
        None => Text::new(format!("没有 {id}"), format!("there is no {id}")),
    }
}
