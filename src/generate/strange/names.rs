//! Ids and names in several alphabets. Ids of one list never look alike, whatever the alphabet.

use super::super::dice::Dice;
use super::mode::Traits;
use crate::file::{Stage, Text};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    Latin,
    Chinese,
    /// Both, with blanks, dots, slashes and full-width figures.
    Mixed,
    Digits,
    /// Nearly a hundred characters.
    Long,
}

impl Alphabet {
    pub const ALL: [Self; 5] = [Self::Latin, Self::Chinese, Self::Mixed, Self::Digits, Self::Long];
}

/// First and second character of an invented place, and how they are spelled.
const FIRST: [(&str, &str); 14] = [
    ("清", "Qing"),
    ("柳", "Liu"),
    ("石", "Shi"),
    ("云", "Yun"),
    ("松", "Song"),
    ("白", "Bai"),
    ("枫", "Feng"),
    ("竹", "Zhu"),
    ("梅", "Mei"),
    ("桃", "Tao"),
    ("杏", "Xing"),
    ("荷", "He"),
    ("金", "Jin"),
    ("银", "Yin"),
];
const SECOND: [(&str, &str); 15] = [
    ("溪", "xi"),
    ("湾", "wan"),
    ("坡", "po"),
    ("岭", "ling"),
    ("桥", "qiao"),
    ("滩", "tan"),
    ("塘", "tang"),
    ("坝", "ba"),
    ("岗", "gang"),
    ("渡", "du"),
    ("营", "ying"),
    ("庄", "zhuang"),
    ("店", "dian"),
    ("堡", "pu"),
    ("林", "lin"),
];
const GRADES: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Fills the longest ids.
const PADDING: &str = "某某省某某市某某县义务教育学区统一编码方案试行本第三次修订后由县教育局基础教育股核定并报市教育局备案的正式编号";

/// Where the numbering starts, so that two districts of one alphabet differ too.
#[derive(Debug, Clone)]
pub(super) struct Names {
    alphabets: [Alphabet; 4],
    first: usize,
    code: u32,
    /// `一(1)班` or `101班`.
    by_number: bool,
}

impl Names {
    pub fn new(traits: &Traits, dice: &mut Dice) -> Self {
        Self {
            alphabets: traits.alphabets,
            first: dice.roll((FIRST.len() * SECOND.len()) as u64) as usize,
            code: dice.between(31, 65) as u32 * 100,
            by_number: dice.percent(50),
        }
    }

    fn village(&self, school: usize) -> (String, String) {
        // 14 and 15 have no common factor: all 210 pairs come before one comes again.
        let (a, b) = (FIRST[(self.first + school) % FIRST.len()], SECOND[(self.first + school) % SECOND.len()]);
        (format!("{}{}", a.0, b.0), format!("{}{}", a.1, b.1))
    }

    pub fn school(&self, school: usize, stages: &[Stage]) -> Text {
        let (zh, en) = self.village(school);
        let kind = match stages {
            [Stage::Primary] => ("小学", "Primary"),
            [Stage::Junior] => ("初级中学", "Junior High"),
            _ => ("学校", "School"),
        };
        Text::new(format!("{zh}{}", kind.0), format!("{en} {}", kind.1))
    }

    pub fn school_id(&self, school: usize, name: &Text) -> String {
        let (_, en) = self.village(school);
        match self.alphabets[0] {
            Alphabet::Latin => en,
            Alphabet::Chinese => name.zh.clone(),
            Alphabet::Mixed => format!("{}/{en} {}", name.zh, school + 1),
            Alphabet::Digits => format!("{}", self.code * 100 + school as u32 + 1),
            Alphabet::Long => long(&format!("{}{:03}", name.zh, school + 1), 70),
        }
    }

    pub fn site_id(&self, school: &str) -> String {
        match self.alphabets[0] {
            Alphabet::Latin => format!("{school}-campus"),
            Alphabet::Digits => format!("{school}0"),
            _ => format!("{school}校区"),
        }
    }

    pub fn person_id(&self, school: &str, number: usize) -> String {
        match self.alphabets[1] {
            Alphabet::Latin => format!("{school}-T{number:03}"),
            Alphabet::Chinese => format!("{school}教师{number:03}"),
            Alphabet::Mixed => format!("{school}.t{number:02} 教"),
            Alphabet::Digits => format!("{school}{number:04}"),
            Alphabet::Long => long(&format!("{school}教职工{number:04}"), 100),
        }
    }

    pub fn class_id(&self, school: &str, grade: u8, number: u32) -> String {
        match self.alphabets[2] {
            Alphabet::Latin => format!("{school}-{grade}-{number}"),
            Alphabet::Chinese => format!("{school}{}({number})", GRADES[usize::from(grade) - 1]),
            Alphabet::Mixed => format!("{school}{grade}.{}班", wide(number)),
            Alphabet::Digits => format!("{school}{grade}{number:02}"),
            Alphabet::Long => long(&format!("{school}{}年级第{number:02}班", GRADES[usize::from(grade) - 1]), 100),
        }
    }

    pub fn class(&self, grade: u8, number: u32) -> Text {
        let zh = if self.by_number { format!("{grade}{number:02}班") } else { format!("{}({number})班", GRADES[usize::from(grade) - 1]) };
        Text::new(zh, format!("Class {grade}({number})"))
    }

    /// `spelled`: the first letters of the Chinese name.
    pub fn subject_id(&self, number: usize, zh: &str, spelled: &str) -> String {
        match self.alphabets[3] {
            Alphabet::Latin => spelled.to_uppercase(),
            Alphabet::Chinese => zh.to_owned(),
            Alphabet::Mixed => format!("{zh}·{spelled}{}", number + 1),
            Alphabet::Digits => format!("{}", 1_001 + number),
            Alphabet::Long => long(&format!("{zh}课程{:02}", number + 1), 60),
        }
    }

    pub fn room_id(&self, school: &str, name: &str, kind: &str, number: u32) -> String {
        match self.alphabets[0] {
            Alphabet::Latin => format!("{school}-{kind}{number}"),
            Alphabet::Digits => format!("{school}9{number:02}-{kind}"),
            _ => format!("{school}{name}{number}"),
        }
    }

    pub fn room_kind(&self, zh: &str, spelled: &str) -> String {
        if matches!(self.alphabets[3], Alphabet::Latin | Alphabet::Digits) { format!("{spelled}-room") } else { zh.to_owned() }
    }

    pub fn bell_id(&self, number: usize) -> String {
        match self.alphabets[0] {
            Alphabet::Latin => format!("bell-{}", number + 1),
            Alphabet::Digits => format!("{}", 11 + number),
            _ => format!("作息 第{}套", number + 1),
        }
    }

    pub fn group_id(&self, number: usize) -> String {
        if matches!(self.alphabets[0], Alphabet::Latin | Alphabet::Digits) {
            format!("{}", 701 + number)
        } else {
            format!("第{}学区", number + 1)
        }
    }

    /// Of a course with a name of its own: a number, since class and subject together may be too long.
    pub fn course_id(&self, number: usize) -> String {
        match self.alphabets[3] {
            Alphabet::Latin => format!("course-{:04}", number + 1),
            Alphabet::Digits => format!("{}", 500_001 + number),
            Alphabet::Long => long(&format!("单列课程{:05}", number + 1), 100),
            _ => format!("课程{:04}", number + 1),
        }
    }
}

/// Padded in front to so many characters.
fn long(id: &str, length: usize) -> String {
    let room = length.saturating_sub(id.chars().count());
    PADDING.chars().cycle().take(room).chain(id.chars()).collect()
}

/// In full-width figures.
fn wide(number: u32) -> String {
    number.to_string().chars().filter_map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xFF10)).collect()
}
