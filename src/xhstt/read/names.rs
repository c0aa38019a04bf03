//! Ids of an instance and the references to them.

use super::element::{Element, short};
use super::kinds::{TWICE, UNKNOWN_REFERENCE};
use crate::problem::{Words, nearest};
use std::collections::BTreeMap;

/// Longer ids get no suggestion (bytes).
const LONG: usize = 100;

/// Id → index, for things of one sort.
pub struct Ids<'d> {
    sort: Words,
    index: BTreeMap<&'d str, usize>,
}

impl<'d> Ids<'d> {
    pub fn new(sort: Words) -> Self {
        Self { sort, index: BTreeMap::new() }
    }

    /// Enters an element under its `Id` and gives that back; a missing or repeated id is noted.
    pub fn add(&mut self, element: Element<'d>, index: usize) -> String {
        let Some(id) = element.attribute("Id") else { return String::new() };
        if self.index.insert(id, index).is_some() {
            let (zh, en) = self.sort;
            let id = short(id);
            element.tell(&TWICE, |it| it.found(format!("{zh}的 Id `{id}` 重复"), format!("the {en} Id `{id}` is given twice")));
        }
        id.to_owned()
    }

    /// What the element's `Reference` names; noted when it names nothing.
    pub fn of(&self, element: Element<'d>) -> Option<usize> {
        self.named(element, element.attribute("Reference")?)
    }

    fn named(&self, element: Element<'_>, id: &str) -> Option<usize> {
        let found = self.index.get(id).copied();
        if found.is_none() {
            element.tell(&UNKNOWN_REFERENCE, |problem| {
                let (zh, en) = self.sort;
                let problem = problem.found(format!("没有 Id 为 `{}` 的{zh}", short(id)), format!("no {en} has the Id `{}`", short(id)));
                let near = (id.len() <= LONG).then(|| nearest(id, self.index.keys().copied().filter(|known| known.len() <= LONG)));
                match near.flatten() {
                    Some(near) => problem.remedy(format!("是不是想写 `{near}`?"), format!("did you mean `{near}`?")),
                    None => problem,
                }
            });
        }
        found
    }
}

/// All ids of an instance.
pub struct Known<'d> {
    pub times: Ids<'d>,
    pub time_groups: Ids<'d>,
    pub resource_types: Ids<'d>,
    pub resource_groups: Ids<'d>,
    pub resources: Ids<'d>,
    pub event_groups: Ids<'d>,
    pub events: Ids<'d>,
}

impl Known<'_> {
    pub fn new() -> Self {
        Self {
            times: Ids::new(("时段", "time")),
            time_groups: Ids::new(("时段组", "time group")),
            resource_types: Ids::new(("资源类型", "resource type")),
            resource_groups: Ids::new(("资源组", "resource group")),
            resources: Ids::new(("资源", "resource")),
            event_groups: Ids::new(("事件组", "event group")),
            events: Ids::new(("事件", "event")),
        }
    }
}

/// References to a group that an element has as a single child (`Day`, `Course` …) or in a list.
pub fn memberships<'d>(element: Element<'d>, single: &[&str], list: &str, ids: &Ids<'d>) -> Vec<usize> {
    let names: Vec<&str> = single.iter().copied().chain(list.strip_suffix('s')).collect();
    let singles = element.children().filter(|child| single.contains(&child.name()));
    let mut groups: Vec<usize> = singles.chain(element.listed(list, &names)).filter_map(|reference| ids.of(reference)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}
