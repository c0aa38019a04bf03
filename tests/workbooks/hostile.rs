//! Workbooks that nobody should open carelessly: each is refused with its reason, or read without harm.

use super::described::Described;
use super::messy::BASE;
use lunpai::desk::{Desk, prefilled, read};
use lunpai::file::Source;
use lunpai::generate::standard_policy;
use lunpai::problem::Problem;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Kinds of problems these tests meet.
pub const CODES: [&str; 5] = ["E-BOOK-001", "E-BOOK-002", "E-BOOK-003", "E-BOOK-004", "E-BOOK-005"];

fn base() -> Vec<u8> {
    Described::parse(BASE).workbook().bytes
}

fn open(name: &str, bytes: Vec<u8>) -> Result<Desk, Vec<Problem>> {
    read(&Source { name: name.to_owned(), bytes }, &standard_policy())
}

/// The archive with its parts changed, and more parts at the end.
fn rebuilt(change: impl Fn(&str, Vec<u8>) -> Vec<u8>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(base())).expect("an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        out.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        out.write_all(&change(&name, bytes)).expect("written");
    }
    for (name, bytes) in more {
        out.start_file(*name, SimpleFileOptions::default()).expect("a part");
        out.write_all(bytes).expect("written");
    }
    out.finish().expect("an archive").into_inner()
}

/// One part with a piece of its text replaced.
fn with(part: &str, from: &str, to: &str) -> Vec<u8> {
    rebuilt(
        |name, bytes| {
            if name != part {
                return bytes;
            }
            let text = String::from_utf8(bytes).expect("text");
            assert!(text.contains(from), "{part} has no {from}");
            text.replacen(from, to, 1).into_bytes()
        },
        &[],
    )
}

#[test]
fn other_formats_passwords_macros_and_bombs_are_refused() {
    let compound = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], vec![0; 600].as_slice(), name.as_slice()].concat()
    };
    let unchanged = |_: &str, bytes| bytes;
    let sheet = "xl/worksheets/sheet1.xml";
    let zeros = vec![b' '; 257 << 20];
    let many: Vec<String> = (0..2_001).map(|n| format!("xl/media/{n}.bin")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("old.xls", compound("Workbook"), "E-BOOK-001"),
        ("secret.xlsx", compound("EncryptedPackage"), "E-BOOK-002"),
        ("macros.xlsm", rebuilt(unchanged, &[("xl/vbaProject.bin", b"x")]), "E-BOOK-003"),
        ("open.ods", rebuilt(unchanged, &[("content.xml", b"<x/>")]), "E-BOOK-001"),
        ("binary.xlsb", rebuilt(unchanged, &[("xl/workbook.bin", b"x")]), "E-BOOK-001"),
        ("words.xlsx", b"not a workbook".to_vec(), "E-BOOK-001"),
        ("single.csv", b"a,b".to_vec(), "E-BOOK-001"),
        ("empty.xlsx", Vec::new(), "E-FILE-003"),
        ("cut.xlsx", base()[..base().len() / 2].to_vec(), "E-BOOK-005"),
        ("bomb.xlsx", rebuilt(unchanged, &[("xl/bomb.xml", &zeros)]), "E-BOOK-004"),
        ("many.xlsx", rebuilt(unchanged, &many), "E-BOOK-004"),
        ("doctype.xlsx", with(sheet, "<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet"), "E-BOOK-005"),
        ("promise.xlsx", with("xl/sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"99999999999"), "E-BOOK-004"),
        ("far-row.xlsx", with(sheet, "</sheetData>", "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>"), "E-BOOK-004"),
        ("far-column.xlsx", with(sheet, "</sheetData>", "<row r=\"9\"><c r=\"XFD9\"><v>1</v></c></row></sheetData>"), "E-BOOK-004"),
        ("no-workbook.xlsx", rebuilt(|name, bytes| if name == "xl/workbook.xml" { Vec::new() } else { bytes }, &[]), "E-BOOK-005"),
    ];
    for (name, bytes, code) in cases {
        let problems = open(name, bytes).expect_err(name);
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [code], "{name}: {problems:#?}");
        let remedy = &problems[0].remedy;
        assert!(remedy.zh.contains(".xlsx") || remedy.zh.contains("CSV") || code != "E-BOOK-001", "{name}: {remedy:?}");
    }
}

/// Sizes that the file only claims do no harm.
#[test]
fn claims_of_size_are_not_believed() {
    let sheet = "xl/worksheets/sheet1.xml";
    let wanted = open("case.xlsx", base()).expect("the base").district;
    for (name, bytes) in [
        ("dimension", with(sheet, "<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>")),
        ("merged", with(sheet, "</sheetData>", "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"F1:XFD1048576\"/></mergeCells>")),
        ("cell without a value", with(sheet, "</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData>")),
    ] {
        let read = open("case.xlsx", bytes).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        assert_eq!(read.district, wanted, "{name}");
    }
}

/// Bytes overwritten, removed or inserted anywhere: a problem or a district, never a panic.
#[test]
fn no_bytes_make_it_panic() {
    let whole = base();
    let config = Config { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(11), ..Config::default() };
    let slip = (any::<proptest::sample::Index>(), 0..3_u8, any::<u8>());
    TestRunner::new(config)
        .run(&proptest::collection::vec(slip, 1..5), |slips| {
            let mut bytes = whole.clone();
            for (index, deed, byte) in slips {
                let at = index.index(bytes.len());
                match deed {
                    0 => bytes[at] = byte,
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, byte),
                }
            }
            let _ = open("case.xlsx", bytes);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Letters of a part overwritten, so that the archive stays sound and the parser meets the slip.
#[test]
fn no_slip_in_a_part_makes_it_panic() {
    let config = Config { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..Config::default() };
    let slips = (0..4_usize, proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6));
    TestRunner::new(config)
        .run(&slips, |(part, slips)| {
            let wanted = ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"][part];
            let bytes = rebuilt(
                |name, mut bytes| {
                    for (index, byte) in slips.iter().filter(|_| name == wanted) {
                        let at = index.index(bytes.len());
                        bytes[at] = b"<>/\"'=&; 0123456789AZaz"[usize::from(*byte) % 23];
                    }
                    bytes
                },
                &[],
            );
            let _ = open("case.xlsx", bytes);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Cells of the template replaced by text of all sorts: read or told, never a panic.
#[test]
fn no_text_in_a_cell_makes_it_panic() {
    let words = [
        "",
        "2023级",
        "99999999999999999999",
        "1985.1",
        "周八第0节",
        "(",
        ")",
        "8:99",
        "0级",
        "-",
        "三(99999999999)班",
        "😀",
        "、、、",
        "@[",
        "1@[[",
        "七(",
        "2026-02-30",
        "10:",
        "班主任99999999999",
    ];
    let base = String::from_utf8(BASE.as_bytes().to_vec()).expect("text");
    let rows = "= 班级\n学校 | 年级 | 班级 | 停课节次\n甲小学 | 1 | 1 | 无\n= 课程\n班级 | 学科 | 课次 | 教师分工\n甲小学一(1)班 | 语文 | 1 | lead:T1\n= 作息\n作息 | 开始 | 结束 | 仅星期\n小学作息 | 8:00 | 8:40 | 周一\n= 固定安排\n名称 | 类别 | 时间\n会 | 会议 | 周一 8:00-9:00\n";
    for word in words {
        let text = format!("{base}{rows}");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains('|')) {
            for column in 0..line.split('|').count() {
                let cells: Vec<&str> = line.split('|').enumerate().map(|(index, cell)| if index == column { word } else { cell }).collect();
                let changed: Vec<String> =
                    lines.iter().enumerate().map(|(index, line)| if index == at { cells.join("|") } else { (*line).to_owned() }).collect();
                let source = Described::parse(&changed.join("\n")).workbook();
                let _ = open("case.xlsx", source.bytes);
            }
        }
    }
    assert!(open("template.xlsx", prefilled().expect("the template")).is_ok());
}
