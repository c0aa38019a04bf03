//! Files that cannot be read: missing, too large, not JSON, not of our shape. Serde's English is turned into a planner's words.

use super::{Kind, Problem};
use serde_json::error::Category;

const UNREADABLE: Kind = Kind::error(
    "E-FILE-001",
    ("文件打不开", "the file cannot be read"),
    ("一个可读的文件", "a readable file"),
    ("请检查路径和权限", "check the path and its permissions"),
);
const TOO_LARGE: Kind = Kind::error(
    "E-FILE-002",
    ("文件过大", "the file is too large"),
    ("不超过限额的文件", "a file within the limit"),
    ("请确认选对了文件", "make sure this is the right file"),
);
const EMPTY: Kind = Kind::error(
    "E-FILE-003",
    ("文件是空的", "the file is empty"),
    ("一个 JSON 对象 {…}", "one JSON object {…}"),
    ("请确认选对了文件,或重新导出", "make sure this is the right file, or export it again"),
);
pub(crate) const WRONG_ENCODING: Kind = Kind::error(
    "E-FILE-004",
    ("文件不是 UTF-8 编码", "the file is not UTF-8"),
    ("UTF-8 编码的文本", "text in UTF-8"),
    ("请用编辑器把文件另存为 UTF-8", "save the file as UTF-8 in your editor"),
);
const SYNTAX: Kind = Kind::error(
    "E-JSON-001",
    ("不是合法的 JSON", "not valid JSON"),
    ("合法的 JSON:引号、逗号、括号成对", "valid JSON: quotes, commas and brackets in their places"),
    ("请改正所指的行和列", "correct the line and column named"),
);
const TRUNCATED: Kind = Kind::error(
    "E-JSON-002",
    ("文件不完整,在中途结束", "the file ends in the middle"),
    ("完整的 JSON 对象", "a whole JSON object"),
    ("请重新导出或重新传送这个文件", "export or transfer the file again"),
);
const UNKNOWN_FIELD: Kind = Kind::error(
    "E-JSON-003",
    ("不认识的字段", "unknown field"),
    ("`lunpai schema` 列出的字段", "the fields that `lunpai schema` lists"),
    ("请改正或删掉这个字段", "correct the name of the field or remove it"),
);
const MISSING_FIELD: Kind = Kind::error(
    "E-JSON-004",
    ("缺少必填字段", "a required field is missing"),
    ("必填字段都写出来", "every required field"),
    ("请补上这个字段", "add the field"),
);
const UNKNOWN_VARIANT: Kind = Kind::error(
    "E-JSON-005",
    ("不在允许范围内的取值", "a value that is not on the list"),
    ("`lunpai schema` 列出的取值", "the values that `lunpai schema` lists"),
    ("请改成列出的取值之一", "use one of the values listed"),
);
const WRONG_TYPE: Kind = Kind::error(
    "E-JSON-006",
    ("类型或取值不对", "wrong type or value"),
    ("`lunpai schema` 规定的类型和范围", "the type and range that `lunpai schema` gives"),
    ("请改正这个值", "correct the value"),
);
const WRONG_SCHEMA: Kind = Kind::error(
    "E-JSON-007",
    ("文件种类不对", "a file of another kind"),
    ("`schema` 写明这种文件的名称和版本", "`schema` names this kind of file and its version"),
    ("请确认选对了文件,或改正 schema", "make sure this is the right file, or correct its schema"),
);
const DUPLICATE_KEY: Kind = Kind::error(
    "E-JSON-008",
    ("同一对象里字段重复", "a key is given twice in one object"),
    ("每个字段只写一次", "each key once"),
    ("请删掉多余的一处:写两次时无法知道哪个是对的", "remove one of the two: nobody can know which one is meant"),
);
const TOO_DEEP: Kind = Kind::error(
    "E-JSON-009",
    ("括号嵌套太深", "brackets nested too deeply"),
    ("不超过 127 层", "at most 127 levels"),
    ("请确认选对了文件", "make sure this is the right file"),
);
const TRAILING: Kind = Kind::error(
    "E-JSON-010",
    ("JSON 结束后还有多余内容", "something follows the end of the JSON"),
    ("一个 JSON 对象,后面只能有空白", "one JSON object and nothing but white space after it"),
    ("请删掉结尾多余的内容", "remove what follows the last bracket"),
);
const NO_NUMBER: Kind = Kind::error(
    "E-JSON-011",
    ("不是可用的数", "not a usable number"),
    ("整数;不能是 NaN、Infinity 或超大的数", "a whole number; no NaN, Infinity or number too large to hold"),
    ("请改成实际的整数", "write the actual whole number"),
);

/// Kinds of problems met before a file has a meaning.
pub const READING: &[&Kind] = &[
    &UNREADABLE,
    &TOO_LARGE,
    &EMPTY,
    &WRONG_ENCODING,
    &SYNTAX,
    &TRUNCATED,
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &UNKNOWN_VARIANT,
    &WRONG_TYPE,
    &WRONG_SCHEMA,
    &DUPLICATE_KEY,
    &TOO_DEEP,
    &TRAILING,
    &NO_NUMBER,
];

impl Problem {
    pub fn unreadable(file: &str, error: &str) -> Self {
        UNREADABLE.at(file).found(format!("文件打不开:{error}"), format!("the file cannot be read: {error}"))
    }
    pub fn too_large(file: &str, limit: usize) -> Self {
        TOO_LARGE.at(file).allowed(format!("不超过 {limit} 字节"), format!("at most {limit} bytes"))
    }
    pub fn empty(file: &str) -> Self {
        EMPTY.at(file)
    }
    pub fn schema(file: &str, found: &str, wanted: &str) -> Self {
        WRONG_SCHEMA
            .at(format!("{file}: schema"))
            .found(format!("schema 是 `{found}`"), format!("schema is `{found}`"))
            .allowed(format!("`{wanted}`"), format!("`{wanted}`"))
    }

    /// What serde refused, in a planner's words. `bytes` is the document, to tell a `NaN` from other slips.
    pub fn json(file: &str, bytes: &[u8], path: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let whole = error.to_string();
        let words = whole.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&whole);
        let kind = kind(words, error.classify(), bytes, line, column);
        let at = if path.is_empty() || path == "." { format!("{file}: line {line}") } else { format!("{file}: {path}") };
        let (zh, en) = found(kind, words);
        let mut problem = kind.at(at).found(format!("{zh}(第 {line} 行第 {column} 列)"), format!("{en} (line {line} column {column})"));
        let names = quoted(words);
        if let [wrong, known @ ..] = names.as_slice()
            && (*kind == UNKNOWN_FIELD || *kind == UNKNOWN_VARIANT)
        {
            let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
            if !known.is_empty() {
                problem = problem.allowed(list.clone(), list);
            }
            if let Some(near) = nearest(wrong, known.iter().copied()) {
                problem =
                    problem.remedy(format!("是不是想写 `{near}`?请改正或删掉"), format!("did you mean `{near}`? correct or remove it"));
            }
        } else if *kind == MISSING_FIELD
            && let Some(name) = names.first()
        {
            problem = problem.remedy(format!("请补上 `{name}`"), format!("add `{name}`"));
        }
        problem
    }
}

fn kind(words: &str, category: Category, bytes: &[u8], line: usize, column: usize) -> &'static Kind {
    match category {
        Category::Eof => &TRUNCATED,
        Category::Syntax | Category::Io if words.starts_with("recursion limit") => &TOO_DEEP,
        Category::Syntax | Category::Io if words.starts_with("trailing characters") => &TRAILING,
        Category::Syntax | Category::Io if words.starts_with("number out of range") || not_finite(bytes, line, column) => &NO_NUMBER,
        Category::Syntax | Category::Io => &SYNTAX,
        Category::Data if words.starts_with("unknown field") => &UNKNOWN_FIELD,
        Category::Data if words.starts_with("missing field") => &MISSING_FIELD,
        Category::Data if words.starts_with("duplicate field") => &DUPLICATE_KEY,
        Category::Data if words.starts_with("unknown variant") => &UNKNOWN_VARIANT,
        Category::Data => &WRONG_TYPE,
    }
}

/// Does the document write NaN or Infinity where serde stopped? Serde only says that it expected a value.
fn not_finite(bytes: &[u8], line: usize, column: usize) -> bool {
    let Some(text) = bytes.split(|byte| *byte == b'\n').nth(line.saturating_sub(1)) else { return false };
    let from = column.saturating_sub(2).min(text.len());
    let rest = text[from..].strip_prefix(b"-").unwrap_or(&text[from..]);
    [&b"NaN"[..], b"Infinity", b"nan", b"inf"]
        .iter()
        .any(|word| rest.starts_with(word) || rest.get(1..).is_some_and(|r| r.starts_with(word)))
}

fn found(kind: &Kind, words: &str) -> (String, String) {
    let name = quoted(words).first().map(|name| format!(" `{name}`")).unwrap_or_default();
    let en = if kind.severity == super::Severity::Error && words.is_empty() { kind.title.1.to_owned() } else { words.to_owned() };
    let zh = match kind.code {
        "E-JSON-003" | "E-JSON-004" | "E-JSON-005" | "E-JSON-008" => format!("{}{name}", kind.title.0),
        "E-JSON-006" => wrong_type(words),
        "E-JSON-001" => format!("{}:{words}", kind.title.0),
        _ => kind.title.0.to_owned(),
    };
    // The known names stand in `allowed`; repeating them here would bury the message.
    let en = en.split(", expected one of ").next().map(str::to_owned).filter(|_| kind.code != "E-JSON-006").unwrap_or(en);
    (zh, en)
}

/// ``invalid type: string "x", expected u8`` in Chinese.
fn wrong_type(words: &str) -> String {
    let Some((found, expected)) = words.strip_prefix("invalid ").and_then(|rest| rest.split_once(", expected ")) else {
        return format!("{}:{words}", WRONG_TYPE.title.0);
    };
    let found = found.split_once(": ").map_or(found, |(_, found)| found);
    let (sort, value) = found.split_once(' ').unwrap_or((found, ""));
    let sort = match sort {
        "length" => "列表,项数为",
        "string" => "文字",
        "integer" => "整数",
        "floating" => "小数",
        "boolean" => "真假值",
        "null" => "空值 null",
        "sequence" => "列表 […]",
        "map" => "对象 {…}",
        other => other,
    };
    let value = value.strip_prefix("point ").unwrap_or(value);
    let wanted = match expected {
        "u8" => "0 到 255 的整数",
        "u16" => "0 到 65535 的整数",
        "u32" => "0 到 4294967295 的整数(不能是负数或小数)",
        "i64" => "整数",
        "a string" | "string" => "文字(写在双引号里)",
        "a boolean" => "true 或 false",
        "a sequence" => "列表 […]",
        "a map" => "对象 {…}",
        other if other.starts_with("struct ") => "对象 {…}",
        other if other.starts_with("a tuple") => "成对的两个整数 [东, 北]",
        other => other,
    };
    format!("这里写的是{sort} {value},应为{wanted}")
}

/// The names in back quotes: ``unknown field `a`, expected one of `b`, `c` ``.
fn quoted(words: &str) -> Vec<&str> {
    words.split('`').skip(1).step_by(2).collect()
}

/// The known name nearest to a wrong one, if it is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let far = match wrong.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    known
        .filter(|name| name.len().abs_diff(wrong.len()) <= 3 * far)
        .map(|name| (strsim::osa_distance(wrong, name), name))
        .min()
        .filter(|(distance, name)| *distance <= far && *distance < name.chars().count())
        .map(|(_, name)| name)
}
