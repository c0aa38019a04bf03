//! # 新建学校起步师资 · First staff of a new school
//!
//! 新建学校交由牵头校管理,起步师资中应有一定比例来自牵头校。
//! A new school is run by the lead of its group: a share of its first staff comes from there.
//!
//! staff = teachers and leaders working at the new school after the postings; own = those of them whose post (编制) is at the lead.
//! Point: (group, member with `new_school`). Excess: max(0, ⌈(percent · staff − 100 · own) / 100⌉).
//! Bound in: exchange.
//! Source: S2.5-38.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// First staff of a new school: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSchool {
    /// Share of the staff that comes from the lead.
    pub percent: u32,
}

pub static LAW: Law = Law {
    id: "new_school",
    title: ("新建学校起步师资", "First staff of a new school"),
    breach: (
        "新建的{school}有 {staff} 人,其中来自{lead} {own} 人,不到 {percent}%,还差 {excess} 人",
        "{school} is new and has {staff} people, {own} of them from {lead}, less than {percent} %: {excess} short",
    ),
    source: &["S2.5-38"],
    binds: &[Stage::Exchange],
};

impl Rule for NewSchool {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let (people, schools) = (&facts.people, facts.places.schools);
        for pair in facts.pairs(scope).into_iter().filter(|pair| schools[pair.member].new_school) {
            let here = |person: &usize| people.working[*person] == Some(pair.member) && people.list[*person].category != Category::Worker;
            let staff: Vec<usize> = (0..people.list.len()).filter(here).collect();
            let own = staff.iter().filter(|person| people.home[**person] == Some(pair.lead)).count() as i64;
            let missing = i64::from(self.percent) * staff.len() as i64 - 100 * own;
            found.point((missing + 99).div_euclid(100), || {
                let breach = Breach::at(Kind::School, &schools[pair.member].id).and(Kind::Group, pair.group);
                let breach = breach.say("school", facts.say_school(pair.member)).say("lead", facts.say_school(pair.lead));
                breach.number("staff", staff.len() as i64).number("own", own).number("percent", self.percent)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::NewSchool;
    use crate::engine::Gauge;
    use crate::file::Category;
    use crate::stages::{Exchange, FREE, Points};

    impl crate::rules::Bind for NewSchool {
        /// ⌈(percent·staff − 100·own) / 100⌉ ≤ 0, a `Peak` of one group.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for pair in exchange.pairs(points.scope) {
                if !world.schools[pair.member].file.new_school {
                    continue;
                }
                let (lead, percent) = (&world.schools[pair.lead].file.id, self.percent as i32);
                let (mut links, mut base) = (Vec::new(), 0);
                for own in [true, false] {
                    let counts = |person: usize| {
                        let file = world.people[person].file;
                        file.category != Category::Worker && (file.employer == *lead) == own
                    };
                    let coef = percent - if own { 100 } else { 0 };
                    let (more, people) = exchange.staff(points, pair.member, &counts);
                    links.extend(more.into_iter().map(|link| crate::engine::Link { coef: coef * link.coef, ..link }));
                    base += coef * people;
                }
                let gauge = Gauge::Peak { size: vec![100_000], spread: false };
                let at = format!("{} {}", pair.group, world.schools[pair.member].file.id);
                points.post(&at, gauge, 1, (-FREE, 0), links, vec![(0, base)]);
            }
        }
    }
}
