//! Times, resources and events of an instance.

use super::constraints;
use super::element::{Element, short};
use super::kinds::{CONTRADICTION, LIMIT, TWICE};
use super::names::{Known, memberships};
use crate::xhstt::archive::{Event, EventGroup, EventResource, Fraction, Instance, Kind, Named, Resource, ResourceGroup, TimeGroup};
use std::collections::BTreeMap;

/// Times of one instance.
const MOST_TIMES: usize = 10_000;
/// Resources × times of one instance.
const MOST_CELLS: usize = 50_000_000;
/// Event resources of one event.
const MOST_PLACES: usize = 10_000;
/// An event's duration in times, and a workload.
const MOST: i64 = 1_000_000;
/// Decimals of a workload.
const DECIMALS: usize = 6;
/// Least common denominator of all workloads per time.
const FINEST: i128 = 1_000_000_000_000;

pub fn read(element: Element<'_>) -> (Instance, Known<'_>) {
    element.shape(&["Times", "Resources", "Events", "Constraints"], &["MetaData"]);
    let name = element.child("MetaData").map(|meta| meta.text_of("Name")).unwrap_or_default();
    let id = element.attribute("Id").unwrap_or_default().to_owned();
    let mut instance = Instance { id, name, ..Instance::default() };
    let mut known = Known::new();
    if let Some(times) = element.child("Times") {
        read_times(times, &mut instance, &mut known);
    }
    if let Some(resources) = element.child("Resources") {
        read_resources(resources, &mut instance, &mut known);
    }
    let cells = instance.times.len().saturating_mul(instance.resources.len());
    if instance.times.len() > MOST_TIMES || cells > MOST_CELLS {
        element.tell(&LIMIT, |problem| {
            let (times, resources) = (instance.times.len(), instance.resources.len());
            problem.found(format!("{times} 个时段,{resources} 个资源"), format!("{times} times, {resources} resources")).allowed(
                format!("最多 {MOST_TIMES} 个时段,时段×资源最多 {MOST_CELLS}"),
                format!("at most {MOST_TIMES} times, and times × resources at most {MOST_CELLS}"),
            )
        });
        return (instance, known);
    }
    if let Some(events) = element.child("Events") {
        read_events(events, &mut instance, &mut known);
    }
    constraints::read(element, &mut instance, &known);
    if instance.constraints.iter().any(|constraint| matches!(constraint.kind, Kind::LimitWorkload { .. })) && !fine(&instance) {
        element.tell(&LIMIT, |problem| {
            problem
                .found("工作量与时长之比的公分母太大", "the common denominator of workloads per time is too large")
                .allowed(format!("不超过 {FINEST}"), format!("at most {FINEST}"))
        });
    }
    (instance, known)
}

fn read_times<'d>(element: Element<'d>, instance: &mut Instance, known: &mut Known<'d>) {
    for group in element.listed("TimeGroups", &["Week", "Day", "TimeGroup"]) {
        group.shape(&[], &["Name"]);
        let index = instance.time_groups.len();
        match group.name() {
            "Day" => instance.days.push(index),
            "Week" => instance.weeks.push(index),
            _ => {}
        }
        let id = known.time_groups.add(group, index);
        instance.time_groups.push(TimeGroup { id, name: group.text_of("Name"), times: Vec::new() });
    }
    for time in members(element, &["TimeGroups"], "Time") {
        time.shape(&[], &["Name", "Week", "Day", "TimeGroups"]);
        let index = instance.times.len();
        let id = known.times.add(time, index);
        instance.times.push(Named { id, name: time.text_of("Name") });
        for group in memberships(time, &["Week", "Day"], "TimeGroups", &known.time_groups) {
            instance.time_groups[group].times.push(index);
        }
    }
}

fn read_resources<'d>(element: Element<'d>, instance: &mut Instance, known: &mut Known<'d>) {
    for sort in element.listed("ResourceTypes", &["ResourceType"]) {
        sort.shape(&[], &["Name"]);
        let id = known.resource_types.add(sort, instance.resource_types.len());
        instance.resource_types.push(Named { id, name: sort.text_of("Name") });
    }
    let type_of = |element: Element<'d>, known: &Known<'d>, optional: &[&str]| {
        element.shape(&["ResourceType"], optional);
        element.child("ResourceType").and_then(|reference| known.resource_types.of(reference)).unwrap_or(0)
    };
    for group in element.listed("ResourceGroups", &["ResourceGroup"]) {
        let resource_type = type_of(group, known, &["Name"]);
        let id = known.resource_groups.add(group, instance.resource_groups.len());
        instance.resource_groups.push(ResourceGroup { id, name: group.text_of("Name"), resource_type, resources: Vec::new() });
    }
    for resource in members(element, &["ResourceTypes", "ResourceGroups"], "Resource") {
        let resource_type = type_of(resource, known, &["Name", "ResourceGroups"]);
        let index = instance.resources.len();
        let id = known.resources.add(resource, index);
        instance.resources.push(Resource { id, name: resource.text_of("Name"), resource_type });
        for group in memberships(resource, &[], "ResourceGroups", &known.resource_groups) {
            instance.resource_groups[group].resources.push(index);
        }
    }
}

/// The children of this name beside the lists; what else there is, and a list given twice, is noted.
fn members<'d>(element: Element<'d>, lists: &[&str], name: &str) -> Vec<Element<'d>> {
    element.frame();
    let (found, others): (Vec<_>, Vec<_>) = element.children().partition(|child| child.name() == name);
    let mut seen: Vec<&str> = Vec::new();
    for other in others {
        if !lists.contains(&other.name()) {
            other.is_called(name);
        } else if seen.contains(&other.name()) {
            other.repeated();
        } else {
            seen.push(other.name());
        }
    }
    found
}

fn read_events<'d>(element: Element<'d>, instance: &mut Instance, known: &mut Known<'d>) {
    for group in element.listed("EventGroups", &["Course", "EventGroup"]) {
        group.shape(&[], &["Name"]);
        let id = known.event_groups.add(group, instance.event_groups.len());
        let course = group.name() == "Course";
        instance.event_groups.push(EventGroup { id, name: group.text_of("Name"), course, events: Vec::new() });
    }
    for event in members(element, &["EventGroups"], "Event") {
        let index = instance.events.len();
        let id = known.events.add(event, index);
        event.shape(&["Duration"], &["Name", "Workload", "Course", "Time", "Resources", "ResourceGroups", "EventGroups"]);
        let duration = event.integer_of("Duration", 1..=MOST);
        let workload = event.child("Workload").map_or(Fraction::whole(duration), fraction);
        let time = event.child("Time").and_then(|reference| known.times.of(reference));
        let resources = event_resources(event, workload, instance, known);
        for group in memberships(event, &["Course"], "EventGroups", &known.event_groups) {
            instance.event_groups[group].events.push(index);
        }
        instance.events.push(Event { id, name: event.text_of("Name"), duration, workload, time, resources });
    }
}

fn event_resources<'d>(event: Element<'d>, workload: Fraction, instance: &Instance, known: &Known<'d>) -> Vec<EventResource> {
    let mut places: Vec<EventResource> = Vec::new();
    // Role → is one of its places open?
    let mut roles = BTreeMap::new();
    for element in event.listed("Resources", &["Resource"]) {
        element.shape(&[], &["Role", "ResourceType", "Workload"]);
        let preassigned = element.has("Reference").then(|| known.resources.of(element));
        let named = element.child("ResourceType").and_then(|reference| known.resource_types.of(reference));
        let role = element.child("Role").map(|role| role.text().into_owned());
        let preassigned = match preassigned {
            Some(None) => continue,
            Some(Some(resource)) => Some(resource),
            None => {
                let needed = ["Role", "ResourceType"];
                needed.into_iter().filter(|name| element.child(name).is_none()).for_each(|name| element.misses(name));
                None
            }
        };
        let own = preassigned.map(|resource| instance.resources[resource].resource_type);
        if let (Some(own), Some(named)) = (own, named)
            && own != named
        {
            wrong_type(element, instance, own, named);
        }
        let open = preassigned.is_none();
        if let Some(role) = &role {
            // Two open places of one role could not be told apart in a solution.
            let before = roles.insert(role.clone(), open);
            if before.is_some_and(|before| before || open) {
                let role = short(role);
                element.tell(&TWICE, |it| it.found(format!("角色「{role}」重复"), format!("the role \"{role}\" is given twice")));
            }
        }
        let workload = element.child("Workload").map_or(workload, fraction);
        places.push(EventResource { role, resource_type: own.or(named).unwrap_or(0), preassigned, workload });
    }
    for element in event.listed("ResourceGroups", &["ResourceGroup"]) {
        let Some(group) = known.resource_groups.of(element).map(|group| &instance.resource_groups[group]) else { continue };
        if element.takes_room(group.resources.len()) {
            let members = group.resources.iter().map(|resource| EventResource {
                role: None,
                resource_type: instance.resources[*resource].resource_type,
                preassigned: Some(*resource),
                workload,
            });
            places.extend(members);
        }
    }
    if places.len() > MOST_PLACES {
        let count = places.len();
        event.tell(&LIMIT, |it| {
            it.found(format!("{count} 个资源"), format!("{count} resources"))
                .allowed(format!("一个事件最多 {MOST_PLACES} 个"), format!("at most {MOST_PLACES} in one event"))
        });
        places.truncate(MOST_PLACES);
    }
    places
}

/// Notes that a resource is of another type than the place.
pub fn wrong_type(element: Element<'_>, instance: &Instance, found: usize, wanted: usize) {
    let name = |sort: usize| instance.resource_types.get(sort).map(|sort| short(&sort.id)).unwrap_or_default();
    let (found, wanted) = (name(found), name(wanted));
    element.tell(&CONTRADICTION, |it| {
        it.found(format!("资源类型是 `{found}`"), format!("a resource of type `{found}`"))
            .allowed(format!("类型 `{wanted}`"), format!("type `{wanted}`"))
    });
}

/// A decimal number as an exact fraction.
fn fraction(element: Element<'_>) -> Fraction {
    let text = element.text();
    decimal(&text).unwrap_or_else(|| {
        let zh = format!("0…{MOST} 的数,最多 {DECIMALS} 位小数");
        element.bad(&text, &zh, &format!("a number from 0 to {MOST} with at most {DECIMALS} decimals"));
        Fraction::whole(0)
    })
}

fn decimal(text: &str) -> Option<Fraction> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || decimals.len() > DECIMALS || !digits(whole) || !digits(decimals) {
        return None;
    }
    let mut fraction = Fraction { num: format!("{whole}{decimals}").parse().ok()?, den: 10_i64.pow(decimals.len() as u32) };
    for factor in [2, 5] {
        while fraction.num % factor == 0 && fraction.den % factor == 0 {
            fraction = Fraction { num: fraction.num / factor, den: fraction.den / factor };
        }
    }
    (fraction.num <= MOST.checked_mul(fraction.den)?).then_some(fraction)
}

/// Can all workloads per time be held over one denominator?
fn fine(instance: &Instance) -> bool {
    let mut common = 1_i128;
    for event in &instance.events {
        for place in &event.resources {
            let den = i128::from(place.workload.den) * i128::from(event.duration);
            let den = den / gcd(i128::from(place.workload.num), den);
            common = common / gcd(common, den) * den;
            if common > FINEST {
                return false;
            }
        }
    }
    true
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
