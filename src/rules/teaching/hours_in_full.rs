//! # 开足课时 · Hours in full
//!
//! 开齐开足国家课程:每个班的每门课都有教师,没有待补。
//! Every class has a teacher for every course: no lesson waits for one (待补).
//!
//! Point: a course's first role. Excess: its periods per cycle without a teacher (of a split course: of the blocks without).
//! Bound in: teaching. XHSTT cousin: `AssignResource`.
//! Source: S0-24, S1-23, S2.6-01, S2.6-02, S2.8-18, S3-01.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hours in full: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursInFull {}

pub static LAW: Law = Law {
    id: "hours_in_full",
    title: ("开足课时", "Hours in full"),
    breach: ("{class}{subject}有 {excess} 节没有教师(待补)", "{class} {subject}: {excess} period(s) without a teacher"),
    source: &["S0-24", "S1-23", "S2.6-01", "S2.6-02", "S2.8-18", "S3-01"],
    binds: &[Stage::Teaching],
};

impl Rule for HoursInFull {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            found.point(facts.teaching.uncovered(&facts.courses, course), || {
                let breach = Breach::at(Kind::Course, &fact.id).say("class", facts.say_classes(course));
                breach.say("subject", facts.say_subject(fact.subject))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::HoursInFull;
    use crate::engine::Link;
    use crate::stages::{Points, Staffing};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for HoursInFull {
        /// u ≤ 0, each unit a point of its own with an excess of h: the price of every course without a teacher. The blocks of a
        /// shared course are one point together.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let mut shared: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
            for (kind, item) in staffing.kinds.iter().zip(&staffing.uncovered) {
                if kind.periods == 0 || !staffing.kind_fits(points.scope, kind) {
                    continue;
                }
                if kind.is_shared() {
                    let link = points.count(*item, 0, kind.periods as i32);
                    shared.entry(kind.courses[0].0).or_default().push(link);
                } else {
                    points.none_of(&kind.name, *item, kind.periods as i32);
                }
            }
            for (course, links) in shared {
                points.at_most(&staffing.world.courses[course].id, links, 0, 0);
            }
        }
    }
}
