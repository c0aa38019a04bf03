"""A FET file as a district of ours, and as a FET file with the same parts only.

The parts: days and hours, teachers, student sets, activities, when teachers and student sets cannot come, breaks, and that the activities of
one course lie on different days (`MinDaysBetweenActivities` of one day over a whole course). Everything else of the file is left out of
both. A student set without parts is a class, a larger one all the classes in it; activities of one `Activity_Group_Id` are one course.
What cannot be said so is refused: sets that overlap without one holding the other, activities of one group with different people.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict

SCHOOL, BELL, STAGE, GRADE = "S", "b", "junior", 7
#: One hour of FET is one period of the bell: as many minutes apart, so long.
APART, LONG, FIRST = 60, 45, 6 * 60
KEPT = ("ConstraintTeacherNotAvailableTimes", "ConstraintStudentsSetNotAvailableTimes", "ConstraintBreakTimes")
SPREAD = "ConstraintMinDaysBetweenActivities"


class Refused(Exception):
    """The file says something that only one of the two could be asked."""


def text(element, tag):
    return (element.findtext(tag) or "").strip()


def is_active(element):
    return text(element, "Active") in ("", "true")


def leaves(students):
    """Student set → the sets without parts in it."""
    found = {}

    def add(name, inside):
        inside = frozenset(inside or [name])
        if found.setdefault(name, inside) != inside:
            raise Refused(f"{name} is two sets of students")
        return inside

    for year in students.findall("Year"):
        groups = []
        for group in year.findall("Group"):
            parts = [leaf for subgroup in group.findall("Subgroup") for leaf in add(text(subgroup, "Name"), [])]
            groups.append(add(text(group, "Name"), parts))
        if sum(map(len, groups)) != len(frozenset().union(*groups)):
            raise Refused(f"groups of {text(year, 'Name')} overlap")
        add(text(year, "Name"), [leaf for group in groups for leaf in group])
    return found


class Fet:
    """What a file holds of the parts that both are asked."""

    def __init__(self, path):
        self.root = ET.parse(path).getroot()
        self.days = [text(day, "Name") for day in self.root.find("Days_List").findall("Day")]
        self.hours = [text(hour, "Name") for hour in self.root.find("Hours_List").findall("Hour")]
        if len(self.days) > 7 or FIRST + APART * len(self.hours) > 24 * 60:
            raise Refused(f"{len(self.days)} days of {len(self.hours)} hours")
        self.sets = leaves(self.root.find("Students_List"))
        self.constraints = [found for found in self.root.find("Time_Constraints_List") if is_active(found)]
        self.courses = self.grouped()
        whole = {frozenset(text(part, "Id") for part in parts): group for group, parts in self.courses.items()}
        #: Groups whose activities should lie on different days, with the weights in hundredths that the file gives them.
        self.spread = {}
        for found in self.of(SPREAD):
            group = whole.get(frozenset(named.text.strip() for named in found.findall("Activity_Id")))
            weight = float(text(found, "Weight_Percentage"))
            if group and text(found, "MinDays") == "1" and weight > 0:
                self.spread[group] = weight

    def of(self, *tags):
        return [found for found in self.constraints if found.tag in tags]

    def grouped(self):
        """Group → its activities, which have the same people."""
        courses = defaultdict(list)
        for activity in filter(is_active, self.root.find("Activities_List").findall("Activity")):
            group = text(activity, "Activity_Group_Id")
            courses[f"a{text(activity, 'Id')}" if group in ("", "0") else f"g{group}"].append(activity)
        for group, parts in courses.items():
            if len({(text(part, "Subject"), *self.people(part)) for part in parts}) > 1:
                raise Refused(f"the activities of group {group} differ in more than their length")
        return dict(courses)

    def people(self, activity):
        """Teachers and classes of an activity."""
        sets = [self.sets[named.text.strip()] for named in activity.findall("Students")]
        return tuple(sorted(named.text.strip() for named in activity.findall("Teacher"))), tuple(sorted(frozenset().union(*sets)))

    def times(self, found, tag):
        """(day, hour), from 0, of a constraint's list."""
        return sorted({(self.days.index(text(time, "Day")), self.hours.index(text(time, "Hour"))) for time in found.findall(tag)})

    def taken(self):
        """Times when a teacher cannot come and when a class cannot."""
        teachers, classes = defaultdict(set), defaultdict(set)
        for found in self.of(*KEPT):
            if found.tag == KEPT[0]:
                teachers[text(found, "Teacher")].update(self.times(found, "Not_Available_Time"))
            elif found.tag == KEPT[1]:
                for leaf in self.sets[text(found, "Students")]:
                    classes[leaf].update(self.times(found, "Not_Available_Time"))
            else:
                for leaf in {leaf for inside in self.sets.values() for leaf in inside}:
                    classes[leaf].update(self.times(found, "Break_Time"))
        return teachers, classes


def same_parts(fet):
    """The file with nothing but these parts."""
    root = ET.Element("fet", version="6.8.5")
    for tag in ("Institution_Name", "Comments", "Days_List", "Hours_List", "Subjects_List", "Activity_Tags_List", "Teachers_List"):
        found = fet.root.find(tag)
        root.append(found if found is not None else ET.Element(tag))
    root.append(fet.root.find("Students_List"))
    activities = ET.SubElement(root, "Activities_List")
    activities.extend(part for parts in fet.courses.values() for part in parts)
    ET.SubElement(root, "Buildings_List")
    ET.SubElement(root, "Rooms_List")
    time, space = ET.SubElement(root, "Time_Constraints_List"), ET.SubElement(root, "Space_Constraints_List")
    for tag, place in (("ConstraintBasicCompulsoryTime", time), ("ConstraintBasicCompulsorySpace", space)):
        basic = ET.SubElement(place, tag)
        for name, value in (("Weight_Percentage", "100"), ("Active", "true"), ("Comments", "")):
            ET.SubElement(basic, name).text = value
    time.extend(fet.of(*KEPT))
    kept = {frozenset(text(part, "Id") for part in fet.courses[group]) for group in fet.spread}
    time.extend(found for found in fet.of(SPREAD) if frozenset(named.text.strip() for named in found.findall("Activity_Id")) in kept)
    return ET.ElementTree(root)


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def both(word):
    return {"zh": word, "en": word}


def district(fet):
    """(district, policy): numbers instead of names; every teacher is given."""
    closed_to, closed = fet.taken()
    classes = sorted({leaf for inside in fet.sets.values() for leaf in inside})
    teachers = [text(teacher, "Name") for teacher in fet.root.find("Teachers_List").findall("Teacher")]
    class_id = {name: f"K{number + 1}" for number, name in enumerate(classes)}
    teacher_id = {name: f"T{number + 1}" for number, name in enumerate(teachers)}
    subjects, courses, loads, taught = {}, [], defaultdict(int), defaultdict(set)
    seen = set()
    for number, (group, parts) in enumerate(fet.courses.items()):
        with_whom, for_whom = fet.people(parts[0])
        if not for_whom:
            raise Refused(f"group {group} has no students")
        # One course of a class and subject: a second is a subject of its own. So are courses that need not be spread.
        copy = 0
        name = lambda: (text(parts[0], "Subject"), group in fet.spread, copy)
        while any((leaf, name()) in seen for leaf in for_whom):
            copy += 1
        seen.update((leaf, name()) for leaf in for_whom)
        subject = subjects.setdefault(name(), f"s{len(subjects) + 1}")
        blocks = [{"periods": int(text(part, "Duration"))} for part in parts]
        course = {"id": f"c{number + 1}", "classes": [class_id[leaf] for leaf in for_whom], "subject": subject, "blocks": blocks}
        course["teachers"] = [{"role": f"r{k + 1}", "person": teacher_id[who]} for k, who in enumerate(with_whom)]
        courses.append(course)
        for who in with_whom:
            loads[who] += sum(block["periods"] for block in blocks)
            taught[who].add(subject)
    cells = [{"start": clock(FIRST + APART * k), "end": clock(FIRST + APART * k + LONG), "half": "am"} for k in range(len(fet.hours))]
    for cell in cells[:-1]:
        cell["joins_next"] = True
    window = lambda day, hour: {"weekday": day + 1, "from": cells[hour]["start"], "to": cells[hour]["end"]}
    people = [
        {
            "id": teacher_id[who],
            "employer": SCHOOL,
            "subjects": [{"subject": subject, "stage": STAGE} for subject in sorted(taught[who])],
            "load_target": loads[who],
            "load_cap": max(loads[who], 1),
            "unavailable": [window(*time) for time in sorted(closed_to[who])],
        }
        for who in teachers
    ]
    found = {
        "schema": "lunpai.district/1",
        "id": "fet",
        "title": both("fet"),
        "term": {"id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22"},
        "subjects": [{"id": subject, "name": both(subject)} for subject in subjects.values()],
        "bells": [{"id": BELL, "weekdays": [day + 1 for day in range(len(fet.days))], "cells": cells}],
        "schools": [{"id": SCHOOL, "name": both(SCHOOL), "stages": [STAGE]}],
        "people": people,
        "classes": [
            {
                "id": class_id[name],
                "school": SCHOOL,
                "grade": GRADE,
                "name": both(class_id[name]),
                "pupils": 30,
                "bell": BELL,
                "closed": [{"weekday": day + 1, "period": hour + 1} for day, hour in sorted(closed[name])],
            }
            for name in classes
        ],
        "courses": courses,
    }
    spread = [subject for (_, is_spread, _), subject in subjects.items() if is_spread]
    return found, policy(spread)


def policy(spread):
    """What must be kept, and that courses of these subjects are spread, as a preference."""
    rules = ("class_clash", "teacher_clash", "room_clash", "room_fit", "unavailable", "doubles", "locked")
    clauses = [{"id": rule, "rule": {rule: {}}, "force": "legal"} for rule in rules]
    if spread:
        force = {"prefer": {"rank": 4, "weight": 1}}
        clauses.append({"id": "spread", "rule": {"spread": {}}, "force": force, "scope": {"subjects": spread}})
    return {"schema": "lunpai.policy/1", "id": "fet", "title": both("fet"), "clauses": clauses}
