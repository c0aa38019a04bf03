//! # 牵头校保护 · Protection of the lead school
//!
//! 牵头校(龙头学校)保留一定比例的骨干,派出人数有上限,派出后由进来的人补足。
//! A lead school keeps a share of its backbone, sends no more than a share of its staff, and gets others in their place.
//!
//! own = people whose post (编制) is at the school; backbone = teachers and leaders of talent `county` and above.
//! Points of a lead school, each where its number is given:
//! * `keep_backbone_percent`: excess max(0, ⌈percent · own backbone / 100⌉ − backbone working there after the postings);
//! * `max_away_percent`: excess max(0, own people working elsewhere − ⌊percent · own / 100⌋);
//! * `max_net_loss`: excess max(0, own − max_net_loss − people working there).
//!
//! Bound in: exchange.
//! Source: S2.8-04, S2.8-24.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Person, Scope, Talent, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Protection of the lead school: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadProtected {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_backbone_percent: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_away_percent: Option<u32>,
    /// People.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_net_loss: Option<u32>,
}

pub static LAW: Law = Law {
    id: "lead_protected",
    title: ("牵头校保护", "Protection of the lead school"),
    breach: (
        "牵头校{school}{what} {has} 人,{limit} {allowed} 人,相差 {excess} 人",
        "lead school {school}: {has} {what}, {limit} {allowed}: {excess} off",
    ),
    source: &["S2.8-04", "S2.8-24"],
    binds: &[Stage::Exchange],
};

fn backbone(person: &Person) -> bool {
    person.category != Category::Worker && person.talent >= Talent::County
}

impl Rule for LeadProtected {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let leads = facts.places.groups.iter().filter_map(|group| facts.places.school(group.lead.as_deref()?));
        let leads: BTreeSet<usize> = leads.filter(|lead| facts.school_in(scope, *lead)).collect();
        let people = &facts.people;
        let count = |at: &[Option<usize>], lead: usize, keep: &dyn Fn(usize) -> bool| {
            (0..people.list.len()).filter(|person| at[*person] == Some(lead) && keep(*person)).count() as i64
        };
        let is_backbone = |person: usize| backbone(&people.list[person]);
        for lead in leads {
            let own = count(&people.home, lead, &|_| true);
            let mut judge = |excess: i64, has: i64, allowed: i64, what: (&str, &str), limit: (&str, &str)| {
                found.point(excess, || {
                    let breach = Breach::at(Kind::School, &facts.places.schools[lead].id).say("school", facts.say_school(lead));
                    let breach = breach.say("what", Text::new(what.0, what.1)).say("limit", Text::new(limit.0, limit.1));
                    breach.number("has", has).number("allowed", allowed)
                });
            };
            if let Some(percent) = self.keep_backbone_percent {
                let floor = (i64::from(percent) * count(&people.home, lead, &is_backbone) + 99) / 100;
                let has = count(&people.working, lead, &is_backbone);
                judge(floor - has, has, floor, ("在岗骨干", "backbone teachers at work"), AT_LEAST);
            }
            if let Some(percent) = self.max_away_percent {
                let cap = i64::from(percent) * own / 100;
                let away = count(&people.home, lead, &|person| people.working[person] != Some(lead));
                judge(away - cap, away, cap, ("派出", "people away"), AT_MOST);
            }
            if let Some(loss) = self.max_net_loss {
                let (floor, has) = (own - i64::from(loss), count(&people.working, lead, &|_| true));
                judge(floor - has, has, floor, ("在岗", "people at work"), AT_LEAST);
            }
        }
    }
}

const AT_LEAST: (&str, &str) = ("至少", "at least");
const AT_MOST: (&str, &str) = ("最多", "at most");

#[cfg(feature = "solve")]
mod bind {
    use super::{LeadProtected, backbone};
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for LeadProtected {
        /// Σ at the lead from below, Σ of its own elsewhere from above.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let is_backbone = |person: usize| backbone(world.people[person].file);
            for (lead, file) in exchange.schools(points.scope) {
                if !world.file.groups.iter().any(|group| group.lead.as_ref() == Some(&file.id)) {
                    continue;
                }
                let mine = |person: usize| world.people[person].file.employer == file.id;
                let own = (0..world.people.len()).filter(|person| mine(*person));
                let own_backbone = own.clone().filter(|person| is_backbone(*person)).count() as u32;
                let own = own.count() as u32;
                if let Some(percent) = self.keep_backbone_percent {
                    let (links, base) = exchange.staff(points, lead, &is_backbone);
                    points.at_least(&format!("{} backbone", file.id), links, base, i64::from((percent * own_backbone).div_ceil(100)));
                }
                if let Some(percent) = self.max_away_percent {
                    // Away = own − own at home.
                    let (links, base) = exchange.staff(points, lead, &mine);
                    points.at_least(&format!("{} away", file.id), links, base, i64::from(own) - i64::from(percent * own / 100));
                }
                if let Some(loss) = self.max_net_loss {
                    let (links, base) = exchange.staff(points, lead, &|_| true);
                    points.at_least(&format!("{} staff", file.id), links, base, i64::from(own) - i64::from(loss));
                }
            }
        }
    }
}
