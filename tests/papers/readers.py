"""The papers of an output directory as other programs read them: python3 tests/papers/readers.py DIR

openpyxl reads plan.xlsx and python-docx the public list; both are compared with plan.json and the district beside it.
Exit 0 and one line of counts when they agree, 1 with the first difference, 77 where neither reader is installed.
"""

import json
import sys
from pathlib import Path

try:
    import docx
    import openpyxl
except ImportError as missing:
    print(f"SKIPPED: {missing.name} is not installed (pip install openpyxl python-docx)")
    sys.exit(77)

DAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
FORMS = {"轮岗": "rotation", "支教": "support", "挂职": "secondment"}


def same(what, found, expected):
    """Stops with the first line in which two lists differ."""
    for number, (left, right) in enumerate(zip(found, expected), 1):
        if left != right:
            sys.exit(f"{what}, line {number}: read {left!r}, plan.json says {right!r}")
    if len(found) != len(expected):
        sys.exit(f"{what}: {len(found)} lines read, {len(expected)} in plan.json")
    print(f"{what}: {len(found)} lines as in plan.json")


def main(folder):
    plan = json.loads((folder / "plan.json").read_text())
    district = json.loads((folder / "inputs/district.json").read_text())
    names = district.get("names", {})
    schools = {s["id"]: s["name"] if isinstance(s["name"], str) else s["name"]["zh"] for s in district["schools"]}
    by_name = {name: person for person, name in names.items() if list(names.values()).count(name) == 1}
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    sys.exit(f"{sheet.title} {cell.coordinate}: a formula, {cell.value!r}")

    def lines(sheet, *heads):
        """What stands under these heads; nothing where the plan has no such part."""
        if sheet not in book.sheetnames:
            return []
        rows = list(book[sheet].iter_rows(values_only=True))
        at = [rows[0].index(head) for head in heads]
        return [tuple(row[i] for i in at) for row in rows[1:]]

    def person(text):
        return by_name.get(text, text)

    rows = lines("数据-课表", "课程编号", "第几次课", "星期", "节次", "教室")
    lessons = [(l["course"], l["block"], DAYS[l["at"]["weekday"] - 1], l["at"]["period"]) for l in plan.get("timetable", [])]
    same("lessons", [row[:4] for row in rows], lessons)
    same("rooms", [row[4] is not None for row in rows], ["room" in l for l in plan.get("timetable", [])])
    rows = [(course, None if who == "待补" else person(who)) for course, who in lines("数据-任课", "课程编号", "教师")]
    same("courses", rows, [(row["course"], row["teacher"]) for row in plan.get("teaching", [])])
    if plan.get("postings"):
        rows = [(person(who), start, to, FORMS.get(form)) for who, start, to, form in lines("数据-交流", "教师", "从", "到", "形式")]
        named = [(p["person"], schools[p["from"]], schools[p["to"]], p["form"] if p["form"] in FORMS.values() else None) for p in plan["postings"]]
        same("postings", rows, named)

    # The grid that is hung on the wall says at each lesson's time, for each of its classes, what is taught.
    if "班级课表" in book.sheetnames:
        heads = [cell.value for cell in book["班级课表"][1]]
        shown = {}
        for school, name, period, *week in lines("班级课表", "学校", "班级", "节次", *[day for day in DAYS if day in heads]):
            for day, text in zip([day for day in DAYS if day in heads], week):
                shown[school + name, day, period] = text or ""
        right = 0
        for classes, subject, day, period in lines("数据-课表", "班级", "学科", "星期", "节次"):
            for name in classes.split("、"):
                if subject not in shown.get((name, day, f"第{period}节"), ""):
                    sys.exit(f"班级课表: {name} {day} 第{period}节 should hold {subject}")
                right += 1
        print(f"weeks of classes: {right} lessons where they belong")

    listed = folder / "papers/公示名单.docx"
    if listed.exists():
        table = docx.Document(str(listed)).tables[0]
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0] != ["序号", "姓名", "性别", "现任教学校", "交流学校", "学科", "期限", "类别"]:
            sys.exit(f"公示名单: {rows[0]}")
        found = sorted((row[1], row[3], row[4]) for row in rows[1:])
        told = [(names.get(p["person"], p["person"]), schools[p["from"]], schools[p["to"]]) for p in plan["postings"]]
        same("public list", found, sorted(told))
        same("its numbers", [row[0] for row in rows[1:]], [str(number) for number in range(1, len(rows))])


main(Path(sys.argv[1]))
