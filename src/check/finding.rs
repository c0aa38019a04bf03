//! What the checker has to say: findings, and the totals of each clause.

use crate::file::{Cost, Force, Text};
use crate::rules::Law;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One breach of one clause at one point, or (clause `S-…`) a plan that is no plan there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of the clause; `S-001` … for structure.
    pub clause: String,
    /// Id of the rule; `structure` for structure.
    pub rule: &'static str,
    pub force: Force,
    /// What it is about, most important first.
    pub place: Vec<(Kind, String)>,
    pub excess: i64,
    /// weight × cost(excess).
    pub penalty: i64,
    pub text: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    District,
    Group,
    School,
    Site,
    Stage,
    Person,
    Class,
    Subject,
    Course,
    Role,
    /// Block of a course, counted from 1.
    Lesson,
    Room,
    RoomKind,
    FixedBlock,
    Roster,
    Club,
    /// `weekday.period`
    Cell,
    Weekday,
    Half,
    Part,
}

/// What a clause costs in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ClauseTotal {
    pub excess: i64,
    pub penalty: i64,
    pub points_broken: usize,
}

/// Where a breach is and the words for the holes of the rule's sentence.
#[derive(Debug, Default)]
pub struct Breach {
    place: Vec<(Kind, String)>,
    holes: Vec<(&'static str, Text)>,
}

impl Breach {
    pub(crate) fn at(kind: Kind, id: impl Into<String>) -> Self {
        Self { place: vec![(kind, id.into())], holes: Vec::new() }
    }
    pub(crate) fn and(mut self, kind: Kind, id: impl Into<String>) -> Self {
        self.place.push((kind, id.into()));
        self
    }
    pub(crate) fn say(mut self, hole: &'static str, words: Text) -> Self {
        self.holes.push((hole, words));
        self
    }
    pub(crate) fn number(self, hole: &'static str, value: impl TryInto<i128>) -> Self {
        let words = value.try_into().map_or_else(|_| String::new(), |value| value.to_string());
        self.say(hole, Text::new(words.clone(), words))
    }
}

/// Collects the breaches of one clause.
#[derive(Debug)]
pub struct Findings {
    clause: String,
    law: &'static Law,
    force: Force,
    cost: Cost,
    pub(super) list: Vec<Finding>,
    pub(super) total: ClauseTotal,
}

impl Findings {
    pub(super) fn of(clause: &str, law: &'static Law, force: Force, cost: Cost) -> Self {
        Self { clause: clause.to_owned(), law, force, cost, list: Vec::new(), total: ClauseTotal::default() }
    }

    /// One point of the clause; nothing is said of a point without excess.
    pub(crate) fn point(&mut self, excess: i64, tell: impl FnOnce() -> Breach) {
        if excess <= 0 {
            return;
        }
        let weight = match self.force {
            Force::Legal | Force::Policy => 1,
            Force::Prefer(preference) => i64::from(preference.weight),
        };
        let cost = match self.cost {
            Cost::Linear => excess,
            Cost::Quadratic => excess.saturating_mul(excess),
            Cost::Step => 1,
        };
        let penalty = weight.saturating_mul(cost);
        self.total.excess = self.total.excess.saturating_add(excess);
        self.total.penalty = self.total.penalty.saturating_add(penalty);
        self.total.points_broken += 1;
        let breach = tell().number("excess", excess);
        let (zh, en) = self.law.breach;
        let holes = |of: fn(&Text) -> &str| breach.holes.iter().map(|(hole, words)| (*hole, of(words))).collect::<Vec<_>>();
        let text = Text::new(fill(zh, &holes(|words| &words.zh)), fill(en, &holes(|words| &words.en)));
        let (clause, rule) = (self.clause.clone(), self.law.id);
        self.list.push(Finding { clause, rule, force: self.force, place: breach.place, excess, penalty, text });
    }
}

/// Fills `{holes}`; the words put in are not looked at again, whatever they contain.
fn fill(sentence: &str, holes: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((hole, after)) = after.split_once('}') else { break };
        filled.push_str(holes.iter().find(|(name, _)| *name == hole).map_or(hole, |(_, words)| *words));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn holes_are_filled_once() {
        let holes = [("a", "{b}"), ("b", "2")];
        assert_eq!(fill("x{a}y{b}z", &holes), "x{b}y2z");
    }
}
