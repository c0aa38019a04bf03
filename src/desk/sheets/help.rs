//! 说明: how to fill the workbook, in both languages; written, never read.

use super::super::column::{Head, Offer, Page, Value};

const TEXTS: [(&str, &str); 11] = [
    (
        "最少只要三步:①「学校」填校名、学段、各年级班数;②「教师」填姓名(或编号)、编制校、任教学科;③ 多校时「路程」填分钟。其余都有默认值。",
        "Three steps are enough: 1. 学校: name, stage, classes per grade; 2. 教师: name or id, school, subjects; 3. with several schools 路程: minutes. Everything else has a default.",
    ),
    (
        "必填的列表头为深色;鼠标停在表头上看写法和默认值。列的次序可变,可以多出别的列,表名和表头可以略有出入。",
        "Headings of needed columns are dark; hover over a heading for what to write and the default. Columns may be in any order; extra columns do no harm.",
    ),
    (
        "没有的表按默认处理:学科用国家课程 19 门,作息用小学 6 节×40 分钟、初中 7 节×45 分钟,课时用国家课程默认课时,规则用标准办法。",
        "Sheets that are missing are defaults: 19 subjects, bells of 6 × 40 (primary) and 7 × 45 minutes (junior), national hours, the standard policy.",
    ),
    (
        "备注:软件不自动采用,也不丢掉;会列为“待确认”并提出建议。确认后在「备注处理」选 采用建议、已登记 或 不影响。",
        "备注 (remarks) are neither applied nor dropped: each is listed to be confirmed, with a proposal. Then set 备注处理.",
    ),
    (
        "请不要填写身份证号、电话、银行卡号、住址:有这些列的工作簿会被退回。健康等原因只选代码,不写经过。",
        "No identity card numbers, telephones, bank accounts or addresses: such columns are refused. Reasons are codes, not stories.",
    ),
    ("出生年月可以写 1985-03、1985.03、85年3月、19850301。", "Months may be written 1985-03, 1985.03, 85年3月 or 19850301."),
    ("年级可以写 1、一、七(初一)、2023级。", "Grades may be written 1, 一, 七(初一) or 2023级."),
    ("一格写几项用顿号:语文、道法、班会。", "Several items in one cell are separated by 、."),
    (
        "填好后先运行:lunpai validate 我的学区.xlsx,一次列出全部问题;再运行:lunpai solve 我的学区.xlsx。",
        "Then run `lunpai validate my.xlsx`, which lists every problem at once, and `lunpai solve my.xlsx`.",
    ),
    ("请保存为 .xlsx;不要加密码,不要带宏。", "Save as .xlsx, without password and macros."),
    ("各表:", "The sheets:"),
];

pub(super) fn page(pages: &[Page]) -> Page {
    let head = |name| Head { name, note: ("", ""), needed: false, offer: Offer::Free };
    let mut rows: Vec<Vec<Value>> = TEXTS.iter().map(|(zh, en)| vec![Value::text(*zh), Value::text(*en)]).collect();
    rows.extend(pages.iter().map(|page| vec![Value::Text(format!("「{}」{}", page.name, page.about.0)), Value::text(page.about.1)]));
    for page in pages {
        let heads = page.heads.iter().filter(|head| !head.note.0.is_empty());
        rows.extend(heads.map(|head| {
            vec![
                Value::Text(format!("{} · {}:{}", page.name, head.name, head.note.0)),
                Value::Text(format!("{}: {}", head.name, head.note.1)),
            ]
        }));
    }
    Page { name: "说明", about: ("怎样填写", "how to fill it"), heads: vec![head("填写说明"), head("Notes in English")], rows }
}
