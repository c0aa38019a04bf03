//! # 交流方向 · Direction of postings
//!
//! 交流由优质校向薄弱校、由城镇向乡村进行;平级或逆向的交流要有规定允许。
//! People are posted from better-off schools to weaker ones, from town to country; level or upward postings need leave.
//!
//! level of a school = 2 · (supporting 2, neither 1, receiving 0) + (1 if not rural). Down: from a higher level to a lower; up: the other
//! way; lateral: the same level.
//! Point: a person posted away from the school they work at. Excess: 1 if the direction is not allowed.
//! Bound in: exchange.
//! Source: S0-17, S1-21, S2.8-09.

use crate::check::{Breach, Facts, Findings, Kind, changes_school};
use crate::file::{School, Scope, Standing, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Direction of postings: what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    pub allow: Vec<Way>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Down,
    Lateral,
    Up,
}

impl Way {
    pub(crate) fn of(from: &School, to: &School) -> Self {
        match level(from).cmp(&level(to)) {
            Ordering::Greater => Self::Down,
            Ordering::Equal => Self::Lateral,
            Ordering::Less => Self::Up,
        }
    }
    pub(crate) fn words(self) -> Text {
        match self {
            Self::Down => Text::new("优质校到薄弱校、城镇到乡村", "downward"),
            Self::Lateral => Text::new("平级", "lateral"),
            Self::Up => Text::new("逆向", "upward"),
        }
    }
}

fn level(school: &School) -> u8 {
    let standing = match school.standing {
        Standing::Supporting => 2,
        Standing::Neither => 1,
        Standing::Receiving => 0,
    };
    2 * standing + u8::from(!school.rural)
}

pub static LAW: Law = Law {
    id: "direction",
    title: ("交流方向", "Direction of postings"),
    breach: ("{person} 从{from}到{to}是{way}交流,规定不允许", "{person}: from {from} to {to} is {way}, which is not allowed"),
    source: &["S0-17", "S1-21", "S2.8-09"],
    binds: &[Stage::Exchange],
};

impl Rule for Direction {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, row, to) in facts.people.posted().filter(|(person, ..)| facts.mover_in(scope, *person)) {
            let Some(from) = facts.people.before[person].filter(|from| *from != to && changes_school(row.form)) else { continue };
            let way = Way::of(&facts.places.schools[from], &facts.places.schools[to]);
            found.point(i64::from(!self.allow.contains(&way)), || {
                let id = &facts.people.list[person].id;
                let breach = Breach::at(Kind::Person, id).and(Kind::School, &facts.places.schools[to].id);
                let breach = breach.say("person", facts.say_person(person)).say("way", way.words());
                breach.say("from", facts.say_school(from)).say("to", facts.say_school(to))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::{Direction, Way};
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Direction {
        /// Nobody at a school in a direction that is not allowed.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let open: Vec<usize> = exchange.people(points.scope).into_iter().map(|(person, _)| person).collect();
            for person in open {
                let from = world.schools[exchange.before[person]].file;
                let wrong = |school: &usize| !self.allow.contains(&Way::of(from, world.schools[*school].file));
                let wrong: Vec<usize> = exchange.others(person).filter(wrong).collect();
                let links = exchange.works_in(points, person, &wrong, 1);
                points.at_most(&world.people[person].file.id, links, 0, 0);
            }
        }
    }
}
