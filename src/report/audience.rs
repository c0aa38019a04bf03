//! For whom a report is: what the others must not know is never put into the file, not hidden in it.

use crate::check::{Facts, LessonFact};
use crate::file::Text;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Bureau,
    /// One school, by its position: its own people, and those who come to it.
    School(usize),
    /// Everybody: counts only.
    Public,
}

impl Audience {
    /// People this report may name.
    pub(super) fn people(self, facts: &Facts) -> BTreeSet<usize> {
        let all = 0..facts.people.list.len();
        match self {
            Self::Bureau => all.collect(),
            Self::School(school) => all.filter(|person| own(facts, school, *person) || comes(facts, school, *person)).collect(),
            Self::Public => BTreeSet::new(),
        }
    }

    pub(super) fn sees_lesson(self, facts: &Facts, lesson: &LessonFact) -> bool {
        match self {
            Self::Bureau => true,
            Self::School(school) => {
                let present = &facts.teaching.present[lesson.course][lesson.block];
                let here = is_of(facts, lesson.course, school) || stands_at(facts, lesson.site, school);
                here || present.iter().any(|person| own(facts, school, *person))
            }
            Self::Public => false,
        }
    }

    /// Sums and names of all schools: not for a school, which has its own line.
    pub(super) fn sees_school(self, school: Option<usize>) -> bool {
        match self {
            Self::Bureau | Self::Public => true,
            Self::School(own) => school == Some(own),
        }
    }

    /// `["甲小学 本校", "for School A"]`, nothing for the bureau.
    pub(super) fn words(self, facts: &Facts) -> Option<Text> {
        match self {
            Self::Bureau => None,
            Self::School(school) => {
                let name = facts.say_school(school);
                Some(Text::new(format!("{}版:只含本校教师和来校教师", name.zh), format!("for {}: own people and visitors only", name.en)))
            }
            Self::Public => Some(Text::new("公开版:只有数量,没有个人信息", "for the public: counts only, nobody named")),
        }
    }
}

fn own(facts: &Facts, school: usize, person: usize) -> bool {
    [facts.people.home[person], facts.people.before[person], facts.people.working[person]].contains(&Some(school))
}

fn comes(facts: &Facts, school: usize, person: usize) -> bool {
    let posted = facts.people.posting[person].is_some_and(|(_, to)| to == school);
    let teaches = facts.teaching.tasks[person].iter().any(|task| is_of(facts, task.course, school));
    posted || teaches || facts.lessons.of_person[person].iter().any(|slot| stands_at(facts, slot.site, school))
}

/// Is the place one of this school's? Classes of others come to its rooms too.
fn stands_at(facts: &Facts, site: Option<usize>, school: usize) -> bool {
    site.is_some_and(|site| facts.places.sites[site].school == school)
}

/// Has the course a class of this school?
fn is_of(facts: &Facts, course: usize, school: usize) -> bool {
    facts.courses.list[course].classes.iter().any(|class| facts.courses.classes[*class].school == Some(school))
}
