//! Sessions in documents: `console` blocks of commands and what they print.

/// A command of a session, its exit code (`# exit 4`, else 0) and the lines shown after it.
#[derive(Debug)]
pub struct Step {
    pub command: String,
    pub exit: i32,
    shown: Vec<String>,
}

pub fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").expect("a block that ends");
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                let (command, exit) = command.split_once(" # exit ").unwrap_or((command, "0"));
                steps.push(Step {
                    command: command.trim().to_owned(),
                    exit: exit.trim().parse().expect("an exit code"),
                    shown: Vec::new(),
                });
            } else {
                steps.last_mut().expect("a command first").shown.push(line.to_owned());
            }
        }
    }
    steps
}

/// Digits, signs of codes and percentages are the plan's; the words around them are ours.
pub fn masked(line: &str) -> String {
    let mut text = String::new();
    for word in line.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "-.%".contains(c))) {
        let (core, end) = word
            .char_indices()
            .last()
            .filter(|(_, c)| !(c.is_ascii_alphanumeric() || "-.%".contains(*c)))
            .map_or((word, ""), |(at, _)| word.split_at(at));
        text += if core.chars().any(|c| c.is_ascii_digit()) { "#" } else { core };
        text += end;
    }
    text
}

/// What stands before the first wide gap.
fn label(line: &str) -> &str {
    line.split("  ").next().unwrap_or_default()
}

/// Rows of the first screen whose words depend on the plan found.
const VARYING: [&str; 10] =
    ["一、交流轮岗", "二、跨校兼课", "三、课表", "请您决定", "把握", "1 exchange", "2 sharing", "3 timetable", "to decide", "how sure"];

impl Step {
    /// The first line shown that has none like it among those printed. Indented lines and `…` stand for what varies.
    pub fn missing(&self, printed: &str) -> Option<&str> {
        let lines: Vec<&str> = printed.lines().collect();
        let same = |shown: &&String| {
            if VARYING.contains(&label(shown)) {
                lines.iter().any(|line| label(line) == label(shown))
            } else {
                lines.iter().any(|line| masked(line).trim_end() == masked(shown).trim_end())
            }
        };
        let mut told = self.shown.iter().filter(|line| !line.is_empty() && !line.starts_with(' ') && *line != "…");
        told.find(|shown| !same(shown)).map(String::as_str)
    }
}
