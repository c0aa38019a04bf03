//! Exchange in figures: who could move, who should, who does.

use super::View;
use super::sharing::{Link, links};
use crate::check::{Facts, changes_school};
use crate::file::{Category, District, Talent, Text};
use crate::rules::AnyRule;
use crate::rules::exchange::eligible::Eligible;
use crate::rules::exchange::quota::{Quota, QuotaLine};

pub(super) struct Exchange {
    /// Eligible people of the whole district.
    pub(super) eligible: i64,
    /// Every quota at every place where it holds.
    pub(super) quotas: Vec<(Quota, QuotaLine)>,
    /// People posted to another school (跟岗 and 交叉任职 not counted).
    pub(super) moved: i64,
    pub(super) backbone_moved: i64,
    /// Schools that had no backbone teacher and get some: (school, how many).
    pub(super) first_backbone: Vec<(Text, usize)>,
    /// Links of last term's plan that were nearly a post, of people who are not posted there now.
    pub(super) last_term: Vec<Link>,
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
        let mut quotas = Vec::new();
        for (clause, rule) in view.clauses() {
            if let AnyRule::Quota(quota) = rule {
                quotas.extend(quota.lines(facts, &clause.scope).into_iter().map(|line| (quota.clone(), line)));
            }
        }
        Self {
            eligible: eligible.len() as i64,
            quotas,
            moved: moved.len() as i64,
            backbone_moved: moved.iter().filter(|person| backbone(person)).count() as i64,
            first_backbone: first_backbone(facts),
            last_term: last_term(view.district, facts),
        }
    }
}

fn last_term(district: &District, facts: &Facts) -> Vec<Link> {
    let Some(baseline) = &district.baseline else { return Vec::new() };
    let weeks = i64::from(district.cycle_weeks.clamp(1, 2));
    let mut near = links(&Facts::of(district, baseline, Eligible::default()));
    near.retain(|link| link.is_near_post(weeks) && facts.people.working[link.person] != Some(link.host));
    near
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
    use crate::file::{Form, Part, Plan, Posting, Source, Teaching, read_district};
    use std::path::Path;

    /// All 20 periods of PE at Shiqiao were given by one teacher of Huayuankou last term.
    #[test]
    fn a_full_week_elsewhere_last_term_is_proposed_as_a_posting_until_it_is_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/huayuankou/district.json");
        let mut district = read_district(&Source::read(&path).expect("a committed file")).expect("a district");
        let teaches = |person: &crate::file::Person| person.subjects.iter().any(|held| held.subject == "pe");
        let found = district.people.iter().find(|person| person.employer == "HYK" && teaches(person));
        let teacher = found.expect("a teacher of PE").id.clone();
        let of = |class: &crate::file::Class| Teaching {
            course: format!("{}.pe", class.id),
            role: None,
            teacher: Some(teacher.clone()),
            blocks: Vec::new(),
        };
        let teaching = district.classes.iter().filter(|class| class.school == "SQ").map(of).collect();
        district.baseline = Some(Box::new(Plan { parts: vec![Part::Teaching], teaching, ..Plan::default() }));
        let proposed = |plan: &Plan| {
            let facts = Facts::of(&district, plan, Eligible::default());
            last_term(&district, &facts).iter().map(|link| (facts.people.list[link.person].id.clone(), link.periods)).collect::<Vec<_>>()
        };
        assert_eq!(proposed(&Plan::default()), [(teacher.clone(), 20)]);
        let posting = Posting {
            person: teacher.clone(),
            from: "HYK".to_owned(),
            to: "SQ".to_owned(),
            form: Form::Support,
            from_term: "2026-1".to_owned(),
            to_term: None,
            because: Vec::new(),
        };
        assert_eq!(proposed(&Plan { parts: vec![Part::Postings], postings: vec![posting], ..Plan::default() }), []);
    }
}
