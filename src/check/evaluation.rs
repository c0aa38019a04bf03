//! The score sheet of a policy, filled in from a checked plan: schools, then groups bundled with their members.
//!
//! got = points · clamp((value − none_at) / (full_at − none_at), 0, 1), in hundredths of a point, rounded down. A school's score is
//! Σ got of Σ points over the items for which it has a value, of 10,000. A group's score = ((100 − b) · lead + b · mean of the members) / 100
//! with b = `bundle_percent`; without a lead or without members it is the other part alone.

use super::balance::teaches_sport_or_arts;
use super::finding::Kind;
use super::{Facts, Verdict};
use crate::file::{Category, Evaluation, EvaluationItem, Metric, Person, Talent};

/// The sheet of every school and group with something to score.
pub struct Scores {
    pub(crate) schools: Vec<SchoolScore>,
    /// Best first.
    pub(crate) groups: Vec<GroupScore>,
}

pub struct SchoolScore {
    pub(crate) school: usize,
    /// Per item: value and hundredths of a point; none where there is nothing to measure.
    pub(crate) items: Vec<Option<(i64, i64)>>,
    /// Of 10,000.
    pub(crate) score: i64,
}

pub struct GroupScore {
    pub(crate) group: usize,
    pub(crate) lead: Option<i64>,
    pub(crate) members: Option<i64>,
    pub(crate) score: i64,
    pub(crate) award: bool,
    pub(crate) lagging: bool,
}

impl Facts<'_> {
    pub(crate) fn scores(&self, sheet: &Evaluation, verdict: &Verdict) -> Scores {
        let mut schools = Vec::new();
        for school in 0..self.places.schools.len() {
            let values = sheet.items.iter().map(|item| Some((item, self.value(item, school, verdict)?)));
            let items: Vec<Option<(i64, i64)>> = values.map(|of| of.map(|(item, value)| (value, got(item, value)))).collect();
            let possible: i64 =
                sheet.items.iter().zip(&items).filter(|(_, got)| got.is_some()).map(|(item, _)| i64::from(item.points)).sum();
            if possible > 0 {
                let sum: i64 = items.iter().flatten().map(|(_, got)| got).sum();
                schools.push(SchoolScore { school, items, score: sum * 100 / possible });
            }
        }
        let groups = self.group_scores(sheet, &schools);
        Scores { schools, groups }
    }

    fn group_scores(&self, sheet: &Evaluation, schools: &[SchoolScore]) -> Vec<GroupScore> {
        let of = |id: &String| {
            let school = self.places.school(id)?;
            schools.iter().find(|row| row.school == school).map(|row| row.score)
        };
        let bundle = i64::from(sheet.bundle_percent.min(100));
        let mut rows = Vec::new();
        for (group, entry) in self.places.groups.iter().enumerate() {
            let lead = entry.lead.as_ref().and_then(of);
            let each: Vec<i64> = entry.members.iter().filter_map(of).collect();
            let members = (!each.is_empty()).then(|| each.iter().sum::<i64>() / each.len() as i64);
            let score = match (lead, members) {
                (Some(lead), Some(members)) => ((100 - bundle) * lead + bundle * members) / 100,
                (one, other) => match one.or(other) {
                    Some(score) => score,
                    None => continue,
                },
            };
            let lagging = score < 100 * i64::from(sheet.lagging_percent);
            rows.push(GroupScore { group, lead, members, score, award: false, lagging });
        }
        rows.sort_by_key(|row| (-row.score, row.group));
        for row in rows.iter_mut().take(sheet.awards as usize) {
            row.award = !row.lagging;
        }
        rows
    }

    /// The value of an item at a school; none where it cannot be said.
    fn value(&self, item: &EvaluationItem, school: usize, verdict: &Verdict) -> Option<i64> {
        let entry = &self.places.schools[school];
        let (before, after) = (&self.people.before, &self.people.working);
        let of_people = |of: &dyn Fn(&[Option<usize>]) -> Option<i64>| {
            let now = of(after)?;
            Some(if item.change { now - of(before)? } else { now })
        };
        let per_100 = |counts: &dyn Fn(&Person) -> bool| {
            let pupils: i64 = entry.pupils.values().map(|pupils| i64::from(*pupils)).sum();
            of_people(&|at| (pupils > 0).then(|| self.people_at(school, at, counts) * 10_000 / pupils))
        };
        let sent = |from: Option<usize>, to: Option<usize>, at: &[Option<usize>]| {
            let away = |person: &usize| {
                let (home, works) = (self.people.home[*person], at[*person]);
                home != works && from.is_none_or(|from| home == Some(from)) && to.is_none_or(|to| works == Some(to))
            };
            Some((0..at.len()).filter(away).count() as i64)
        };
        match &item.metric {
            Metric::Measure(name) => {
                let values = entry.measures.get(name)?;
                let latest = *values.first()?;
                Some(if item.change { latest - values.get(1)? } else { latest })
            }
            Metric::Excess(clause) => {
                let here = |place: &(Kind, String)| *place == (Kind::School, entry.id.clone());
                let found = verdict.findings.iter().filter(|finding| finding.clause == *clause && finding.place.iter().any(here));
                verdict.by_clause.contains_key(clause).then(|| found.map(|finding| finding.excess).sum())
            }
            Metric::BackbonePer100 => per_100(&|person| person.talent >= Talent::County),
            Metric::HigherDegreePer100 => per_100(&|person| person.higher_degree),
            Metric::SportArtsPer100 => per_100(&|person| teaches_sport_or_arts(self, person)),
            Metric::SeniorPosts => of_people(&|at| {
                let all = self.people_at(school, at, &|_| true);
                (all > 0).then(|| self.people_at(school, at, &|person| person.rank.as_deref() == Some("senior")) * 10_000 / all)
            }),
            Metric::ClassSize => {
                let classes = self.district.classes.iter().filter(|class| class.school == entry.id);
                classes.map(|class| i64::from(class.pupils)).max()
            }
            Metric::Uncovered => {
                let mine = |course: &usize| self.courses.school_of(*course) == Some(school);
                let courses = || (0..self.courses.list.len()).filter(mine);
                courses().next()?;
                Some(courses().map(|course| self.teaching.uncovered(&self.courses, course)).sum())
            }
            Metric::Sends => of_people(&|at| sent(Some(school), None, at)),
            Metric::Receives => of_people(&|at| sent(None, Some(school), at)),
            Metric::Speciality => {
                let own = self.courses.list.iter().enumerate().filter(|(course, _)| self.courses.school_of(*course) == Some(school));
                let special = own.filter(|(course, _)| self.courses.subject_of(*course).is_some_and(|subject| subject.speciality));
                let mut subjects: Vec<&str> = special.map(|(_, course)| course.subject).collect();
                subjects.sort_unstable();
                subjects.dedup();
                Some(subjects.len() as i64)
            }
            Metric::Allowances => {
                let away = |person: &usize| self.people.home[*person] == Some(school) && self.people.working[*person] != Some(school);
                let yuan = |person: usize| self.people.working[person].map_or(0, |host| self.allowance(school, host));
                Some((0..self.people.list.len()).filter(away).map(yuan).sum())
            }
        }
    }

    /// Teachers and leaders of a kind at a school.
    fn people_at(&self, school: usize, at: &[Option<usize>], counts: &dyn Fn(&Person) -> bool) -> i64 {
        let here = self.people.list.iter().zip(at).filter(|(_, at)| **at == Some(school));
        here.filter(|(person, _)| person.category != Category::Worker && counts(person)).count() as i64
    }
}

/// Hundredths of a point.
fn got(item: &EvaluationItem, value: i64) -> i64 {
    let (way, all) = (i128::from(value) - i128::from(item.none_at), i128::from(item.full_at) - i128::from(item.none_at));
    // Turned round where less is better; a sheet whose ends meet is refused by validation.
    let (way, all) = if all < 0 { (-way, -all) } else { (way, all) };
    let points = 100 * i128::from(item.points);
    let share = if all == 0 { 0 } else { (points * way).div_euclid(all).clamp(0, points) };
    i64::try_from(share).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::got;
    use crate::file::{EvaluationItem, Metric, Text};

    fn item(none_at: i64, full_at: i64) -> EvaluationItem {
        let (title, heading) = (Text::default(), Text::default());
        EvaluationItem { title, heading, metric: Metric::ClassSize, points: 10, full_at, none_at, change: false }
    }

    #[test]
    fn points_are_in_proportion_whichever_end_is_better() {
        let classes = |size| got(&item(60, 45), size);
        assert_eq!([classes(40), classes(45), classes(50), classes(59), classes(60), classes(99)], [1000, 1000, 666, 66, 0, 0]);
        let more = |value| got(&item(0, 3), value);
        assert_eq!([more(-1), more(0), more(1), more(3), more(i64::MAX)], [0, 0, 333, 1000, 1000]);
        assert_eq!(got(&item(i64::MIN, i64::MAX), 0), 500, "no overflow");
    }
}
