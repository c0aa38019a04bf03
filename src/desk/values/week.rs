//! Times of the week: 周三 14:00-15:00, 周一第2节, 8:30.

use super::super::book::Cell;
use super::super::column::Misread;
use super::labels::Labelled;
use super::{list, plain};
use crate::file::{CellRef, Clock, Weeks, Window};

const DAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

pub(in super::super) fn say_day(day: u8) -> String {
    let letter = usize::from(day).checked_sub(1).and_then(|at| DAYS.get(at));
    letter.map_or_else(|| day.to_string(), |letter| format!("周{letter}"))
}

/// The weekday at the start of a text, and what follows it.
fn day(text: &str) -> Option<(u8, &str)> {
    let text = text.trim();
    let rest = ["星期", "礼拜", "周"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let letter = rest.chars().next()?;
    let letter = if letter == '天' { '日' } else { letter };
    let named = DAYS.iter().position(|day| *day == letter).map(|at| at as u8 + 1);
    let day = named.or_else(|| letter.to_digit(10).filter(|n| (1..=7).contains(n)).map(|n| n as u8))?;
    Some((day, rest[rest.chars().next()?.len_utf8()..].trim()))
}

pub(in super::super) fn read_day(cell: &Cell) -> Result<u8, Misread> {
    let text = plain(cell);
    day(&text)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(day, _)| day)
        .ok_or_else(|| Misread::wants("周一 … 周日", "周一 (Monday) … 周日 (Sunday)"))
}

/// 周一至周五, 周一、周三, 1-5.
pub(in super::super) fn read_days(cell: &Cell) -> Result<Vec<u8>, Misread> {
    let misread = || Misread::wants("如 周一至周五,或 周一、周三", "such as 周一至周五 (Monday to Friday)");
    let mut days = Vec::new();
    for part in list(&plain(cell)) {
        let ends: Vec<&str> = part.split(['至', '到', '-', '~', '—']).collect();
        let number = |text: &str| day(text).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day).ok_or_else(misread);
        match ends.as_slice() {
            [one] => days.push(number(one)?),
            [from, to] => days.extend(number(from)?..=number(to)?),
            _ => return Err(misread()),
        }
    }
    if days.is_empty() { Err(misread()) } else { Ok(days) }
}
pub(in super::super) fn say_days(days: &[u8]) -> String {
    if days == [1, 2, 3, 4, 5] { "周一至周五".to_owned() } else { super::join(days.iter().map(|day| say_day(*day))) }
}

pub(in super::super) fn read_clock(cell: &Cell) -> Result<Clock, Misread> {
    let of_day = |n: f64| Clock((n * 1440.0).round() as u16 % 1440);
    let spreadsheet = match cell {
        // A part of a day: what is left of a time whose format is lost.
        Cell::Number(n) if (0.0..1.0).contains(n) => Some(of_day(*n)),
        _ => None,
    };
    spreadsheet.or_else(|| clock(&plain(cell))).ok_or_else(|| Misread::wants("时刻,如 08:30", "a time of day such as 08:30"))
}
fn clock(text: &str) -> Option<Clock> {
    let text = text.trim().replace(['点', '时', '.'], ":").replace('分', "");
    let (hours, minutes) = text.split_once(':')?;
    let minutes = minutes.split(':').next().filter(|minutes| !minutes.is_empty()).unwrap_or("00");
    Clock::parse(&format!("{hours:0>2}:{minutes:0>2}"))
}

/// 周三 14:00-15:00(单周), several separated by 、.
pub(in super::super) fn read_windows(cell: &Cell) -> Result<Vec<Window>, Misread> {
    let misread = || Misread::wants("如 周三 14:00-15:00,隔周的写(单周)", "such as 周三 14:00-15:00, with (单周) for odd weeks");
    let window = |text: &String| {
        let (text, weeks) = bracket(text);
        let weeks = weeks.map_or(Some(Weeks::All), Weeks::parse)?;
        let (weekday, rest) = day(text)?;
        let (from, to) = rest.split_once(['-', '~', '—', '至', '到'])?;
        Some(Window { weekday, from: clock(from)?, to: clock(to)?, weeks })
    };
    list(&plain(cell)).iter().map(|text| window(text).ok_or_else(misread)).collect()
}
pub(in super::super) fn say_windows(windows: &[Window]) -> String {
    super::join(windows.iter().map(|window| {
        let weeks = if window.weeks == Weeks::All { String::new() } else { format!("({})", window.weeks.label()) };
        format!("{} {}-{}{weeks}", say_day(window.weekday), window.from, window.to)
    }))
}

/// 周一第2节、周三第6节.
pub(in super::super) fn read_cells(cell: &Cell) -> Result<Vec<CellRef>, Misread> {
    let misread = || Misread::wants("如 周一第2节", "such as 周一第2节 (Monday, period 2)");
    let spot = |text: &String| {
        let (weekday, rest) = day(text)?;
        let period = rest.trim_start_matches('第').trim_end_matches('节').trim().parse().ok()?;
        Some(CellRef { weekday, period })
    };
    list(&plain(cell)).iter().map(|text| spot(text).ok_or_else(misread)).collect()
}
pub(in super::super) fn say_cells(cells: &[CellRef]) -> String {
    super::join(cells.iter().map(|spot| format!("{}第{}节", say_day(spot.weekday), spot.period)))
}

/// `words(in brackets)` → the two.
pub(in super::super) fn bracket(text: &str) -> (&str, Option<&str>) {
    let Some(inner) = text.trim().strip_suffix([')', ')']) else { return (text.trim(), None) };
    inner.rsplit_once(['(', '(']).map_or((text.trim(), None), |(before, inside)| (before.trim(), Some(inside.trim())))
}
