//! # 置换 · Swap
//!
//! 牵头校派出多少人,成员校就派同等数量的人来置换。
//! As many people come from the member school as the lead school sends.
//!
//! sent as in `mutual_dispatch`. out = people sent from the lead to the member (of the role `out`, if one is named),
//! back = people sent from the member to the lead (of the role `back`).
//! Point: (group, member) whose agreement has both `lead_sends` and `member_sends`. Excess: |out − back|.
//! Bound in: exchange.
//! Source: S2.5-21.

use crate::check::{Breach, Facts, Findings, Kind, sent_as};
use crate::file::{Scope, SentAs, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Swap: who is counted on each side; everybody where no role is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out: Option<SentAs>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<SentAs>,
}

pub static LAW: Law = Law {
    id: "swap",
    title: ("置换", "Swap"),
    breach: (
        "{lead}派往{member}{out_role} {out} 人,{member}派来{back_role} {back} 人,人数应当相同,相差 {excess} 人",
        "{lead} sends {out} {out_role} to {member} and gets {back} {back_role} back: {excess} off",
    ),
    source: &["S2.5-21"],
    binds: &[Stage::Exchange],
};

impl Rule for Swap {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for pair in facts.pairs(scope) {
            if pair.agreement.lead_sends.is_empty() || pair.agreement.member_sends.is_empty() {
                continue;
            }
            let count = |from: usize, to: usize, role: Option<SentAs>| {
                let sent = facts.sent(scope, from, to).into_iter();
                sent.filter(|person| role.is_none_or(|role| facts.fits_role(*person, role))).count() as i64
            };
            let (out, back) = (count(pair.lead, pair.member, self.out), count(pair.member, pair.lead, self.back));
            found.point((out - back).abs(), || {
                let role = |role: Option<SentAs>| role.map_or_else(|| Text::new("", "people"), sent_as);
                let breach = Breach::at(Kind::Group, pair.group).and(Kind::School, &facts.places.schools[pair.lead].id);
                let breach = breach.say("lead", facts.say_school(pair.lead)).say("member", facts.say_school(pair.member));
                let breach = breach.say("out_role", role(self.out)).say("back_role", role(self.back));
                breach.number("out", out).number("back", back)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Swap;
    use crate::file::SentAs;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Swap {
        /// Σ out − Σ back = 0.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for pair in exchange.pairs(points.scope) {
                if !pair.swaps() {
                    continue;
                }
                let of = |person: usize, role: Option<SentAs>| role.is_none_or(|role| world.sent_as(person, [role].into_iter()).is_some());
                let (mut links, out) = exchange.sent(points, pair.lead, pair.member, &|person| of(person, self.out));
                let (back_links, back) = exchange.sent(points, pair.member, pair.lead, &|person| of(person, self.back));
                links.extend(back_links.into_iter().map(|link| crate::engine::Link { coef: -link.coef, ..link }));
                points.exactly(&format!("{} {}", pair.group, world.schools[pair.member].file.id), links, out - back, 0);
            }
        }
    }
}
