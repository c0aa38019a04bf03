//! Gated links as rows: the product of what an item is and what its key is.

use super::super::problem::{Gated, Link, NONE, Problem};
use super::{Line, Model, Place};
use std::collections::BTreeMap;

impl Model {
    /// [the key has a value that opens the link]; `None` = never.
    pub(super) fn gate(&self, problem: &Problem, gated: &Gated) -> Option<Line> {
        let opens = |value: i32| problem.group(gated.open, value) != NONE;
        let line = match (self.places[gated.key as usize], &self.domains[gated.key as usize]) {
            (Place::Decided(value), _) => Line { terms: BTreeMap::new(), constant: i64::from(opens(value)) },
            (Place::Choice(first), domain) => {
                let open = domain.values().enumerate().filter(|(_, value)| opens(*value)).map(|(k, _)| (first + k as u32, 1));
                Line { terms: open.collect(), constant: 0 }
            }
            (Place::Count(_), _) => unreachable!("a key is a choice"),
        };
        (!line.terms.is_empty() || line.constant > 0).then_some(line)
    }

    /// Per group that the link's choice can touch: [it touches it].
    pub(super) fn atoms(&self, problem: &Problem, link: &Link) -> Vec<(u16, i32, Line)> {
        let mut atoms: BTreeMap<u16, Line> = BTreeMap::new();
        let group = |value: i32| Some(problem.group(link.map, value)).filter(|group| *group != NONE);
        match (self.places[link.item as usize], &self.domains[link.item as usize]) {
            (Place::Decided(value), _) => {
                if let Some(group) = group(value) {
                    atoms.entry(group).or_default().constant = 1;
                }
            }
            (Place::Choice(first), domain) => {
                for (k, value) in domain.values().enumerate() {
                    if let Some(group) = group(value) {
                        atoms.entry(group).or_default().terms.insert(first + k as u32, 1);
                    }
                }
            }
            (Place::Count(_), _) => unreachable!("only choices are gated"),
        }
        atoms.into_iter().map(|(group, line)| (group, link.coef, line)).collect()
    }

    /// a·b of two lines that are 0 or 1: z ≤ a, z ≤ b, z ≥ a + b − 1.
    pub(super) fn both(&mut self, name: String, a: &Line, b: &Line) -> Line {
        if a.terms.is_empty() {
            return b.scaled(a.constant);
        }
        if b.terms.is_empty() {
            return a.scaled(b.constant);
        }
        let z = Line::column(self.column(name.clone(), 0, 1, false));
        for factor in [a, b] {
            let mut row = z.clone();
            row.subtract(factor);
            self.push(name.clone(), row, None, Some(0));
        }
        let mut row = z.clone();
        row.subtract(a);
        row.subtract(b);
        self.push(name, row, Some(-1), None);
        z
    }
}
