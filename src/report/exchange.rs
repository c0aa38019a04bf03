//! Exchange in figures: who could move, who should, who does.

use super::View;
use crate::check::{Facts, changes_school};
use crate::file::{Category, Talent, Text};
use crate::rules::AnyRule;
use crate::rules::exchange::quota::{QuotaOf, QuotaWho, QuotaWithin, Rounding};

pub(super) struct Exchange {
    /// Eligible people of the whole district.
    pub(super) eligible: i64,
    /// Quotas that hold for the district as a whole.
    pub(super) quotas: Vec<QuotaLine>,
    /// People posted to another school (跟岗 and 交叉任职 not counted).
    pub(super) moved: i64,
    pub(super) backbone_moved: i64,
    /// Schools that had no backbone teacher and get some: (school, how many).
    pub(super) first_backbone: Vec<(Text, usize)>,
}

pub(super) struct QuotaLine {
    pub(super) percent: u32,
    pub(super) who: QuotaWho,
    pub(super) rounding: Rounding,
    pub(super) base: i64,
    pub(super) required: i64,
    pub(super) counted: i64,
}

impl QuotaLine {
    /// percent × base / 100 with as many decimals as it has: `8.4`.
    pub(super) fn share(&self) -> String {
        let hundredths = i64::from(self.percent) * self.base;
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// round(percent × base / 100).
fn rounded(percent: u32, base: i64, rounding: Rounding) -> i64 {
    let hundredths = i64::from(percent) * base;
    match rounding {
        Rounding::Up => (hundredths + 99) / 100,
        Rounding::Nearest => (hundredths + 50) / 100,
        Rounding::Down => hundredths / 100,
    }
}

impl Exchange {
    pub(super) fn of(view: &View, facts: &Facts) -> Self {
        let backbone = |person: &usize| facts.people.list[*person].talent >= Talent::County;
        let eligible: Vec<usize> = (0..facts.people.list.len()).filter(|person| facts.not_eligible(*person).is_none()).collect();
        let moved: Vec<usize> = facts
            .people
            .posted()
            .filter(|(person, row, to)| changes_school(row.form) && facts.people.before[*person] != Some(*to))
            .map(|(person, ..)| person)
            .collect();
        let count = |people: &[usize], who: QuotaWho| match who {
            QuotaWho::All => people.len() as i64,
            QuotaWho::Backbone => people.iter().filter(|person| backbone(person)).count() as i64,
        };
        let quotas = view.clauses().filter_map(|(_, rule)| match rule {
            AnyRule::Quota(quota) if quota.within == QuotaWithin::District => {
                let base = match quota.of {
                    QuotaOf::Eligible => count(&eligible, QuotaWho::All),
                    QuotaOf::EligibleBackbone => count(&eligible, QuotaWho::Backbone),
                    QuotaOf::Moved => count(&moved, QuotaWho::All),
                };
                Some(QuotaLine {
                    percent: quota.percent,
                    who: quota.who,
                    rounding: quota.rounding,
                    base,
                    required: rounded(quota.percent, base, quota.rounding),
                    counted: count(&moved, quota.who),
                })
            }
            _ => None,
        });
        Self {
            eligible: eligible.len() as i64,
            quotas: quotas.collect(),
            moved: moved.len() as i64,
            backbone_moved: count(&moved, QuotaWho::Backbone),
            first_backbone: first_backbone(facts),
        }
    }
}

fn first_backbone(facts: &Facts) -> Vec<(Text, usize)> {
    let holders = |at: &[Option<usize>], school: usize| {
        let people = facts.people.list.iter().zip(at);
        people.filter(|(person, at)| person.talent >= Talent::County && person.category != Category::Worker && **at == Some(school)).count()
    };
    (0..facts.places.schools.len())
        .filter(|school| holders(&facts.people.before, *school) == 0)
        .map(|school| (facts.say_school(school), holders(&facts.people.working, school)))
        .filter(|(_, after)| *after > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_percent_of_84_is_9_people() {
        let line = QuotaLine { percent: 10, who: QuotaWho::All, rounding: Rounding::Up, base: 84, required: 9, counted: 9 };
        assert_eq!((line.share().as_str(), rounded(10, 84, Rounding::Up)), ("8.4", 9));
        assert_eq!([rounded(20, 9, Rounding::Nearest), rounded(20, 9, Rounding::Down), rounded(10, 80, Rounding::Up)], [2, 1, 8]);
    }
}
