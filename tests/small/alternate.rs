//! Alternate weeks in full weeks: two lessons that share a cell move as one.

use super::town::{Town, policy, run};
use lunpai::rules::Stage;
use std::collections::BTreeMap;

const DAY: [(&str, &str); 6] =
    [("08:00", "08:40"), ("08:50", "09:30"), ("09:40", "10:20"), ("10:30", "11:10"), ("14:00", "14:40"), ("14:50", "15:30")];

/// Classes of which every cell is taken: `full` lessons of six subjects, each class with its own teachers, and pairs of a lesson in odd
/// weeks and one in even weeks, given by one teacher per pair in all classes.
fn full_weeks(classes: usize, pairs: usize, words: (&str, &str)) -> Town {
    let mut town = Town::new().two_weeks();
    town.school("S", classes, 5, &DAY);
    let periods: usize = words.0.trim_end_matches('o').parse().expect("periods");
    for class in 1..=classes {
        for subject in 0..6 {
            let lessons = (30 - pairs * periods + 5 - subject) / 6;
            let (id, who) = (format!("s{subject}"), format!("P{class}-{subject}"));
            town.person(&who, "S", &[&id], 40);
            town.course(&format!("c{class}-{subject}"), &format!("S{class}"), &id, vec!["1"; lessons].join(" ").as_str(), Some(&who));
        }
    }
    for pair in 0..pairs {
        let (lab, art, who) = (format!("lab{pair}"), format!("art{pair}"), format!("L{pair}"));
        town.person(&who, "S", &[&lab, &art], 60);
        for class in 1..=classes {
            town.course(&format!("{lab}-{class}"), &format!("S{class}"), &lab, words.0, Some(&who));
            town.course(&format!("{art}-{class}"), &format!("S{class}"), &art, words.1, Some(&who));
        }
    }
    town
}

fn all_in_order(town: &Town, classes: usize) {
    for seed in 1..=5 {
        let (outcome, plan, verdict) = run(town, &policy(&[]), &[Stage::Timetable], seed);
        assert!(verdict.is_in_order(), "seed {seed}: {:?}", verdict.findings.first());
        assert!(super::town::is_proved(&outcome), "nothing is left to gain");
        let mut there: BTreeMap<(&str, u8, u8), usize> = BTreeMap::new();
        for lesson in plan.timetable.iter().filter(|lesson| lesson.course.starts_with("lab") || lesson.course.starts_with("art")) {
            let class = lesson.course.rsplit('-').next().unwrap_or_default();
            *there.entry((class, lesson.at.weekday, lesson.at.period)).or_default() += 1;
        }
        assert!(there.len() >= classes && there.values().all(|lessons| *lessons == 2), "seed {seed}: {there:?}");
    }
}

#[test]
fn four_classes_with_two_pairs_each() {
    all_in_order(&full_weeks(4, 2, ("1o", "1e")), 4);
}

#[test]
fn twelve_classes_with_two_pairs_each() {
    all_in_order(&full_weeks(12, 2, ("1o", "1e")), 12);
}

#[test]
fn pairs_of_doubles() {
    all_in_order(&full_weeks(4, 2, ("2o", "2e")), 4);
}
