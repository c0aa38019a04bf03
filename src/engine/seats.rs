//! Which items share places, so that moves can exchange them. Neutral: a line is the week of a class, a teacher or a room; an
//! item covers places of its lines from a first place on, as its value says.

use super::problem::ItemId;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// Place of an item that is not placed yet.
pub const UNPLACED: i32 = -1;

/// What the values of an item mean: value → (first place, places covered). Nothing covered = not in the week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    seats: Vec<(u16, u8)>,
    value: BTreeMap<(u16, u8), i32>,
}

impl Shape {
    pub fn new(seats: Vec<(u16, u8)>) -> Self {
        let value = seats.iter().enumerate().rev().map(|(value, seat)| (*seat, value as i32)).collect();
        Self { seats, value }
    }
    /// Values are first places, all of the same span.
    pub fn plain(places: usize, span: u8) -> Self {
        Self::new((0..places).map(|place| (place as u16, span)).collect())
    }
    pub fn seat(&self, value: i32) -> (u16, u8) {
        usize::try_from(value).ok().and_then(|value| self.seats.get(value)).copied().unwrap_or((0, 0))
    }
    /// The value that covers these places.
    pub fn value(&self, place: u16, span: u8) -> Option<i32> {
        self.value.get(&(place, span)).copied()
    }
}

/// Items by the lines they sit on.
#[derive(Debug, Clone, Default)]
pub struct Seats {
    pub shapes: Vec<Shape>,
    /// Per item: its shape; items that are not placed at all have none.
    pub shape_of: Vec<Option<u16>>,
    /// Items of different spaces never share a place.
    pub spaces: Vec<u16>,
    /// Items that fill one week together: moves keep them apart.
    pub boards: Vec<Vec<ItemId>>,
    /// Items that should not coincide, and follow each other through chains of exchanges.
    pub crews: Vec<Vec<ItemId>>,
    /// Places per space, at most.
    pub places: usize,
}

/// Who sits where, kept up to date beside a state.
#[derive(Debug, Clone)]
pub(super) struct Seating<'a> {
    seats: &'a Seats,
    /// Per item: its lines, boards first; and how many of them are boards.
    lines: Vec<(SmallVec<[u32; 6]>, u8)>,
    /// Places per line: all spaces one after the other.
    stride: usize,
    /// line · stride + space · places + place → items there.
    at: Vec<SmallVec<[ItemId; 4]>>,
}

impl<'a> Seating<'a> {
    pub(super) fn new(seats: &'a Seats, values: &[i32]) -> Self {
        let mut lines = vec![(SmallVec::new(), 0u8); values.len()];
        for (line, items) in seats.boards.iter().chain(&seats.crews).enumerate() {
            for item in items {
                let (mine, boards): &mut (SmallVec<[u32; 6]>, u8) = &mut lines[*item as usize];
                mine.push(line as u32);
                *boards += u8::from(line < seats.boards.len());
            }
        }
        let spaces = seats.spaces.iter().max().map_or(0, |most| usize::from(*most) + 1);
        let stride = spaces * seats.places;
        let at = vec![SmallVec::new(); (seats.boards.len() + seats.crews.len()) * stride];
        let mut seating = Self { seats, lines, stride, at };
        for (item, value) in values.iter().enumerate() {
            seating.put(item as ItemId, *value);
        }
        seating
    }
    pub(super) fn shape(&self, item: ItemId) -> Option<&'a Shape> {
        let seats = self.seats;
        seats.shape_of[item as usize].map(|shape| &seats.shapes[usize::from(shape)])
    }
    /// (first place, places covered) of an item with this value.
    pub(super) fn seat(&self, item: ItemId, value: i32) -> (u16, u8) {
        self.shape(item).map_or((0, 0), |shape| shape.seat(value))
    }
    pub(super) fn space(&self, item: ItemId) -> u16 {
        self.seats.spaces[item as usize]
    }
    /// Lines of an item that are boards, and those that are crews.
    pub(super) fn lines(&self, item: ItemId) -> (&[u32], &[u32]) {
        let (lines, boards) = &self.lines[item as usize];
        lines.split_at(usize::from(*boards))
    }
    fn each(&mut self, item: ItemId, value: i32, mut what: impl FnMut(&mut SmallVec<[ItemId; 4]>)) {
        let (place, span) = self.seat(item, value);
        let from = usize::from(self.space(item)) * self.seats.places + usize::from(place);
        let (lines, _) = &self.lines[item as usize];
        for line in lines {
            let first = *line as usize * self.stride + from;
            for seat in &mut self.at[first..first + usize::from(span)] {
                what(seat);
            }
        }
    }
    pub(super) fn put(&mut self, item: ItemId, value: i32) {
        self.each(item, value, |seat| seat.push(item));
    }
    pub(super) fn lift(&mut self, item: ItemId, value: i32) {
        self.each(item, value, |seat| {
            if let Some(k) = seat.iter().position(|other| *other == item) {
                seat.swap_remove(k);
            }
        });
    }
    /// Items on the line at a place of a space.
    pub(super) fn at(&self, line: u32, space: u16, place: u16) -> &[ItemId] {
        &self.at[line as usize * self.stride + usize::from(space) * self.seats.places + usize::from(place)]
    }
}
