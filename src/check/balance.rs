//! How evenly the schools of a stage are staffed and equipped: the seven indicators of 优质均衡 (教督〔2017〕6号), before the plan's
//! postings and after. Measured only: no clause depends on it.
//!
//! v_s = what school s has per pupil (of all its stages), P_s = its pupils of the stage, X̄ = Σ P_s·v_s / Σ P_s.
//! Weighted coefficient of variation: √(Σ P_s·(v_s − X̄)² / Σ P_s) / X̄. Unweighted: the same with every P_s = 1. A linear model cannot hold the
//! root: the clause `balance` counts Σ |people − ideal|, up to rounding P_s·|v_s − X̄| / 100 summed, so that is measured too.
//! Schools of fewer than 50 pupils are left out, as the official text does.

use super::Facts;
use crate::file::{Category, District, Person, Plan, Stage, Talent};
use crate::rules::exchange::eligible::Eligible;

/// One indicator of one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    pub stage: Stage,
    /// `higher_degree`, `backbone`, `sport_arts`, or a key of `schools.indicators`.
    pub indicator: &'static str,
    /// Schools counted: at least two.
    pub schools: usize,
    pub before: Dispersion,
    pub after: Dispersion,
    /// Largest weighted coefficient allowed, where the official text names one.
    pub limit: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Per 100 pupils for people and rooms, per pupil for areas and money.
    pub mean: f64,
    pub weighted: f64,
    pub unweighted: f64,
    /// Σ P_s·|v_s − X̄| / (Σ P_s · X̄): what the clause `balance` makes small, as a part of the mean; never above `weighted`.
    pub deviation: f64,
}

/// Name, and how it is counted.
const INDICATORS: [(&str, Measure); 7] = [
    ("higher_degree", Measure::People(|_, person| person.higher_degree)),
    ("backbone", Measure::People(|_, person| person.talent >= Talent::County)),
    ("sport_arts", Measure::People(teaches_sport_or_arts)),
    ("floor_area", Measure::School),
    ("sports_area", Measure::School),
    ("equipment", Measure::School),
    ("multimedia_rooms", Measure::School),
];

enum Measure {
    /// Teachers and leaders per 100 pupils.
    People(fn(&Facts, &Person) -> bool),
    /// The value of `schools.indicators`, given per pupil or per 100 pupils; no posting changes it.
    School,
}

pub(super) fn teaches_sport_or_arts(facts: &Facts, person: &Person) -> bool {
    let counts = |id: &str| facts.courses.subject(id).is_some_and(|subject| subject.sport || subject.arts);
    person.subjects.iter().any(|held| counts(&held.subject))
}

/// Every indicator of every stage for which at least two schools have a value and not all are zero.
pub fn balance(district: &District, plan: &Plan) -> Vec<Balance> {
    Facts::of(district, plan, Eligible::default()).balance()
}

impl Facts<'_> {
    pub(crate) fn balance(&self) -> Vec<Balance> {
        let stages = [(Stage::Kindergarten, None), (Stage::Primary, Some(0.5)), (Stage::Junior, Some(0.45)), (Stage::Senior, None)];
        let mut rows = Vec::new();
        for (stage, limit) in stages {
            for (indicator, measure) in &INDICATORS {
                let before = self.values(stage, indicator, measure, &self.people.before);
                let after = self.values(stage, indicator, measure, &self.people.working);
                let schools = before.len();
                if let (Some(before), Some(after)) = (dispersion(&before), dispersion(&after)) {
                    rows.push(Balance { stage, indicator, schools, before, after, limit });
                }
            }
        }
        rows
    }

    /// (pupils of the stage, value) of each school that has both.
    fn values(&self, stage: Stage, indicator: &str, measure: &Measure, at: &[Option<usize>]) -> Vec<(f64, f64)> {
        let mut values = Vec::new();
        for (school, entry) in self.places.schools.iter().enumerate() {
            let all: f64 = entry.pupils.values().copied().map(f64::from).sum();
            let Some(pupils) = entry.pupils.get(&stage).copied().map(f64::from).filter(|pupils| *pupils > 0.0 && all >= 50.0) else {
                continue;
            };
            let value = match measure {
                Measure::People(counts) => {
                    let here = self.people.list.iter().zip(at).filter(|(_, at)| **at == Some(school));
                    let counted = here.filter(|(person, _)| person.category != Category::Worker && counts(self, person)).count();
                    Some(f64::from(u32::try_from(counted).unwrap_or(u32::MAX)) * 100.0 / all)
                }
                // In hundredths; more than 2^53 of them is no area.
                #[allow(clippy::cast_precision_loss)]
                Measure::School => entry.indicators.get(indicator).map(|hundredths| *hundredths as f64 / 100.0),
            };
            values.extend(value.map(|value| (pupils, value)));
        }
        values
    }
}

/// Of (weight, value); `None` for fewer than two schools or a mean that is not positive.
fn dispersion(values: &[(f64, f64)]) -> Option<Dispersion> {
    let even: Vec<(f64, f64)> = values.iter().map(|(_, value)| (1.0, *value)).collect();
    let ((mean, weighted), (_, unweighted)) = (variation(values)?, variation(&even)?);
    let total: f64 = values.iter().map(|(weight, _)| weight).sum();
    let deviation = values.iter().map(|(weight, value)| weight * (value - mean).abs()).sum::<f64>() / (total * mean);
    (values.len() > 1).then_some(Dispersion { mean, weighted, unweighted, deviation })
}

/// Mean and coefficient of variation.
fn variation(values: &[(f64, f64)]) -> Option<(f64, f64)> {
    let total: f64 = values.iter().map(|(weight, _)| weight).sum();
    let mean = values.iter().map(|(weight, value)| weight * value).sum::<f64>() / total;
    let spread = values.iter().map(|(weight, value)| weight * (value - mean).powi(2)).sum::<f64>() / total;
    (mean > 0.0).then(|| (mean, spread.sqrt() / mean))
}

#[cfg(test)]
mod tests {
    use super::dispersion;

    #[test]
    fn the_worked_example_of_the_official_text() {
        let schools = [(45.0, 279.0), (37.0, 137.0), (89.0, 935.0), (76.0, 160.0), (55.0, 402.0)];
        let found = dispersion(&schools.map(|(pupils, books)| (pupils, books / pupils))).expect("five schools");
        assert!((found.mean - 6.3344).abs() < 1e-4 && (found.weighted - 0.5153).abs() < 1e-4, "{found:?}");
        // By hand: 45 · |6.2 − 6.3344| + 37 · |3.7027 − 6.3344| + 89 · |10.5056 − 6.3344| + 76 · |2.1053 − 6.3344| + 55 · |7.3091 − 6.3344|.
        assert!((found.deviation - 849.68 / 1913.0).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn one_school_or_nothing_anywhere_has_no_variation() {
        assert_eq!([dispersion(&[(10.0, 3.0)]), dispersion(&[(10.0, 0.0), (20.0, 0.0)]), dispersion(&[])], [None; 3]);
        let same = dispersion(&[(10.0, 2.0), (30.0, 2.0)]).expect("two schools");
        assert_eq!((same.mean, same.weighted, same.unweighted), (2.0, 0.0, 0.0));
    }
}
