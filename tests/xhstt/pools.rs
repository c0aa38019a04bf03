//! Resources that nothing tells apart are searched as one and dealt afterwards.

use lunpai::file::Source;
use lunpai::xhstt::archive::{Instance, Meet};
use lunpai::xhstt::{Cost, Limits, Solved, evaluate, read_archive, solve};
use std::fmt::Write;

/// Classes of their own with one event of two times each, of four times; each event needs one of so many rooms. `away`: the
/// first room is not there at the first two times.
fn school(classes: usize, rooms: usize, away: bool) -> Instance {
    let mut text = "<HighSchoolTimetableArchive><Instances><Instance Id=\"Rooms\"><MetaData><Name>Rooms</Name></MetaData><Times>\
        <TimeGroups><TimeGroup Id=\"Early\"><Name>Early</Name></TimeGroup></TimeGroups>"
        .to_owned();
    for time in 0..4 {
        let group = if time < 2 { "<TimeGroups><TimeGroup Reference=\"Early\"/></TimeGroups>" } else { "" };
        let _ = write!(text, "<Time Id=\"t{time}\"><Name>t{time}</Name>{group}</Time>");
    }
    text += "</Times><Resources><ResourceTypes><ResourceType Id=\"Class\"><Name>Class</Name></ResourceType>\
        <ResourceType Id=\"Room\"><Name>Room</Name></ResourceType></ResourceTypes>\
        <ResourceGroups><ResourceGroup Id=\"Rooms\"><Name>Rooms</Name><ResourceType Reference=\"Room\"/></ResourceGroup></ResourceGroups>";
    for class in 0..classes {
        let _ = write!(text, "<Resource Id=\"c{class}\"><Name>c{class}</Name><ResourceType Reference=\"Class\"/></Resource>");
    }
    for room in 0..rooms {
        let group = "<ResourceGroups><ResourceGroup Reference=\"Rooms\"/></ResourceGroups>";
        let _ = write!(text, "<Resource Id=\"r{room}\"><Name>r{room}</Name><ResourceType Reference=\"Room\"/>{group}</Resource>");
    }
    text += "</Resources><Events><EventGroups><EventGroup Id=\"All\"><Name>All</Name></EventGroup></EventGroups>";
    for class in 0..classes {
        let _ = write!(
            text,
            "<Event Id=\"e{class}\"><Name>e{class}</Name><Duration>2</Duration><Resources><Resource Reference=\"c{class}\"/>\
             <Resource><Role>Room</Role><ResourceType Reference=\"Room\"/></Resource></Resources>\
             <EventGroups><EventGroup Reference=\"All\"/></EventGroups></Event>"
        );
    }
    let common = "<Required>true</Required><Weight>1</Weight><CostFunction>Linear</CostFunction>";
    let all = "<AppliesTo><EventGroups><EventGroup Reference=\"All\"/></EventGroups></AppliesTo>";
    let _ = write!(
        text,
        "</Events><Constraints>\
         <AssignTimeConstraint Id=\"time\"><Name>time</Name>{common}{all}</AssignTimeConstraint>\
         <AssignResourceConstraint Id=\"room\"><Name>room</Name>{common}{all}<Role>Room</Role></AssignResourceConstraint>\
         <SplitEventsConstraint Id=\"whole\"><Name>whole</Name>{common}{all}<MinimumDuration>2</MinimumDuration>\
         <MaximumDuration>2</MaximumDuration><MinimumAmount>1</MinimumAmount><MaximumAmount>1</MaximumAmount></SplitEventsConstraint>\
         <AvoidClashesConstraint Id=\"clash\"><Name>clash</Name>{common}<AppliesTo><ResourceGroups><ResourceGroup Reference=\"Rooms\"/>\
         </ResourceGroups></AppliesTo></AvoidClashesConstraint>"
    );
    if away {
        let _ = write!(
            text,
            "<AvoidUnavailableTimesConstraint Id=\"away\"><Name>away</Name>{common}<AppliesTo><Resources><Resource Reference=\"r0\"/>\
             </Resources></AppliesTo><Times/><TimeGroups><TimeGroup Reference=\"Early\"/></TimeGroups></AvoidUnavailableTimesConstraint>"
        );
    }
    text += "</Constraints></Instance></Instances></HighSchoolTimetableArchive>";
    let source = Source { name: "rooms.xml".to_owned(), bytes: text.into_bytes() };
    read_archive(&source).map_err(|problems| format!("{problems:?}")).expect("an archive").instances.remove(0)
}

fn walk(instance: &Instance) -> Solved {
    let solved = solve(instance, &Limits { time: None, moves: Some(20_000), seed: 1 }, &|| false);
    assert_eq!((solved.cost, solved.engine), (evaluate(instance, &solved.solution), solved.cost));
    solved
}

fn overlap(a: &Meet, b: &Meet) -> bool {
    let (Some(start), Some(other)) = (a.time, b.time) else { return false };
    start < other + b.duration as usize && other < start + a.duration as usize
}

#[test]
fn rooms_that_suffice_are_dealt_without_a_clash() {
    for (classes, rooms, away) in [(6, 3, false), (5, 3, true), (6, 4, true)] {
        let solved = walk(&school(classes, rooms, away));
        assert_eq!(solved.cost, Cost { hard: 0, soft: 0 }, "{classes} classes, {rooms} rooms");
        for (k, meet) in solved.solution.meets.iter().enumerate() {
            assert!(meet.resources[1].is_some());
            let met = solved.solution.meets[..k].iter().find(|other| overlap(meet, other) && other.resources[1] == meet.resources[1]);
            assert_eq!(met, None);
        }
    }
}

#[test]
fn what_rooms_do_not_suffice_for_costs_what_the_evaluator_says() {
    // Two events of two times are one too many in each half, whatever stands for them: no room, no time or a clash.
    for (classes, rooms, away, hard) in [(6, 2, false, 4), (6, 3, true, 2)] {
        assert_eq!(walk(&school(classes, rooms, away)).cost, Cost { hard, soft: 0 }, "{classes} classes, {rooms} rooms");
    }
}
