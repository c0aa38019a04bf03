//! `SplitMix64`: a few lines, the same numbers on every machine.

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
    /// 0 … `sides` − 1 (0 when there are no sides).
    pub fn roll(&mut self, sides: u64) -> u64 {
        if sides == 0 { 0 } else { self.next() % sides }
    }
    /// `low` … `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.roll(u64::try_from(high - low + 1).unwrap_or(0)) as i64
    }
    /// True in so many of a hundred throws.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.roll(100) < chance
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }
}
