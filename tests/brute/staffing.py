"""Points of the rules about postings and teaching, read from docs/rules/*.md: each function yields the excess of each point.

`works` says where everybody works after the postings, `teaches` who has which slots (a slot is a role of a course; of a course
that may be split, a role of one block).
"""
from world import TALENTS


def home(world, person):
    return world.people[person]["employer"]


def posted(world, works):
    return {p: to for p, to in works.items() if to != home(world, p)}


def of_people(clause, people):
    wanted = clause.scope.get("people")
    return [p for p in people if not wanted or p in wanted]


# -- exchange ------------------------------------------------------------------------------------------------------


def is_eligible(world, person, numbers):
    """As the page `eligible` lists it; born before 1970 is near retirement by every table (draw.py draws 1967 or 1985)."""
    record, month = world.people[person], world.month
    return (record.get("category", "teacher") in numbers.get("categories", ["teacher", "leader"])
            and record.get("years_at_school", 0) >= numbers.get("min_years_at_school", 6)
            and not any(d.get("until") is None or d["until"] >= month for d in record.get("deferrals", []))
            and not (record.get("service_until") and record["service_until"] >= month)
            and not record.get("born", "1985-05") < "1970"
            and "failed" not in record.get("assessments", [])[:1]
            and not record.get("locks", {}).get("stays"))


def is_agreed(world, person, to):
    """The page says only “agreed (`locks.posted_to`)”; to the school agreed on, as it is read here."""
    return world.people[person].get("locks", {}).get("posted_to") == to


def volunteers(world, person):
    return bool(world.people[person].get("wishes", {}).get("volunteers"))


def eligible(world, clause, works):
    for p in of_people(clause, posted(world, works)):
        yield int(not (is_eligible(world, p, clause.numbers) or volunteers(world, p) or is_agreed(world, p, works[p])))


def quota(world, clause, works):
    numbers = clause.numbers
    if (within := numbers.get("within", "district")) == "district":
        units = [set(world.schools)]
    elif within == "each_school":
        units = [{s} for s in world.schools]
    elif within == "each_group":
        units = [set(g) for g in world.groups]
    else:
        units = [{g["lead"]} for g in world.district.get("groups", []) if g.get("lead")]
    away = posted(world, works)
    for unit in units:
        people = [p for p in of_people(clause, world.people) if home(world, p) in unit]
        counted = [p for p in people if p in away]
        base = {"eligible": [p for p in people if is_eligible(world, p, world.eligible_numbers)],
                "moved": counted}.get(numbers.get("of", "eligible"))
        if base is None:  # eligible_backbone
            base = [p for p in people if is_eligible(world, p, world.eligible_numbers) and world.is_backbone(p)]
        if numbers.get("who", "all") == "backbone":
            counted = [p for p in counted if world.is_backbone(p)]
        hundredfold = numbers["percent"] * len(base)
        required = {"up": -(-hundredfold // 100), "down": hundredfold // 100,
                    "nearest": (2 * hundredfold + 100) // 200}[numbers.get("rounding", "up")]
        yield max(0, required - len(counted))


def headcount(world, clause, works):
    for school, record in world.schools.items():
        if "all" in record.get("quota", {}):
            before = sum(home(world, p) == school for p in world.people)
            staff = sum(s == school for s in works.values())
            least = min(record["quota"]["all"], before) - clause.numbers.get("below", 0)
            most = max(record["quota"]["all"], before) + clause.numbers.get("above", 0)
            yield max(0, least - staff, staff - most)


def permitted(world, a, b, teaching):
    groups = world.district.get("groups", [])
    if not groups:
        return True
    for record, schools in zip(groups, world.groups):
        across = record.get("agreement", {}).get("teach_across")
        if across is None:
            across = record["kind"] not in ("name_branch", "cooperation", "hs_zone")
        if a in schools and b in schools and (across or not teaching):
            return True
    return False


def group_permits_posted(world, clause, works):
    for p in of_people(clause, (away := posted(world, works))):
        yield int(not permitted(world, home(world, p), away[p], False))


def stability(world, clause, works):
    for _ in of_people(clause, posted(world, works)):
        yield 1  # there is no baseline


def balance(world, clause, works):
    for stage in ("primary", "junior"):
        pupils = {s: r["pupils"][stage] for s, r in world.schools.items() if r.get("pupils", {}).get(stage)}
        good = [p for p, r in world.people.items()
                if TALENTS.index(r.get("talent", "none")) >= TALENTS.index(clause.numbers["talent"])]
        has = {s: sum(works[p] == s for p in good) for s in pupils}
        total, all_pupils = sum(has.values()), sum(pupils.values())
        for s in pupils:
            yield abs(has[s] - (2 * total * pupils[s] + all_pupils) // (2 * all_pupils))


def agreed_postings(world, clause, works):
    for p in of_people(clause, world.people):
        locks = world.people[p].get("locks", {})
        yield (int(bool(locks.get("posted_to")) and works[p] != locks["posted_to"])
               + int(bool(locks.get("stays")) and works[p] != home(world, p)))


def kin_avoid(world, clause, works):
    pairs = {frozenset((p, k["person"])) for p, r in world.people.items() for k in r.get("kin", []) if k["tie"] == "avoid"}
    for a, b in map(sorted, pairs):
        yield int(works[a] == works[b] and home(world, a) != home(world, b))


def wishes(world, clause, works):
    for p in of_people(clause, (away := posted(world, works))):
        wish = world.people[p].get("wishes", {})
        yield int(not (away[p] in wish.get("schools", []) or wish.get("accepts_any") or is_agreed(world, p, away[p])))


def no_school_worse(world, clause, works):
    for school in world.schools:
        for subject in world.subjects:
            holders = [p for p, r in world.people.items() if any(c["subject"] == subject for c in r.get("subjects", []))]
            before = sum(home(world, p) == school for p in holders)
            yield max(0, before - sum(works[p] == school for p in holders))


def in_pairs(world, clause, works):
    moves = [(home(world, p), to) for p, to in posted(world, works).items()]
    for a in world.schools:
        for b in world.schools:
            if a < b:
                yield max(0, abs(moves.count((a, b)) - moves.count((b, a))) - clause.numbers.get("apart", 0))


def training(world, clause, works):
    for p in of_people(clause, posted(world, works)):
        yield int(bool(world.people[p].get("training_due")))


def trip_limit(world, clause, person):
    return min(clause.numbers["max_minutes"], world.people[person].get("longest_trip_minutes", 10**9))


def commute_posted(world, clause, works):
    for p in of_people(clause, (away := posted(world, works))):
        yield max(0, world.minutes(home(world, p), away[p]) - trip_limit(world, clause, p))


# -- teaching, person by person --------------------------------------------------------------------------------------


def course(world, slot):
    return world.courses[slot.course]


def loads_away(world, works_at, slots):
    away = {}
    for s in slots:
        school = world.first_school(course(world, s))
        if school != works_at:
            away[school] = away.get(school, 0) + s.load
    return away


def load(world, person, slots):
    return sum(s.load for s in slots) + sum(post["periods"] for post in world.people[person].get("posts", []))


def qualified(world, clause, person, works_at, slots):
    for name, _ in {(s.course, s.role) for s in slots}:
        yield int(not world.is_qualified(person, world.courses[name], {person: works_at}))


def load_cap(world, clause, person, works_at, slots):
    record = world.people[person]
    limit, over = record.get("load_cap", 0), clause.numbers.get("over_target")
    if over is not None:
        limit = record.get("load_target", 0) + over
    if not record.get("load_cap") and not record.get("load_target"):
        limit = 0
    yield max(0, load(world, person, slots) - limit)


def load_target(world, clause, person, works_at, slots):
    yield max(0, load(world, person, slots) - world.people[person].get("load_target", 0))


def leaders_teach(world, clause, person, works_at, slots):
    if world.people[person].get("category") == "leader":
        yield max(0, clause.numbers["min"] - sum(s.load for s in slots))


def preparations(world, clause, person, works_at, slots):
    kinds = {(course(world, s).subject, world.classes[c]["grade"]) for s in slots for c in course(world, s).classes
             if not world.subjects[course(world, s).subject].get("any_teacher")}
    yield max(0, len(kinds) - clause.numbers["max"])


def host_schools(world, clause, person, works_at, slots):
    yield max(0, len(loads_away(world, works_at, slots)) - clause.numbers["max"])


def away_periods(world, clause, person, works_at, slots):
    yield max(0, sum(loads_away(world, works_at, slots).values()) - clause.numbers["max"])


def host_periods(world, clause, person, works_at, slots):
    for periods in loads_away(world, works_at, slots).values():
        yield max(0, clause.numbers["min"] - periods)


def visits(world, clause, person, works_at, slots):
    for school in loads_away(world, works_at, slots):
        yield world.minutes(works_at, school)


def commute_link(world, clause, person, works_at, slots):
    for school in loads_away(world, works_at, slots):
        yield max(0, world.minutes(works_at, school) - trip_limit(world, clause, person))


def group_permits_link(world, clause, person, works_at, slots):
    for school in loads_away(world, works_at, slots):
        yield int(not permitted(world, works_at, school, True))


# -- teaching, course by course and class by class -------------------------------------------------------------------


def in_scope(world, clause, a_course):
    """Of a combined class the first one counts."""
    if not clause.scope:
        return True
    scope, first = clause.scope, a_course.classes[0]
    return ((not scope.get("schools") or world.classes[first]["school"] in scope["schools"])
            and (not scope.get("grades") or world.classes[first]["grade"] in scope["grades"])
            and (not scope.get("classes") or first in scope["classes"])
            and (not scope.get("subjects") or a_course.subject in scope["subjects"]))


def uncovered(world, assigned, a_course):
    """Periods of the first role that nobody teaches."""
    short = 0
    for n, s in world.slots_by_course[a_course.id]:
        if s.first and assigned[n] is None:
            short += world.periods(a_course, s.blocks)
    return short


def hours_in_full(world, clause, assigned):
    for a_course in world.courses.values():
        if in_scope(world, clause, a_course):
            yield uncovered(world, assigned, a_course)


def fair_shortage(world, clause, assigned):
    units = {}
    for a_course in world.courses.values():
        if in_scope(world, clause, a_course):
            first = a_course.classes[0]
            unit = {"class": first, "school": world.classes[first]["school"],
                    "school_subject": (world.classes[first]["school"], a_course.subject)}[clause.numbers["by"]]
            short, total = units.get(unit, (0, 0))
            units[unit] = (short + uncovered(world, assigned, a_course), total + world.periods(a_course))
    shares = [-(-1000 * short // total) for short, total in units.values()]
    if shares:
        yield max(shares) - (min(shares) if clause.numbers.get("spread") else 0)


def class_teacher_course(world, clause, assigned, class_teachers):
    for class_id, teacher in class_teachers.items():
        if teacher is None or not in_scope_class(world, clause, class_id):
            continue
        excess, other = 0, False
        for a_course in world.courses.values():
            if class_id not in a_course.classes:
                continue
            by = [assigned[n] for n, s in world.slots_by_course[a_course.id]]
            if world.subjects[a_course.subject].get("class_meeting"):
                excess += int(any(p != teacher for p in by))
            else:
                other |= teacher in by
        yield excess + int(not other)


def in_scope_class(world, clause, class_id):
    if not clause.scope:
        return True
    scope, record = clause.scope, world.classes[class_id]
    return ((not scope.get("schools") or record["school"] in scope["schools"])
            and (not scope.get("grades") or record["grade"] in scope["grades"])
            and (not scope.get("classes") or class_id in scope["classes"]))
