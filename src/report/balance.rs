//! What each school gives and gets: people, backbone teachers, lessons. Counted here once for every page that shows it.

use super::audience::Audience;
use crate::check::{Facts, changes_school};
use crate::file::Talent;
use crate::rules::exchange::direction::Way;

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

/// Of one school: people by this plan's postings, and periods a cycle taught by visitors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) sends: i64,
    pub(super) receives: i64,
    pub(super) backbone_sent: i64,
    pub(super) backbone_received: i64,
    /// Of those sent: down, lateral, up.
    pub(super) ways: [i64; 3],
    pub(super) periods_given: i64,
    pub(super) periods_got: i64,
}

/// One for each school, by its number.
pub(super) fn flows(facts: &Facts) -> Vec<Flow> {
    let schools = facts.places.schools;
    let mut flows = vec![Flow::default(); schools.len()];
    for (person, row, to) in facts.people.posted() {
        let Some(from) = facts.people.before[person].filter(|from| *from != to && changes_school(row.form)) else { continue };
        let backbone = i64::from(facts.people.list[person].talent >= Talent::County);
        flows[from].sends += 1;
        flows[from].backbone_sent += backbone;
        flows[from].ways[Way::of(&schools[from], &schools[to]) as usize] += 1;
        flows[to].receives += 1;
        flows[to].backbone_received += backbone;
    }
    for person in 0..facts.people.list.len() {
        for (host, periods) in facts.hosts(person) {
            if let Some(home) = facts.people.working[person] {
                flows[home].periods_given += periods;
            }
            flows[host].periods_got += periods;
        }
    }
    flows
}

/// One line for each school that gives or gets something, as far as the reader may know: its name and six counts.
pub(super) fn lines(facts: &Facts, audience: Audience) -> Vec<Vec<String>> {
    let line = |(school, flow): (usize, Flow)| {
        let people = [flow.sends, flow.receives, flow.backbone_sent, flow.backbone_received];
        let counts = people.into_iter().chain([flow.periods_given, flow.periods_got]);
        std::iter::once(facts.say_school(school).zh).chain(counts.map(|count| count.to_string())).collect()
    };
    let flows = flows(facts).into_iter().enumerate();
    flows.filter(|(school, flow)| *flow != Flow::default() && audience.sees_school(Some(*school))).map(line).collect()
}
