//! Resources that no constraint tells apart, such as ordinary rooms: the search counts how many of them are in use, and who gets
//! which is dealt when the times stand.

use crate::xhstt::archive::{CostFunction, Instance, Kind, Solution};
use std::collections::{BTreeMap, BTreeSet};

/// Who stands for whom. Meets cover times in a row, so a pool of n that is never asked for more than n can always be dealt.
pub(in crate::xhstt) struct Pools {
    /// Resource → the first of those like it; itself when it is like nobody.
    first: Vec<usize>,
    /// First → all of its pool, ascending.
    members: BTreeMap<usize, Vec<usize>>,
}

impl Pools {
    /// Everybody stands for themselves.
    pub(super) fn none(instance: &Instance) -> Self {
        Self { first: (0..instance.resources.len()).collect(), members: BTreeMap::new() }
    }

    /// Those are alike who attend nothing for certain, whom every list of preferred resources and of clashes names together or
    /// not at all, and whom nothing else asks for; `fits` says who may fill which (event, place).
    pub(super) fn of(instance: &Instance, fits: &BTreeMap<(usize, usize), Vec<usize>>) -> Self {
        let preassigned = instance.events.iter().flat_map(|event| event.resources.iter().filter_map(|slot| slot.preassigned));
        let mut told_apart: BTreeSet<usize> = preassigned.collect();
        let mut named: Vec<Vec<usize>> = vec![Vec::new(); instance.resources.len()];
        for (c, constraint) in instance.constraints.iter().enumerate().filter(|(_, constraint)| constraint.weight > 0) {
            match &constraint.kind {
                // Σ over those alike of what is beyond one each is what is beyond all of them: in a sum, not in squares or steps.
                Kind::AvoidClashes { resources } if constraint.function != CostFunction::Linear => told_apart.extend(resources),
                Kind::AvoidClashes { resources } | Kind::PreferResources { resources, .. } => {
                    for resource in resources {
                        named[*resource].push(c);
                    }
                }
                Kind::AvoidUnavailableTimes { resources, .. }
                | Kind::LimitIdleTimes { resources, .. }
                | Kind::ClusterBusyTimes { resources, .. }
                | Kind::LimitBusyTimes { resources, .. }
                | Kind::LimitWorkload { resources, .. } => told_apart.extend(resources),
                Kind::AvoidSplitAssignments { groups } => {
                    let slots = groups.iter().flat_map(|group| &group.slots);
                    told_apart.extend(slots.filter_map(|slot| fits.get(&(slot.event, slot.place))).flatten());
                }
                _ => {}
            }
        }
        let mut alike: BTreeMap<(usize, &[usize]), Vec<usize>> = BTreeMap::new();
        for resource in (0..instance.resources.len()).filter(|resource| !told_apart.contains(resource)) {
            alike.entry((instance.resources[resource].resource_type, &named[resource])).or_default().push(resource);
        }
        let mut pools = Self::none(instance);
        for members in alike.into_values().filter(|members| members.len() > 1) {
            for member in &members {
                pools.first[*member] = members[0];
            }
            pools.members.insert(members[0], members);
        }
        pools
    }

    /// Whether the resource stands for itself, and maybe for others.
    pub(super) fn stands(&self, resource: usize) -> bool {
        self.first[resource] == resource
    }
    /// How many it stands for.
    pub(super) fn size(&self, resource: usize) -> usize {
        self.members.get(&resource).map_or(1, Vec::len)
    }

    /// Each use of a pool gets one of it: by start, one that is free, else the one that is free first.
    pub(super) fn deal(&self, solution: &mut Solution) {
        for (first, members) in &self.members {
            let mut uses: Vec<(usize, usize)> = Vec::new();
            for (m, meet) in solution.meets.iter().enumerate() {
                uses.extend((0..meet.resources.len()).filter(|place| meet.resources[*place] == Some(*first)).map(|place| (m, place)));
            }
            uses.sort_by_key(|(m, place)| (solution.meets[*m].time, *m, *place));
            let mut free_from = vec![0; members.len()];
            let mut there: Vec<usize> = Vec::new();
            for (k, (m, place)) in uses.iter().enumerate() {
                if k == 0 || uses[k - 1].0 != *m {
                    there.clear();
                }
                let meet = &mut solution.meets[*m];
                // Nobody fills two places of one meet.
                let Some(dealt) = (0..members.len()).filter(|n| !there.contains(n)).min_by_key(|n| free_from[*n]) else { continue };
                there.push(dealt);
                meet.resources[*place] = Some(members[dealt]);
                if let Some(time) = meet.time {
                    free_from[dealt] = free_from[dealt].max(time + meet.duration as usize);
                }
            }
        }
    }
}
