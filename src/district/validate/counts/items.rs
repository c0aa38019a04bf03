//! Lessons as a count sees them: what runs at one time, where it may start by the grid alone, and what bars it from there.

use super::super::clauses::Ground;
use super::super::index::{Index, Open, Origin, Unit};
use super::bits::Bits;
use super::proof::Active;
use super::sure::{People, Sure};
use super::{Ahead, What};
use crate::file::{RoomNeed, Weeks, Window};
use std::collections::BTreeMap;

/// Blocks that start together: one block of a course, or one of each course of a band.
pub struct Item {
    pub parts: Vec<Part>,
    /// Starts are cells of this bell.
    pub bell: usize,
    pub periods: usize,
    /// Where it may start by the grid and the closed cells.
    pub starts: Bits,
    pub bars: Vec<Bar>,
}

/// One block of one course.
pub struct Part {
    pub course: usize,
    pub block: usize,
    pub bell: usize,
    pub periods: usize,
    /// Weeks of the cycle as a bit mask.
    pub weeks: u8,
    pub who: Vec<Sure>,
    /// Start of the item → start in the part's own bell, where that is another one.
    twin: Option<Vec<Option<usize>>>,
}

/// Something that keeps a lesson from some of its starts.
pub struct Bar {
    pub what: What,
    pub ground: Ground,
    pub starts: Bits,
}

impl Item {
    pub fn left(&self, active: &Active<'_>) -> Bits {
        let bars = self.bars.iter().filter(|bar| active.holds(Some(bar.what), bar.ground));
        bars.fold(self.starts, |left, bar| left.minus(bar.starts))
    }
}

impl Part {
    /// Its own starts, of those of the item.
    pub fn own(&self, starts: Bits) -> Bits {
        match &self.twin {
            None => starts,
            Some(twin) => starts.iter().filter_map(|start| twin.get(start).copied().flatten()).collect(),
        }
    }
    fn of_item(&self, own: Bits) -> Bits {
        match &self.twin {
            None => own,
            Some(twin) => {
                twin.iter().enumerate().filter(|(_, start)| start.is_some_and(|start| own.has(start))).map(|(at, _)| at).collect()
            }
        }
    }
}

/// What the counts look things up in.
pub struct Known<'i, 'a> {
    pub index: &'i Index<'a>,
    pub ahead: Ahead<'i>,
    pub people: &'i People,
    /// Bell → its cells in order of time.
    pub grids: Vec<Vec<Open>>,
    /// Class → its open cells, in the grid of its bell.
    pub open: Vec<Bits>,
    /// Class → position of its bell.
    pub bells: Vec<Option<usize>>,
    pub items: Vec<Item>,
}

impl<'i, 'a> Known<'i, 'a> {
    pub fn new(index: &'i Index<'a>, ahead: Ahead<'i>, people: &'i People) -> Self {
        let grids: Vec<Vec<Open>> = index.district.bells.iter().map(Index::grid).collect();
        let bells: Vec<_> =
            index.district.classes.iter().map(|class| class.bell.as_deref().and_then(|id| index.bells.get(id).copied())).collect();
        let open = bells.iter().enumerate().map(|(class, bell)| {
            let closed = &index.district.classes[class].closed;
            let grid = bell.map_or(&[][..], |bell| &grids[bell]);
            grid.iter().enumerate().filter(|(_, cell)| !closed.contains(&cell.at)).map(|(at, _)| at).collect()
        });
        let open = open.collect();
        let mut known = Self { index, ahead, people, grids, open, bells, items: Vec::new() };
        known.items = known.pose();
        known.bar();
        known
    }

    /// The weeks of the cycle as a bit mask.
    pub fn mask(&self, weeks: Weeks) -> u8 {
        match weeks {
            _ if self.index.district.cycle_weeks != 2 => 0b01,
            Weeks::All => 0b11,
            Weeks::Odd => 0b01,
            Weeks::Even => 0b10,
        }
    }
    pub fn weeks(&self) -> impl Iterator<Item = u8> {
        (0..2).filter(|week| *week == 0 || self.index.district.cycle_weeks == 2)
    }
    pub fn unit(&self, part: &Part) -> &Unit<'a> {
        &self.index.courses[part.course].blocks[part.block]
    }
    /// The room a part needs, and in which of its weeks.
    pub fn need(&self, part: &Part) -> Option<(&'a RoomNeed, u8)> {
        let need = self.unit(part).room?;
        let weeks = part.weeks & self.mask(need.weeks);
        (weeks != 0).then_some((need, weeks))
    }
    /// Where a part is held: where its room is, else where its first class is.
    pub fn site(&self, part: &Part) -> Option<&'a str> {
        let course = &self.index.courses[part.course];
        match self.need(part) {
            Some((need, _)) => self.index.site_of_need(course, need),
            None => self.index.site_of(&self.index.district.classes[*course.classes.first()?]),
        }
    }
    /// The cells that a lesson of a part covers from a start in its own bell.
    pub fn cells(&self, part: &Part, start: usize) -> &[Open] {
        self.grids[part.bell].get(start..start + part.periods).unwrap_or(&[])
    }
    /// Cells of the class's own bell that a lesson covers: of another bell those that overlap it.
    pub fn covered(&self, class: usize, part: &Part, start: usize) -> Vec<usize> {
        let Some(bell) = self.bells[class] else { return Vec::new() };
        if bell == part.bell {
            return (start..start + part.periods).collect();
        }
        let cells = self.cells(part, start);
        let meets = |own: &Open| cells.iter().any(|cell| own.meets(cell.at.weekday, cell.cell.start, cell.cell.end));
        self.grids[bell].iter().enumerate().filter(|(_, own)| meets(own)).map(|(at, _)| at).collect()
    }

    fn pose(&self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut bands: BTreeMap<(&str, usize), usize> = BTreeMap::new();
        for (c, course) in self.index.courses.iter().enumerate() {
            let Some(bell) = course.classes.first().and_then(|class| self.bells[*class]) else { continue };
            if self.grids[bell].len() > Bits::MOST {
                continue;
            }
            for (b, unit) in course.blocks.iter().enumerate().filter(|(_, unit)| unit.periods > 0) {
                let here = |blocks: &[usize]| blocks.is_empty() || blocks.contains(&b);
                let who = self.people.teachers[c].iter().filter(|(blocks, _)| here(blocks)).map(|(_, sure)| *sure).collect();
                let mut part =
                    Part { course: c, block: b, bell, periods: unit.periods.into(), weeks: self.mask(unit.weeks), who, twin: None };
                let starts = self.starts(&part);
                let first = course.band.and_then(|band| bands.get(&(band, b)).copied());
                let Some(at) = first else {
                    if let Some(band) = course.band {
                        bands.insert((band, b), items.len());
                    }
                    items.push(Item { bell, periods: part.periods, starts, bars: Vec::new(), parts: vec![part] });
                    continue;
                };
                let item = &mut items[at];
                if item.bell != bell {
                    part.twin = Some(self.twin(item.bell, bell));
                }
                item.starts = item.starts.and(part.of_item(starts));
                item.parts.push(part);
            }
        }
        items
    }

    /// Starts of one bell → the cells of another that begin at the same moment.
    fn twin(&self, from: usize, to: usize) -> Vec<Option<usize>> {
        let same = |a: &Open, b: &Open| (a.at.weekday, a.cell.start) == (b.at.weekday, b.cell.start);
        self.grids[from].iter().map(|a| self.grids[to].iter().position(|b| same(a, b))).collect()
    }

    /// Starts from which all cells lie in one half-day and are open for every class.
    fn starts(&self, part: &Part) -> Bits {
        let whole = |start: &usize| {
            let cells = self.cells(part, *start);
            let half = |cell: &Open| (cell.at.weekday, cell.cell.half);
            cells.len() == part.periods && cells.windows(2).all(|pair| half(&pair[0]) == half(&pair[1]))
        };
        let mut starts: Bits = (0..self.grids[part.bell].len()).filter(whole).collect();
        let all: Bits = (0..self.grids[part.bell].len()).collect();
        for class in &self.index.courses[part.course].classes {
            match self.bells[*class] {
                None => {}
                Some(bell) if bell == part.bell => starts = starts.minus(all.minus(self.open[*class]).starts_into(part.periods)),
                Some(_) => {
                    let open = |start: &usize| {
                        let covered = self.covered(*class, part, *start);
                        !covered.is_empty() && covered.iter().all(|cell| self.open[*class].has(*cell))
                    };
                    starts = starts.iter().filter(open).collect();
                }
            }
        }
        starts
    }

    /// Cells of a bell that meet one of the windows in one of these weeks.
    pub fn hit(&self, bell: usize, windows: &[Window], weeks: u8) -> Bits {
        let meets = |cell: &Open| windows.iter().any(|it| self.mask(it.weeks) & weeks != 0 && cell.meets(it.weekday, it.from, it.to));
        self.grids[bell].iter().enumerate().filter(|(_, cell)| meets(cell)).map(|(at, _)| at).collect()
    }

    fn bar(&mut self) {
        let mut items = std::mem::take(&mut self.items);
        let bars = super::bars::Bars::of(self);
        for item in &mut items {
            for part in &item.parts {
                bars.of_part(part, &mut |what, ground, own| {
                    let starts = part.of_item(own).and(item.starts);
                    if !starts.is_empty() {
                        item.bars.push(Bar { what, ground, starts });
                    }
                });
            }
        }
        drop(bars);
        self.items = items;
    }

    /// Is the course held by video in several schools?
    pub fn is_remote(&self, course: usize) -> bool {
        matches!(self.index.courses[course].origin, Origin::Given(i) if self.index.district.courses[i].remote)
    }
}
