//! The 16 kinds of constraints, with their points of application spread out.

use super::element::Element;
use super::kinds::LIMIT;
use super::names::{Ids, Known};
use crate::xhstt::archive::{Constraint, CostFunction, EventPair, Instance, Kind, Range, Slot, SlotGroup, Spread};

/// Bounds, amounts and separations.
const MOST: i64 = 1_000_000_000;
/// Looked-up times over all points of an instance's constraints.
const MOST_LOOKS: u64 = 2_000_000_000;

/// Elements that every constraint has; `Name` may be left out.
const COMMON: [&str; 4] = ["Required", "Weight", "CostFunction", "AppliesTo"];

/// Name of the element, elements of its own that it must have, those that it may have.
type Form = (&'static str, &'static [&'static str], &'static [&'static str]);

const FORMS: [Form; 16] = [
    ("AssignTimeConstraint", &[], &[]),
    ("AssignResourceConstraint", &["Role"], &[]),
    ("PreferTimesConstraint", &[], &["TimeGroups", "Times", "Duration"]),
    ("PreferResourcesConstraint", &["Role"], &["ResourceGroups", "Resources"]),
    ("SplitEventsConstraint", &["MinimumDuration", "MaximumDuration", "MinimumAmount", "MaximumAmount"], &[]),
    ("DistributeSplitEventsConstraint", &["Duration", "Minimum", "Maximum"], &[]),
    ("AvoidSplitAssignmentsConstraint", &["Role"], &[]),
    ("SpreadEventsConstraint", &["TimeGroups"], &[]),
    ("LinkEventsConstraint", &[], &[]),
    ("OrderEventsConstraint", &[], &[]),
    ("AvoidClashesConstraint", &[], &[]),
    ("AvoidUnavailableTimesConstraint", &[], &["TimeGroups", "Times"]),
    ("LimitIdleTimesConstraint", &["TimeGroups", "Minimum", "Maximum"], &[]),
    ("ClusterBusyTimesConstraint", &["TimeGroups", "Minimum", "Maximum"], &[]),
    ("LimitBusyTimesConstraint", &["TimeGroups", "Minimum", "Maximum"], &[]),
    ("LimitWorkloadConstraint", &["Minimum", "Maximum"], &[]),
];

/// Reads `Constraints` of the instance's element into the instance.
pub fn read<'d>(element: Element<'d>, instance: &mut Instance, known: &Known<'d>) {
    let names = FORMS.map(|(name, _, _)| name);
    let mut ids = Ids::new(("约束", "constraint"));
    let mut constraints = Vec::new();
    for (number, element) in element.listed("Constraints", &names).into_iter().enumerate() {
        let Some((_, own, optional)) = FORMS.iter().find(|(name, _, _)| *name == element.name()) else { continue };
        element.shape(&[&COMMON, *own].concat(), &[&["Name"], *optional].concat());
        constraints.push(Constraint {
            id: ids.add(element, number),
            name: element.text_of("Name"),
            required: element.child("Required").is_some_and(flag),
            weight: element.integer_of("Weight", 0..=1000),
            function: element.child("CostFunction").map_or(CostFunction::Linear, function),
            kind: Reading { element, instance, known }.kind(),
        });
    }
    instance.constraints = constraints;
    let looks = instance.constraints.iter().map(|constraint| looks(instance, &constraint.kind)).fold(0, u64::saturating_add);
    if looks > MOST_LOOKS {
        element.tell(&LIMIT, |it| {
            it.found(format!("约束要查看 {looks} 个时段"), format!("the constraints look at {looks} times"))
                .allowed(format!("最多 {MOST_LOOKS}"), format!("at most {MOST_LOOKS}"))
        });
    }
}

fn flag(element: Element<'_>) -> bool {
    match &*element.text() {
        "true" => true,
        "false" => false,
        other => {
            element.bad(other, "true 或 false", "true or false");
            false
        }
    }
}

fn function(element: Element<'_>) -> CostFunction {
    match &*element.text() {
        "Linear" | "Sum" => CostFunction::Linear,
        "Quadratic" | "SquareSum" => CostFunction::Quadratic,
        "Step" | "StepSum" => CostFunction::Step,
        "SumSquares" => CostFunction::SumSquares,
        "SumSteps" => CostFunction::SumSteps,
        other => {
            let known = "Linear Quadratic Step (Sum SquareSum StepSum SumSquares SumSteps)";
            element.bad(other, known, known);
            CostFunction::Linear
        }
    }
}

/// Roughly how often the evaluator looks at a time for the constraint.
fn looks(instance: &Instance, kind: &Kind) -> u64 {
    let lengths = |groups: &[usize]| groups.iter().map(|group| instance.time_groups[*group].times.len() as u64 + 1).sum::<u64>();
    let times = instance.times.len() as u64;
    let (points, each) = match kind {
        Kind::SpreadEvents { event_groups, spread } => (event_groups.len(), spread.len() as u64),
        Kind::LinkEvents { event_groups } => (event_groups.len(), times),
        Kind::AvoidClashes { resources } => (resources.len(), times),
        Kind::AvoidUnavailableTimes { resources, times } => (resources.len(), times.len() as u64),
        Kind::LimitIdleTimes { resources, time_groups, .. }
        | Kind::ClusterBusyTimes { resources, time_groups, .. }
        | Kind::LimitBusyTimes { resources, time_groups, .. } => (resources.len(), lengths(time_groups)),
        _ => (0, 0),
    };
    (points as u64).saturating_mul(each)
}

/// A constraint's element with what its references mean.
struct Reading<'r, 'd> {
    element: Element<'d>,
    instance: &'r Instance,
    known: &'r Known<'d>,
}

impl<'d> Reading<'_, 'd> {
    fn kind(&self) -> Kind {
        match self.element.name() {
            "AssignTimeConstraint" => Kind::AssignTime { events: self.events() },
            "AssignResourceConstraint" => Kind::AssignResource { slots: self.open_slots() },
            "PreferTimesConstraint" => {
                let events = self.events().into_iter().filter(|event| self.instance.events[*event].time.is_none()).collect();
                let duration = self.element.child("Duration").map(|element| element.integer(1..=MOST));
                Kind::PreferTimes { events, times: self.times(), duration }
            }
            "PreferResourcesConstraint" => {
                Kind::PreferResources { slots: self.open_slots(), resources: self.resources_in(Some(self.element)) }
            }
            "SplitEventsConstraint" => Kind::SplitEvents {
                events: self.events(),
                durations: range(self.element, "MinimumDuration", "MaximumDuration"),
                amount: range(self.element, "MinimumAmount", "MaximumAmount"),
            },
            "DistributeSplitEventsConstraint" => Kind::DistributeSplitEvents {
                events: self.events(),
                duration: self.element.integer_of("Duration", 1..=MOST),
                amount: range(self.element, "Minimum", "Maximum"),
            },
            "AvoidSplitAssignmentsConstraint" => Kind::AvoidSplitAssignments { groups: self.slot_groups() },
            "SpreadEventsConstraint" => Kind::SpreadEvents { event_groups: self.event_groups(), spread: self.spread() },
            "LinkEventsConstraint" => Kind::LinkEvents { event_groups: self.event_groups() },
            "OrderEventsConstraint" => Kind::OrderEvents { pairs: self.pairs() },
            "AvoidClashesConstraint" => Kind::AvoidClashes { resources: self.resources() },
            "AvoidUnavailableTimesConstraint" => Kind::AvoidUnavailableTimes { resources: self.resources(), times: self.times() },
            "LimitIdleTimesConstraint" => {
                Kind::LimitIdleTimes { resources: self.resources(), time_groups: self.time_groups(), range: self.range() }
            }
            "ClusterBusyTimesConstraint" => {
                Kind::ClusterBusyTimes { resources: self.resources(), time_groups: self.time_groups(), range: self.range() }
            }
            "LimitBusyTimesConstraint" => {
                Kind::LimitBusyTimes { resources: self.resources(), time_groups: self.time_groups(), range: self.range() }
            }
            _ => Kind::LimitWorkload { resources: self.resources(), range: self.range() },
        }
    }

    fn range(&self) -> Range {
        range(self.element, "Minimum", "Maximum")
    }

    /// `AppliesTo`, with nothing but these lists inside.
    fn applies_to(&self, lists: &[&str]) -> Option<Element<'d>> {
        let element = self.element.child("AppliesTo")?;
        element.shape(&[], lists);
        Some(element)
    }

    /// What a list of references names, ascending, each once.
    fn named(&self, element: Option<Element<'d>>, list: &str, items: &[&str], ids: &Ids<'d>) -> Vec<usize> {
        let listed = element.map(|element| element.listed(list, items)).unwrap_or_default();
        set(self.element, listed.into_iter().filter_map(|reference| ids.of(reference)).collect())
    }

    /// Groups spread out and single members, ascending, each once.
    fn union<'m>(&self, groups: &[usize], of_group: impl Fn(usize) -> &'m Vec<usize>, single: Vec<usize>) -> Vec<usize> {
        let mut all = single;
        for group in groups {
            let members = of_group(*group);
            if !self.element.takes_room(members.len()) {
                break;
            }
            all.extend(members);
        }
        set(self.element, all)
    }

    fn events(&self) -> Vec<usize> {
        let element = self.applies_to(&["EventGroups", "Events"]);
        let groups = self.groups_in(element);
        let single = self.named(element, "Events", &["Event"], &self.known.events);
        self.union(&groups, |group| &self.instance.event_groups[group].events, single)
    }

    fn event_groups(&self) -> Vec<usize> {
        self.groups_in(self.applies_to(&["EventGroups"]))
    }

    fn groups_in(&self, element: Option<Element<'d>>) -> Vec<usize> {
        self.named(element, "EventGroups", &["EventGroup", "Course"], &self.known.event_groups)
    }

    fn resources(&self) -> Vec<usize> {
        self.resources_in(self.applies_to(&["ResourceGroups", "Resources"]))
    }

    fn resources_in(&self, element: Option<Element<'d>>) -> Vec<usize> {
        let groups = self.named(element, "ResourceGroups", &["ResourceGroup"], &self.known.resource_groups);
        let single = self.named(element, "Resources", &["Resource"], &self.known.resources);
        self.union(&groups, |group| &self.instance.resource_groups[group].resources, single)
    }

    fn times(&self) -> Vec<usize> {
        let groups = self.named(Some(self.element), "TimeGroups", &["TimeGroup", "Day", "Week"], &self.known.time_groups);
        let single = self.named(Some(self.element), "Times", &["Time"], &self.known.times);
        self.union(&groups, |group| &self.instance.time_groups[group].times, single)
    }

    /// As listed: a group that is listed twice is measured twice.
    fn time_groups(&self) -> Vec<usize> {
        let listed = self.element.listed("TimeGroups", &["TimeGroup", "Day", "Week"]);
        listed.into_iter().filter_map(|reference| self.known.time_groups.of(reference)).collect()
    }

    fn role(&self) -> String {
        self.element.text_of("Role")
    }

    fn slots_of(&self, event: usize, role: &str) -> Vec<Slot> {
        let places = self.instance.events[event].resources.iter().enumerate();
        places.filter(|(_, place)| place.role.as_deref() == Some(role)).map(|(place, _)| Slot { event, place }).collect()
    }

    fn open_slots(&self) -> Vec<Slot> {
        let role = self.role();
        let open = |slot: &Slot| self.instance.events[slot.event].resources[slot.place].preassigned.is_none();
        self.events().into_iter().flat_map(|event| self.slots_of(event, &role)).filter(open).collect()
    }

    fn slot_groups(&self) -> Vec<SlotGroup> {
        let role = self.role();
        let mut groups = Vec::new();
        for event_group in self.event_groups() {
            let events = &self.instance.event_groups[event_group].events;
            if !self.element.takes_room(events.len()) {
                break;
            }
            let slots = events.iter().flat_map(|event| self.slots_of(*event, &role)).collect();
            groups.push(SlotGroup { event_group, slots });
        }
        groups
    }

    fn spread(&self) -> Vec<Spread> {
        let mut spread = Vec::new();
        for reference in self.element.listed("TimeGroups", &["TimeGroup", "Day", "Week"]) {
            reference.shape(&["Minimum", "Maximum"], &[]);
            let range = range(reference, "Minimum", "Maximum");
            spread.extend(self.known.time_groups.of(reference).map(|time_group| Spread { time_group, range }));
        }
        spread
    }

    fn pairs(&self) -> Vec<EventPair> {
        let Some(element) = self.applies_to(&["EventPairs"]) else { return Vec::new() };
        let mut pairs = Vec::new();
        for pair in element.listed("EventPairs", &["EventPair"]) {
            pair.shape(&["FirstEvent", "SecondEvent"], &["MinSeparation", "MaxSeparation"]);
            let event = |name| pair.child(name).and_then(|reference| self.known.events.of(reference));
            let bound = |name, otherwise| pair.child(name).map_or(otherwise, |element| element.integer(0..=MOST));
            let separation = Range { min: bound("MinSeparation", 0), max: bound("MaxSeparation", self.instance.times.len() as i64) };
            if let (Some(first), Some(second)) = (event("FirstEvent"), event("SecondEvent")) {
                pairs.push(EventPair { first, second, separation });
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn range(element: Element<'_>, min: &str, max: &str) -> Range {
    Range { min: element.integer_of(min, 0..=MOST), max: element.integer_of(max, 0..=MOST) }
}

fn set(element: Element<'_>, mut entries: Vec<usize>) -> Vec<usize> {
    element.takes_room(entries.len());
    entries.sort_unstable();
    entries.dedup();
    entries
}
