"""Judges a plan (plan.json) of a small district by the same points that the search counts."""
import staffing
import weeks
from ledger import COVER, EXCHANGE, PERSON
from least import Search, Who


class Broken(Exception):
    """The plan is not one of this district: it leaves out a lesson, names nobody, or moves what is given."""


def need(true, what):
    if not true:
        raise Broken(what)


class Judge:
    def __init__(self, ledger, plan):
        self.ledger, self.world, self.plan = ledger, ledger.world, plan
        self.search = Search(ledger, budget=10**9)
        self.read_postings()
        self.read_teaching()
        self.read_timetable()

    def read_postings(self):
        self.works = {p: staffing.home(self.world, p) for p in self.world.people}
        for row in self.plan.get("postings", []):
            need(row["form"] in ("rotation", "support", "secondment", "swap"), f"form {row['form']}")
            need(row["from"] == self.works[row["person"]] and row["to"] in self.world.schools, f"posting of {row['person']}")
            self.works[row["person"]] = row["to"]

    def read_teaching(self):
        self.assigned = [None] * len(self.world.slots)
        seen = set()
        for row in self.plan.get("teaching", []):
            course = self.world.courses[row["course"]]
            names = [r["role"] for r in course.roles]
            role = row.get("role") if row.get("role") is not None else names[0]
            blocks = [b - 1 for b in row.get("blocks") or []] or list(range(len(course.blocks)))
            for n, slot in self.world.slots_by_course[course.id]:
                if slot.role == role and set(slot.blocks) <= set(blocks):
                    need(n not in seen, f"{course.id} is taught twice")
                    seen.add(n)
                    self.assigned[n] = row.get("teacher")
        for n, slot in enumerate(self.world.slots):
            need(n in seen, f"no row of teaching for {slot.course} {slot.role}")
            need(slot.given in (None, self.assigned[n]), f"{slot.course}: {slot.given} is given")
        self.led = {c: r.get("class_teacher") for c, r in self.world.classes.items()}
        self.led |= {row["class"]: row["teacher"] for row in self.plan.get("class_teachers", [])}

    def read_timetable(self):
        self.starts, self.rooms = {}, {}
        for row in self.plan.get("timetable", []):
            lesson = self.world.lesson_at[row["course"], row["block"] - 1]
            at = (row["at"]["weekday"], row["at"]["period"])
            need(at in self.world.starts[lesson.item], f"{row['course']} {row['block']} does not fit at {at}")
            start = self.world.starts[lesson.item].index(at)
            need(self.starts.get(lesson.item, start) == start, f"the band of {row['course']} does not start together")
            self.starts[lesson.item] = start
            self.rooms[lesson.index] = row.get("room")
        need(len(self.rooms) == len(self.world.lessons), "a lesson is not placed")

    # -- points --------------------------------------------------------------------------------------------------

    def points(self):
        """(clause, excesses of its points) for every clause."""
        world = self.world
        for c, f in self.ledger.having(EXCHANGE):
            yield c, list(f(world, c, self.works))
        for c, f in self.ledger.having(PERSON):
            for p in world.people:
                if not self.search.out(c, p):
                    yield c, list(f(world, c, p, self.works[p], [world.slots[n] for n in self.held(p)]))
        for c, f in self.ledger.having(COVER):
            yield c, list(f(world, c, self.assigned))
        for c in self.ledger.clauses:
            if c.rule == "class_teacher_course":
                yield c, list(staffing.class_teacher_course(world, c, self.assigned, self.led))
        yield from self.of_teachers()
        yield from self.of_classes_and_courses()
        yield from self.of_pools()

    def held(self, person):
        return [n for n, p in enumerate(self.assigned) if p == person]

    def of_teachers(self):
        world = self.world
        for p in world.people:
            slots = [world.slots[n] for n in self.held(p)]
            lessons = [world.lesson_at[k] for k in sorted({(s.course, b) for s in slots for b in s.blocks})]
            cells = [x for _, _, found in self.search.cells(self.starts, lessons) for x in found]
            who = Who(p, self.works[p], frozenset(s.course for s in slots), tuple(c for c, t in self.led.items() if t == p))
            for c, f in self.ledger.having(weeks.TEACHER):
                if slots and not self.search.out(c, p):
                    yield c, list(f(world, c, who, cells))

    def of_classes_and_courses(self):
        world = self.world
        for class_id in world.classes:
            lessons = [l for l in world.lessons if class_id in world.courses[l.course].classes]
            placed = [(l, cells) for l, _, cells in self.search.cells(self.starts, lessons, class_id)]
            for c, f in self.ledger.having(weeks.CLASS):
                if staffing.in_scope_class(world, c, class_id):
                    yield c, list(f(world, c, class_id, placed))
        for course in world.courses.values():
            placed = self.search.cells(self.starts, [l for l in world.lessons if l.course == course.id])
            for c, f in self.ledger.having(weeks.COURSE):
                if staffing.in_scope(world, c, course):
                    yield c, list(f(world, c, course, placed))

    def of_pools(self):
        by_id = {r["id"]: r for r in self.world.rooms}
        for pool in sorted(set(self.world.pool_of.values())):
            placed = self.search.cells(self.starts, [l for l in self.world.lessons if self.world.pool_of.get(l.index) == pool])
            uses = [(l, cells, by_id.get(self.rooms[l.index])) for l, _, cells in placed]
            for c, f in self.ledger.having(weeks.POOL):
                yield c, list(f(self.world, c, pool, uses))

    def by_clause(self):
        """clause id → (sum of excesses, price)."""
        found = {c.id: [0, 0] for c in self.ledger.clauses}
        for c, excesses in self.points():
            found[c.id][0] += sum(excesses)
            found[c.id][1] += sum(c.price(x) for x in excesses)
        return {c: tuple(v) for c, v in found.items()}

    def score(self):
        return self.ledger.total(self.points())

    def shortfall(self):
        return sum(staffing.uncovered(self.world, self.assigned, c) for c in self.world.courses.values())


def written(ledger, found):
    """A plan found by the search as plan.json."""
    world = ledger.world
    form = {p: "secondment" if world.people[p].get("category") == "leader" else "rotation" for p in world.people}
    rows = []
    for n, s in enumerate(world.slots):
        row = {"course": s.course, "teacher": found.assigned[n]}
        if len(world.courses[s.course].roles) > 1:
            row["role"] = s.role
        if world.courses[s.course].split:
            row["blocks"] = [b + 1 for b in s.blocks]
        rows.append(row)
    lessons = []
    for l in world.lessons:
        day, period = world.starts[l.item][found.starts[l.item]]
        lesson = {"course": l.course, "block": l.block + 1, "at": {"weekday": day, "period": period}}
        if l.index in found.rooms:
            lesson["room"] = found.rooms[l.index]
        lessons.append(lesson)
    return {"schema": "lunpai.plan/1", "district": world.district["id"], "parts": ["postings", "teaching", "timetable"],
            "postings": [{"person": p, "from": staffing.home(world, p), "to": to, "form": form[p],
                          "from_term": world.district["term"]["id"]} for p, to in staffing.posted(world, found.works).items()],
            "teaching": rows, "timetable": lessons,
            "class_teachers": [{"class": c, "teacher": t} for c, t in found.class_teachers.items() if t is not None]}
