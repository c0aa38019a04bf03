//! Rooms dealt for the confrontation.

use super::dice::Dice;
use lunpai::district::World;
use lunpai::file::Lesson as Row;

/// As the timetable's own dealing does.
pub fn deal(world: &World, rows: &mut [Row], _dice: &mut Dice) {
    lunpai::stages::deal_rooms(world, rows);
}
