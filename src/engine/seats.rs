//! Which items share places, so that moves can exchange them. Neutral: a line is the week of a class, a teacher or a room; an
//! item covers places of its lines from a first place on, as its value says.

use super::problem::{ItemId, Problem};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};

/// Place of an item that is not placed yet.
pub const UNPLACED: i32 = -1;

/// What the values of an item mean: value → (first place, places covered). Nothing covered = not in the week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    seats: Vec<(u16, u8)>,
    value: BTreeMap<(u16, u8), i32>,
    /// First values of the kinds that a move does not change; the last entry ends the last kind.
    kinds: Vec<i32>,
}

impl Shape {
    /// `kinds`: first values of runs of values that are alike but for the place (a meet of one duration, placed or not).
    pub fn new(seats: Vec<(u16, u8)>, mut kinds: Vec<i32>) -> Self {
        let value = seats.iter().enumerate().rev().map(|(value, seat)| (*seat, value as i32)).collect();
        kinds.push(seats.len() as i32);
        Self { seats, value, kinds }
    }
    /// Values are first places, all of the same span.
    pub fn plain(places: usize, span: u8) -> Self {
        Self::new((0..places).map(|place| (place as u16, span)).collect(), vec![0])
    }
    /// The values first..end of the kind of this value.
    pub fn kind(&self, value: i32) -> (i32, i32) {
        let k = self.kinds.partition_point(|first| *first <= value).clamp(1, self.kinds.len() - 1);
        (self.kinds[k - 1], self.kinds[k])
    }
    /// Number of the value's kind.
    pub fn number(&self, value: i32) -> usize {
        self.kinds.partition_point(|first| *first <= value).saturating_sub(1)
    }
    /// The kind with this number.
    pub fn kind_at(&self, k: usize) -> (i32, i32) {
        (self.kinds[k], self.kinds[k + 1])
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
    /// Crews that keys name and in which nobody is in the way: they stand for several; none = no such crew.
    pub wide: Vec<bool>,
    /// Items that name who sits with an item.
    pub keys: Vec<Key>,
    /// Items that together make up a whole: the numbers of their kinds sum to a constant (kind 0 = no such part).
    pub wholes: Vec<Whole>,
    /// Keys that should name the same.
    pub casts: Vec<Vec<ItemId>>,
    /// Sets of parts that should be at the same places, item for item.
    pub ties: Vec<Vec<Vec<ItemId>>>,
    /// Per item: the layers of a place that it fills, as bits (odd and even weeks). Items without a common layer do not meet in a
    /// place that they share. Empty: every item fills the one layer there is.
    pub layers: Vec<u8>,
    /// Places per space, at most.
    pub places: usize,
}

/// While the item `key` has the value v > 0, `item` sits in crew v − 1.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub key: ItemId,
    pub item: ItemId,
}

/// Parts whose kinds, each 0 or least..=most, sum to a constant.
#[derive(Debug, Clone)]
pub struct Whole {
    pub parts: Vec<ItemId>,
    pub least: usize,
    pub most: usize,
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
    /// Per item: its keys; per key: the item it serves.
    keys_of: Vec<SmallVec<[ItemId; 2]>>,
    served: Vec<Option<ItemId>>,
    /// Per key: the casts it is in.
    casts_of: Vec<SmallVec<[u32; 1]>>,
    /// Per item: the sets it is tied in.
    ties_of: Vec<SmallVec<[u32; 2]>>,
    /// Per item: its layers; empty where all fill the same.
    layers: &'a [u8],
    /// All layers that any item fills.
    whole: u8,
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
        let mut keys_of = vec![SmallVec::new(); values.len()];
        let mut served = vec![None; values.len()];
        for Key { key, item } in &seats.keys {
            keys_of[*item as usize].push(*key);
            served[*key as usize] = Some(*item);
        }
        let mut casts_of = vec![SmallVec::new(); values.len()];
        for (c, cast) in seats.casts.iter().enumerate() {
            for key in cast {
                casts_of[*key as usize].push(c as u32);
            }
        }
        let mut ties_of = vec![SmallVec::new(); values.len()];
        for (t, tied) in seats.ties.iter().enumerate() {
            for item in tied.iter().flatten() {
                ties_of[*item as usize].push(t as u32);
            }
        }
        let whole = seats.layers.iter().fold(0, |all, layers| all | layers);
        let layers = if seats.layers.iter().all(|layers| *layers == whole) { &[][..] } else { &seats.layers[..] };
        let mut seating = Self { seats, lines, stride, at, keys_of, served, casts_of, ties_of, layers, whole };
        for Key { key, item } in &seats.keys {
            seating.join(*item, values[*key as usize]);
        }
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
    /// Whether some items share places with others that they do not meet.
    pub(super) fn is_layered(&self) -> bool {
        !self.layers.is_empty()
    }
    /// Whether the item leaves some layer of its places to others.
    pub(super) fn is_partial(&self, item: ItemId) -> bool {
        self.layers.get(item as usize).is_some_and(|layers| *layers != self.whole)
    }
    /// Whether the two are in each other's way where they share a place.
    pub(super) fn overlap(&self, one: ItemId, other: ItemId) -> bool {
        self.layers.is_empty() || self.layers[one as usize] & self.layers[other as usize] != 0
    }
    pub(super) fn space(&self, item: ItemId) -> u16 {
        self.seats.spaces[item as usize]
    }
    /// Lines of an item that are boards, and those that are crews.
    pub(super) fn lines(&self, item: ItemId) -> (&[u32], &[u32]) {
        let (lines, boards) = &self.lines[item as usize];
        lines.split_at(usize::from(*boards))
    }
    /// How many sit in the crews of the item.
    pub(super) fn crewmates(&self, item: ItemId) -> usize {
        let boards = self.seats.boards.len();
        self.lines(item).1.iter().map(|line| self.seats.crews[*line as usize - boards].len()).sum()
    }
    /// The item that a key serves.
    pub(super) fn served(&self, key: ItemId) -> Option<ItemId> {
        self.served[key as usize]
    }
    pub(super) fn keys(&self, item: ItemId) -> &[ItemId] {
        &self.keys_of[item as usize]
    }
    /// A cast that the key is in.
    pub(super) fn cast(&self, key: ItemId) -> Option<&'a [ItemId]> {
        let seats = self.seats;
        self.casts_of[key as usize].first().map(|cast| seats.casts[*cast as usize].as_slice())
    }
    /// Sets that the item is tied in.
    pub(super) fn ties(&self, item: ItemId) -> impl Iterator<Item = &'a [Vec<ItemId>]> + use<'a> {
        let ties: SmallVec<[u32; 2]> = self.ties_of[item as usize].clone();
        let seats = self.seats;
        ties.into_iter().map(move |tie| seats.ties[tie as usize].as_slice())
    }
    /// The crew that a key's value names, as a line; a wide one is none.
    pub(super) fn crew(&self, value: i32) -> Option<u32> {
        let crew = usize::try_from(value - 1).ok().filter(|crew| !self.seats.wide.get(*crew).is_some_and(|wide| *wide))?;
        Some((self.seats.boards.len() + crew) as u32)
    }
    /// The item, lifted, now also sits in the crew that its key's value names.
    pub(super) fn join(&mut self, item: ItemId, value: i32) {
        if let Some(line) = self.crew(value) {
            self.lines[item as usize].0.push(line);
        }
    }
    /// The item, lifted, leaves that crew.
    pub(super) fn leave(&mut self, item: ItemId, value: i32) {
        let Some(line) = self.crew(value) else { return };
        let lines = &mut self.lines[item as usize].0;
        if let Some(k) = lines.iter().rposition(|held| *held == line) {
            lines.remove(k);
        }
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
    /// On how many of its boards' places nobody has the other half of the item yet; 0 for a whole one.
    pub(super) fn lonely(&self, item: ItemId, value: i32) -> usize {
        let ((place, span), space) = (self.seat(item, value), self.space(item));
        let alone = |board: &u32| (place..place + u16::from(span)).filter(|at| self.at(*board, space, *at).is_empty()).count();
        if self.is_partial(item) { self.lines(item).0.iter().map(alone).sum() } else { 0 }
    }
    /// Whoever is in the way of the item with this value, once for each line and place.
    pub(super) fn in_the_way(&self, item: ItemId, value: i32) -> impl Iterator<Item = ItemId> + '_ {
        let (place, span) = self.seat(item, value);
        let first = usize::from(self.space(item)) * self.seats.places + usize::from(place);
        let at = move |line: &u32| {
            let from = *line as usize * self.stride + first;
            self.at[from..from + usize::from(span)].iter().flatten().copied()
        };
        self.lines[item as usize].0.iter().flat_map(at).filter(move |other| *other != item && self.overlap(item, *other))
    }
    /// Items on lines with more to place, in some layer, than the places that they may take.
    pub(super) fn crowded(&self, problem: &Problem) -> Vec<ItemId> {
        let mut crowded = Vec::new();
        for line in self.seats.boards.iter().chain(&self.seats.crews) {
            let (mut places, mut loads) = (BTreeSet::new(), [0usize; 8]);
            for item in line {
                let seats = || problem.items[*item as usize].domain.values().map(|value| self.seat(*item, value));
                places.extend(seats().flat_map(|(place, span)| (place..place + u16::from(span)).map(|at| (self.space(*item), at))));
                let least = usize::from(seats().map(|(_, span)| span).min().unwrap_or(0));
                let layers = self.layers.get(*item as usize).copied().unwrap_or(1);
                (0..8).filter(|layer| layers >> layer & 1 == 1).for_each(|layer| loads[layer] += least);
            }
            if loads.iter().any(|load| *load > places.len()) {
                crowded.extend(line);
            }
        }
        crowded
    }
    /// Items on the line at a place of a space.
    pub(super) fn at(&self, line: u32, space: u16, place: u16) -> &[ItemId] {
        &self.at[line as usize * self.stride + usize::from(space) * self.seats.places + usize::from(place)]
    }
}
