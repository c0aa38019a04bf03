//! The order in which names stand in public lists, and the letters by which a name is found.
//!
//! Strokes and readings come from the Unicode CLDR tables of `icu_collator`. By strokes: the surname with fewer strokes first;
//! of as many, by the form of the first strokes (横 竖 撇 点 折) as the table of common surnames below has it, a surname
//! that is not in the table behind them in the order of CLDR (which counts 艹 and 阝 one stroke longer than the mainland
//! does); then the rest of the name by strokes. A surname that is read otherwise than the character alone is looked up
//! in a table too.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::cmp::Ordering;

/// How a public list is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// 姓氏笔画
    #[default]
    Strokes,
    Pinyin,
    /// As the district lists its schools, then by strokes.
    School,
}

/// Surnames whose reading as a name is rarer than that of the character → a character that is read so.
const READ_AS: [(char, char); 20] = [
    ('曾', '增'),
    ('单', '善'),
    ('仇', '求'),
    ('解', '谢'),
    ('区', '欧'),
    ('查', '扎'),
    ('朴', '瓢'),
    ('盖', '葛'),
    ('乐', '月'),
    ('尉', '玉'),
    ('翟', '宅'),
    ('召', '绍'),
    ('缪', '妙'),
    ('秘', '币'),
    ('冼', '显'),
    ('种', '虫'),
    ('员', '运'),
    ('繁', '婆'),
    ('折', '蛇'),
    ('黑', '贺'),
];

/// Common surnames of 2, 3, 4 … strokes, of as many in the order of their first strokes: 横 竖 撇 点 折.
const SURNAMES: [&str; 16] = [
    "丁卜刁",
    "于万马",
    "王韦尤牛毛文方尹孔邓",
    "甘艾古左石龙卢叶申田史丘付白包冯兰司",
    "邢吉毕曲吕朱乔伍任华向刘齐关江汤许阮孙牟",
    "严苏杜李杨时吴邱何余邹辛汪沈宋张陆陈",
    "武苗范林欧易罗季岳金周庞郑单房孟",
    "项赵郝胡查柯柳钟段侯俞施姜洪祝姚贺骆",
    "秦袁聂莫贾夏顾柴钱倪徐殷翁凌高郭席唐陶",
    "黄萧梅曹龚盛常崔符康章商梁",
    "彭葛董蒋韩程傅焦鲁曾温游谢",
    "靳蓝蒲裘赖雷虞詹鲍解廉窦",
    "蔡臧裴管廖谭翟熊",
    "樊黎滕颜潘",
    "薛霍穆",
    "戴鞠魏",
];

/// The first character with 1, 2, 3 … strokes in the order of CLDR.
const STROKES: &str = "一丁万不且丞两並亭乘乾傀亂僎僵儐償叢儳嚴儷儻囌囑廳";

/// The first character of each letter's readings, in the order of pinyin.
const LETTERS: [(char, char); 23] = [
    ('阿', 'a'),
    ('芭', 'b'),
    ('擦', 'c'),
    ('搭', 'd'),
    ('蛾', 'e'),
    ('发', 'f'),
    ('噶', 'g'),
    ('哈', 'h'),
    ('击', 'j'),
    ('喀', 'k'),
    ('垃', 'l'),
    ('妈', 'm'),
    ('拿', 'n'),
    ('哦', 'o'),
    ('啪', 'p'),
    ('期', 'q'),
    ('然', 'r'),
    ('撒', 's'),
    ('塌', 't'),
    ('挖', 'w'),
    ('昔', 'x'),
    ('压', 'y'),
    ('匝', 'z'),
];

/// Compares names; without its tables (they are part of the program) by code points.
pub(super) struct Names {
    strokes: Option<CollatorBorrowed<'static>>,
    pinyin: Option<CollatorBorrowed<'static>>,
}

impl Names {
    pub(super) fn new() -> Self {
        let table = |order: &str| {
            let locale: Locale = format!("zh-u-co-{order}").parse().ok()?;
            Collator::try_new(locale.into(), CollatorOptions::default()).ok()
        };
        Self { strokes: table("stroke"), pinyin: table("pinyin") }
    }

    pub(super) fn by_strokes(&self, a: &str, b: &str) -> Ordering {
        self.surname(a).cmp(&self.surname(b)).then_with(|| compare(self.strokes.as_ref(), a, b))
    }
    /// Strokes of the first character and its place among the common surnames.
    fn surname(&self, name: &str) -> (usize, usize) {
        let Some(first) = name.chars().next() else { return (0, 0) };
        let common = (2..).zip(SURNAMES).find_map(|(strokes, same)| Some((strokes, same.chars().position(|known| known == first)?)));
        common.unwrap_or_else(|| (self.strokes(first), usize::MAX))
    }
    fn strokes(&self, c: char) -> usize {
        let not_after = |mark: &char| compare(self.strokes.as_ref(), &mark.to_string(), &c.to_string()) != Ordering::Greater;
        STROKES.chars().take_while(not_after).count()
    }
    pub(super) fn by_pinyin(&self, a: &str, b: &str) -> Ordering {
        compare(self.pinyin.as_ref(), &read_as(a), &read_as(b))
    }

    /// `欧阳明` → `oym`: the letter of each Chinese character; letters and digits stay, all else is left out.
    pub(super) fn initials(&self, name: &str) -> String {
        let letter = |c: char| {
            if c.is_ascii_alphanumeric() {
                return Some(c.to_ascii_lowercase());
            }
            let not_after = |mark: char| compare(self.pinyin.as_ref(), &mark.to_string(), &c.to_string()) != Ordering::Greater;
            let letter = LETTERS.iter().rev().find(|(mark, _)| not_after(*mark)).map(|(_, letter)| *letter);
            letter.filter(|_| ('\u{3400}'..='\u{3ffff}').contains(&c))
        };
        read_as(name).chars().filter_map(letter).collect()
    }
}

fn compare(table: Option<&CollatorBorrowed<'static>>, a: &str, b: &str) -> Ordering {
    table.map_or(Ordering::Equal, |table| table.compare(a, b)).then_with(|| a.cmp(b))
}

/// The name with its surname as it is read.
fn read_as(name: &str) -> String {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    let read = READ_AS.iter().find(|(surname, _)| *surname == first).map_or(first, |(_, read)| *read);
    std::iter::once(read).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::{Names, SURNAMES};

    fn sorted(mut names: Vec<&str>, by: impl Fn(&str, &str) -> std::cmp::Ordering) -> Vec<&str> {
        names.sort_by(|a, b| by(a, b));
        names
    }

    #[test]
    fn names_stand_by_strokes_of_the_surname_then_of_the_rest() {
        let names = Names::new();
        let mixed = vec!["王二", "曾九", "马一", "周八", "丁二", "李四", "于三", "张五", "孙七", "欧阳一", "王一", "羿六"];
        let expected = ["丁二", "于三", "马一", "王一", "王二", "孙七", "李四", "张五", "欧阳一", "周八", "羿六", "曾九"];
        assert_eq!(sorted(mixed, |a, b| names.by_strokes(a, b)), expected);
    }

    /// The table was made by hand; CLDR counts the strokes again. It counts 艹, 阝 and 礻 in their long forms, one stroke more
    /// than the norm of the mainland.
    #[test]
    fn every_surname_of_the_table_has_the_strokes_of_its_line() {
        let names = Names::new();
        let mut longer = String::new();
        for (strokes, same) in (2..).zip(SURNAMES) {
            for c in same.chars() {
                match names.strokes(c) {
                    counted if counted == strokes => {}
                    counted if counted == strokes + 1 => longer.push(c),
                    counted => panic!("{c}: {counted} strokes in the line of {strokes}"),
                }
            }
        }
        assert_eq!(longer, "邓艾邢阮苏邱邹陆陈苗范郑郝祝莫郭陶黄萧葛董蒋蓝蒲蔡薛魏");
    }

    #[test]
    fn surnames_are_read_as_names() {
        let names = Names::new();
        let told = sorted(vec!["曾甲", "赵乙", "单丙", "沈丁", "陈戊", "安己"], |a, b| names.by_pinyin(a, b));
        assert_eq!(told, ["安己", "陈戊", "单丙", "沈丁", "曾甲", "赵乙"]);
        let initials = ["欧阳明", "曾小平", "T12", "王·x 3"].map(|name| names.initials(name));
        assert_eq!(initials, ["oym", "zxp", "t12", "wx3"]);
    }
}
