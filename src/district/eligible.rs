//! Who may be asked to move, on the side of the models.

use super::World;
use crate::file::{Assessment, Category, Sex};
use crate::rules::exchange::eligible::Eligible;

impl World<'_> {
    /// Whether the person meets every number of the clause. Volunteers and agreed postings are the caller's business.
    pub fn eligible(&self, person: usize, numbers: &Eligible) -> bool {
        let file = self.people[person].file;
        let first = self.first_month();
        // Without a term nothing has ended and nobody is near retirement.
        let running = |until: crate::file::Month| first.is_some_and(|first| until >= first);
        let deferred = file.deferrals.iter().any(|d| d.until.is_none_or(running));
        let bound = file.service_until.is_some_and(running);
        let (least, limit) = numbers.numbers_for(file.category, file.sex);
        let too_old = file.born.zip(first).is_some_and(|(born, first)| {
            let age = first.count() - born.count();
            let left = born.count() + retires_at(file.sex, file.category, born.count()) - first.count();
            left <= 12 * i64::from(numbers.more_than_years_to_retirement)
                || limit.is_some_and(|years| age.div_euclid(12) > i64::from(years))
        });
        numbers.categories.contains(&file.category)
            && file.years_at_school >= least
            && !deferred
            && !bound
            && !too_old
            && file.assessments.first() != Some(&Assessment::Failed)
            && !file.locks.stays
    }
}

/// Age in months. From 2025 men go from 60 to 63 and women cadres from 55 to 58 by one month per four months of birth
/// (first 1965-01 and 1970-01), women workers from 50 to 55 by one per two (first 1975-01).
fn retires_at(sex: Sex, category: Category, born: i64) -> i64 {
    let (years, first_born, step) = match sex {
        Sex::Female if category == Category::Worker => (50, 1975 * 12, 2),
        Sex::Female => (55, 1970 * 12, 4),
        Sex::Male | Sex::Unstated => (60, 1965 * 12, 4),
    };
    let most = if step == 2 { 60 } else { 36 };
    years * 12 + (born - first_born + step).div_euclid(step).clamp(0, most)
}
