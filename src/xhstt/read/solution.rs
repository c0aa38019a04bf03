//! A solution: its meets as they are written, then completed by what the instance says.

use super::element::{Element, short};
use super::instance::wrong_type;
use super::kinds::{BEYOND, CONTRADICTION, DURATIONS, LIMIT, TWICE, UNKNOWN_REFERENCE};
use super::names::Known;
use crate::xhstt::archive::{Event, Instance, Meet, Solution};

/// Times × resources over all meets of a solution.
const MOST_CELLS: i64 = 200_000_000;

pub fn read<'d>(element: Element<'d>, group: Element<'d>, index: usize, instance: &Instance, known: &Known<'d>) -> Solution {
    element.shape(&["Events"], &["Description", "RunningTime", "Report"]);
    let mut meets = Vec::new();
    let mut given = vec![0_i64; instance.events.len()];
    let mut cells = 0_i64;
    for event in element.listed("Events", &["Event"]) {
        let Some(number) = known.events.of(event) else { continue };
        if !element.takes_room(instance.events[number].resources.len() + 1) {
            break;
        }
        let meet = read_meet(event, number, instance, known);
        given[number] = given[number].saturating_add(meet.duration);
        if given[number] > instance.events[number].duration {
            too_long(event, &instance.events[number], given[number]);
        }
        cells = cells.saturating_add(meet.duration.saturating_mul(meet.resources.len() as i64));
        meets.push(meet);
    }
    for (number, event) in instance.events.iter().enumerate().filter(|(number, event)| given[*number] < event.duration) {
        let duration = event.duration - given[number];
        let resources: Vec<_> = event.resources.iter().map(|place| place.preassigned).collect();
        ends_in_time(element, event, event.time, duration, instance);
        cells = cells.saturating_add(duration.saturating_mul(resources.len() as i64));
        if !element.takes_room(resources.len() + 1) {
            break;
        }
        meets.push(Meet { event: number, duration, time: event.time, resources });
    }
    if cells > MOST_CELLS {
        element.tell(&LIMIT, |it| it.allowed(format!("时长×资源最多 {MOST_CELLS}"), format!("durations × resources at most {MOST_CELLS}")));
    }
    let group = group.attribute("Id").unwrap_or_default().to_owned();
    Solution { instance: index, group, description: element.text_of("Description"), meets }
}

fn read_meet<'d>(element: Element<'d>, number: usize, instance: &Instance, known: &Known<'d>) -> Meet {
    element.shape(&[], &["Duration", "Time", "Resources"]);
    let event = &instance.events[number];
    let duration = element.child("Duration").map_or(event.duration, |it| it.integer(1..=1_000_000));
    let mut time = event.time;
    if let Some(reference) = element.child("Time")
        && let Some(found) = known.times.of(reference)
    {
        if let Some(wanted) = event.time.filter(|wanted| *wanted != found) {
            other_time(reference, &instance.times[wanted].id);
        }
        time = Some(found);
    }
    ends_in_time(element, event, time, duration, instance);
    let mut resources: Vec<_> = event.resources.iter().map(|place| place.preassigned).collect();
    let mut taken = vec![false; resources.len()];
    for reference in element.listed("Resources", &["Resource"]) {
        reference.shape(&[], &["Role"]);
        let Some(resource) = known.resources.of(reference) else { continue };
        let role = reference.child("Role").map(Element::text);
        let Some(place) = place_of(reference, event, role.as_deref(), resource, &taken) else { continue };
        let wanted = &event.resources[place];
        if let Some(other) = wanted.preassigned.filter(|other| *other != resource) {
            other_resource(reference, &instance.resources[other].id);
        }
        let (found, wanted) = (instance.resources[resource].resource_type, wanted.resource_type);
        if found != wanted {
            wrong_type(reference, instance, found, wanted);
        }
        taken[place] = true;
        resources[place] = Some(resource);
    }
    Meet { event: number, duration, time, resources }
}

/// The place that a resource of a solution fills: that of its role, or the one where it is preassigned.
fn place_of(element: Element<'_>, event: &Event, role: Option<&str>, resource: usize, taken: &[bool]) -> Option<usize> {
    let Some(role) = role else {
        let place = event.resources.iter().position(|place| place.preassigned == Some(resource));
        if place.is_none() {
            element.misses("Role");
        }
        return place;
    };
    let of_role = |place: &usize| event.resources[*place].role.as_deref() == Some(role);
    let places: Vec<usize> = (0..event.resources.len()).filter(of_role).collect();
    let free = || places.iter().copied().filter(|place| !taken[*place]);
    let fitting = free().find(|place| event.resources[*place].preassigned == Some(resource));
    let found = fitting.or_else(|| free().next());
    if found.is_none() {
        let role = short(role);
        if places.is_empty() {
            element.tell(&UNKNOWN_REFERENCE, |it| {
                it.found(format!("这个事件没有角色「{role}」"), format!("the event has no role \"{role}\""))
                    .allowed("实例里这个事件的角色", "a role of the event in the instance")
                    .remedy("请改正 Role", "correct the Role")
            });
        } else {
            element.tell(&TWICE, |it| it.found(format!("角色「{role}」分配了两次"), format!("the role \"{role}\" is assigned twice")));
        }
    }
    found
}

fn ends_in_time(element: Element<'_>, event: &Event, time: Option<usize>, duration: i64, instance: &Instance) {
    let Some(start) = time else { return };
    let left = (instance.times.len() - start) as i64;
    if duration > left {
        element.tell(&BEYOND, |it| {
            let (event, start) = (short(&event.id), short(&instance.times[start].id));
            it.of(&event).found(
                format!("事件 `{event}` 从 `{start}` 起 {duration} 个时段,只剩 {left} 个"),
                format!("event `{event}` takes {duration} times from `{start}` on, where {left} are left"),
            )
        });
    }
}

fn too_long(element: Element<'_>, event: &Event, given: i64) {
    let wanted = event.duration;
    element.tell(&DURATIONS, |it| {
        it.found(format!("各段之和到这里是 {given}"), format!("{given} up to here"))
            .allowed(format!("最多 {wanted}"), format!("at most {wanted}"))
    });
}

fn other_time(element: Element<'_>, wanted: &str) {
    let wanted = short(wanted);
    element.tell(&CONTRADICTION, |it| {
        it.found("与预先指定的时间不同", "another time than the preassigned one").allowed(format!("`{wanted}`"), format!("`{wanted}`"))
    });
}

fn other_resource(element: Element<'_>, wanted: &str) {
    let wanted = short(wanted);
    element.tell(&CONTRADICTION, |it| {
        it.found("与预先指定的资源不同", "another resource than the preassigned one").allowed(format!("`{wanted}`"), format!("`{wanted}`"))
    });
}
