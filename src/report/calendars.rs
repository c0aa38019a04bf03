//! iCalendar (RFC 5545): the term of each teacher and class, for a telephone or an office calendar.
//!
//! A lesson is one event that repeats every week or every other one, less the days off; a make-up day (调休) is an event of its own.

use super::grids::teachers;
use super::{CLOSING, DEMO, View};
use crate::check::{Facts, LessonFact};
use crate::file::Term;
use std::collections::{BTreeMap, BTreeSet};

/// Days since 1970-01-01.
type Day = i64;

/// `YYYY-MM-DD`; none where that is no date.
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().ok().map(i64::from));
    let (year, month, date) = (parts.next()??, parts.next()??, parts.next()??);
    // Years begin in March here: the leap day is the last.
    let shifted = if month > 2 { year } else { year - 1 };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let days = shifted * 365 + shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400) + of_year - 719_468;
    ((1..=12).contains(&month) && written(days) == text.replace('-', "")).then_some(days)
}

/// `YYYYMMDD`.
fn written(day: Day) -> String {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, after) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}{month:02}{date:02}", era * 400 + year + after)
}

/// 1 = Monday.
fn weekday(day: Day) -> u8 {
    ((day + 3).rem_euclid(7) + 1) as u8
}

/// The days of a term.
struct Days {
    first: Day,
    last: Day,
    off: BTreeSet<Day>,
    teaches_as: BTreeMap<Day, u8>,
}

impl Days {
    fn of(term: &Term) -> Option<Self> {
        Some(Self {
            first: day(&term.first_day)?,
            last: day(&term.last_day)?,
            off: term.off.iter().filter_map(|date| day(date)).collect(),
            teaches_as: term.teaches_as.iter().filter_map(|(date, weekday)| Some((day(date)?, *weekday))).collect(),
        })
    }

    /// Week of the cycle of two: the term's first week is the odd one.
    fn in_week(&self, day: Day, mask: u8) -> bool {
        let monday = |day: Day| day - i64::from(weekday(day)) + 1;
        mask & 0b11 == 0b11 || mask & (1 << ((monday(day) - monday(self.first)) / 7).rem_euclid(2)) != 0
    }
}

/// `calendars/teacher-ID.ics` and `calendars/class-ID.ics`; none where the term has no dates.
pub(super) fn files(view: &View, facts: &Facts) -> Vec<(String, Vec<u8>)> {
    let Some(days) = view.district.term.as_ref().and_then(Days::of) else { return Vec::new() };
    let mut of_teacher: BTreeMap<usize, Vec<&LessonFact>> = BTreeMap::new();
    let mut of_class: BTreeMap<usize, Vec<&LessonFact>> = BTreeMap::new();
    for lesson in &facts.lessons.list {
        for person in &facts.teaching.present[lesson.course][lesson.block] {
            of_teacher.entry(*person).or_default().push(lesson);
        }
        for class in &facts.courses.list[lesson.course].classes {
            of_class.entry(*class).or_default().push(lesson);
        }
    }
    let subject = |lesson: &LessonFact| facts.say_subject(facts.courses.list[lesson.course].subject).zh;
    let write = |lessons: &[&LessonFact], name: &str, summary: &dyn Fn(&LessonFact) -> String| {
        let mut calendar = Calendar::new(name, view.district.demo);
        // Where a cycle has one week only, its bit means every week.
        let whole = facts.courses.every_week();
        for lesson in lessons {
            let weeks = if lesson.weeks == whole { 0b11 } else { lesson.weeks };
            calendar.lesson(facts, &days, lesson, weeks, &summary(lesson));
        }
        calendar.end()
    };
    let mut files = Vec::new();
    for (person, lessons) in of_teacher {
        let id = &facts.people.list[person].id;
        let summary = |lesson: &LessonFact| format!("{} {}", subject(lesson), facts.say_classes(lesson.course).zh);
        files.push((format!("calendars/teacher-{}.ics", crate::job::safe_name(id)), write(&lessons, id, &summary)));
    }
    for (class, lessons) in of_class {
        let summary = |lesson: &LessonFact| format!("{} {}", subject(lesson), teachers(facts, lesson.course, Some(lesson.block)).0);
        let name = format!("calendars/class-{}.ics", crate::job::safe_name(&facts.district.classes[class].id));
        files.push((name, write(&lessons, &facts.say_class(class).zh, &summary)));
    }
    files
}

const HEAD: [&str; 13] = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//lunpai//lunpai//ZH",
    "CALSCALE:GREGORIAN",
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
];

struct Calendar {
    text: String,
    note: String,
}

impl Calendar {
    fn new(name: &str, demo: bool) -> Self {
        let note = if demo { format!("{} {}", DEMO.0, CLOSING.0) } else { CLOSING.0.to_owned() };
        let mut calendar = Self { text: String::new(), note };
        let (properties, zone) = HEAD.split_at(4);
        let named = format!("X-WR-CALNAME:{}", escaped(name));
        for line in properties.iter().chain([&named.as_str()]).chain(zone) {
            calendar.line(line);
        }
        calendar
    }

    fn lesson(&mut self, facts: &Facts, days: &Days, lesson: &LessonFact, weeks: u8, summary: &str) {
        let (Some(start), Some(end)) = (lesson.cells.first(), lesson.cells.last()) else { return };
        let clock = |day: Day, clock: crate::file::Clock| format!("{}T{:02}{:02}00", written(day), clock.0 / 60, clock.0 % 60);
        let room = lesson.room.map(|room| facts.say_room(room).zh);
        let place = room.or_else(|| lesson.site.map(|site| facts.say_site(site).zh)).unwrap_or_default();
        let regular: Vec<Day> =
            (days.first..=days.last).filter(|day| weekday(*day) == lesson.weekday && days.in_week(*day, weeks)).collect();
        let without: Vec<Day> = regular.iter().copied().filter(|day| days.off.contains(day) || days.teaches_as.contains_key(day)).collect();
        let made_up = days.teaches_as.iter().filter(|(day, as_weekday)| **as_weekday == lesson.weekday && days.in_week(**day, weeks));
        let made_up: Vec<Day> = made_up.map(|(day, _)| *day).collect();
        let note = escaped(&self.note);
        let id = format!("{}-{}@lunpai", facts.courses.list[lesson.course].id, lesson.block + 1);
        let mut event = |id: &str, day: Day, more: &[String]| {
            self.line("BEGIN:VEVENT");
            self.line(&format!("UID:{}", escaped(id)));
            // No clock is read: the stamp is the first day of the term.
            self.line(&format!("DTSTAMP:{}T000000Z", written(days.first)));
            self.line(&format!("DTSTART;TZID=Asia/Shanghai:{}", clock(day, start.start)));
            self.line(&format!("DTEND;TZID=Asia/Shanghai:{}", clock(day, end.end)));
            for line in more {
                self.line(line);
            }
            self.line(&format!("SUMMARY:{}", escaped(summary)));
            self.line(&format!("LOCATION:{}", escaped(&place)));
            self.line(&format!("DESCRIPTION:{note}"));
            self.line("END:VEVENT");
        };
        if let Some(first) = regular.first().filter(|_| without.len() < regular.len()) {
            let interval = if weeks == 0b11 { 1 } else { 2 };
            // The last evening in Shanghai, as the standard wants it in UTC.
            let mut more = vec![format!("RRULE:FREQ=WEEKLY;INTERVAL={interval};UNTIL={}T155959Z", written(days.last))];
            more.extend(without.iter().map(|day| format!("EXDATE;TZID=Asia/Shanghai:{}", clock(*day, start.start))));
            event(&id, *first, &more);
        }
        for day in made_up {
            event(&format!("{}-{id}", written(day)), day, &[]);
        }
    }

    /// A line of at most 75 bytes; the rest goes on behind a blank.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                used = 1;
            }
            self.text.push(c);
            used += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn end(mut self) -> Vec<u8> {
        self.line("END:VCALENDAR");
        self.text.into_bytes()
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::{day, weekday, written};

    #[test]
    fn days_are_counted_over_leap_years_and_back() {
        assert_eq!([day("1970-01-01"), day("2000-02-29"), day("2026-09-01")], [Some(0), Some(11_016), Some(20_697)]);
        assert_eq!([day("2026-02-29"), day("2026-13-01"), day("x"), day("2026-9-1")], [None; 4]);
        assert_eq!((weekday(0), weekday(20_697)), (4, 2), "a Thursday and a Tuesday");
        assert!((-800_000..800_000).step_by(97).all(|number| {
            let text = written(number);
            let dashed = format!("{}-{}-{}", &text[..text.len() - 4], &text[text.len() - 4..text.len() - 2], &text[text.len() - 2..]);
            number < -719_162 || day(&dashed) == Some(number)
        }));
    }
}
