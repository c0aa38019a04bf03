//! An element of the document with its place, and the desk where problems are noted while reading goes on.

use super::kinds::{BAD_VALUE, LIMIT, MISSING, UNKNOWN_PART};
use crate::problem::{Kind, Problem, nearest};
use roxmltree::{Document, Node};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;

/// Problems told of one file.
const MOST: usize = 200;
/// What references may be spread out to, in entries over all lists.
const ROOM: usize = 50_000_000;

/// Where the problems of one file are noted.
pub struct Desk<'d> {
    file: &'d str,
    text: &'d str,
    /// Where each line begins (bytes).
    lines: Vec<usize>,
    found: RefCell<Vec<Problem>>,
    room: Cell<usize>,
}

impl<'d> Desk<'d> {
    pub fn new(file: &'d str, text: &'d str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, lines, found: RefCell::default(), room: Cell::new(ROOM) }
    }
    pub fn found(&self) -> Vec<Problem> {
        self.found.take()
    }
    /// Enough problems were noted.
    pub fn is_full(&self) -> bool {
        self.found.borrow().len() >= MOST
    }
    fn place(&self, node: Node<'_, '_>) -> String {
        let at = node.range().start;
        let line = self.lines.partition_point(|begin| *begin <= at).max(1);
        let column = self.text[self.lines[line - 1]..at].chars().count() + 1;
        let mut path: Vec<String> = node.ancestors().filter(Node::is_element).take(12).map(step).collect();
        path.reverse();
        format!("{}: {line}:{column} {}", self.file, path.join("/"))
    }
}

/// `Event[E1]`.
fn step(node: Node<'_, '_>) -> String {
    let name = short(node.tag_name().name());
    match node.attribute("Id").or_else(|| node.attribute("Reference")) {
        Some(id) => format!("{name}[{}]", short(id)),
        None => name,
    }
}

/// The first letters of a text from the file.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// An element of the document.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    node: Node<'d, 'd>,
    pub desk: &'d Desk<'d>,
}

impl<'d> Element<'d> {
    pub fn root(document: &'d Document<'d>, desk: &'d Desk<'d>) -> Self {
        Self { node: document.root_element(), desk }
    }

    /// Name without its namespace.
    pub fn name(self) -> &'d str {
        self.node.tag_name().name()
    }

    /// Notes a problem here.
    pub fn tell(self, kind: &Kind, words: impl FnOnce(Problem) -> Problem) {
        if !self.desk.is_full() {
            let entity = self.node.attribute("Id").or_else(|| self.node.attribute("Reference")).unwrap_or_default();
            let problem = words(kind.at(self.desk.place(self.node)).of(short(entity)));
            self.desk.found.borrow_mut().push(problem);
        }
    }

    /// Takes room for so many entries; `false`, told once, when there is none left.
    pub fn takes_room(self, entries: usize) -> bool {
        let left = self.desk.room.get();
        if left < entries {
            if left > 0 {
                self.tell(&LIMIT, |problem| problem.allowed(format!("展开后最多 {ROOM} 项"), format!("at most {ROOM} entries in all")));
            }
            self.desk.room.set(0);
            return false;
        }
        self.desk.room.set(left - entries);
        true
    }

    pub fn is_called(self, name: &str) -> bool {
        let same = self.name() == name;
        if !same {
            self.unknown(&[name]);
        }
        same
    }

    /// Notes that this element is not one of those that may stand here.
    fn unknown(self, allowed: &[&str]) {
        let name = short(self.name());
        self.tell(&UNKNOWN_PART, |problem| {
            let list = allowed.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
            let problem = problem.found(format!("不认识的元素 `{name}`"), format!("unknown element `{name}`"));
            let problem = if list.is_empty() {
                problem.allowed("没有下级元素", "no elements inside")
            } else {
                problem.allowed(list.clone(), list)
            };
            match nearest(&name, allowed.iter().copied()) {
                Some(near) => problem.remedy(format!("是不是想写 `{near}`?"), format!("did you mean `{near}`?")),
                None => problem,
            }
        });
    }

    pub fn children(self) -> impl Iterator<Item = Self> {
        self.node.children().filter(Node::is_element).map(move |node| Self { node, desk: self.desk })
    }

    pub fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// Its children are the required ones and perhaps the optional ones, each once; no text between them.
    pub fn shape(self, required: &[&str], optional: &[&str]) {
        self.frame();
        let mut seen: Vec<&str> = Vec::with_capacity(required.len() + optional.len());
        for child in self.children() {
            let name = child.name();
            if seen.contains(&name) {
                child.repeated();
            } else if required.contains(&name) || optional.contains(&name) {
                seen.push(name);
            } else {
                child.unknown(&[required, optional].concat());
            }
        }
        for name in required.iter().filter(|name| !seen.contains(name)) {
            self.misses(name);
        }
    }

    /// Notes that this element stood here before.
    pub fn repeated(self) {
        let name = short(self.name());
        self.tell(&UNKNOWN_PART, |it| it.found(format!("`{name}` 写了两次"), format!("`{name}` is given twice")));
    }

    /// The children of its child `list`, if it has that, all called by one of the names.
    pub fn listed(self, list: &str, names: &[&str]) -> Vec<Self> {
        let Some(list) = self.child(list) else { return Vec::new() };
        list.frame();
        let (good, bad): (Vec<_>, Vec<_>) = list.children().partition(|child| names.contains(&child.name()));
        for child in bad {
            child.unknown(names);
        }
        good
    }

    /// Notes that a child or an attribute is missing.
    pub fn misses(self, name: &str) {
        self.tell(&MISSING, |problem| {
            problem
                .found(format!("缺少 `{name}`"), format!("`{name}` is missing"))
                .remedy(format!("请补上 `{name}`"), format!("add `{name}`"))
        });
    }

    /// Nothing but elements inside, and attributes of the format.
    pub fn frame(self) {
        self.attributes();
        let text = self.node.children().filter(Node::is_text).filter_map(|node| node.text()).find(|text| !text.trim().is_empty());
        if let Some(text) = text {
            let text = short(text.trim());
            self.tell(&UNKNOWN_PART, |it| {
                it.found(format!("元素之间有文字「{text}」"), format!("text between elements: \"{text}\""))
                    .allowed("只有元素", "elements only")
            });
        }
    }

    fn attributes(self) {
        let known = ["Id", "Reference", "Color"];
        for attribute in self.node.attributes().filter(|it| it.namespace().is_none() && !known.contains(&it.name())) {
            let name = short(attribute.name());
            self.tell(&UNKNOWN_PART, |it| it.found(format!("不认识的属性 `{name}`"), format!("unknown attribute `{name}`")));
        }
    }

    /// The attribute `Id` or `Reference`; noted when it is missing or empty.
    pub fn attribute(self, name: &str) -> Option<&'d str> {
        let value = self.node.attribute(name).filter(|value| !value.is_empty());
        if value.is_none() {
            self.misses(name);
        }
        value
    }

    pub fn has(self, attribute: &str) -> bool {
        self.node.has_attribute(attribute)
    }

    /// Its text without blanks around it.
    pub fn text(self) -> Cow<'d, str> {
        self.attributes();
        for child in self.children() {
            child.unknown(&[]);
        }
        let mut texts = self.node.children().filter(Node::is_text).filter_map(|node| node.text());
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(one), None) => Cow::Borrowed(one.trim()),
            // A comment stands between them.
            (Some(one), Some(two)) => Cow::Owned([one, two].into_iter().chain(texts).collect::<String>().trim().to_owned()),
        }
    }

    /// Text of a child; empty without it.
    pub fn text_of(self, child: &str) -> String {
        self.child(child).map(|child| child.text().into_owned()).unwrap_or_default()
    }

    /// A whole number; the least allowed one when it is none.
    pub fn integer(self, range: RangeInclusive<i64>) -> i64 {
        let text = self.text();
        if let Some(value) = text.parse().ok().filter(|value| range.contains(value)) {
            return value;
        }
        let (low, high) = range.into_inner();
        self.bad(&text, &format!("{low}…{high} 的整数"), &format!("a whole number from {low} to {high}"));
        low
    }

    /// The number in a child; `shape` has noted when it is missing.
    pub fn integer_of(self, child: &str, range: RangeInclusive<i64>) -> i64 {
        self.child(child).map_or(*range.start(), |child| child.integer(range))
    }

    /// Notes a wrong value.
    pub fn bad(self, found: &str, zh: &str, en: &str) {
        let found = short(found);
        self.tell(&BAD_VALUE, |it| it.found(format!("这里写的是「{found}」"), format!("\"{found}\"")).allowed(zh, en));
    }
}
