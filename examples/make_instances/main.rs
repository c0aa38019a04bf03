//! Builds the shipped instances from typed code:
//! `cargo run --no-default-features --example make_instances -- huayuankou`. Without a name: all of them.
//! Policies are written by hand and not touched.

mod beizhangzhuang;
mod huayuankou;
mod liqing;
mod staff;
mod tiny;
mod xian;

use lunpai::file::District;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// File under `instances/` and the district in it.
type Instance = (&'static str, fn() -> District);

const INSTANCES: &[Instance] = &[
    ("huayuankou/district.json", huayuankou::district),
    ("huayuankou/broken/research-in-lesson-time/district.json", huayuankou::research_in_lesson_time),
    ("beizhangzhuang/district.json", beizhangzhuang::district),
    ("liqing/district.json", liqing::district),
    ("liqing/year-2.json", liqing::second_year),
    ("xian/district.json", xian::district),
    ("tiny/river.json", tiny::river),
    ("tiny/hill.json", tiny::hill),
    ("tiny/town.json", tiny::town),
    ("tiny/feedback.json", tiny::feedback),
];

fn main() -> std::io::Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances");
    for (file, build) in INSTANCES {
        if wanted.is_empty() || wanted.iter().any(|name| file.starts_with(name.as_str())) {
            write(&root.join(file), &build())?;
        }
    }
    Ok(())
}

fn write(path: &PathBuf, district: &District) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let value = serde_json::to_value(district).map_err(std::io::Error::other)?;
    std::fs::write(path, one_row_per_line(&value))
}

/// JSON with one person, class or lesson per line: a difference between two versions stays readable.
fn one_row_per_line(value: &Value) -> String {
    let mut text = String::from("{");
    for (index, (key, field)) in value.as_object().into_iter().flatten().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(text, "{comma}\n  {}: ", Value::from(key.as_str()));
        rows(&mut text, field, 2);
    }
    text.push_str("\n}\n");
    text
}

fn rows(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Array(items) if items.iter().any(Value::is_object) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                let _ = write!(text, "{comma}\n{:depth$}  {item}", "");
            }
            let _ = write!(text, "\n{:depth$}]", "");
        }
        Value::Object(fields) if depth == 2 && fields.values().any(|field| field.is_array() && !fields.contains_key("zh")) => {
            text.push('{');
            for (index, (key, field)) in fields.iter().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                let _ = write!(text, "{comma}\n{:depth$}  {}: ", "", Value::from(key.as_str()));
                rows(text, field, depth + 2);
            }
            let _ = write!(text, "\n{:depth$}}}", "");
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}
