//! Who may be asked to move.

use super::People;
use crate::file::{Assessment, Category, Month, Person, Sex, Text};
use crate::rules::exchange::eligible::Eligible;

/// Retirement age in months, by the decision of 2024 in force since January 2025: men 60 → 63 and women leaders and
/// teachers 55 → 58 by a month for every four months of birth, women workers 50 → 55 by a month for every two.
/// The first to be affected are born in January 1965, 1970 and 1975. Sex unstated: as men.
pub fn retirement_age_months(sex: Sex, category: Category, born: Month) -> i64 {
    let (years, first, every, most) = match (sex, category) {
        (Sex::Male | Sex::Unstated, _) => (60, 1965, 4, 36),
        (Sex::Female, Category::Teacher | Category::Leader) => (55, 1970, 4, 36),
        (Sex::Female, Category::Worker) => (50, 1975, 2, 60),
    };
    let later = born.count() - Month { year: first, month: 1 }.count();
    let delay = if later < 0 { 0 } else { (later / every + 1).min(most) };
    years * 12 + delay
}

/// Why the person is not eligible; `None` if eligible.
pub(crate) fn why_not(numbers: &Eligible, people: &People, person: &Person) -> Option<Text> {
    let start = people.term_start;
    let in_force = |until: Month| start.is_some_and(|start| until >= start);
    if !numbers.categories.contains(&person.category) {
        return Some(Text::new("不属于交流的人员类别", "not of a category that moves"));
    }
    let (least, limit) = numbers.numbers_for(person.category, person.sex);
    if person.years_at_school < least {
        let years = person.years_at_school;
        return Some(Text::new(format!("在校 {years} 年,不满 {least} 年"), format!("{years} years at the school, {least} needed")));
    }
    if let Some(deferral) = person.deferrals.iter().find(|deferral| deferral.until.is_none_or(in_force)) {
        return Some(match deferral.until {
            Some(until) => Text::new(format!("暂缓交流至 {until}"), format!("deferred until {until}")),
            None => Text::new("暂缓交流", "deferred"),
        });
    }
    if let Some(until) = person.service_until.filter(|until| in_force(*until)) {
        return Some(Text::new(format!("服务期到 {until}"), format!("bound by a service period until {until}")));
    }
    if let (Some(born), Some(start)) = (person.born, start) {
        let left = born.count() + retirement_age_months(person.sex, person.category, born) - start.count();
        let years = numbers.more_than_years_to_retirement;
        if left <= 12 * i64::from(years) {
            return Some(Text::new(format!("距退休不超过 {years} 年"), format!("{years} years or less to retirement")));
        }
        let age = (start.count() - born.count()).div_euclid(12);
        if let Some(limit) = limit.filter(|limit| age > i64::from(*limit)) {
            return Some(Text::new(format!("年龄超过 {limit} 岁"), format!("older than {limit}")));
        }
    }
    if person.assessments.first() == Some(&Assessment::Failed) {
        return Some(Text::new("最近一次考核不合格", "latest assessment failed"));
    }
    person.locks.stays.then(|| Text::new("已商定留任", "agreed to stay"))
}

#[cfg(test)]
mod tests {
    use super::retirement_age_months;
    use crate::file::{Category, Month, Sex};

    #[test]
    fn the_gradual_table_of_2025() {
        let age = |sex, category, text| Month::parse(text).map(|born| retirement_age_months(sex, category, born));
        let man = |born| age(Sex::Male, Category::Worker, born);
        assert_eq!(man("1964-12"), Some(720));
        assert_eq!([man("1965-01"), man("1965-04"), man("1965-05")], [Some(721), Some(721), Some(722)]);
        assert_eq!([man("1976-08"), man("1976-09"), man("1990-01")], [Some(755), Some(756), Some(756)]);
        let teacher = |born| age(Sex::Female, Category::Teacher, born);
        assert_eq!([teacher("1969-12"), teacher("1970-04"), teacher("1981-09")], [Some(660), Some(661), Some(696)]);
        let worker = |born| age(Sex::Female, Category::Worker, born);
        assert_eq!([worker("1974-12"), worker("1975-02"), worker("1984-11")], [Some(600), Some(601), Some(660)]);
        assert_eq!(age(Sex::Unstated, Category::Teacher, "1965-01"), Some(721));
    }
}
