//! Grades and class names: 一, 1, 七(初一), 初一, 2023级, 三(2)班, 七年级1班.

use super::super::book::Cell;
use super::super::column::Misread;
use super::plain;
use crate::file::Stage;

const NUMBERS: [char; 12] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '壹', '贰'];

/// 1–12.
///
/// `year` is the first year of the school year; `stage` of the school tells which grade a year of entry is.
pub(in super::super) fn read(cell: &Cell, year: Option<u16>, stage: Option<Stage>) -> Result<u8, Misread> {
    let text = plain(cell);
    parse(&text, year, stage).ok_or_else(|| Misread::wants("年级 1–12,如 三、3、七(初一)、2023级", "a grade from 1 to 12"))
}

fn parse(text: &str, year: Option<u16>, stage: Option<Stage>) -> Option<u8> {
    let text = text.split(['(', '(']).next()?.trim();
    if let Some(entry) = text.strip_suffix('级').filter(|digits| digits.len() == 4 || digits.len() == 2) {
        let entry: u16 = entry.parse().ok()?;
        let entry = if entry < 100 { 2000 + entry } else { entry };
        let first = match stage? {
            Stage::Kindergarten => return None,
            Stage::Primary => 1,
            Stage::Junior => 7,
            Stage::Senior => 10,
        };
        let grade = u8::try_from(year?.checked_sub(entry)?).ok()?.checked_add(first)?;
        return (first..first + if first == 1 { 6 } else { 3 }).contains(&grade).then_some(grade);
    }
    let text = text.trim_end_matches("年级").trim_end_matches('级').trim().trim_start_matches(['G', 'g']);
    let (base, rest) =
        [("小", 0), ("初", 6), ("高", 9)].iter().find_map(|(word, base)| Some((*base, text.strip_prefix(word)?))).unwrap_or((0, text));
    let grade = base + number(rest)?;
    (1..=12).contains(&grade).then_some(grade)
}

/// 3, 三, 十一.
fn number(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let letters: Vec<char> = text.chars().collect();
    let digit = |letter: char| NUMBERS[..10].iter().position(|known| *known == letter).map(|at| at as u8 + 1);
    match letters.as_slice() {
        [one] => digit(*one),
        ['十', one] => Some(10 + digit(*one)?),
        _ => None,
    }
}

pub(in super::super) fn say(grade: u8) -> String {
    match grade {
        1..=10 => NUMBERS[usize::from(grade) - 1].to_string(),
        11 | 12 => format!("十{}", NUMBERS[usize::from(grade) - 11]),
        other => other.to_string(),
    }
}

/// The grade and the number in a class name: 三(2)班, 3.2, 302, 三年级2班, 初一(3).
pub(in super::super) fn of_class(name: &str) -> (Option<u8>, Option<u32>) {
    let name = plain(&Cell::from_text(name));
    let name = name.trim_end_matches('班').trim_end_matches(')').trim();
    let split = name.find(['(', '.', '-']).map(|at| (&name[..at], &name[at + 1..]));
    let split = split.or_else(|| name.find("年级").map(|at| (&name[..at], &name[at + "年级".len()..])));
    let three = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_digit());
    let split = split.or_else(|| three.then(|| name.split_at(1)));
    match split {
        Some((grade, class)) if !grade.is_empty() => (parse(grade, None, None), number(class.trim()).map(u32::from)),
        Some((_, class)) => (None, number(class.trim()).map(u32::from)),
        None => (None, number(name).map(u32::from)),
    }
}
