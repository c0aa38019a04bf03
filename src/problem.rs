//! Problems with the input: data, all told at once, each with its place, what was found, what is allowed, what to do.

mod json;

use crate::file::Text;
use serde::Serialize;

pub(crate) use json::WRONG_ENCODING;
pub use json::{READING, nearest};

/// The same words in Chinese and English.
pub type Words = (&'static str, &'static str);

/// One kind of problem: a stable code and what is always said about it. Its section of `docs/problems.md` is made of
/// these words, so that the page cannot drift from the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub code: &'static str,
    pub severity: Severity,
    pub title: Words,
    pub allowed: Words,
    pub remedy: Words,
}

impl Kind {
    pub const fn error(code: &'static str, title: Words, allowed: Words, remedy: Words) -> Self {
        Self { code, severity: Severity::Error, title, allowed, remedy }
    }
    pub const fn warning(code: &'static str, title: Words, allowed: Words, remedy: Words) -> Self {
        Self { code, severity: Severity::Warning, title, allowed, remedy }
    }
    /// A problem of this kind at a place; its `found` says the title until told more.
    pub fn at(&self, at: impl Into<String>) -> Problem {
        let text = |(zh, en): Words| Text::new(zh, en);
        Problem {
            code: self.code,
            severity: self.severity,
            at: at.into(),
            entity: String::new(),
            found: text(self.title),
            allowed: text(self.allowed),
            remedy: text(self.remedy),
        }
    }
}

/// One problem. `code` is stable and has a page in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub code: &'static str,
    pub severity: Severity,
    /// File and JSON path: `district.json: people[3].subjects[0].subject`.
    pub at: String,
    /// Id of the thing concerned, if it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entity: String,
    pub found: Text,
    pub allowed: Text,
    pub remedy: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The run stops.
    Error,
    /// The run goes on; the planner should know.
    Warning,
}

impl Problem {
    pub fn error(code: &'static str, at: impl Into<String>) -> Self {
        Kind::error(code, ("", ""), ("", ""), ("", "")).at(at)
    }
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
    #[must_use]
    pub fn of(mut self, entity: impl Into<String>) -> Self {
        self.entity = entity.into();
        self
    }
    #[must_use]
    pub fn found(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.found = Text::new(zh, en);
        self
    }
    #[must_use]
    pub fn allowed(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.allowed = Text::new(zh, en);
        self
    }
    #[must_use]
    pub fn remedy(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.remedy = Text::new(zh, en);
        self
    }
}
