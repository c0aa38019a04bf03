//! Months and dates: 1985.03, 85年3月, 19850301, 1985-03, and what the spreadsheet itself holds as a date.

use super::super::book::Cell;
use super::super::column::Misread;
use super::plain;
use crate::file::Month;

fn misread() -> Misread {
    Misread::wants("年月,如 1985-03", "a month such as 1985-03")
}

pub(in super::super) fn read(cell: &Cell) -> Result<Month, Misread> {
    match cell {
        Cell::Date { year, month, .. } => checked(u32::from(*year), u32::from(*month)),
        // 1985.10 typed as a number is 1985.1: nobody can tell it from January.
        Cell::Number(n) if n.fract() != 0.0 && (1900.0..2100.0).contains(n) => fraction(*n),
        Cell::Number(n) if n.fract() == 0.0 && *n >= 0.0 => digits(&format!("{n:.0}")),
        Cell::Text(_) => written(&plain(cell)),
        _ => Err(misread()),
    }
}

fn fraction(n: f64) -> Result<Month, Misread> {
    let hundredths = (n.fract() * 100.0).round() as u32;
    if (n * 100.0 - (n * 100.0).round()).abs() > 1e-6 {
        return Err(misread());
    }
    if hundredths == 10 {
        return Err(misread().remedy(
            "1 月还是 10 月?数字格里的 .1 和 .10 是同一个数,请改写成文字 1985-01 或 1985-10",
            "January or October? In a number .1 and .10 are the same; write 1985-01 or 1985-10",
        ));
    }
    checked(n.trunc() as u32, if hundredths.is_multiple_of(10) { hundredths / 10 } else { hundredths })
}

/// 198503, 19850301, 8503, or the spreadsheet's own count of days (31107 is 1985-03-01).
fn digits(text: &str) -> Result<Month, Misread> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    match text.len() {
        8 if (1..=31).contains(&number(6, 8)) => checked(number(0, 4), number(4, 6)),
        6 => checked(number(0, 4), number(4, 6)),
        5 => of_days(number(0, 5)),
        4 if number(0, 4) < 1900 => checked(century(number(0, 2)), number(2, 4)),
        _ => Err(misread()),
    }
}

fn of_days(days: u32) -> Result<Month, Misread> {
    // Days since 1899-12-30, by the proleptic calendar of civil dates.
    let z = i64::from(days) - 25_569 + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    checked(year as u32, month as u32)
}

fn century(two: u32) -> u32 {
    if two > 35 { 1900 + two } else { 2000 + two }
}

fn written(text: &str) -> Result<Month, Misread> {
    let text = text.split_whitespace().next().unwrap_or_default();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let parts: Vec<&str> = text.split(['.', '-', '/', '年', '月', '日', '。', '—', '–']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().map_err(|_| misread());
    match parts.as_slice() {
        [year, month] | [year, month, _] => {
            let years = number(year)?;
            if let [_, _, day] = parts.as_slice()
                && !(1..=31).contains(&number(day)?)
            {
                return Err(misread());
            }
            checked(if year.len() == 2 { century(years) } else { years }, number(month)?)
        }
        _ => Err(misread()),
    }
}

fn checked(year: u32, month: u32) -> Result<Month, Misread> {
    if (1900..=2200).contains(&year) && (1..=12).contains(&month) {
        Ok(Month { year: year as u16, month: month as u8 })
    } else {
        Err(misread())
    }
}

/// A whole date as `YYYY-MM-DD`.
pub(in super::super) fn date(cell: &Cell) -> Result<String, Misread> {
    let misread = || Misread::wants("日期,如 2026-09-01", "a date such as 2026-09-01");
    let text = plain(cell);
    let packed = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let spread = if packed { format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]) } else { text };
    let parts: Option<Vec<u32>> =
        spread.split(['.', '-', '/', '年', '月', '日']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year @ 1900..=2200, month @ 1..=12, day @ 1..=31]) => Ok(format!("{year:04}-{month:02}-{day:02}")),
        _ => Err(misread()),
    }
}
