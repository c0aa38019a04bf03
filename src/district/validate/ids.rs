//! Ids: given, tidy, told apart by eye, and free of what may identify a person.

use super::index::{Index, Origin};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

const EMPTY: Kind =
    Kind::error("E-ID-001", ("编号为空", "an empty id"), ("每项都有编号", "an id for every entry"), ("请填写编号", "give it an id"));
const UNTIDY: Kind = Kind::error(
    "E-ID-002",
    ("编号里有多余的空格或看不见的字符", "an id with stray blanks or invisible characters"),
    (
        "首尾没有空格,没有控制字符和零宽字符,采用规范写法(NFC)",
        "no blanks around it, no control or zero-width characters, in normal form NFC",
    ),
    ("请重新键入这个编号,不要从别处复制", "type the id afresh instead of pasting it"),
);
const LONG: Kind = Kind::error(
    "E-ID-003",
    ("编号过长", "an id that is too long"),
    ("不超过 100 个字符", "at most 100 characters"),
    ("请改用简短的编号,说明写在名称里", "use a short id and put the words into the name"),
);
const DUPLICATE: Kind = Kind::error(
    "E-ID-004",
    ("编号重复", "an id is used twice"),
    ("同一列表里每个编号只用一次", "each id once in its list"),
    ("请改掉其中一个,并改正引用它的地方", "rename one of them and what refers to it"),
);
const LOOK_ALIKE: Kind = Kind::error(
    "E-ID-005",
    ("两个编号看上去一样", "two ids look alike"),
    (
        "编号之间不能只差大小写、全角半角、看不见的字符或形近的外文字母",
        "ids that differ by more than case, width, invisible or look-alike letters",
    ),
    ("如是同一项请统一写法,否则改掉其中一个", "if they mean the same thing write them alike, else rename one"),
);
const EASILY_MISREAD: Kind = Kind::warning(
    "W-ID-006",
    ("两个编号容易看错", "two ids are easily misread"),
    ("编号之间不要只差 0 和 O、1 和 l 或 I", "ids that differ by more than 0 and O, 1 and l or I"),
    ("请核对是否录入错误", "check for a slip of the keyboard"),
);
const PERSONAL: Kind = Kind::error(
    "E-ID-007",
    ("编号像是身份证号码", "an id looks like an identity card number"),
    ("与个人信息无关的编号,如 HYK-T017", "an id that tells nothing about the person, such as HYK-T017"),
    ("请改用校内编号:编号会写进日志和表格", "use a number of your own: ids appear in logs and tables"),
);
const SITE_NAMED_AS_SCHOOL: Kind = Kind::error(
    "E-ID-008",
    ("校区编号与另一所学校的编号相同", "a site has the id of another school"),
    ("校区编号与其他学校的编号不同", "site ids that are no other school's id"),
    ("请改掉校区编号:路程表里学校编号代表它的第一个校区", "rename the site: in the travel table a school's id stands for its first site"),
);
const COURSE_NAMED_AS_DERIVED: Kind = Kind::error(
    "E-ID-009",
    ("两门课的编号相同", "two courses get the same id"),
    ("课程编号与由“班级.学科”生成的编号不同", "course ids that differ from the `class.subject` ids of the curriculum"),
    ("请改掉课程、班级或学科的编号", "rename the course, the class or the subject"),
);
const NO_FILE_NAME: Kind = Kind::error(
    "E-ID-010",
    ("编号不能用作文件名", "an id that cannot be a file name"),
    (
        "学区和政策的编号不含 / \\ : * ? \" < > | ,不以 . 开头",
        "the district's and the policy's id without / \\ : * ? \" < > | and not starting with .",
    ),
    ("请改用字母、数字、汉字和连字符", "use letters, digits, Chinese characters and hyphens"),
);

pub const KINDS: &[&Kind] = &[
    &EMPTY,
    &UNTIDY,
    &LONG,
    &DUPLICATE,
    &LOOK_ALIKE,
    &EASILY_MISREAD,
    &PERSONAL,
    &SITE_NAMED_AS_SCHOOL,
    &COURSE_NAMED_AS_DERIVED,
    &NO_FILE_NAME,
];

/// Ids that must differ from each other, with the place of each.
struct List<'a> {
    file: &'a str,
    ids: Vec<(&'a str, [usize; 2])>,
    path: fn([usize; 2]) -> String,
}

impl List<'_> {
    fn at(&self, spot: [usize; 2]) -> String {
        format!("{}: {}", self.file, (self.path)(spot))
    }
}

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    for list in lists(index) {
        empty(&list, found);
        untidy(&list, found);
        long(&list, found);
        duplicate(&list, found);
        alike(&list, found);
        personal(&list, found);
    }
    site_named_as_school(index, found);
    course_named_as_derived(index, found);
    no_file_name(index, found);
}

fn lists<'a>(index: &Index<'a>) -> Vec<List<'a>> {
    let (file, district) = (index.file, index.district);
    let mut lists = Vec::new();
    let mut add = |file: &'a str, ids: Vec<&'a str>, path: fn([usize; 2]) -> String| {
        lists.push(List { file, ids: ids.into_iter().enumerate().map(|(i, id)| (id, [i, 0])).collect(), path });
    };
    add(file, vec![&district.id], |_| "id".into());
    add(file, district.subjects.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("subjects[{i}].id"));
    add(file, district.bells.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("bells[{i}].id"));
    add(file, district.schools.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("schools[{i}].id"));
    add(file, district.groups.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("groups[{i}].id"));
    add(file, district.people.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("people[{i}].id"));
    add(file, district.classes.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("classes[{i}].id"));
    add(file, district.courses.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("courses[{i}].id"));
    add(file, district.rooms.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("rooms[{i}].id"));
    add(file, district.blocks.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("blocks[{i}].id"));
    add(file, district.clubs.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("clubs[{i}].id"));
    add(file, district.rosters.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("rosters[{i}].id"));
    if let Some((file, policy)) = index.policy {
        add(file, vec![&policy.id], |_| "id".into());
        add(file, policy.clauses.iter().map(|it| it.id.as_str()).collect(), |[i, _]| format!("clauses[{i}].id"));
    }
    let mut nested = List { file, ids: Vec::new(), path: |[i, j]| format!("schools[{i}].sites[{j}].id") };
    for (i, school) in district.schools.iter().enumerate() {
        nested.ids.extend(school.sites.iter().enumerate().map(|(j, site)| (site.id.as_str(), [i, j])));
        let openings = school.openings.iter().enumerate().map(|(j, opening)| (opening.id.as_str(), [i, j])).collect();
        lists.push(List { file, ids: openings, path: |[i, j]| format!("schools[{i}].openings[{j}].id") });
    }
    lists.push(nested);
    lists
}

fn empty(list: &List<'_>, found: &mut Vec<Problem>) {
    let blank = list.ids.iter().filter(|(id, _)| id.trim().is_empty());
    found.extend(blank.map(|(_, spot)| EMPTY.at(list.at(*spot))));
}

fn untidy(list: &List<'_>, found: &mut Vec<Problem>) {
    for (id, spot) in &list.ids {
        if id.trim().is_empty() || (is_nfc(id) && id.trim() == *id && !id.chars().any(|c| c.is_control() || invisible(c))) {
            continue;
        }
        let shown: String = id.escape_debug().collect();
        found.push(UNTIDY.at(list.at(*spot)).of(*id).found(format!("编号是 \"{shown}\""), format!("the id is \"{shown}\"")));
    }
}

fn long(list: &List<'_>, found: &mut Vec<Problem>) {
    for (id, spot) in &list.ids {
        let length = id.chars().count();
        if length > 100 {
            let start: String = id.chars().take(20).collect();
            found.push(
                LONG.at(list.at(*spot)).found(format!("`{start}…` 有 {length} 个字符"), format!("`{start}…` has {length} characters")),
            );
        }
    }
}

fn duplicate(list: &List<'_>, found: &mut Vec<Problem>) {
    let mut first = BTreeMap::new();
    for (id, spot) in list.ids.iter().filter(|(id, _)| !id.trim().is_empty()) {
        if let Some(other) = first.insert(*id, *spot) {
            first.insert(*id, other);
            let there = (list.path)(other);
            found.push(
                DUPLICATE
                    .at(list.at(*spot))
                    .of(*id)
                    .found(format!("`{id}` 在 {there} 已经用过"), format!("`{id}` is already used at {there}")),
            );
        }
    }
}

/// Tells look-alikes (an error) and, among those that pass, ids that differ only by 0/O or 1/l/I (a warning).
fn alike(list: &List<'_>, found: &mut Vec<Problem>) {
    for (kind, shape) in [(&LOOK_ALIKE, skeleton as fn(&str) -> String), (&EASILY_MISREAD, misread)] {
        let mut seen: BTreeMap<String, (&str, [usize; 2])> = BTreeMap::new();
        for (id, spot) in list.ids.iter().filter(|(id, _)| !id.trim().is_empty()) {
            let (other, there) = *seen.entry(shape(id)).or_insert((id, *spot));
            if other == *id || (kind == &EASILY_MISREAD && skeleton(other) == skeleton(id)) {
                continue;
            }
            let there = (list.path)(there);
            found.push(
                kind.at(list.at(*spot))
                    .of(*id)
                    .found(format!("`{id}` 与 {there} 的 `{other}`"), format!("`{id}` and `{other}` at {there}")),
            );
        }
    }
}

fn personal(list: &List<'_>, found: &mut Vec<Problem>) {
    let cards = list.ids.iter().filter(|(id, _)| identity_card(id));
    // The number itself is not repeated: problems are logged.
    found.extend(cards.map(|(_, spot)| PERSONAL.at(list.at(*spot))));
}

fn site_named_as_school(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, school) in index.district.schools.iter().enumerate() {
        for (j, site) in school.sites.iter().enumerate() {
            if index.schools.get(site.id.as_str()).is_some_and(|other| *other != i) {
                let at = index.at(format_args!("schools[{i}].sites[{j}].id"));
                let words = (format!("`{}` 也是另一所学校的编号", site.id), format!("`{}` is also another school's id", site.id));
                found.push(SITE_NAMED_AS_SCHOOL.at(at).of(&site.id).found(words.0, words.1));
            }
        }
    }
}

fn course_named_as_derived(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (i, course) in index.courses.iter().enumerate() {
        let id = index.id(course);
        let Some((other, _)) = seen.insert(id.clone(), (i, course.subject)) else { continue };
        let other = &index.courses[other];
        // The same class and subject twice is the curriculum's fault and told there; two given ones are plain duplicates.
        let same_line = other.classes == course.classes && other.subject == course.subject;
        if !same_line && matches!((other.origin, course.origin), (_, Origin::Line(_))) {
            let words = (format!("`{id}` 指两门不同的课"), format!("`{id}` is two different courses"));
            found.push(COURSE_NAMED_AS_DERIVED.at(index.origin(other)).of(id).found(words.0, words.1));
        }
    }
}

fn no_file_name(index: &Index<'_>, found: &mut Vec<Problem>) {
    let policy = index.policy.map(|(file, policy)| (file, &policy.id));
    for (file, id) in std::iter::once((index.file, &index.district.id)).chain(policy) {
        if id.starts_with('.') || id.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) {
            found.push(NO_FILE_NAME.at(format!("{file}: id")).of(id).found(format!("编号是 `{id}`"), format!("the id is `{id}`")));
        }
    }
}

/// Zero-width and direction marks, joiners, soft hyphen, byte order mark, variation selectors.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
}

/// What an id looks like: width, case, invisible characters, blanks and look-alike letters folded away.
fn skeleton(id: &str) -> String {
    id.nfkc().filter(|c| !invisible(*c) && !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).map(letter).collect()
}

fn misread(id: &str) -> String {
    let read = |c| match c {
        'o' => '0',
        'l' | 'i' => '1',
        other => other,
    };
    skeleton(id).chars().map(read).collect()
}

/// Cyrillic and Greek letters and dashes that look like Latin ones in either case.
fn letter(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'ё' => 'e',
        'н' | 'η' | 'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'ԝ' => 'w',
        'ζ' => 'z',
        '‐'..='―' | '−' | '﹣' | 'ー' | '⁻' => '-',
        '•' | '・' | '∙' | '‧' => '·',
        other => other,
    }
}

/// 18 characters with a date of birth and the check digit of GB 11643, or nothing.
fn identity_card(id: &str) -> bool {
    let bytes = id.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| bytes[range].iter().fold(0_u32, |n, digit| n * 10 + u32::from(digit - b'0'));
    let born = (1900..=2100).contains(&number(6..10)) && (1..=12).contains(&number(10..12)) && (1..=31).contains(&number(12..14));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = bytes.iter().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    born && bytes[17].to_ascii_uppercase() == b"10X98765432"[sum % 11]
}
