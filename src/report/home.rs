//! What would be missing if nobody taught at another school: a bound by flow, school by school.
//!
//! People send their free periods (limit less posts) to the (subject, stage) needs they may teach; what the largest flow
//! leaves of the needs nobody can teach at home. Classes are cut into periods here, so the true gap is never smaller.

use super::View;
use crate::check::Facts;
use crate::file::{Category, Stage};
use crate::rules::AnyRule;
use std::collections::{BTreeMap, VecDeque};

/// Periods per cycle that stay uncovered at least when everybody teaches at the school they work at now.
pub(super) fn gap_at_home(view: &View, facts: &Facts) -> i64 {
    let mut needs: BTreeMap<usize, BTreeMap<(&str, Stage), i64>> = BTreeMap::new();
    for (number, course) in facts.courses.list.iter().enumerate() {
        if let (Some(school), Some(class)) = (facts.courses.school_of(number), course.classes.first()) {
            let stage = facts.courses.classes[*class].stage;
            *needs.entry(school).or_default().entry((course.subject, stage)).or_insert(0) += course.periods;
        }
    }
    needs.iter().map(|(school, needs)| uncovered(view, facts, *school, needs)).sum()
}

/// Most periods a person may have in all.
fn limit(view: &View, facts: &Facts, person: usize) -> i64 {
    let entry = &facts.people.list[person];
    if entry.load_target == 0 && entry.load_cap == 0 {
        return 0;
    }
    let by_clause = view.clauses().filter_map(|(clause, rule)| match rule {
        AnyRule::LoadCap(cap) if facts.person_in(&clause.scope, person) => {
            Some(i64::from(cap.over_target.map_or(entry.load_cap, |over| entry.load_target.saturating_add(over))))
        }
        _ => None,
    });
    by_clause.min().unwrap_or(i64::from(entry.load_cap))
}

fn uncovered(view: &View, facts: &Facts, school: usize, needs: &BTreeMap<(&str, Stage), i64>) -> i64 {
    let mut free: Vec<i64> = Vec::new();
    let mut may: Vec<Vec<usize>> = Vec::new();
    for (person, entry) in facts.people.list.iter().enumerate() {
        if facts.people.before[person] != Some(school) {
            continue;
        }
        let posts: i64 = entry.posts.iter().map(|post| i64::from(post.periods)).sum();
        let teaches = |(subject, stage): &(&str, Stage)| {
            let anybody = facts.courses.subject(subject).is_some_and(|subject| subject.any_teacher) && entry.category != Category::Worker;
            anybody || entry.subjects.iter().any(|held| held.subject == *subject && held.stage >= *stage)
        };
        free.push((limit(view, facts, person) - posts).max(0));
        may.push(needs.keys().enumerate().filter(|(_, need)| teaches(need)).map(|(k, _)| k).collect());
    }
    largest_flow(free, &may, needs.values().copied().collect())
}

/// Sends as much of `free` as possible along `may` into `left`; returns what is left in all.
fn largest_flow(mut free: Vec<i64>, may: &[Vec<usize>], mut left: Vec<i64>) -> i64 {
    let mut sent: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); free.len()];
    while let Some(path) = augmenting(&free, may, &left, &sent) {
        // path: person, need, person, need … ending at a need with something left.
        let mut amount = free[path[0]].min(left[path[path.len() - 1]]);
        for step in path.windows(3).step_by(2) {
            amount = amount.min(sent[step[2]].get(&step[1]).copied().unwrap_or(0));
        }
        free[path[0]] -= amount;
        left[path[path.len() - 1]] -= amount;
        for (k, step) in path.windows(2).enumerate() {
            if k % 2 == 0 {
                *sent[step[0]].entry(step[1]).or_insert(0) += amount;
            } else {
                *sent[step[1]].entry(step[0]).or_insert(0) -= amount;
            }
        }
    }
    left.iter().sum()
}

/// Shortest way from a person with free periods to a need with periods left; it may take over a need another person
/// teaches and send that person elsewhere.
fn augmenting(free: &[i64], may: &[Vec<usize>], left: &[i64], sent: &[BTreeMap<usize, i64>]) -> Option<Vec<usize>> {
    let mut person_from: Vec<Option<usize>> = vec![None; free.len()];
    let mut need_from: Vec<Option<usize>> = vec![None; left.len()];
    let mut seen: Vec<bool> = free.iter().map(|free| *free > 0).collect();
    let mut queue: VecDeque<usize> = (0..free.len()).filter(|person| seen[*person]).collect();
    while let Some(person) = queue.pop_front() {
        for &need in &may[person] {
            if need_from[need].is_some() {
                continue;
            }
            need_from[need] = Some(person);
            if left[need] > 0 {
                return Some(way_back(need, &person_from, &need_from));
            }
            for other in 0..free.len() {
                if !seen[other] && sent[other].get(&need).is_some_and(|sent| *sent > 0) {
                    seen[other] = true;
                    person_from[other] = Some(need);
                    queue.push_back(other);
                }
            }
        }
    }
    None
}

fn way_back(need: usize, person_from: &[Option<usize>], need_from: &[Option<usize>]) -> Vec<usize> {
    let mut path = vec![need];
    let mut need = need;
    while let Some(person) = need_from[need] {
        path.push(person);
        let Some(before) = person_from[person] else { break };
        path.push(before);
        need = before;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::largest_flow;

    #[test]
    fn a_teacher_of_two_subjects_goes_where_nobody_else_can() {
        // Person 0 may teach both needs, person 1 only the first: all 20 periods are covered, 3 of 23 are not.
        assert_eq!(largest_flow(vec![10, 10], &[vec![0, 1], vec![0]], vec![10, 10]), 0);
        assert_eq!(largest_flow(vec![10, 10], &[vec![0, 1], vec![0]], vec![10, 13]), 3);
        assert_eq!(largest_flow(vec![5], &[vec![]], vec![4]), 4);
    }
}
