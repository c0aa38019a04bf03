//! What each school gives and gets: people, backbone teachers, lessons.

use super::audience::Audience;
use crate::check::{Facts, changes_school};
use crate::file::{Part, Talent};

/// Headings in both languages.
pub(super) const HEADER: [(&str, &str); 7] = [
    ("学校", "school"),
    ("派出", "sends"),
    ("接收", "receives"),
    ("骨干派出", "backbone sent"),
    ("骨干接收", "backbone received"),
    ("支援外校课时", "periods given"),
    ("得到外校课时", "periods got"),
];

/// One line for each school that gives or gets something, as far as the reader may know: its name and six counts.
pub(super) fn lines(facts: &Facts, audience: Audience) -> Vec<Vec<String>> {
    let mut counts = vec![[0_i64; 6]; facts.places.schools.len()];
    if facts.plan.parts.contains(&Part::Postings) {
        for (person, _, to) in facts.people.posted().filter(|(_, row, _)| changes_school(row.form)) {
            let backbone = i64::from(facts.people.list[person].talent >= Talent::County);
            if let Some(from) = facts.people.before[person] {
                counts[from][0] += 1;
                counts[from][2] += backbone;
            }
            counts[to][1] += 1;
            counts[to][3] += backbone;
        }
    }
    for person in 0..facts.people.list.len() {
        for (host, periods) in facts.hosts(person) {
            if let Some(home) = facts.people.working[person] {
                counts[home][4] += periods;
            }
            counts[host][5] += periods;
        }
    }
    let moved = |(school, counts): &(usize, &[i64; 6])| counts.iter().any(|count| *count > 0) && audience.sees_school(Some(*school));
    let named = counts.iter().enumerate().filter(moved);
    named
        .map(|(school, counts)| std::iter::once(facts.say_school(school).zh).chain(counts.iter().map(ToString::to_string)).collect())
        .collect()
}
