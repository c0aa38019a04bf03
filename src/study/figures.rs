//! Figures of a study, drawn from its csv files and nothing else: one SVG for each metric in which runs differ, and one for a front.

use std::collections::BTreeMap;
use std::fmt::Write;

const LEFT: f64 = 170.0;
const PANEL: f64 = 200.0;
const GAP: f64 = 24.0;
const ROW: f64 = 22.0;
const TOP: f64 = 46.0;

/// Rows as maps from heading to cell; `None` if the bytes are no table with these headings.
fn rows(csv: &[u8], needed: &[&str]) -> Option<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_reader(csv);
    let head: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    if !needed.iter().all(|name| head.iter().any(|heading| heading == name)) {
        return None;
    }
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        record.ok().map(|record| head.iter().cloned().zip(record.iter().map(str::to_owned)).collect())
    };
    reader.records().map(row).collect()
}

/// (file name, SVG) of every metric of `runs.csv` that is not the same everywhere; `None` if it is no such table.
///
/// A panel for each district, a line for each policy, a dot for each run; districts have scales of their own.
pub fn runs_figures(csv: &[u8]) -> Option<Vec<(String, String)>> {
    let rows = rows(csv, &["district", "policy", "seed", "status"])?;
    let metrics: Vec<&String> = rows.first().map_or_else(Vec::new, |row| row.keys().collect());
    let known = ["district", "policy", "seed", "status", "proved", "kept"];
    let metrics = metrics.into_iter().filter(|metric| !known.contains(&metric.as_str()));
    Some(metrics.filter_map(|metric| Some((format!("{}.svg", metric.replace('/', "_")), metric_figure(&rows, metric)?))).collect())
}

fn metric_figure(rows: &[BTreeMap<String, String>], metric: &str) -> Option<String> {
    let distinct = |key: &str| {
        let mut list: Vec<&str> = Vec::new();
        for row in rows {
            if !list.contains(&row[key].as_str()) {
                list.push(&row[key]);
            }
        }
        list
    };
    let (districts, policies) = (distinct("district"), distinct("policy"));
    let value = |row: &BTreeMap<String, String>| row.get(metric).and_then(|cell| cell.parse::<f64>().ok());
    let all: Vec<f64> = rows.iter().filter_map(value).collect();
    all.iter().any(|value| (value - all[0]).abs() > 1e-9).then_some(())?;
    let width = LEFT + districts.len() as f64 * (PANEL + GAP);
    let height = TOP + policies.len() as f64 * ROW + 40.0;
    let mut svg = begin(width, height, metric);
    for (line, policy) in policies.iter().enumerate() {
        text(&mut svg, LEFT - 10.0, TOP + (line as f64 + 0.6) * ROW, "end", policy);
    }
    for (panel, district) in districts.iter().enumerate() {
        let mine: Vec<&BTreeMap<String, String>> = rows.iter().filter(|row| row["district"] == *district).collect();
        let most = mine.iter().filter_map(|row| value(row)).fold(0.0, f64::max);
        let left = LEFT + panel as f64 * (PANEL + GAP);
        text(&mut svg, left + PANEL / 2.0, TOP - 10.0, "middle", district);
        let bottom = TOP + policies.len() as f64 * ROW;
        let _ = write!(svg, "<rect x='{left}' y='{TOP}' width='{PANEL}' height='{}' fill='none' stroke='#999'/>", bottom - TOP);
        text(&mut svg, left, bottom + 16.0, "middle", "0");
        text(&mut svg, left + PANEL, bottom + 16.0, "middle", &format!("{most}"));
        for row in mine {
            let line = policies.iter().position(|policy| *policy == row["policy"]).unwrap_or(0);
            let y = TOP + (line as f64 + 0.5) * ROW;
            match value(row) {
                Some(value) => dot(&mut svg, left + PANEL * if most > 0.0 { value / most } else { 0.0 }, y, true),
                // A run without a plan stays in the picture.
                None => text(&mut svg, left + 12.0, y + 4.0, "middle", "×"),
            }
        }
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

/// The front of `front.csv`: proved points filled, others hollow; `None` if it is no such table.
pub fn front_figure(csv: &[u8]) -> Option<String> {
    let rows = rows(csv, &["first", "second", "proved"])?;
    let number = |row: &BTreeMap<String, String>, key: &str| row[key].parse::<f64>().ok();
    let points: Vec<(f64, f64, bool)> =
        rows.iter().filter_map(|row| Some((number(row, "first")?, number(row, "second")?, row["proved"] == "true"))).collect();
    let most = |of: fn(&(f64, f64, bool)) -> f64| points.iter().map(of).fold(1.0, f64::max);
    let (wide, high) = (most(|point| point.0), most(|point| point.1));
    let size = 2.0 * PANEL;
    let mut svg = begin(LEFT + size + GAP, TOP + size + 40.0, "first · second");
    let _ = write!(svg, "<rect x='{LEFT}' y='{TOP}' width='{size}' height='{size}' fill='none' stroke='#999'/>");
    text(&mut svg, LEFT + size, TOP + size + 16.0, "middle", &format!("first {wide}"));
    text(&mut svg, LEFT - 10.0, TOP + 10.0, "end", &format!("second {high}"));
    for (first, second, proved) in points {
        dot(&mut svg, LEFT + size * first / wide, TOP + size * (1.0 - second / high), proved);
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

fn begin(width: f64, height: f64, title: &str) -> String {
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' font-family='sans-serif' font-size='12'>\
         <rect width='{width}' height='{height}' fill='white'/>"
    );
    text(&mut svg, 10.0, 20.0, "start", title);
    svg
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let safe = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = write!(svg, "<text x='{x:.1}' y='{y:.1}' text-anchor='{anchor}'>{safe}</text>");
}

fn dot(svg: &mut String, x: f64, y: f64, filled: bool) {
    let fill = if filled { "#1f5fa8" } else { "white" };
    let _ = write!(svg, "<circle cx='{x:.1}' cy='{y:.1}' r='4' fill='{fill}' stroke='#1f5fa8' fill-opacity='0.6'/>");
}

#[cfg(test)]
mod tests {
    use super::{front_figure, runs_figures};

    #[test]
    fn a_figure_has_a_dot_for_each_run_and_a_cross_for_each_failure() {
        let csv = "district,policy,seed,status,proved,moved,same\nA,p<q,0,planned,true,4,1\nA,r,0,planned,true,8,1\nB,p<q,0,planned,true,3,1\nB,r,0,impossible,false,,\n";
        let figures = runs_figures(csv.as_bytes()).expect("a table of runs");
        assert_eq!(figures.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["moved.svg"]);
        let svg = &figures[0].1;
        assert_eq!((svg.matches("<circle").count(), svg.matches('×').count()), (3, 1));
        assert!(svg.contains("p&lt;q") && svg.contains("cx='270.0'") && svg.contains("cx='370.0'"), "{svg}");
        assert_eq!(runs_figures(b"a,b\n1,2\n"), None);
    }

    #[test]
    fn proved_points_of_a_front_are_filled() {
        let csv = "limit,first,second,first_bound,second_bound,proved\n,0,8,0,8,true\n4,2,4,1,4,false\n";
        let svg = front_figure(csv.as_bytes()).expect("a front");
        assert_eq!((svg.matches("fill='#1f5fa8'").count(), svg.matches("fill='white' stroke").count()), (1, 1));
        assert_eq!(front_figure(b"x\n1\n"), None);
    }
}
