//! An archive as plain types: every reference is an index into the instance's own lists.
//!
//! Source: the XHSTT format of 2014 (<https://www.utwente.nl/en/eemcs/dmmp/hstt/>). Durations and positions are counted in
//! times; times are totally ordered as the file lists them.

/// What one file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    pub instances: Vec<Instance>,
    pub solutions: Vec<Solution>,
}

/// One school and everything demanded of its timetable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance {
    pub id: String,
    pub name: String,
    pub times: Vec<Named>,
    /// Days and weeks are time groups too.
    pub time_groups: Vec<TimeGroup>,
    /// Indices of the time groups that are days.
    pub days: Vec<usize>,
    /// Indices of the time groups that are weeks.
    pub weeks: Vec<usize>,
    pub resource_types: Vec<Named>,
    pub resource_groups: Vec<ResourceGroup>,
    pub resources: Vec<Resource>,
    /// Courses are event groups too.
    pub event_groups: Vec<EventGroup>,
    pub events: Vec<Event>,
    pub constraints: Vec<Constraint>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeGroup {
    pub id: String,
    pub name: String,
    /// Ascending.
    pub times: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceGroup {
    pub id: String,
    pub name: String,
    pub resource_type: usize,
    /// Ascending.
    pub resources: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub id: String,
    pub name: String,
    pub resource_type: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventGroup {
    pub id: String,
    pub name: String,
    pub course: bool,
    /// Ascending.
    pub events: Vec<usize>,
}

/// What has to take place: `duration` times, as one meet or split into several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub name: String,
    /// At least 1.
    pub duration: i64,
    pub workload: Fraction,
    /// Preassigned start; it holds for every meet of the event.
    pub time: Option<usize>,
    /// Those of the event's resource groups come last, one per member and without role.
    pub resources: Vec<EventResource>,
}

/// A place of an event that one resource fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventResource {
    /// Always there when nothing is preassigned.
    pub role: Option<String>,
    pub resource_type: usize,
    pub preassigned: Option<usize>,
    /// Workload of the whole event for whoever fills the place.
    pub workload: Fraction,
}

/// An exact number, in lowest terms; `den` is at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub num: i64,
    pub den: i64,
}

impl Fraction {
    pub const fn whole(num: i64) -> Self {
        Self { num, den: 1 }
    }
}

/// One demand, applied independently at each of its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    pub id: String,
    pub name: String,
    /// Its cost is hard (infeasibility value), else soft (objective value).
    pub required: bool,
    /// 0 to 1000.
    pub weight: i64,
    pub function: CostFunction,
    pub kind: Kind,
}

/// From the deviation of a point, or its parts, to what the weight multiplies. `Sum`, `SquareSum` and `StepSum` of older
/// archives are the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostFunction {
    /// D.
    Linear,
    /// D².
    Quadratic,
    /// 1 if D > 0.
    Step,
    /// Sum of the squares of the parts (older archives).
    SumSquares,
    /// Number of the parts above 0 (older archives).
    SumSteps,
}

/// What a constraint measures. Points of application are resolved: groups are spread out, nothing is listed twice.
/// Indices ascend within `events`, `resources`, `times` and `slots`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    AssignTime {
        events: Vec<usize>,
    },
    /// Slots have the constraint's role and are not preassigned.
    AssignResource {
        slots: Vec<Slot>,
    },
    /// Events have no preassigned time.
    PreferTimes {
        events: Vec<usize>,
        times: Vec<usize>,
        /// Only meets of exactly this duration are looked at.
        duration: Option<i64>,
    },
    /// Slots have the constraint's role and are not preassigned.
    PreferResources {
        slots: Vec<Slot>,
        resources: Vec<usize>,
    },
    SplitEvents {
        events: Vec<usize>,
        durations: Range,
        amount: Range,
    },
    DistributeSplitEvents {
        events: Vec<usize>,
        duration: i64,
        amount: Range,
    },
    /// Per event group, the slots with the constraint's role, preassigned ones too.
    AvoidSplitAssignments {
        groups: Vec<SlotGroup>,
    },
    SpreadEvents {
        event_groups: Vec<usize>,
        spread: Vec<Spread>,
    },
    LinkEvents {
        event_groups: Vec<usize>,
    },
    OrderEvents {
        pairs: Vec<EventPair>,
    },
    AvoidClashes {
        resources: Vec<usize>,
    },
    AvoidUnavailableTimes {
        resources: Vec<usize>,
        times: Vec<usize>,
    },
    LimitIdleTimes {
        resources: Vec<usize>,
        time_groups: Vec<usize>,
        range: Range,
    },
    ClusterBusyTimes {
        resources: Vec<usize>,
        time_groups: Vec<usize>,
        range: Range,
    },
    LimitBusyTimes {
        resources: Vec<usize>,
        time_groups: Vec<usize>,
        range: Range,
    },
    LimitWorkload {
        resources: Vec<usize>,
        range: Range,
    },
}

impl Kind {
    /// Name of the element in the file.
    pub fn element(&self) -> &'static str {
        match self {
            Self::AssignTime { .. } => "AssignTimeConstraint",
            Self::AssignResource { .. } => "AssignResourceConstraint",
            Self::PreferTimes { .. } => "PreferTimesConstraint",
            Self::PreferResources { .. } => "PreferResourcesConstraint",
            Self::SplitEvents { .. } => "SplitEventsConstraint",
            Self::DistributeSplitEvents { .. } => "DistributeSplitEventsConstraint",
            Self::AvoidSplitAssignments { .. } => "AvoidSplitAssignmentsConstraint",
            Self::SpreadEvents { .. } => "SpreadEventsConstraint",
            Self::LinkEvents { .. } => "LinkEventsConstraint",
            Self::OrderEvents { .. } => "OrderEventsConstraint",
            Self::AvoidClashes { .. } => "AvoidClashesConstraint",
            Self::AvoidUnavailableTimes { .. } => "AvoidUnavailableTimesConstraint",
            Self::LimitIdleTimes { .. } => "LimitIdleTimesConstraint",
            Self::ClusterBusyTimes { .. } => "ClusterBusyTimesConstraint",
            Self::LimitBusyTimes { .. } => "LimitBusyTimesConstraint",
            Self::LimitWorkload { .. } => "LimitWorkloadConstraint",
        }
    }
}

/// An event resource: place `place` of event `event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub event: usize,
    pub place: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotGroup {
    pub event_group: usize,
    pub slots: Vec<Slot>,
}

/// How many meets may start in a time group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub time_group: usize,
    pub range: Range,
}

/// The second event comes after the first, with so many times strictly between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventPair {
    pub first: usize,
    pub second: usize,
    pub separation: Range,
}

/// `min..=max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    pub min: i64,
    pub max: i64,
}

/// One timetable of an instance, complete: per event the durations of its meets sum to the event's duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Index into the archive's instances.
    pub instance: usize,
    /// Id of the solution group.
    pub group: String,
    pub description: String,
    pub meets: Vec<Meet>,
}

/// A solution event: some or all of an event's duration in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meet {
    pub event: usize,
    /// At least 1.
    pub duration: i64,
    /// Start; the meet occupies `time .. time + duration` and ends by the last time.
    pub time: Option<usize>,
    /// One per event resource of the event, preassignments filled in.
    pub resources: Vec<Option<usize>>,
}
