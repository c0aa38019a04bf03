//! A policy that fits the district: the standard one with its ids, with numbers that the witness keeps.

use super::super::dice::Dice;
use super::super::standard_policy;
use super::sketch::Sketch;
use super::subjects::Part;
use crate::file::{District, Force, Policy, Text};
use crate::rules::AnyRule;

pub(super) fn policy(sketch: &Sketch, district: &District, moved: usize, dice: &mut Dice) -> Policy {
    let mut policy = standard_policy();
    policy.id = format!("{}-policy", district.id);
    policy.title = Text::new("本地办法", "Policy of the place");
    let main: Vec<String> = [Part::Language, Part::Maths]
        .into_iter()
        .filter_map(|part| sketch.part(part))
        .map(|subject| district.subjects[subject].id.clone())
        .collect();
    let cycle = sketch.traits.cycle();
    let percent = quota(district, moved, dice);
    policy.clauses.retain_mut(|clause| {
        match &mut clause.rule {
            AnyRule::Quota(quota) if clause.id == "quota" => match percent {
                Some(percent) => quota.percent = percent,
                None => return false,
            },
            AnyRule::Quota(_) => return percent.is_some(),
            AnyRule::Preparations(_) => clause.scope.subjects.clone_from(&main),
            // Loads, hosts and days away are counted over the cycle.
            AnyRule::AwayDays(days) => days.max_days = 3 * cycle,
            AnyRule::HostPeriods(periods) => periods.min = 4 * cycle,
            AnyRule::AwayPeriods(periods) => periods.max = 12 * cycle,
            AnyRule::IdlePeriods(idle) => idle.max = (2 + dice.roll(2) as u32) * cycle,
            AnyRule::DailyLoad(load) => load.max = 4 + dice.roll(2) as u32,
            AnyRule::LongestRun(run) => run.max = 3 + dice.roll(2) as u32,
            _ => {}
        }
        // Here and there a wish is not known, or weighs more.
        if let Force::Prefer(preference) = &mut clause.force {
            preference.weight *= dice.pick(&[1, 1, 1, 2, 3]);
            return preference.rank < 2 || !dice.percent(6);
        }
        true
    });
    policy
}

/// The highest usual share that the witness's postings reach of everybody who might be eligible; none where nobody moves
/// although somebody might.
fn quota(district: &District, moved: usize, dice: &mut Dice) -> Option<u32> {
    let eligible = district.people.iter().filter(|person| person.years_at_school >= 6).count();
    let reached = |percent: &u32| (eligible * *percent as usize).div_ceil(100) <= moved;
    let shares: Vec<u32> = [3, 5, 8, 10, 12, 15, 20].into_iter().filter(reached).collect();
    // Now and then an easier one than could be reached.
    if dice.percent(30) { shares.first().copied() } else { shares.last().copied() }
}
