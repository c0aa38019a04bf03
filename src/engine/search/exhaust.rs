//! Few plans: where there are not many in all, every one is tried, and the best of them is known to be the best.

use super::super::problem::ItemId;
use super::super::seats::Seating;
use super::Search;

/// Plans up to which all are tried: three lessons or a handful, done in milliseconds.
const FEW_PLANS: usize = 1 << 15;

impl Search<'_> {
    /// Tries every plan there is if these are few, else none; says whether it did. Only where each item alone decides where it is: wholes,
    /// ties and who sits with whom are kept by the moves, and so is the kind of an item's value.
    pub(super) fn exhaust(&mut self) -> bool {
        let seats = self.seats;
        if !(seats.wholes.is_empty() && seats.keys.is_empty() && seats.ties.is_empty()) {
            return false;
        }
        let problem = self.state.problem;
        let items = &problem.items;
        let open: Vec<ItemId> = (0..items.len() as ItemId).filter(|item| !items[*item as usize].domain.is_fixed()).collect();
        let values: Vec<Vec<i32>> = open.iter().map(|item| items[*item as usize].domain.values().collect()).collect();
        let free = |(item, values): (&ItemId, &Vec<i32>)| {
            let kind = self.seating.shape(*item).map(|shape| shape.kind(self.state.value(*item)));
            kind.is_some_and(|(first, end)| values.iter().all(|value| (first..end).contains(value)))
        };
        let most = values.iter().try_fold(1_usize, |all, values| all.checked_mul(values.len()).filter(|all| *all <= FEW_PLANS));
        if most.is_none() || open.is_empty() || !open.iter().zip(&values).all(free) {
            return false;
        }
        // An odometer: place k turns once for every full round of the places before it.
        let mut at = vec![0; open.len()];
        for (item, values) in open.iter().zip(&values) {
            self.state.set(*item, values[0]);
        }
        loop {
            if self.best.is_beaten_by(&self.state) {
                self.best.take(&self.state);
            }
            let next = (0..open.len()).find(|k| at[*k] + 1 < values[*k].len());
            let Some(next) = next.filter(|_| self.best.score.iter().any(|level| *level > 0)) else { break };
            for k in 0..next {
                at[k] = 0;
                self.state.set(open[k], values[k][0]);
            }
            at[next] += 1;
            self.state.set(open[next], values[next][at[next]]);
        }
        self.seating = Seating::new(self.seats, self.state.values());
        true
    }
}
