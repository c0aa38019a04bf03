//! Which items share places, so that moves can exchange them: values are places in order, an item with span s placed at v
//! covers v, v+1 … v+s−1. Neutral: a board is a class's week, a crew is everything one teacher gives.

use super::problem::ItemId;

/// Place of an item that is not placed yet.
pub const UNPLACED: i32 = -1;

#[derive(Debug, Clone, Default)]
pub struct Seats {
    /// Places covered by each item.
    pub spans: Vec<u8>,
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
    pub(super) seats: &'a Seats,
    /// Per item: its boards.
    pub(super) boards_of: Vec<Vec<u32>>,
    pub(super) crews_of: Vec<Vec<u32>>,
    /// board · places + place → items there.
    at: Vec<Vec<ItemId>>,
}

impl<'a> Seating<'a> {
    pub(super) fn new(seats: &'a Seats, values: &[i32]) -> Self {
        let invert = |lists: &[Vec<ItemId>]| {
            let mut of = vec![Vec::new(); values.len()];
            for (k, list) in lists.iter().enumerate() {
                for item in list {
                    of[*item as usize].push(k as u32);
                }
            }
            of
        };
        let mut seating = Self {
            seats,
            boards_of: invert(&seats.boards),
            crews_of: invert(&seats.crews),
            at: vec![Vec::new(); seats.boards.len() * seats.places],
        };
        for (item, value) in values.iter().enumerate() {
            seating.put(item as ItemId, *value);
        }
        seating
    }
    pub(super) fn span(&self, item: ItemId) -> i32 {
        i32::from(self.seats.spans[item as usize])
    }
    pub(super) fn space(&self, item: ItemId) -> u16 {
        self.seats.spaces[item as usize]
    }
    fn slots(&self, board: u32, item: ItemId, value: i32) -> impl Iterator<Item = usize> + use<> {
        let (first, places) = (board as usize * self.seats.places, self.seats.places);
        let from = if value < 0 { places } else { value as usize };
        (from..places.min(from + usize::from(self.seats.spans[item as usize]))).map(move |place| first + place)
    }
    pub(super) fn put(&mut self, item: ItemId, value: i32) {
        for k in 0..self.boards_of[item as usize].len() {
            for slot in self.slots(self.boards_of[item as usize][k], item, value) {
                self.at[slot].push(item);
            }
        }
    }
    pub(super) fn lift(&mut self, item: ItemId, value: i32) {
        for k in 0..self.boards_of[item as usize].len() {
            for slot in self.slots(self.boards_of[item as usize][k], item, value) {
                self.at[slot].retain(|other| *other != item);
            }
        }
    }
    /// Items on the board at the place.
    pub(super) fn at(&self, board: u32, place: i32) -> &[ItemId] {
        let index = board as usize * self.seats.places + usize::try_from(place).unwrap_or(usize::MAX / 2);
        self.at.get(index).map_or(&[], Vec::as_slice)
    }
}
