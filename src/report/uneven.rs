//! Whether the postings leave the schools less evenly staffed than before, or above the official limit: a meeting that decides on
//! postings has to hear it.

use super::screen::joined;
use crate::check::{Balance, Facts, stage};
use crate::file::Text;

/// Indicators told by name; the table has all.
const MOST: usize = 3;

/// Those that postings change: floors and money stay where they are.
fn name(indicator: &str) -> Option<(&'static str, &'static str)> {
    match indicator {
        "higher_degree" => Some(("高于规定学历教师", "teachers with a higher degree")),
        "backbone" => Some(("骨干教师", "backbone teachers")),
        "sport_arts" => Some(("体育艺术教师", "teachers of sport and arts")),
        _ => None,
    }
}

/// Thousandths, as the table prints them.
fn thousandths(coefficient: f64) -> i64 {
    (coefficient * 1000.0).round() as i64
}

pub(super) fn uneven(facts: &Facts) -> Option<Text> {
    told(&facts.balance())
}

fn told(rows: &[Balance]) -> Option<Text> {
    let (mut worse, mut over) = (Vec::new(), Vec::new());
    for row in rows {
        let Some((zh, en)) = name(row.indicator) else { continue };
        let (before, after) = (thousandths(row.before.weighted), thousandths(row.after.weighted));
        let limit = row.limit.filter(|limit| after > thousandths(*limit));
        let (in_zh, in_en) =
            limit.map_or_else(Default::default, |limit| (format!(",超过上限 {limit:.2}"), format!(", above the limit of {limit:.2}")));
        let of = |n: i64| format!("{}.{:03}", n / 1000, n % 1000);
        let (stage, before_words, after_words) = (stage(row.stage), of(before), of(after));
        let words = Text::new(
            format!("{}{zh} {before_words}→{after_words}{in_zh}", stage.zh),
            format!("{} {en} {before_words} → {after_words}{in_en}", stage.en),
        );
        match (after > before, limit) {
            (true, _) => worse.push(words),
            (false, Some(_)) => over.push(words),
            (false, None) => {}
        }
    }
    let part = |head: (&str, &str), mut list: Vec<Text>| {
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        if more > 0 {
            list.push(Text::new(format!("另有 {more} 项"), format!("{more} more")));
        }
        (!list.is_empty()).then(|| {
            let list = joined(&list);
            Text::new(format!("{}:{}", head.0, list.zh), format!("{}: {}", head.1, list.en))
        })
    };
    let parts: Vec<Text> = [
        part(("均衡程度变差(差异系数)", "the schools are less evenly staffed than before (coefficient of variation)"), worse),
        part(("均衡程度没有变差,但差异系数仍高", "not less evenly than before, yet the coefficient of variation is still high"), over),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| joined(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Dispersion;
    use crate::file::Stage;

    fn row(indicator: &'static str, before: f64, after: f64) -> Balance {
        let of = |weighted: f64| Dispersion { mean: 1.0, weighted, unweighted: weighted, deviation: weighted };
        Balance { stage: Stage::Primary, indicator, schools: 3, before: of(before), after: of(after), limit: Some(0.5) }
    }

    #[test]
    fn what_got_worse_and_what_is_above_the_limit_is_said_and_nothing_else() {
        let words = told(&[row("backbone", 0.208, 0.531)]).expect("worse and above");
        assert_eq!(words.zh, "均衡程度变差(差异系数):小学骨干教师 0.208→0.531,超过上限 0.50");
        let words = told(&[row("backbone", 0.8, 0.6), row("sport_arts", 0.2, 0.3)]).expect("one of each");
        assert!(
            words.zh.contains("变差(差异系数):小学体育艺术教师 0.200→0.300;") && words.zh.contains("仍高:小学骨干教师 0.800→0.600"),
            "{}",
            words.zh
        );
        // A change that the table does not show is none; areas are not the plan's.
        assert_eq!(told(&[row("backbone", 0.3001, 0.3004), row("floor_area", 0.1, 0.9)]), None);
    }
}
