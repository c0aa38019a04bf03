//! The district as it grows while the sheets are read, and everything that has to be said about them.

use super::book::{Book, Cell, Grid, Row, column_name, key};
use super::column::{Column, Misread, Need, Sheet};
use super::lookup::Lookup;
use super::problems::{ASSUMED, COLUMNS_UNUSED, NO_COLUMN, PERSONAL, ROWS_SKIPPED, TIDIED, TWICE};
use super::remarks::Handled;
use super::sheets::Stamp;
use super::tabs::Tabs;
use super::values::join;
use crate::file::{District, Pending, Policy, Proposal};
use crate::problem::Problem;
use std::collections::BTreeMap;

/// One row of a sheet, as data.
pub(super) struct Found<T> {
    pub row: T,
    /// `district.xlsx: 教师!A7`.
    pub at: String,
    /// The cell of the remark, where the sheet has a column of its own for it: `教师!K7`.
    pub remark: String,
}

/// Heading of remarks, and of what was made of them.
const REMARK: &str = "备注";
const HANDLED: &str = "备注处理";

pub(super) struct Draft<'a> {
    book: &'a Book,
    tabs: Tabs,
    pub district: District,
    pub policy: Policy,
    pub lookup: Lookup,
    pub problems: Vec<Problem>,
    /// School → classes in each grade, where they are only counted.
    pub grades: Vec<(String, Vec<u32>)>,
    pub stamp: Stamp,
    /// JSON path → place in the workbook.
    pub origins: BTreeMap<String, String>,
}

/// Headings of what this program must not be given.
const UNWANTED: [&str; 11] = ["身份证", "证件号", "公民身份", "手机", "电话", "联系方式", "银行", "卡号", "账号", "住址", "家庭地址"];

impl<'a> Draft<'a> {
    pub fn new(book: &'a Book, policy: Policy) -> Self {
        let mut problems = Vec::new();
        let tabs = Tabs::new(book, &mut problems);
        Self { policy, problems, ..Self::with(book, tabs, Lookup::new()) }
    }

    /// For sheets that speak of what is known already.
    pub fn with(book: &'a Book, tabs: Tabs, lookup: Lookup) -> Self {
        let district = District { schema: "lunpai.district/1".to_owned(), cycle_weeks: 1, ..District::default() };
        Self {
            book,
            tabs,
            district,
            policy: Policy::default(),
            lookup,
            problems: Vec::new(),
            grades: Vec::new(),
            stamp: Stamp::default(),
            origins: BTreeMap::new(),
        }
    }

    /// Is there a sheet of this kind, filled or not?
    pub fn has<S: Sheet>(&self) -> bool {
        self.tabs.has(S::NAME)
    }

    /// The rows of a sheet; cells not understood are told and left at their default, so that no row is lost.
    pub fn rows<S: Sheet>(&mut self) -> Vec<Found<S::Row>> {
        let Some((sheet, grid)) = self.tabs.grid(S::NAME, self.book) else { return Vec::new() };
        self.rows_of::<S>(&sheet, &grid)
    }

    /// The sheet as a list; `unfold` is asked when it has not the headings of one.
    pub fn list<S: Sheet>(&self, unfold: impl Fn(&Grid) -> Option<Grid>) -> Option<(String, Grid)> {
        let (sheet, grid) = self.tabs.grid(S::NAME, self.book)?;
        let columns = S::columns();
        let needed = |header: &Header| columns.iter().zip(&header.at).all(|(column, at)| at.is_some() || column.need == Need::No);
        let is_list = Header::find(&grid, &columns).is_some_and(|header| needed(&header));
        let unfolded = if is_list { None } else { unfold(&grid) };
        Some((sheet, unfolded.unwrap_or(grid)))
    }

    pub fn rows_of<S: Sheet>(&mut self, sheet: &str, grid: &Grid) -> Vec<Found<S::Row>> {
        let columns = S::columns();
        let Some(header) = Header::find(grid, &columns) else {
            if grid.rows.iter().any(|row| !row.is_blank()) {
                let heads: Vec<&str> = columns.iter().filter(|c| c.need != Need::No).map(|c| c.head).collect();
                self.tell(
                    NO_COLUMN
                        .at(self.place(sheet))
                        .found(format!("「{sheet}」里没有认出表头"), format!("no header was recognised in {sheet}"))
                        .allowed(format!("表头里有:{}", heads.join(" ")), format!("a header with {}", heads.join(" "))),
                );
            }
            return Vec::new();
        };
        self.judge_header(sheet, &grid.rows[header.row], &header, &columns);
        let mut tidied: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let (mut found, mut skipped, mut above) = (Vec::new(), Vec::new(), Vec::new());
        for row in &grid.rows[header.row + 1..] {
            if row.is_blank() {
                continue;
            }
            if header.repeated(row, &columns) || is_total(row) || is_note(row) {
                skipped.push(row.number.to_string());
                continue;
            }
            let row = with_ditto(row, &above);
            above.clone_from(&row.cells);
            found.push(self.item::<S>(sheet, &row, &header, &columns, &mut tidied));
        }
        self.tell_skipped(sheet, &skipped);
        for (column, examples) in tidied {
            let (head, count) = (columns[column].head, examples.len());
            let shown = examples.iter().take(3).cloned().collect::<Vec<_>>().join(";");
            let words = (format!("「{head}」改写 {count} 处,如 {shown}"), format!("{head}: {count} cells, such as {shown}"));
            self.tell(TIDIED.at(format!("{}!{}", self.place(sheet), column_name(header.at[column].unwrap_or(0)))).found(words.0, words.1));
        }
        found
    }

    fn item<S: Sheet>(
        &mut self,
        sheet: &str,
        row: &Row,
        header: &Header,
        columns: &[Column<S::Row>],
        tidied: &mut BTreeMap<usize, Vec<String>>,
    ) -> Found<S::Row> {
        let mut item = S::Row::default();
        let mut understood = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let Some(at) = header.at[index] else { continue };
            let cell = row.cell(at);
            let spare = column.need == Need::UnlessOneSchool && self.lookup.schools.ids().count() == 1;
            let read = match cell {
                Cell::Blank if column.need == Need::No || spare => continue,
                Cell::Blank => Err(Misread::empty()),
                Cell::Fault(_) => Err(Misread::wants("没有公式错误的值", "a value without an error of its formula")),
                cell => (column.read)(&mut item, cell, &self.lookup),
            };
            match read {
                Ok(()) => understood.push((index, cell)),
                Err(misread) => {
                    let place = format!("{}: {}", self.book.name, row.place(sheet, at));
                    self.problems.push(misread.at(place, column.head, cell));
                }
            }
        }
        for (index, cell) in understood {
            let written = (columns[index].write)(&item, &self.lookup).shown();
            // An id where a name would do says the same.
            if !written.is_empty() && key(&written) != key(&cell.text()) && !self.lookup.is_id(&cell.text()) {
                tidied.entry(index).or_default().push(format!("{} → {written}", cell.shown()));
            }
        }
        if let Some(at) = header.remark.filter(|at| !row.cell(*at).is_blank()) {
            let handled = header.handled.and_then(|at| Handled::parse(&row.cell(at).text()));
            if handled.unwrap_or_default() == Handled::Open {
                self.pend(&row.place(sheet, at), "", vec![Proposal::Unread]);
            }
        }
        let remark = columns.iter().position(|column| column.head == REMARK).and_then(|index| header.at[index]);
        let remark = row.place(sheet, remark.unwrap_or(0));
        Found { row: item, at: format!("{}: {}", self.book.name, row.place(sheet, 0)), remark }
    }

    fn judge_header<T>(&mut self, sheet: &str, row: &Row, header: &Header, columns: &[Column<T>]) {
        let mut unused = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            let head = cell.text();
            if UNWANTED.iter().any(|word| key(&head).contains(word)) {
                let place = format!("{}: {}", self.book.name, row.place(sheet, at));
                self.problems.push(PERSONAL.at(place).found(format!("列「{head}」不应交来"), format!("the column {head} is not wanted")));
            } else if !cell.is_blank() && !header.knows(at) && !["序号", "no", "no.", "编号序号"].contains(&key(&head).as_str()) {
                unused.push(head);
            }
        }
        if !unused.is_empty() {
            let list = unused.join("、");
            self.tell(COLUMNS_UNUSED.at(self.place(sheet)).found(format!("没有用到的列:{list}"), format!("columns not used: {list}")));
        }
        for (index, column) in columns.iter().enumerate() {
            if header.twice.contains(&index) {
                let words = (format!("有两列都像「{}」", column.head), format!("two columns look like {}", column.head));
                self.tell(TWICE.at(self.place(sheet)).found(words.0, words.1));
            }
            let spare = column.need == Need::UnlessOneSchool && self.lookup.schools.ids().count() == 1;
            if header.at[index].is_none() && column.need != Need::No && !spare {
                let also = join(column.also.iter().take(4));
                let words = (format!("「{sheet}」缺少「{}」列", column.head), format!("{sheet} has no column {}", column.head));
                let allowed = (format!("表头写「{}」,也认 {also}", column.head), format!("a heading {}, or {also}", column.head));
                self.tell(NO_COLUMN.at(self.place(sheet)).found(words.0, words.1).allowed(allowed.0, allowed.1));
            }
        }
    }

    fn tell_skipped(&mut self, sheet: &str, rows: &[String]) {
        if !rows.is_empty() {
            let list = rows.iter().take(12).cloned().collect::<Vec<_>>().join("、");
            let count = rows.len();
            self.tell(ROWS_SKIPPED.at(self.place(sheet)).found(
                format!("{count} 行没有当作数据:第 {list} 行(合计、说明或重复的表头)"),
                format!("{count} rows are not taken as data: {list} (totals, notes or repeated headers)"),
            ));
        }
    }

    pub fn tell(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
    /// A misread that concerns a whole row.
    pub fn refuse(&mut self, at: &str, head: &str, misread: Misread) {
        self.problems.push(misread.at(at.to_owned(), head, &Cell::Blank));
    }
    /// As [`Self::refuse`], unless something of the row was told already.
    pub fn refuse_once(&mut self, at: &str, head: &str, misread: Misread) {
        if !self.problems.iter().any(|problem| row_of(&problem.at) == row_of(at)) {
            self.refuse(at, head, misread);
        }
    }
    /// Says that a default stands for what was not filled in.
    pub fn assume(&mut self, sheet: &str, zh: impl Into<String>, en: impl Into<String>) {
        let problem = ASSUMED.at(self.place(sheet)).found(zh, en);
        self.problems.push(problem);
    }
    pub fn pend(&mut self, at: &str, about: &str, proposals: Vec<Proposal>) {
        self.district.pending.push(Pending { at: at.to_owned(), about: about.to_owned(), proposals });
    }
    /// Remembers where `people[3]` stands in the workbook.
    pub fn came_from(&mut self, list: &str, index: usize, at: &str) {
        self.origins.insert(format!("{list}[{index}]"), at.to_owned());
    }
    /// Remembers the sheet that holds a whole list.
    pub fn stands_at(&mut self, path: &str, sheet: &str) {
        self.origins.insert(path.to_owned(), format!("{}!A1", self.place(sheet)));
    }
    fn place(&self, sheet: &str) -> String {
        format!("{}: {sheet}", self.book.name)
    }
}

/// `district.xlsx: 教师!F7` → `district.xlsx: 教师!7`: the row of a place, whatever its column.
pub(super) fn row_of(at: &str) -> String {
    let Some((sheet, cell)) = at.rsplit_once('!') else { return at.to_owned() };
    format!("{sheet}!{}", cell.trim_start_matches(|c: char| c.is_ascii_uppercase()).split(' ').next().unwrap_or_default())
}

/// Where the headings are.
struct Header {
    row: usize,
    /// Per column of the sheet's kind: the column of the grid.
    at: Vec<Option<usize>>,
    twice: Vec<usize>,
    /// A column of remarks that is no column of the sheet's kind, and what was made of them.
    remark: Option<usize>,
    handled: Option<usize>,
}

/// Titles and signatures stand above a header; it is never far down.
const HEADER_WITHIN: usize = 20;

impl Header {
    /// The row among the first with the most known headings.
    fn find<T>(grid: &Grid, columns: &[Column<T>]) -> Option<Self> {
        let heads = grid.rows.iter().take(HEADER_WITHIN).enumerate();
        let scored = heads.map(|(index, row)| (row.cells.iter().filter(|cell| named(cell, columns).is_some()).count(), index));
        let (_, row) = scored.filter(|(score, _)| *score > 0).max_by_key(|(score, index)| (*score, std::cmp::Reverse(*index)))?;
        let mut header = Self { row, at: vec![None; columns.len()], twice: Vec::new(), remark: None, handled: None };
        let mut merged = None;
        for (at, cell) in grid.rows[row].cells.iter().enumerate() {
            let text = key(&cell.text());
            if let Some(index) = named(cell, columns) {
                match header.at[index] {
                    None => header.at[index] = Some(at),
                    // A merged heading says the same twice, side by side.
                    Some(_) if merged == Some(text.clone()) => {}
                    Some(_) => header.twice.push(index),
                }
            } else if [REMARK, "附注", "说明"].contains(&text.as_str()) {
                header.remark = Some(at);
            } else if text == HANDLED {
                header.handled = Some(at);
            }
            merged = Some(text);
        }
        Some(header)
    }

    fn knows(&self, at: usize) -> bool {
        self.at.contains(&Some(at)) || self.remark == Some(at) || self.handled == Some(at)
    }

    /// The header again, in the middle of the data.
    fn repeated<T>(&self, row: &Row, columns: &[Column<T>]) -> bool {
        let same = |(index, at): (usize, &Option<usize>)| at.is_some_and(|at| named(row.cell(at), columns) == Some(index));
        self.at.iter().enumerate().filter(|pair| same(*pair)).count() >= 2
    }
}

/// The column a heading names: in full, or without what stands in brackets.
fn named<T>(cell: &Cell, columns: &[Column<T>]) -> Option<usize> {
    let Cell::Text(text) = cell else { return None };
    let whole = key(text);
    let short = whole.split(['(', '[', '【']).next().unwrap_or_default().trim_end_matches(['*', ':', '※']).to_owned();
    let by = |wanted: &str| {
        columns
            .iter()
            .position(|column| std::iter::once(&column.head).chain(column.also).any(|name| key(name) == wanted && !wanted.is_empty()))
    };
    by(&whole).or_else(|| by(&short))
}

/// 合计, 小计 … in the first filled cell.
fn is_total(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_blank()).map(|cell| key(&cell.text())).unwrap_or_default();
    ["合计", "小计", "总计", "共计", "总数", "平均"].iter().any(|word| first.starts_with(word) || first.ends_with(word))
        || (first.starts_with('共') && first.ends_with('人'))
}

/// A line of words below the table: 注:…, 填表人:….
fn is_note(row: &Row) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_blank()).map(|cell| key(&cell.text()));
    let first = filled.next().unwrap_or_default();
    let words = ["注:", "说明:", "备注:", "填表人", "制表", "审核", "填报人", "单位盖章", "填表说明"];
    words.iter().any(|word| first.starts_with(word)) && filled.all(|text| text == first || text.contains(':') || text.contains("日期"))
}

/// 同上 says what the cell above says.
fn with_ditto(row: &Row, above: &[Cell]) -> Row {
    let mut row = row.clone();
    for (at, cell) in row.cells.iter_mut().enumerate() {
        if let Cell::Text(text) = cell
            && ["同上", "〃", "″", "\"", "''"].contains(&text.as_str())
        {
            *cell = above.get(at).cloned().unwrap_or_default();
        }
    }
    row
}
