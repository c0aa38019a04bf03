//! What names in cells stand for: schools, people, classes … by id or by the name a planner uses.

use super::book::key;
use super::column::Misread;
use super::problems::{AMBIGUOUS, UNKNOWN};
use super::values::{join, list};
use crate::file::{District, Stage, Subject};
use crate::generate::standard;
use crate::problem::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// Things of one sort.
#[derive(Debug, Clone, Default)]
pub(super) struct Register {
    /// Id → name to show.
    names: BTreeMap<String, String>,
    /// Compared form of a name → ids that bear it.
    keys: BTreeMap<String, BTreeSet<String>>,
    /// A part of a name will do where it points to one thing (花园口 for 花园口小学).
    loose: bool,
}

impl Register {
    pub fn learn(&mut self, id: &str, name: &str) {
        self.names.insert(id.to_owned(), name.to_owned());
        self.also(name, id);
    }
    /// Another name for a thing known already.
    pub fn also(&mut self, name: &str, id: &str) {
        self.keys.entry(key(name)).or_default().insert(id.to_owned());
    }
    pub fn has(&self, id: &str) -> bool {
        self.names.contains_key(id)
    }
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.names.keys()
    }
    /// Ids that bear the name.
    fn named(&self, text: &str) -> BTreeSet<String> {
        let wanted = key(text);
        if let Some(found) = self.keys.get(&wanted) {
            return found.clone();
        }
        let part = |name: &&String| self.loose && wanted.chars().count() >= 2 && name.contains(&wanted);
        self.keys.iter().filter(|(name, _)| part(name)).flat_map(|(_, ids)| ids.clone()).collect()
    }

    /// The id meant by an id or a name.
    pub fn find(&self, text: &str) -> Result<String, Misread> {
        if self.has(text) {
            return Ok(text.to_owned());
        }
        let named = self.named(text);
        match (named.first(), named.len()) {
            (Some(id), 1) => Ok(id.clone()),
            (None, _) => Err(self.unknown(text)),
            _ => {
                let ids: Vec<_> = named.into_iter().take(8).collect();
                Err(Misread::of(&AMBIGUOUS).allowed(format!("编号之一:{}", ids.join(" ")), format!("one of the ids {}", ids.join(" "))))
            }
        }
    }

    /// Each of a list of names.
    pub fn find_all(&self, text: &str) -> Result<Vec<String>, Misread> {
        if let Ok(id) = self.find(text) {
            return Ok(vec![id]);
        }
        list(text).iter().map(|name| self.find(name)).collect()
    }
    pub fn say_all(&self, ids: &[String]) -> String {
        join(ids.iter().map(|id| self.say(id)))
    }

    fn unknown(&self, text: &str) -> Misread {
        let known = self.names.values().chain(self.names.keys()).map(String::as_str);
        let near = nearest(text, known);
        let misread = Misread::of(&UNKNOWN);
        near.map_or(misread.clone(), |near| misread.remedy(format!("是不是“{near}”?"), format!("did you mean “{near}”?")))
    }

    /// The name if it leads back to the id, else the id.
    pub fn say(&self, id: &str) -> String {
        let name = self.names.get(id).filter(|name| self.find(name).is_ok_and(|found| found == id));
        name.map_or_else(|| id.to_owned(), Clone::clone)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Lookup {
    pub schools: Register,
    pub sites: Register,
    pub subjects: Register,
    pub bells: Register,
    pub people: Register,
    pub classes: Register,
    pub groups: Register,
    pub kinds: Register,
    /// School → stages it teaches.
    pub stages: BTreeMap<String, Vec<Stage>>,
    /// Person → home school.
    pub homes: BTreeMap<String, String>,
    /// First year of the school year, if the term is known.
    pub year: Option<u16>,
}

impl Lookup {
    pub fn new() -> Self {
        let loose = || Register { loose: true, ..Register::default() };
        let mut lookup = Self { schools: loose(), sites: loose(), ..Self::default() };
        for (id, name) in ROOM_KINDS {
            lookup.kinds.learn(id, name);
        }
        lookup
    }

    /// Everything a district names, for writing it.
    pub fn of(district: &District) -> Self {
        let mut lookup = Self::new();
        lookup.year = district.term.as_ref().and_then(|term| term.first_day.get(..4)?.parse().ok());
        district.subjects.iter().for_each(|subject| lookup.learn_subject(&subject.id, &subject.name.zh));
        district.bells.iter().for_each(|bell| lookup.bells.learn(&bell.id, bell_name(&bell.id)));
        for school in &district.schools {
            lookup.schools.learn(&school.id, &school.name.zh);
            lookup.stages.insert(school.id.clone(), school.stages.clone());
            school.sites.iter().for_each(|site| lookup.sites.learn(&site.id, &site.name.zh));
        }
        for group in &district.groups {
            lookup.groups.learn(&group.id, group.name.as_ref().map_or(&group.id, |name| &name.zh));
        }
        for person in &district.people {
            lookup.learn_person(&person.id, district.names.get(&person.id), &person.employer);
        }
        district.classes.iter().for_each(|class| lookup.learn_class(&class.id, &class.school, &class.name.zh));
        lookup
    }

    pub fn learn_subject(&mut self, id: &str, name: &str) {
        self.subjects.learn(id, name);
        for (subject, others) in SUBJECT_NAMES.iter().filter(|(known, _)| *known == id || key(known) == key(name)) {
            for other in others.iter().chain([subject]) {
                if !self.subjects.keys.contains_key(&key(other)) {
                    self.subjects.also(other, id);
                }
            }
        }
    }

    pub fn learn_person(&mut self, id: &str, name: Option<&String>, home: &str) {
        self.people.learn(id, name.map_or(id, String::as_str));
        self.homes.insert(id.to_owned(), home.to_owned());
    }

    /// A class is called by school and name, or by its name where only one school has it.
    pub fn learn_class(&mut self, id: &str, school: &str, name: &str) {
        self.classes.learn(id, &format!("{}{name}", self.schools.say(school)));
        self.classes.also(name, id);
    }

    /// Is this the id of something?
    pub fn is_id(&self, text: &str) -> bool {
        [&self.schools, &self.sites, &self.subjects, &self.bells, &self.people, &self.classes, &self.kinds].iter().any(|it| it.has(text))
    }

    /// A person by id or name; of several with the name, the one of the school.
    pub fn person(&self, text: &str, school: &str) -> Result<String, Misread> {
        self.people.find(text).or_else(|misread| {
            let named = self.people.named(text);
            let mut here = named.into_iter().filter(|id| self.homes.get(id).is_some_and(|home| home == school));
            here.next().filter(|_| here.next().is_none()).ok_or(misread)
        })
    }

    /// A site, or a school, which stands for its first site.
    pub fn place(&self, text: &str) -> Result<String, Misread> {
        if self.sites.has(text) {
            return Ok(text.to_owned());
        }
        self.schools.find(text).or_else(|misread| self.sites.find(text).map_err(|_| misread))
    }
    pub fn say_place(&self, id: &str) -> String {
        let name = if self.schools.has(id) { self.schools.say(id) } else { self.sites.say(id) };
        if self.place(&name).is_ok_and(|found| found == id) { name } else { id.to_owned() }
    }

    /// A room kind; an unknown one is a new kind.
    pub fn kind(&self, text: &str) -> String {
        self.kinds.find(text).unwrap_or_else(|_| text.to_owned())
    }

    /// The highest stage of a school; where there is only one, it need not be named.
    pub fn stage(&self, school: &str) -> Option<Stage> {
        let only = self.stages.values().next().filter(|_| school.is_empty() && self.stages.len() == 1);
        self.stages.get(school).or(only)?.iter().max().copied()
    }
}

/// Ids of the subjects that somebody means by an id of the standard table: the one of that id, and those with a name of that subject.
pub(crate) fn subjects_called(subjects: &[Subject], id: &str) -> Vec<String> {
    let usual = SUBJECT_NAMES.iter().filter(|(known, _)| *known == id).flat_map(|(_, names)| names.iter().map(|name| key(name)));
    let table = standard::subjects().into_iter().filter(|subject| subject.id == id).map(|subject| key(&subject.name.en));
    let names: BTreeSet<String> = usual.chain(table).chain([key(id)]).collect();
    let bears = |name: &String| names.contains(without_stage(&key(name)));
    subjects.iter().filter(|it| it.id == id || [&it.id, &it.name.zh, &it.name.en].into_iter().any(bears)).map(|it| it.id.clone()).collect()
}

/// 小学语文 is 语文.
fn without_stage(name: &str) -> &str {
    ["小学", "初中"].iter().find_map(|stage| name.strip_prefix(stage)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Bells of the standard tables, as planners call them.
pub(super) fn bell_name(id: &str) -> &str {
    match id {
        "primary" => "小学作息",
        "junior" => "初中作息",
        other => other,
    }
}

/// Id, name.
const ROOM_KINDS: [(&str, &str); 15] = [
    ("physics_lab", "物理实验室"),
    ("chemistry_lab", "化学实验室"),
    ("biology_lab", "生物实验室"),
    ("science_lab", "科学实验室"),
    ("lab", "实验室"),
    ("computer_room", "计算机教室"),
    ("music_room", "音乐教室"),
    ("art_room", "美术教室"),
    ("dance_room", "舞蹈教室"),
    ("gym", "体育馆"),
    ("field", "操场"),
    ("library", "图书馆"),
    ("exhibition", "展室"),
    ("hall", "礼堂"),
    ("labour_room", "劳动教室"),
];

/// Id of the standard table → what planners write.
const SUBJECT_NAMES: [(&str, &[&str]); 19] = [
    ("chinese", &["语文", "语"]),
    ("maths", &["数学", "数"]),
    ("english", &["英语", "外语", "英"]),
    ("morality", &["道德与法治", "道法", "品德", "政治", "思品", "思政", "道德和法治"]),
    ("science", &["科学", "小学科学"]),
    ("it", &["信息科技", "信息技术", "信息", "计算机", "微机"]),
    ("pe", &["体育与健康", "体育", "体健", "体"]),
    ("music", &["音乐", "音", "唱游"]),
    ("art", &["美术", "美", "书画"]),
    ("history", &["历史", "史"]),
    ("geography", &["地理"]),
    ("biology", &["生物学", "生物", "生"]),
    ("physics", &["物理", "物"]),
    ("chemistry", &["化学", "化"]),
    ("labour", &["劳动", "劳技", "劳动与技术", "劳动教育", "劳"]),
    ("practice", &["综合实践", "综合实践活动", "综合", "综实"]),
    ("local", &["地方课程", "地方课", "地方"]),
    ("school", &["校本课程", "校本课", "校本"]),
    ("meeting", &["班团队活动", "班会", "班队会", "班团队", "班队", "队会", "少先队活动"]),
];
