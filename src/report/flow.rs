//! The exchange as pictures: schools are boxes, whoever goes is an arrow with a number, and the table beside it says who that
//! is. Closed walks are rings, chains run downwards; walks over the same schools share a picture.

use super::moves::kind;
use super::tables::{form, person};
use crate::check::{Facts, Walk};
use crate::file::Text;
use serde::Serialize;

/// Pictures a page draws; every posting stands in the table of postings and in `walks.csv` all the same.
const PICTURES: usize = 24;

/// One picture. Lengths are in pixels, `x` and `y` of a box are its middle.
#[derive(Debug, Serialize)]
pub(super) struct Picture {
    title: Text,
    width: i64,
    height: i64,
    boxes: Vec<Station>,
    arrows: Vec<Arrow>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Station {
    x: i64,
    y: i64,
    name: Text,
    /// The words would be wider than the box: [zh, en].
    squeezed: [bool; 2],
}

/// From an edge of a box to an edge of the next, with the corners of its head and the place of its number.
#[derive(Debug, Serialize)]
struct Arrow {
    line: [i64; 4],
    head: [i64; 6],
    label: [i64; 2],
    number: String,
}

#[derive(Debug, Serialize)]
struct Row {
    number: usize,
    person: String,
    from: Text,
    to: Text,
    form: Text,
}

/// Half a box: width and height.
const HALF: (f64, f64) = (60.0, 15.0);
const TEXT: usize = 110;

/// The pictures, and how many walks have none.
pub(super) fn pictures(facts: &Facts) -> (Vec<Picture>, usize) {
    let mut ways: Vec<(Vec<String>, Vec<Walk>)> = Vec::new();
    for walk in facts.walks() {
        match ways.iter_mut().find(|(schools, _)| *schools == walk.schools) {
            Some((_, walks)) => walks.push(walk),
            None => ways.push((walk.schools.clone(), vec![walk])),
        }
    }
    let more = ways.iter().skip(PICTURES).map(|(_, walks)| walks.len()).sum();
    (ways.iter().take(PICTURES).map(|(_, walks)| picture(facts, walks)).collect(), more)
}

fn picture(facts: &Facts, walks: &[Walk]) -> Picture {
    let walk = &walks[0];
    let name = |id: &String| facts.places.school(id).map_or_else(|| Text::new(id, id), |school| facts.say_school(school));
    let names: Vec<Text> = walk.schools.iter().map(name).collect();
    let (steps, times) = (walk.people.len(), walks.len());
    let places = if walk.closed { ring(steps) } else { column(steps + 1) };
    let (width, height) = places.iter().fold((0.0_f64, 0.0_f64), |(w, h), (x, y)| (w.max(x + HALF.0), h.max(y + HALF.1)));
    let rows = (0..steps).flat_map(|step| walks.iter().filter_map(move |walk| Some((step, walk.people.get(step)?))));
    let row = |(step, id): (usize, &String)| {
        let found = facts.people.find(id);
        let posting = found.and_then(|at| facts.people.posting[at]);
        Row {
            number: step + 1,
            person: found.map_or_else(|| id.clone(), |at| person(facts, at)),
            from: names[step].clone(),
            to: names[step + 1].clone(),
            form: posting.map_or_else(Text::default, |(row, _)| form(row.form)),
        }
    };
    let label = |step: usize| if times == 1 { (step + 1).to_string() } else { format!("{}×{times}", step + 1) };
    let (zh, en) = kind(walk);
    let way = |pick: fn(&Text) -> &str| names.iter().map(pick).collect::<Vec<_>>().join(" → ");
    let people = steps * times;
    Picture {
        title: Text::new(
            format!("{zh} · {people} 人:{}", way(|name| &name.zh)),
            format!("{en}, {people} people: {}", way(|name| &name.en)),
        ),
        width: width.ceil() as i64 + 1,
        height: height.ceil() as i64 + 1,
        boxes: places.iter().zip(&names).map(|(place, name)| boxed(*place, name)).collect(),
        arrows: (0..steps)
            .map(|step| arrow(places[step], places[(step + 1) % places.len()], label(step), walk.closed && steps == 2))
            .collect(),
        rows: rows.map(row).collect(),
    }
}

fn boxed((x, y): (f64, f64), name: &Text) -> Station {
    let wide = |text: &str| super::print::width(text) * 7 > TEXT;
    Station { x: x as i64, y: y as i64, name: name.clone(), squeezed: [wide(&name.zh), wide(&name.en)] }
}

/// Two side by side, more around an ellipse, clockwise from the top.
fn ring(steps: usize) -> Vec<(f64, f64)> {
    if steps == 2 {
        return vec![(HALF.0 + 1.0, 26.0), (3.0 * HALF.0 + 70.0, 26.0)];
    }
    let (wide, high) = ((steps as f64 * 27.0).max(90.0), (steps as f64 * 20.0).max(64.0));
    let turn = |step: usize| std::f64::consts::TAU * step as f64 / steps as f64;
    (0..steps).map(|step| (wide + HALF.0 + 1.0 + wide * turn(step).sin(), high + HALF.1 + 1.0 - high * turn(step).cos())).collect()
}

fn column(boxes: usize) -> Vec<(f64, f64)> {
    (0..boxes).map(|step| (HALF.0 + 1.0, HALF.1 + 1.0 + 66.0 * step as f64)).collect()
}

/// Arrows there and back between two boxes (`beside`) keep to the right of their way.
fn arrow(from: (f64, f64), to: (f64, f64), number: String, beside: bool) -> Arrow {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let aside = if beside { 9.0 } else { 0.0 };
    let shifted = |(x, y): (f64, f64)| (x - uy * aside, y + ux * aside);
    // Where the line leaves a box: the nearer of its two edges.
    let edge = (HALF.0 / ux.abs().max(1e-9)).min(HALF.1 / uy.abs().max(1e-9));
    let (start, end) = (shifted((from.0 + ux * edge, from.1 + uy * edge)), shifted((to.0 - ux * edge, to.1 - uy * edge)));
    let back = |distance: f64, side: f64| (end.0 - ux * distance - uy * side, end.1 - uy * distance + ux * side);
    let (neck, left, right) = (back(8.0, 0.0), back(10.0, 5.0), back(10.0, -5.0));
    let round = |value: f64| value.round() as i64;
    Arrow {
        line: [start.0, start.1, neck.0, neck.1].map(round),
        head: [end.0, end.1, left.0, left.1, right.0, right.1].map(round),
        label: [f64::midpoint(start.0, neck.0), f64::midpoint(start.1, neck.1)].map(round),
        number,
    }
}

#[cfg(test)]
mod tests {
    use super::{HALF, arrow, column, ring};

    #[test]
    fn boxes_lie_apart_and_arrows_run_from_edge_to_edge() {
        for steps in 2..=12 {
            for places in [ring(steps), column(steps)] {
                for (k, a) in places.iter().enumerate() {
                    assert!(a.0 >= HALF.0 && a.1 >= HALF.1, "{steps}: inside the picture");
                    for b in &places[..k] {
                        let apart = (a.0 - b.0).abs() >= 2.0 * HALF.0 || (a.1 - b.1).abs() >= 2.0 * HALF.1;
                        assert!(apart, "{steps}: {a:?} {b:?}");
                    }
                }
            }
        }
        let down = arrow((61.0, 16.0), (61.0, 82.0), String::new(), false);
        assert_eq!((down.line, down.head[..2].to_vec()), ([61, 31, 61, 59], vec![61, 67]));
        let there = arrow((61.0, 26.0), (250.0, 26.0), String::new(), true);
        let back = arrow((250.0, 26.0), (61.0, 26.0), String::new(), true);
        assert_eq!((there.line, back.line), ([121, 35, 182, 35], [190, 17, 129, 17]), "each on its own side");
    }
}
