//! A problem as linear rows: columns for atoms, auxiliaries only where a gauge needs them.

mod gated;

use super::problem::{Cost, Domain, Point, Problem};
use std::collections::BTreeMap;

/// Σ coefficient · column + constant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    terms: BTreeMap<u32, i64>,
    constant: i64,
}

impl Line {
    pub(super) fn column(column: u32) -> Self {
        Self { terms: BTreeMap::from([(column, 1)]), constant: 0 }
    }
    pub(super) fn add(&mut self, other: &Self, factor: i64) {
        for (column, coef) in &other.terms {
            *self.terms.entry(*column).or_default() += factor * coef;
        }
        self.constant += factor * other.constant;
    }
    pub(super) fn subtract(&mut self, other: &Self) {
        self.add(other, -1);
    }
    pub(super) fn scaled(&self, factor: i64) -> Self {
        let mut line = Self::default();
        line.add(self, factor);
        line
    }
    /// The most it can be within its columns' bounds.
    pub(super) fn highest(&self, sketch: &Sketch) -> i64 {
        self.reach(&sketch.model.columns, true)
    }
    fn reach(&self, columns: &[Column], up: bool) -> i64 {
        let bound = |(column, coef): (&u32, &i64)| {
            let column = &columns[*column as usize];
            coef * if (*coef > 0) == up { column.hi } else { column.lo }
        };
        self.constant + self.terms.iter().map(bound).sum::<i64>()
    }
}

/// A column lo..=hi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub lo: i64,
    pub hi: i64,
    pub integer: bool,
}

/// lo ≤ Σ coef · column ≤ hi; `None` = no bound on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub lo: Option<i64>,
    pub hi: Option<i64>,
    pub terms: Vec<(u32, i64)>,
}

/// How points become rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Firm levels without slack: for first plans and neighbourhoods; may be infeasible.
    Firm,
    /// Every point with a priced excess: never infeasible.
    Elastic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Decided(i32),
    /// First column; one per value of the domain, in order.
    Choice(u32),
    Count(u32),
}

/// Rows, columns and one objective per level.
#[derive(Debug, Clone)]
pub struct Model {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Per level: column → price, and what is already paid.
    pub costs: Vec<(BTreeMap<u32, i64>, i64)>,
    places: Vec<Place>,
    domains: Vec<Domain>,
}

impl Model {
    pub fn build(problem: &Problem, binding: Binding) -> Self {
        let mut model = Self {
            columns: Vec::new(),
            rows: Vec::new(),
            costs: vec![(BTreeMap::new(), 0); problem.levels.len()],
            places: Vec::with_capacity(problem.items.len()),
            domains: problem.items.iter().map(|item| item.domain.clone()).collect(),
        };
        for item in &problem.items {
            let place = match &item.domain {
                domain if domain.is_fixed() => Place::Decided(domain.first()),
                Domain::Choice(values) => {
                    let first = model.columns.len() as u32;
                    for value in values {
                        model.column(format!("{}={value}", item.name), 0, 1, true);
                    }
                    let terms = (0..values.len() as u32).map(|k| (first + k, 1)).collect();
                    model.rows.push(Row { name: format!("one {}", item.name), lo: Some(1), hi: Some(1), terms });
                    Place::Choice(first)
                }
                Domain::Count { lo, hi } => Place::Count(model.column(item.name.clone(), i64::from(*lo), i64::from(*hi), true)),
            };
            model.places.push(place);
        }
        for point in &problem.points {
            let firm = binding == Binding::Firm && problem.levels[usize::from(point.level)].firm;
            let mut sketch = Sketch::new(problem, point, firm, &mut model);
            point.gauge.rows(&mut sketch);
        }
        model
    }

    fn column(&mut self, name: String, lo: i64, hi: i64, integer: bool) -> u32 {
        self.columns.push(Column { name, lo, hi, integer });
        (self.columns.len() - 1) as u32
    }

    fn push(&mut self, name: String, line: Line, lo: Option<i64>, hi: Option<i64>) {
        let terms = line.terms.into_iter().filter(|(_, coef)| *coef != 0).collect();
        let shift = |bound: i64| bound - line.constant;
        self.rows.push(Row { name, lo: lo.map(shift), hi: hi.map(shift), terms });
    }

    /// Columns of the choices.
    pub(super) fn of_choices(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.iter().zip(&self.domains).flat_map(|(place, domain)| match (place, domain) {
            (Place::Choice(first), Domain::Choice(values)) => *first..*first + values.len() as u32,
            _ => 0..0,
        })
    }

    /// Item values of a solution vector.
    pub fn values(&self, x: &[f64]) -> Vec<i32> {
        let read = |(place, domain): (&Place, &Domain)| match (place, domain) {
            (Place::Decided(value), _) => *value,
            (Place::Count(column), _) => x[*column as usize].round() as i32,
            (Place::Choice(first), Domain::Choice(values)) => {
                let of = |k: &usize| x[*first as usize + k];
                let best = (0..values.len()).max_by(|a, b| of(a).total_cmp(&of(b))).unwrap_or(0);
                i32::from(values[best])
            }
            (Place::Choice(_), Domain::Count { .. }) => unreachable!("a choice has a choice's domain"),
        };
        self.places.iter().zip(&self.domains).map(read).collect()
    }

    /// The columns of the atoms with the bounds that hold these values.
    pub fn holding(&self, values: &[i32]) -> Vec<(u32, i64)> {
        let mut held = Vec::new();
        for ((place, domain), value) in self.places.iter().zip(&self.domains).zip(values) {
            match (place, domain) {
                (Place::Count(column), _) => held.push((*column, i64::from(*value))),
                (Place::Choice(first), Domain::Choice(options)) => {
                    held.extend(options.iter().enumerate().map(|(k, v)| (first + k as u32, i64::from(i32::from(*v) == *value))));
                }
                _ => {}
            }
        }
        held
    }
}

/// The rows of one point while its gauge writes them.
pub(super) struct Sketch<'m> {
    model: &'m mut Model,
    point: &'m Point,
    firm: bool,
    groups: Vec<Line>,
    /// Per group and item: the columns that make it busy, with the item's largest value.
    makers: Vec<Vec<(Line, i64)>>,
    busy: Vec<Option<Line>>,
}

impl<'m> Sketch<'m> {
    fn new(problem: &Problem, point: &'m Point, firm: bool, model: &'m mut Model) -> Self {
        let count = usize::from(point.groups);
        let mut groups = vec![Line::default(); count];
        for (group, amount) in &point.base {
            groups[usize::from(*group)].constant += i64::from(*amount);
        }
        let mut makers: Vec<BTreeMap<u32, (Line, i64)>> = vec![BTreeMap::new(); count];
        for link in &point.links {
            match (model.places[link.item as usize], &model.domains[link.item as usize]) {
                (Place::Decided(value), _) => {
                    if let Some((group, amount)) = problem.gives(link, value) {
                        groups[usize::from(group)].constant += i64::from(amount);
                    }
                }
                (Place::Choice(first), Domain::Choice(values)) => {
                    for (k, value) in values.iter().enumerate() {
                        if let Some((group, amount)) = problem.gives(link, i32::from(*value)) {
                            let atom = Line::column(first + k as u32);
                            groups[usize::from(group)].add(&atom, i64::from(amount));
                            let maker = makers[usize::from(group)].entry(link.item).or_insert((Line::default(), 1));
                            maker.0.terms.insert(first + k as u32, 1);
                        }
                    }
                }
                (Place::Count(column), domain) => {
                    if let (Some((group, _)), Domain::Count { hi, .. }) = (problem.gives(link, 0), domain) {
                        let atom = Line::column(column);
                        groups[usize::from(group)].add(&atom, i64::from(link.coef));
                        makers[usize::from(group)].insert(link.item, (atom, i64::from(*hi)));
                    }
                }
                (Place::Choice(_), Domain::Count { .. }) => unreachable!("a choice has a choice's domain"),
            }
        }
        for (k, gated) in point.gated.iter().enumerate() {
            let Some(gate) = model.gate(problem, gated) else { continue };
            for (group, amount, atoms) in model.atoms(problem, &gated.link) {
                let both = model.both(format!("{} gate{k} {group}", point.name), &atoms, &gate);
                groups[usize::from(group)].add(&both, i64::from(amount));
                if !both.terms.is_empty() {
                    makers[usize::from(group)].insert(u32::MAX - k as u32, (both, 1));
                }
            }
        }
        let makers = makers.into_iter().map(|group| group.into_values().collect()).collect();
        Self { model, point, firm, groups, makers, busy: vec![None; count] }
    }

    pub(super) fn groups(&self) -> u16 {
        self.point.groups
    }
    /// The group's total.
    pub(super) fn group(&self, g: u16) -> Line {
        self.groups[usize::from(g)].clone()
    }
    /// [the group's total > 0]; contributions to such gauges are never negative.
    pub(super) fn busy(&mut self, g: u16) -> Line {
        let g = usize::from(g);
        if let Some(line) = &self.busy[g] {
            return line.clone();
        }
        let line = if self.groups[g].constant > 0 {
            Line { terms: BTreeMap::new(), constant: 1 }
        } else if self.makers[g].is_empty() {
            Line::default()
        } else if self.makers[g].len() == 1 && self.makers[g][0].1 == 1 {
            self.makers[g][0].0.clone()
        } else {
            let name = format!("{} busy{g}", self.point.name);
            let busy = Line::column(self.model.column(name, 0, 1, true));
            let mut any = busy.scaled(-1);
            for (maker, most) in self.makers[g].clone() {
                let mut row = maker.clone();
                row.add(&busy, -most);
                self.at_most(row, 0);
                any.add(&maker, 1);
            }
            self.at_least(any, 0);
            busy
        };
        self.busy[g] = Some(line.clone());
        line
    }
    fn auxiliary(&mut self, hi: i64, integer: bool) -> Line {
        let name = format!("{} aux{}", self.point.name, self.model.columns.len());
        Line::column(self.model.column(name, 0, hi, integer))
    }
    /// A column 0..=most of a deviation that is added up.
    pub(super) fn slack_of_sum(&mut self, most: i64) -> Line {
        self.auxiliary(most, false)
    }
    /// A column 0..=1.
    pub(super) fn share(&mut self) -> Line {
        self.auxiliary(1, false)
    }
    /// A whole column 0..=most.
    pub(super) fn whole(&mut self, most: i64) -> Line {
        self.auxiliary(most, true)
    }
    /// A column −most..=most.
    pub(super) fn signed(&mut self, most: i64) -> Line {
        let mut line = self.auxiliary(2 * most, false);
        line.constant = -most;
        line
    }
    pub(super) fn at_most(&mut self, line: Line, most: i64) {
        self.row(line, None, Some(most));
    }
    pub(super) fn at_least(&mut self, line: Line, least: i64) {
        self.row(line, Some(least), None);
    }
    fn row(&mut self, line: Line, lo: Option<i64>, hi: Option<i64>) {
        // A row that its columns' bounds already imply is left out; one that they contradict must stay.
        let lo = lo.filter(|lo| line.reach(&self.model.columns, false) < *lo);
        let hi = hi.filter(|hi| line.reach(&self.model.columns, true) > *hi);
        if lo.is_none() && hi.is_none() {
            return;
        }
        let name = format!("{} r{}", self.point.name, self.model.rows.len());
        self.model.push(name, line, lo, hi);
    }

    /// lo ≤ value ≤ hi of the point: a row without slack when firm, else with a priced excess D.
    pub(super) fn within(&mut self, value: Line) {
        let (lo, hi) = (self.point.lo, self.point.hi);
        if self.firm {
            self.row(value, Some(lo), Some(hi));
            return;
        }
        let columns = &self.model.columns;
        let most = (value.reach(columns, true) - hi).max(lo - value.reach(columns, false));
        if most <= 0 || self.point.weight == 0 {
            return;
        }
        let excess = self.auxiliary(most, false);
        let mut over = value.clone();
        over.subtract(&excess);
        self.at_most(over, hi);
        let mut short = value;
        short.add(&excess, 1);
        self.at_least(short, lo);
        self.price(excess, most);
    }

    fn price(&mut self, excess: Line, most: i64) {
        let weight = self.point.weight;
        match self.point.cost {
            Cost::Linear => self.pay(&excess, weight),
            Cost::Step => {
                let any = self.auxiliary(1, true);
                let mut row = excess;
                row.add(&any, -most);
                self.at_most(row, 0);
                self.pay(&any, weight);
            }
            // D² = Σ over k of (2k − 1)·[D ≥ k]; the last piece takes what is left beyond 200.
            Cost::Quadratic => {
                let pieces = most.min(200);
                let mut rest = excess;
                for k in 1..=pieces {
                    let piece = self.auxiliary(if k == pieces { most - pieces + 1 } else { 1 }, false);
                    rest.subtract(&piece);
                    self.pay(&piece, weight * (2 * k - 1));
                }
                self.at_most(rest, 0);
            }
        }
    }
    fn pay(&mut self, line: &Line, weight: i64) {
        let (costs, constant) = &mut self.model.costs[usize::from(self.point.level)];
        for (column, coef) in &line.terms {
            *costs.entry(*column).or_default() += weight * coef;
        }
        *constant += weight * line.constant;
    }
}
