"""A small district and its policy as docs/formats.md describes them, read for counting by hand.

Only what the districts of draw.py use is understood; anything else is refused, so that no field is passed over in silence.
Nothing here is taken from the program: pages and schemas only.
"""
from collections import namedtuple

STAGES = ["kindergarten", "primary", "junior", "senior"]
TALENTS = ["none", "school", "county", "city", "province", "special"]

Cell = namedtuple("Cell", "start end half joins")
Busy = namedtuple("Busy", "week day bell period start end half site school")
Window = namedtuple("Window", "week day start end")
Lesson = namedtuple("Lesson", "index course block item periods weeks need")
Slot = namedtuple("Slot", "course role load given blocks first")


def clock(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def refuse(record, known, what):
    strange = set(record) - set(known.split())
    if strange:
        raise ValueError(f"{what}: not understood here: {sorted(strange)}")


class Course:
    def __init__(self, id, classes, subject, blocks, roles, band=None, split=False):
        self.id, self.classes, self.subject = id, classes, subject
        self.blocks, self.roles, self.band, self.split = blocks, roles, band, split


class World:
    def __init__(self, district, policy):
        refuse(district, "schema id title demo term cycle_weeks subjects bells schools groups travel people curriculum"
               " classes courses rooms blocks locked_lessons", "district")
        self.district, self.policy, self.counted = district, policy, {}
        self.weeks = list(range(district.get("cycle_weeks", 1)))
        self.month = district["term"]["first_day"][:7]
        self.subjects = {s["id"]: s for s in district["subjects"]}
        self.schools = {s["id"]: s for s in district["schools"]}
        self.people = {p["id"]: p for p in district["people"]}
        self.classes = {c["id"]: c for c in district["classes"]}
        self.rooms = district.get("rooms", [])
        self.read_trips(district.get("travel", {}))
        self.read_bells()
        self.groups = [([g["lead"]] if g.get("lead") else []) + g["members"] for g in district.get("groups", [])]
        self.courses = self.read_courses()
        self.read_lessons()
        self.slots = [slot for course in self.courses.values() for slot in self.slots_of(course)]
        self.locks = {(l["course"], l["block"]): (l["at"]["weekday"], l["at"]["period"])
                      for l in district.get("locked_lessons", [])}

    # -- the clock ---------------------------------------------------------------------------------------------

    def weeks_of(self, name):
        if name in (None, "all") or len(self.weeks) == 1:
            return self.weeks
        return [0] if name == "odd" else [1]

    def windows(self, records):
        return [Window(week, w["weekday"], clock(w["from"]), clock(w["to"]))
                for w in records for week in self.weeks_of(w.get("weeks"))]

    def read_trips(self, travel):
        self.trips = {}
        for trip in travel.get("trips", []):
            self.trips[trip["from"], trip["to"]] = trip["minutes"]
            if trip.get("both_ways"):
                self.trips[trip["to"], trip["from"]] = trip["minutes"]

    def minutes(self, a, b):
        return 0 if a == b else self.trips[a, b]

    def read_bells(self):
        self.bells = {}
        for bell in self.district["bells"]:
            refuse(bell, "id weekdays cells", "bell")
            cells = [Cell(clock(c["start"]), clock(c["end"]), c["half"], c.get("joins_next", False)) for c in bell["cells"]]
            self.bells[bell["id"]] = {day: cells for day in bell["weekdays"]}

    def open_cells(self, class_id):
        """(weekday, period from 1) in which the class may have a lesson."""
        record = self.classes[class_id]
        closed = {(c["weekday"], c["period"]) for c in record.get("closed", [])}
        return {(day, n + 1) for day, cells in self.bells[record["bell"]].items() for n in range(len(cells))} - closed

    def stage_of(self, class_id):
        grade = self.classes[class_id]["grade"]
        return "primary" if grade < 7 else "junior" if grade < 10 else "senior"

    # -- courses -----------------------------------------------------------------------------------------------

    def read_courses(self):
        given, replaced = [], set()
        for c in self.district.get("courses", []):
            refuse(c, "id classes subject blocks teachers band split", "course")
            blocks = [(b["periods"], b.get("weeks", "all"), b.get("room")) for b in c["blocks"]]
            roles = c.get("teachers") or [{"role": ""}]
            given.append(Course(c["id"], c["classes"], c["subject"], blocks, roles, c.get("band"), c.get("split", False)))
            replaced |= {(name, c["subject"]) for name in c["classes"]}
        derived = []
        for id, record in self.classes.items():
            for line in self.district["curriculum"]:
                refuse(line, "grade subject periods doubles room", "curriculum")
                if line["grade"] != record["grade"] or (id, line["subject"]) in replaced:
                    continue
                doubles = line.get("doubles", 0)
                sizes = [2] * doubles + [1] * (line["periods"] - 2 * doubles)
                need = line.get("room")
                most = len(sizes) if need is None or need.get("blocks") is None else need["blocks"]
                blocks = [(size, "all", need if n < most else None) for n, size in enumerate(sizes)]
                derived.append(Course(f"{id}.{line['subject']}", [id], line["subject"], blocks, [{"role": ""}]))
        return {c.id: c for c in derived + given}

    def periods(self, course, blocks=None):
        """Periods per cycle: a block of every week of a two-week cycle is held, and counted, once a week."""
        key = (course.id, blocks)
        if key not in self.counted:
            self.counted[key] = sum(size * len(self.weeks_of(weeks)) for n, (size, weeks, _) in enumerate(course.blocks)
                                    if blocks is None or n in blocks)
        return self.counted[key]

    def slots_of(self, course):
        for n, role in enumerate(course.roles):
            groups = [[b] for b in range(len(course.blocks))] if course.split else [list(range(len(course.blocks)))]
            for blocks in groups:
                load = role.get("load_periods")
                if load is None or course.split:
                    load = self.periods(course, tuple(blocks))
                yield Slot(course.id, role["role"], load, role.get("person"), tuple(blocks), n == 0)

    def first_school(self, course):
        return self.classes[course.classes[0]]["school"]

    # -- lessons -----------------------------------------------------------------------------------------------

    def read_lessons(self):
        """One item per block, one for a whole band; a lesson is a block of a course. starts[item] is where it may begin."""
        self.lessons, self.items, self.starts, self.taken = [], {}, [], {}
        for course in self.courses.values():
            for n, (size, weeks, need) in enumerate(course.blocks):
                key = ("band", course.band, n) if course.band else ("course", course.id, n)
                item = self.items.setdefault(key, len(self.items))
                self.lessons.append(Lesson(len(self.lessons), course.id, n, item, size, weeks, need))
        self.of_item = {item: [l for l in self.lessons if l.item == item] for item in range(len(self.items))}
        for item in range(len(self.items)):
            self.starts.append(self.places(self.of_item[item]))
        self.lesson_at = {(l.course, l.block): l for l in self.lessons}

    def places(self, lessons):
        classes = {c for l in lessons for c in self.courses[l.course].classes}
        size = lessons[0].periods
        bell = self.bells[self.classes[min(classes)]["bell"]]
        free = set.intersection(*(self.open_cells(c) for c in classes))
        found = []
        for day, cells in sorted(bell.items()):
            for first in range(1, len(cells) - size + 2):
                span = range(first, first + size)
                if all((day, p) in free for p in span) and len({cells[p - 1].half for p in span}) == 1:
                    found.append((day, first))
        return found

    def site(self, lesson):
        """Where a lesson is: where its room is, else at the school of its (first) class."""
        if lesson.need and lesson.need.get("site"):
            return lesson.need["site"]
        return self.first_school(self.courses[lesson.course])

    def busy(self, lesson, start, class_id=None):
        """The cells that a lesson takes at a start, read on the clock of its (first) class, or of one class."""
        key = (lesson.index, start, class_id)
        if key not in self.taken:
            self.taken[key] = self.cells_of(lesson, start, class_id)
        return self.taken[key]

    def cells_of(self, lesson, start, class_id):
        course = self.courses[lesson.course]
        bell_id = self.classes[class_id or course.classes[0]]["bell"]
        day, first = start
        cells = self.bells[bell_id][day]
        return [Busy(week, day, bell_id, p, cells[p - 1].start, cells[p - 1].end, cells[p - 1].half, self.site(lesson),
                     self.first_school(course))
                for week in self.weeks_of(lesson.weeks) for p in range(first, first + lesson.periods)]

    # -- people ------------------------------------------------------------------------------------------------

    def is_qualified(self, person, course, works_at):
        """A certificate of the subject with a stage at least the class's; or any teacher of the class's school."""
        record = self.people[person]
        for class_id in course.classes:
            stage = STAGES.index(self.stage_of(class_id))
            if not any(c["subject"] == course.subject and STAGES.index(c["stage"]) >= stage
                       for c in record.get("subjects", [])):
                break
        else:
            return True
        return bool(self.subjects[course.subject].get("any_teacher")
                    and record.get("category", "teacher") in ("teacher", "leader")
                    and works_at[person] == self.first_school(course))

    def is_backbone(self, person):
        record = self.people[person]
        return TALENTS.index(record.get("talent", "none")) >= 2
