//! Values in cells and the ways planners write them; each is read and written in one place.

pub(super) mod grade;
pub(super) mod labels;
pub(super) mod month;
pub(super) mod week;

use super::book::Cell;
use super::column::Misread;
use unicode_normalization::UnicodeNormalization;

/// The text with full-width digits, brackets and punctuation as half-width ones.
pub(super) fn plain(cell: &Cell) -> String {
    cell.text().nfkc().collect::<String>().trim().to_owned()
}

/// Parts of a list: 语文、道法/班会;音乐.
pub(super) fn list(text: &str) -> Vec<String> {
    let marks = ['、', ',', ',', ';', ';', '/', '/', '|', '\n'];
    text.split(marks).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn join<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    parts.into_iter().map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("、")
}

/// A whole number up to `most`, with or without a unit behind it (18 节, 45人, 20分钟).
pub(super) fn whole(cell: &Cell, most: u32) -> Result<u32, Misread> {
    let misread = || Misread::wants(format!("0 到 {most} 的整数"), format!("a whole number from 0 to {most}"));
    let half = || {
        misread().remedy(
            "不能写小数:隔周一节请在「课程」表按单双周各列一门",
            "no fractions: a lesson every other week is a course of its own in the sheet 课程",
        )
    };
    let number = match cell {
        Cell::Number(n) if n.fract() != 0.0 => return Err(half()),
        Cell::Number(n) if (0.0..=f64::from(most)).contains(n) => *n as u32,
        Cell::Text(_) => {
            let text = plain(cell);
            let text = text.strip_prefix("约").unwrap_or(&text).trim();
            let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
            let (digits, unit) = text.split_at(digits);
            let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
            if fraction.bytes().any(|byte| byte != b'0') {
                return Err(half());
            }
            if !UNITS.contains(&unit.trim()) {
                return Err(misread());
            }
            digits.parse().map_err(|_| misread())?
        }
        _ => return Err(misread()),
    };
    if number <= most { Ok(number) } else { Err(misread()) }
}

const UNITS: [&str; 17] = ["", "节", "课时", "人", "名", "分钟", "分", "年", "个", "班", "座", "元", "周", "天", "间", "节/周", "min"];

/// 是/否 and what stands for it.
pub(super) fn yes(cell: &Cell) -> Result<bool, Misread> {
    match plain(cell).to_lowercase().as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "1" | "y" | "yes" | "true" | "对" | "服从" | "愿意" | "同意" | "v" => Ok(true),
        "否" | "无" | "×" | "x" | "✗" | "0" | "n" | "no" | "false" | "不" | "不服从" | "不愿意" | "-" | "/" | "没有" => {
            Ok(false)
        }
        _ => Err(Misread::wants("是 或 否", "是 (yes) or 否 (no)")),
    }
}

/// `name=number` pairs: 高级=3、中级=10.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, i64)>, Misread> {
    let pair = |part: String| {
        let (name, number) = part.split_once(['=', ':', ':'])?;
        Some((name.trim().to_owned(), number.trim().parse().ok()?))
    };
    let misread = || Misread::wants("名称=数,用顿号隔开", "name=number, separated by 、");
    list(text).into_iter().map(|part| pair(part).ok_or_else(misread)).collect()
}
