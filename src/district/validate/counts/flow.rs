//! Periods dealt to cells, as many as possible: where not all of them find one, a set of them proves it.

use std::collections::VecDeque;

/// Periods that may lie in the same cells.
#[derive(Debug, Clone)]
pub struct Group {
    pub periods: u32,
    /// Positions in the list of rooms that cells have for periods.
    pub cells: Vec<usize>,
}

/// Groups whose periods together want more than all their cells hold (Hall's condition); `None`: everything finds its place.
pub fn crowded(groups: &[Group], holds: &[u32]) -> Option<Vec<usize>> {
    let mut left = holds.to_vec();
    // Group → cell → periods of the group there.
    let mut dealt = vec![vec![0_u32; holds.len()]; groups.len()];
    for (g, group) in groups.iter().enumerate() {
        let mut open = group.periods;
        for &cell in &group.cells {
            let some = open.min(left[cell]);
            dealt[g][cell] += some;
            left[cell] -= some;
            open -= some;
        }
        while open > 0 {
            match path(groups, &left, &dealt, g) {
                Ok(steps) => {
                    shift(&mut dealt, &mut left, &steps);
                    open -= 1;
                }
                Err(reached) => return Some(pruned(groups, holds, reached)),
            }
        }
    }
    None
}

/// Moves one period from each group of the path into the cell that follows it.
fn shift(dealt: &mut [Vec<u32>], left: &mut [u32], steps: &[(usize, usize)]) {
    for (k, (group, cell)) in steps.iter().enumerate() {
        dealt[*group][*cell] += 1;
        match steps.get(k + 1) {
            Some((next, _)) => dealt[*next][*cell] -= 1,
            None => left[*cell] -= 1,
        }
    }
}

/// (group, cell it goes to) one after the other, the last cell with room; or all groups reached on the way.
fn path(groups: &[Group], left: &[u32], dealt: &[Vec<u32>], from: usize) -> Result<Vec<(usize, usize)>, Vec<usize>> {
    // Cell → the group that wants in; group → the cell it would leave.
    let mut wants: Vec<Option<usize>> = vec![None; left.len()];
    let mut leaves: Vec<Option<usize>> = vec![None; groups.len()];
    let mut seen = vec![false; groups.len()];
    let mut queue = VecDeque::from([from]);
    seen[from] = true;
    while let Some(group) = queue.pop_front() {
        for &cell in &groups[group].cells {
            if wants[cell].is_some() {
                continue;
            }
            wants[cell] = Some(group);
            if left[cell] > 0 {
                return Ok(back(&wants, &leaves, cell));
            }
            for (other, mine) in dealt.iter().enumerate() {
                if mine[cell] > 0 && !seen[other] {
                    seen[other] = true;
                    leaves[other] = Some(cell);
                    queue.push_back(other);
                }
            }
        }
    }
    Err((0..groups.len()).filter(|group| seen[*group]).collect())
}

fn back(wants: &[Option<usize>], leaves: &[Option<usize>], last: usize) -> Vec<(usize, usize)> {
    let mut steps = Vec::new();
    let mut cell = Some(last);
    while let Some((at, group)) = cell.and_then(|cell| Some((cell, wants[cell]?))) {
        steps.push((group, at));
        cell = leaves[group];
    }
    steps.reverse();
    steps
}

/// Leaves out groups without which as many periods are too many.
fn pruned(groups: &[Group], holds: &[u32], mut reached: Vec<usize>) -> Vec<usize> {
    let all = over(groups, holds, &reached);
    for group in reached.clone() {
        let fewer: Vec<usize> = reached.iter().copied().filter(|other| *other != group).collect();
        if over(groups, holds, &fewer) >= all {
            reached = fewer;
        }
    }
    reached
}

/// Σ periods − Σ what their cells hold.
fn over(groups: &[Group], holds: &[u32], some: &[usize]) -> i64 {
    let mut cells: Vec<usize> = some.iter().flat_map(|group| groups[*group].cells.iter().copied()).collect();
    cells.sort_unstable();
    cells.dedup();
    let periods: i64 = some.iter().map(|group| i64::from(groups[*group].periods)).sum();
    periods - cells.iter().map(|cell| i64::from(holds[*cell])).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::{Group, crowded, over};

    /// Every set of groups is looked at.
    fn worst(groups: &[Group], holds: &[u32]) -> i64 {
        let sets = (0..1_usize << groups.len()).map(|set| (0..groups.len()).filter(move |group| set >> group & 1 == 1).collect::<Vec<_>>());
        sets.map(|set| over(groups, holds, &set)).max().unwrap_or(0)
    }

    #[test]
    fn a_crowd_is_found_exactly_where_some_set_wants_too_much() {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        let mut both = [0, 0];
        for _ in 0..3_000 {
            let cells = 1 + next(5) as usize;
            let holds: Vec<u32> = (0..cells).map(|_| next(3)).collect();
            let count = 1 + next(5);
            let groups: Vec<Group> =
                (0..count).map(|_| Group { periods: next(3), cells: (0..cells).filter(|_| next(2) == 1).collect() }).collect();
            if let Some(set) = crowded(&groups, &holds) {
                assert!(over(&groups, &holds, &set) > 0, "{groups:?} {holds:?} {set:?}");
                both[0] += 1;
            } else {
                assert!(worst(&groups, &holds) <= 0, "{groups:?} {holds:?}");
                both[1] += 1;
            }
        }
        assert!(both.iter().all(|count| *count > 500), "{both:?}");
    }
}
