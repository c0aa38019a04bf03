//! A count in words: as a problem of the input, or as the reason why there is no plan.

use super::super::clauses::{Ground, Hold};
use super::super::index::Index;
use super::What;
use super::kinds::NO_START;
use super::say::{both, list};
use crate::file::{Force, Policy, Text};
use crate::problem::{Kind, Problem, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Why the clauses that are never relaxed cannot all be met: one proof by counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Kind of the count, as `docs/problems.md` has it.
    pub code: String,
    /// Ids of the clauses it rests on, in the order of the policy; none: the data alone.
    pub clauses: Vec<String>,
    pub people: Vec<String>,
    pub classes: Vec<String>,
    pub courses: Vec<String>,
    pub rooms: Vec<String>,
    /// Meetings, activities.
    pub blocks: Vec<String>,
    /// What is asked for, and how much of it there is.
    pub needed: u64,
    pub there: u64,
    /// File and JSON path of the first thing it is about.
    pub at: String,
    pub text: Text,
    pub remedy: Text,
}

/// A count, before it is put into words.
#[derive(Debug, Clone)]
pub struct Count {
    pub kind: &'static Kind,
    pub hold: Hold,
    pub ground: Ground,
    pub at: String,
    pub entity: String,
    /// Whom it is about; counts that say the same of several are told together.
    pub who: Vec<Text>,
    pub says: Text,
    pub people: Vec<usize>,
    pub classes: Vec<usize>,
    pub courses: Vec<usize>,
    /// (site, kind)
    pub rooms: Vec<(String, String)>,
    pub blocks: Vec<usize>,
    /// The causes it cannot do without.
    pub whats: Vec<What>,
    pub needed: u64,
    pub there: u64,
    /// Breaches that every plan has, at least.
    pub least: u64,
}

impl Count {
    pub fn new(kind: &'static Kind, ground: Ground, at: String, entity: impl Into<String>) -> Self {
        Self {
            kind,
            hold: ground.hold,
            ground,
            at,
            entity: entity.into(),
            who: Vec::new(),
            says: Text::default(),
            people: Vec::new(),
            classes: Vec::new(),
            courses: Vec::new(),
            rooms: Vec::new(),
            blocks: Vec::new(),
            whats: Vec::new(),
            needed: 0,
            there: 0,
            least: 1,
        }
    }

    /// Names the people, classes and blocks that the causes are about.
    pub fn because(mut self, whats: impl IntoIterator<Item = What>) -> Self {
        for what in whats {
            let (list, number) = match what {
                What::Away(person) => (&mut self.people, person),
                What::Called(block) | What::Taken(block) => (&mut self.blocks, block),
                What::ClassTeacher(class) => (&mut self.classes, class),
                _ => {
                    self.whats.push(what);
                    continue;
                }
            };
            if !list.contains(&number) {
                list.push(number);
            }
            self.whats.push(what);
        }
        self
    }

    /// Found already where classes, locks and rooms are looked at one by one?
    pub fn is_told(&self, index: &Index<'_>, found: &[Problem]) -> bool {
        let locks: BTreeSet<_> =
            self.whats.iter().filter_map(|what| if let What::Lock(lock) = what { Some(*lock) } else { None }).collect();
        let locked: BTreeSet<_> =
            locks.iter().map(|lock| &index.district.locked_lessons[*lock]).map(|lock| (&lock.course, lock.block)).collect();
        let grid = |what: &What| matches!(what, What::Lock(_) | What::Joined);
        let told =
            |codes: &[&str], entities: &[&str]| found.iter().any(|it| codes.contains(&it.code) && entities.contains(&it.entity.as_str()));
        let classes: Vec<&str> = self.classes.iter().map(|class| index.district.classes[*class].id.as_str()).collect();
        if self.kind.code != NO_START.code {
            // Locks that meet are told as such, pair by pair.
            let all = !locks.is_empty() && self.whats.iter().all(|what| matches!(what, What::Lock(_)));
            return all && told(&["E-LOCK-006", "E-LOCK-007", "E-LOCK-009"], &[self.entity.as_str()]);
        }
        match self.whats[..] {
            [] | [What::Joined] => told(&["E-CLASS-006", "E-CLASS-008"], &classes),
            [What::Hours] => found.iter().any(|it| it.code == "E-ROOM-003" && it.at.starts_with(&self.at)),
            _ => locked.len() == 1 && self.whats.iter().all(grid),
        }
    }

    /// Does the count say the same as a problem found one by one, and what follows from it?
    pub fn says_more(&self, problem: &Problem) -> bool {
        let same = problem.code == self.kind.code && problem.entity == self.entity;
        let away = problem.code == "W-LOCK-008" && self.kind.code == NO_START.code && problem.at == self.at;
        same || away
    }

    fn text(&self, index: &Index<'_>) -> Text {
        let (who, end) = (list(&self.who), self.end(index));
        both(format!("{}:{}{}", who.zh, self.says.zh, end.zh), format!("{}: {}{}", who.en, self.says.en, end.en))
    }

    /// What follows from it.
    fn end(&self, index: &Index<'_>) -> Text {
        let short = self.least;
        match self.hold {
            _ if index.policy.is_none() => Text::default(),
            Hold::Nature if self.kind.severity == Severity::Error => Text::default(),
            Hold::Nature | Hold::Law => {
                let clauses = index.say_clauses(self.ground, |_| true);
                if clauses.zh.is_empty() {
                    return both(";排不出来", "; there is no plan");
                }
                both(
                    format!(";必须遵守的“{}”不能同时做到,排不出来", clauses.zh),
                    format!("; {}, never relaxed, cannot all be met: there is no plan", clauses.en),
                )
            }
            Hold::Policy => {
                let clauses = index.say_clauses(self.ground, |force| force == Force::Policy);
                both(
                    format!(";“{}”做不到,与规定至少差 {short},要放宽须由会议决定", clauses.zh),
                    format!("; {} cannot be kept, by {short} at least, which a meeting has to allow", clauses.en),
                )
            }
            Hold::Unless => self.either(index, short),
        }
    }

    /// The ways out that no clause closes, and the policy clauses that would else give way.
    fn either(&self, index: &Index<'_>, short: u64) -> Text {
        let mut ways = Vec::new();
        if self.ground.untaught {
            ways.push(both(format!("至少 {short} 节没有教师(待补)"), format!("at least {short} period(s) have no teacher")));
        }
        if self.ground.posted {
            ways.push(both("有关教师改派到别校", "the teacher is posted elsewhere"));
        }
        let clauses = index.say_clauses(self.ground, |force| force == Force::Policy);
        if !clauses.zh.is_empty() {
            ways.push(both(format!("“{}”做不到", clauses.zh), format!("{} is broken", clauses.en)));
        }
        let join = |of: fn(&Text) -> &str, or: &str| ways.iter().map(of).collect::<Vec<_>>().join(or);
        both(format!(";结果必是{}", join(|way| &way.zh, ",或者")), format!("; so {}", join(|way| &way.en, ", or ")))
    }

    /// The policy clause that every plan breaks, where it is one alone, and by how much.
    pub fn unavoidable(&self, policy: &Policy) -> Option<(String, i64)> {
        let clauses = self.ground.all_clauses()?.into_iter().filter_map(|number| policy.clauses.get(usize::from(number)));
        let mut broken = clauses.filter(|clause| clause.force == Force::Policy);
        let only = broken.next().filter(|_| broken.next().is_none() && self.hold == Hold::Policy)?;
        Some((only.id.clone(), i64::try_from(self.least).ok()?))
    }

    /// A contradiction of the data is an error, anything else a warning.
    pub fn problem(&self, index: &Index<'_>) -> Problem {
        let text = self.text(index);
        let problem = self.kind.at(self.at.as_str()).of(self.entity.as_str()).found(text.zh, text.en);
        if self.hold == Hold::Nature { problem } else { problem.warning() }
    }

    pub fn conflict(&self, index: &Index<'_>) -> Conflict {
        let ids = |list: &[usize], id: &dyn Fn(usize) -> String| list.iter().map(|number| id(*number)).collect::<Vec<_>>();
        let mut clauses: Vec<u16> = self.ground.clauses().collect();
        clauses.sort_unstable();
        let policy = index.policy.map_or(&[][..], |(_, policy)| &policy.clauses[..]);
        let rooms = self.rooms.iter().flat_map(|(site, kind)| index.rooms_of(site, kind).map(|room| room.id.clone()));
        Conflict {
            code: self.kind.code.to_owned(),
            clauses: clauses.iter().filter_map(|number| policy.get(usize::from(*number))).map(|clause| clause.id.clone()).collect(),
            people: ids(&self.people, &|it| index.district.people[it].id.clone()),
            classes: ids(&self.classes, &|it| index.district.classes[it].id.clone()),
            courses: ids(&self.courses, &|it| index.id(&index.courses[it])),
            rooms: rooms.collect(),
            blocks: ids(&self.blocks, &|it| index.district.blocks[it].id.clone()),
            needed: self.needed,
            there: self.there,
            at: self.at.clone(),
            text: self.text(index),
            remedy: both(self.kind.remedy.0, self.kind.remedy.1),
        }
    }
}

/// Counts that say the same thing of several classes or people, told once; the firmest first.
pub fn merged(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_key(|count| count.hold);
    let mut told: Vec<Count> = Vec::new();
    let mut at: BTreeMap<(&str, Hold, Text), usize> = BTreeMap::new();
    for count in counts {
        let next = told.len();
        let first = *at.entry((count.kind.code, count.hold, count.says.clone())).or_insert(next);
        let Some(first) = told.get_mut(first) else {
            told.push(count);
            continue;
        };
        first.who.extend(count.who);
        first.ground = first.ground.and(count.ground);
        for (all, more) in [(&mut first.people, count.people), (&mut first.classes, count.classes), (&mut first.courses, count.courses)] {
            all.extend(more);
            all.sort_unstable();
            all.dedup();
        }
    }
    told
}
