//! A set of cells of one bell's week: small enough to be copied.

/// Forty cells on each of seven days, the most that a bell may have, and some to spare.
const WORDS: usize = 5;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bits([u64; WORDS]);

impl Bits {
    pub const MOST: usize = WORDS * 64;

    pub fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }
    pub fn has(&self, at: usize) -> bool {
        at < Self::MOST && self.0[at / 64] >> (at % 64) & 1 == 1
    }
    pub fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }
    pub fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] & other.0[k]))
    }
    pub fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] | other.0[k]))
    }
    pub fn minus(self, other: Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] & !other.0[k]))
    }
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..WORDS).flat_map(move |k| {
            let mut left = self.0[k];
            std::iter::from_fn(move || {
                let low = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(k * 64 + low)
            })
        })
    }

    /// Starts of a lesson of so many cells that would lie in one of these.
    pub fn starts_into(self, periods: usize) -> Self {
        self.spread(periods, Self::down)
    }
    /// Cells that a lesson of so many cells may cover from these starts.
    pub fn covered(self, periods: usize) -> Self {
        self.spread(periods, Self::up)
    }

    fn spread(self, periods: usize, shift: impl Fn(Self, usize) -> Self) -> Self {
        (1..periods).fold(self, |all, by| all.or(shift(self, by)))
    }
    /// Every number less `by`.
    fn down(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let word = |k: usize| self.0.get(k).copied().unwrap_or(0);
        Self(std::array::from_fn(|k| word(k + words) >> bits | if bits == 0 { 0 } else { word(k + words + 1) << (64 - bits) }))
    }
    /// Every number plus `by`.
    fn up(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let word = |k: Option<usize>| k.map_or(0, |k| self.0[k]);
        Self(std::array::from_fn(|k| {
            let low = if bits == 0 { 0 } else { word(k.checked_sub(words + 1)) >> (64 - bits) };
            word(k.checked_sub(words)) << bits | low
        }))
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(cells: I) -> Self {
        let mut bits = Self::default();
        cells.into_iter().filter(|at| *at < Self::MOST).for_each(|at| bits.set(at));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn lessons_of_several_cells_are_shifted_across_words() {
        let bits: Bits = [0, 63, 64, 130, 319].into_iter().collect();
        assert_eq!(bits.starts_into(2).iter().collect::<Vec<_>>(), [0, 62, 63, 64, 129, 130, 318, 319]);
        assert_eq!(bits.covered(2).iter().collect::<Vec<_>>(), [0, 1, 63, 64, 65, 130, 131, 319]);
        assert_eq!(bits.covered(70).iter().filter(|at| *at < 140).count(), 140);
        assert!(bits.minus(bits).is_empty() && bits.and(bits) == bits && bits.has(319) && !bits.has(320));
    }
}
