//! Words for people, schools, classes and times, as a planner says them.

use super::facts::{ClubFact, Facts, Slot};
use crate::file::{ClubKind, Half, POSTS, SentAs, Stage, Text};
use std::collections::BTreeMap;

const WEEKDAYS: [(&str, &str); 7] =
    [("周一", "Mon"), ("周二", "Tue"), ("周三", "Wed"), ("周四", "Thu"), ("周五", "Fri"), ("周六", "Sat"), ("周日", "Sun")];
/// Lists say this many and count the rest.
const LONGEST_LIST: usize = 6;

pub(crate) fn weekday(day: u8) -> Text {
    let words = usize::from(day).checked_sub(1).and_then(|day| WEEKDAYS.get(day));
    words.map_or_else(|| Text::new(format!("第{day}天"), format!("day {day}")), |(zh, en)| Text::new(*zh, *en))
}
pub(crate) fn half(half: Half) -> Text {
    match half {
        Half::Am => Text::new("上午", "morning"),
        Half::Pm => Text::new("下午", "afternoon"),
        Half::Eve => Text::new("晚上", "evening"),
    }
}
pub(crate) fn stage(stage: Stage) -> Text {
    match stage {
        Stage::Kindergarten => Text::new("幼儿园", "kindergarten"),
        Stage::Primary => Text::new("小学", "primary"),
        Stage::Junior => Text::new("初中", "junior high"),
        Stage::Senior => Text::new("高中", "senior high"),
    }
}
pub(crate) fn club_kind(kind: ClubKind) -> Text {
    match kind {
        ClubKind::Sport => Text::new("体育", "sports"),
        ClubKind::Arts => Text::new("艺术", "arts"),
        ClubKind::Other => Text::new("其他", "other"),
    }
}
/// What people are sent as.
pub(crate) fn sent_as(role: SentAs) -> Text {
    match role {
        SentAs::Leaders => Text::new("干部", "leaders"),
        SentAs::Backbone => Text::new("骨干教师", "backbone teachers"),
        SentAs::Young => Text::new("青年教师", "young teachers"),
        SentAs::Teachers => Text::new("教师", "teachers"),
    }
}
/// A post of `people.posts`.
pub(crate) fn post(id: &str) -> Text {
    let known = POSTS.iter().find(|(post, ..)| *post == id);
    known.map_or_else(|| Text::new(format!("“{id}”"), format!("`{id}`")), |(_, zh, en)| Text::new(*zh, *en))
}
pub(crate) fn cell(day: u8, period: u8) -> Text {
    let day = weekday(day);
    Text::new(format!("{}第{period}节", day.zh), format!("{} period {period}", day.en))
}
/// `one` before `other`, with a space in English.
pub(crate) fn beside(one: &Text, other: &Text) -> Text {
    Text::new(format!("{}{}", one.zh, other.zh), format!("{} {}", one.en, other.en))
}
/// A list, cut after a few.
pub(crate) fn list(items: &[Text]) -> Text {
    let shown = &items[..items.len().min(LONGEST_LIST)];
    let zh: Vec<_> = shown.iter().map(|item| item.zh.as_str()).collect();
    let en: Vec<_> = shown.iter().map(|item| item.en.as_str()).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    match items.len() - shown.len() {
        0 => Text::new(zh, en),
        more => Text::new(format!("{zh}等共 {} 处", items.len()), format!("{en} and {more} more")),
    }
}
fn or_id(words: &Text, id: &str) -> Text {
    let of = |words: &str| if words.is_empty() { id.to_owned() } else { words.to_owned() };
    Text::new(of(&words.zh), of(&words.en))
}

impl Facts<'_> {
    pub(crate) fn say_person(&self, person: usize) -> Text {
        let id = &self.people.list[person].id;
        Text::new(id, id)
    }
    pub(crate) fn say_school(&self, school: usize) -> Text {
        let school = &self.places.schools[school];
        or_id(&school.name, &school.id)
    }
    /// A school that may be unknown.
    pub(crate) fn say_home(&self, school: Option<usize>) -> Text {
        school.map_or_else(|| Text::new("(学校不明)", "(unknown school)"), |school| self.say_school(school))
    }
    /// The school's name, with the campus where the school has several.
    pub(crate) fn say_site(&self, site: usize) -> Text {
        let fact = &self.places.sites[site];
        let school = self.say_school(fact.school);
        match fact.name {
            Some(name) if self.places.schools[fact.school].sites.len() > 1 => beside(&school, &or_id(name, fact.id)),
            _ => school,
        }
    }
    pub(crate) fn say_class(&self, class: usize) -> Text {
        let entry = &self.district.classes[class];
        beside(&self.say_home(self.courses.classes[class].school), &or_id(&entry.name, &entry.id))
    }
    /// A class without its school.
    pub(crate) fn class_name(&self, class: usize) -> &str {
        let class = &self.district.classes[class];
        if class.name.zh.is_empty() { &class.id } else { &class.name.zh }
    }
    /// The classes of a course without their school.
    pub(crate) fn class_names(&self, course: usize) -> String {
        let names: Vec<&str> = self.courses.list[course].classes.iter().map(|class| self.class_name(*class)).collect();
        names.join("、")
    }
    pub(crate) fn say_club(&self, club: &ClubFact) -> Text {
        beside(&self.say_home(club.school), &or_id(&club.file.name, &club.file.id))
    }
    pub(crate) fn say_subject(&self, id: &str) -> Text {
        self.courses.subject(id).map_or_else(|| Text::new(id, id), |subject| or_id(&subject.name, id))
    }
    /// The classes of a course.
    pub(crate) fn say_classes(&self, course: usize) -> Text {
        let fact = &self.courses.list[course];
        if fact.classes.is_empty() {
            return Text::new(&fact.id, &fact.id);
        }
        list(&fact.classes.iter().map(|&class| self.say_class(class)).collect::<Vec<_>>())
    }
    pub(crate) fn say_room(&self, room: usize) -> Text {
        let room = &self.district.rooms[room];
        let name = or_id(&room.name, &room.id);
        self.places.site(&room.site).map_or_else(|| name.clone(), |site| beside(&self.say_site(site), &name))
    }
    /// The rooms of a kind at a site.
    pub(crate) fn say_pool(&self, site: Option<usize>, kind: &str) -> Text {
        let here = |room: &&crate::file::Room| room.kind == kind && self.places.site(&room.site) == site;
        let mut rooms = self.district.rooms.iter().filter(here);
        let name = match (rooms.next(), rooms.next()) {
            (Some(room), None) => or_id(&room.name, &room.id),
            _ => Text::new(format!("“{kind}”教室"), format!("rooms of kind `{kind}`")),
        };
        site.map_or_else(|| name.clone(), |site| beside(&self.say_site(site), &name))
    }

    /// Cells, each once; the week is said where it is not every week.
    pub(crate) fn say_cells<'s>(&self, slots: impl IntoIterator<Item = &'s Slot>) -> Text {
        let mut weeks: BTreeMap<(u8, u8), u8> = BTreeMap::new();
        for slot in slots {
            *weeks.entry((slot.weekday, slot.period)).or_default() |= 1 << slot.week;
        }
        let words = weeks.iter().map(|(&(day, period), &mask)| self.in_week(mask, &cell(day, period)));
        list(&words.collect::<Vec<_>>())
    }
    /// Words with the week before them unless it is every week.
    pub(crate) fn in_week(&self, mask: u8, words: &Text) -> Text {
        match mask {
            _ if mask == self.courses.every_week() => words.clone(),
            0b01 => Text::new(format!("单周{}", words.zh), format!("odd {}", words.en)),
            _ => Text::new(format!("双周{}", words.zh), format!("even {}", words.en)),
        }
    }
    /// A weekday of one week of the cycle.
    pub(crate) fn say_day(&self, slot: &Slot) -> Text {
        self.in_week(1 << slot.week, &weekday(slot.weekday))
    }
}
