//! Differences between two policies, paired by district.
//!
//! Per district: the mean over the seeds of b less that of a, in thousandths; its noise is the larger of the two ranges over the seeds. A
//! difference is separated when two districts or more, and every one of them, show it in the same direction and larger than their noise. With one
//! seed the noise is not known (equally good plans differ in what no clause weighs), and nothing is separated.

use super::{Row, Status};
use std::collections::{BTreeMap, BTreeSet};

/// One metric of two policies over all districts that both could plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    pub metric: String,
    pub a: String,
    pub b: String,
    /// Districts in which every run of both was planned and has the metric.
    pub districts: usize,
    /// b − a in thousandths: mean, least and greatest of the districts.
    pub mean: i64,
    pub least: i64,
    pub greatest: i64,
    /// Largest noise of a district, in thousandths.
    pub noise: i64,
    pub separation: Separation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separation {
    Separated,
    /// 未能区分.
    NotSeparated,
    /// No district that both could plan.
    NoPairs,
}

impl Separation {
    pub fn id(self) -> &'static str {
        match self {
            Self::Separated => "separated",
            Self::NotSeparated => "not_separated",
            Self::NoPairs => "no_pairs",
        }
    }
}

/// Every metric of every two policies, the earlier one as a.
pub fn paired(rows: &[Row]) -> Vec<Paired> {
    let mut policies: Vec<&str> = Vec::new();
    let mut cells: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if !policies.contains(&row.policy.as_str()) {
            policies.push(&row.policy);
        }
        cells.entry((&row.district, &row.policy)).or_default().push(row);
    }
    let names: BTreeSet<&String> = rows.iter().flat_map(|row| row.metrics.keys()).collect();
    let mut pairs = Vec::new();
    for (k, a) in policies.iter().enumerate() {
        for b in &policies[k + 1..] {
            pairs.extend(names.iter().map(|metric| pair(&cells, metric, a, b)));
        }
    }
    pairs
}

/// (sum, range) over the seeds of one district and policy; none if some run has no such metric.
fn seeds(rows: &[&Row], metric: &str) -> Option<(i64, i64)> {
    let planned = rows.iter().all(|row| row.status == Status::Planned);
    let values: Vec<i64> = rows.iter().filter_map(|row| row.metrics.get(metric).copied()).collect();
    let (least, most) = (values.iter().min()?, values.iter().max()?);
    (planned && values.len() == rows.len()).then(|| (values.iter().sum(), most - least))
}

fn pair(cells: &BTreeMap<(&str, &str), Vec<&Row>>, metric: &str, a: &str, b: &str) -> Paired {
    let districts: BTreeSet<&str> = cells.keys().map(|(district, _)| *district).collect();
    let mut found = Vec::new();
    for district in districts {
        let of = |policy| cells.get(&(district, policy)).and_then(|rows| Some((seeds(rows, metric)?, rows.len() as i64)));
        if let (Some(((sum_a, range_a), runs_a)), Some(((sum_b, range_b), runs_b))) = (of(a), of(b)) {
            let difference = (sum_b * runs_a - sum_a * runs_b) * 1000 / (runs_a * runs_b);
            found.push((difference, 1000 * range_a.max(range_b), runs_a.min(runs_b) > 1));
        }
    }
    let differences = || found.iter().map(|(difference, ..)| *difference);
    let clear = |way: i64| found.iter().all(|(difference, noise, known)| *known && difference * way > *noise);
    let separation = match found.len() {
        0 => Separation::NoPairs,
        2.. if clear(1) || clear(-1) => Separation::Separated,
        _ => Separation::NotSeparated,
    };
    Paired {
        metric: metric.to_owned(),
        a: a.to_owned(),
        b: b.to_owned(),
        districts: found.len(),
        mean: differences().sum::<i64>() / (found.len() as i64).max(1),
        least: differences().min().unwrap_or(0),
        greatest: differences().max().unwrap_or(0),
        noise: found.iter().map(|(_, noise, _)| *noise).max().unwrap_or(0),
        separation,
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Separation, Status, paired};
    use std::collections::BTreeMap;

    fn row(district: &str, policy: &str, seed: u64, value: Option<i64>) -> Row {
        let metrics: BTreeMap<String, i64> = value.into_iter().map(|value| ("moved".to_owned(), value)).collect();
        let status = if value.is_some() { Status::Planned } else { Status::Impossible };
        Row { district: district.into(), policy: policy.into(), seed, status, proved: false, kept: false, plan: None, metrics }
    }
    /// Per district: values of policy a, values of policy b.
    fn judged(cells: &[(&[i64], &[i64])]) -> (i64, i64, Separation) {
        let mut rows = Vec::new();
        for (k, (a, b)) in cells.iter().enumerate() {
            for (policy, values) in [("a", a), ("b", b)] {
                rows.extend((0..).zip(*values).map(|(seed, value)| row(&k.to_string(), policy, seed, Some(*value))));
            }
        }
        let pair = &paired(&rows)[0];
        (pair.mean, pair.noise, pair.separation)
    }

    #[test]
    fn a_difference_is_separated_only_beyond_the_noise_in_every_district() {
        let with = |a: &[i64], b: &[i64]| judged(&[(a, b), (&[3, 3], &[5, 5])]);
        assert_eq!(with(&[3, 3], &[5, 5]), (2000, 0, Separation::Separated));
        assert_eq!(with(&[3, 4], &[5, 5]), (1750, 1000, Separation::Separated));
        assert_eq!(with(&[3, 5], &[5, 5]).2, Separation::NotSeparated, "no more than the noise");
        assert_eq!(with(&[3, 3], &[3, 3]).2, Separation::NotSeparated, "one district shows nothing");
        assert_eq!(with(&[6, 6], &[3, 3]).2, Separation::NotSeparated, "two directions");
        assert_eq!(judged(&[(&[9, 9], &[5, 5]), (&[6, 6], &[3, 3])]), (-3500, 0, Separation::Separated));
        assert_eq!(judged(&[(&[3, 4], &[3, 4]), (&[7, 7], &[7, 7])]), (0, 1000, Separation::NotSeparated), "a policy against itself");
    }

    #[test]
    fn one_district_or_one_seed_separates_nothing() {
        assert_eq!(judged(&[(&[3, 3], &[5, 5])]), (2000, 0, Separation::NotSeparated));
        assert_eq!(judged(&[(&[3], &[5]), (&[3], &[5])]).2, Separation::NotSeparated);
    }

    #[test]
    fn failures_are_no_pairs_and_hide_nothing() {
        let rows = [row("x", "a", 0, Some(3)), row("x", "b", 0, None), row("y", "a", 0, Some(3)), row("y", "b", 0, Some(4))];
        let pair = &paired(&rows)[0];
        assert_eq!((pair.districts, pair.mean, pair.separation), (1, 1000, Separation::NotSeparated));
        assert_eq!(paired(&rows[..2])[0].separation, Separation::NoPairs);
    }
}
