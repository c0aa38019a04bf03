"""Points of the rules about the timetable, read from docs/rules/*.md.

A teacher's function gets the busy cells of the lessons placed so far; a lesson counts once a week that it is held in. Rules in
GROWING never fall when one more lesson is placed, so that they may be counted before a timetable is whole.
"""
from itertools import combinations, product

from staffing import in_scope, in_scope_class

HALVES = ["am", "pm", "eve"]


def overlap(cell, window):
    return cell.week == window.week and cell.day == window.day and cell.start < window.end and window.start < cell.end


def clash_in_time(a, b):
    return a.week == b.week and a.day == b.day and a.start < b.end and b.start < a.end


def per_day(cells):
    days = {}
    for c in cells:
        days.setdefault((c.week, c.day), []).append(c)
    return days


# -- a teacher: cells = busy cells of all lessons, who = (person, works_at, courses taught, classes whose class teacher) -------


def teacher_clash(world, clause, who, cells):
    seen = {}
    for c in cells:
        key = (c.week, c.day, c.bell, c.period, c.start, c.end)
        seen[key] = seen.get(key, 0) + 1
    pairs = sum(a[2] != b[2] and a[0] == b[0] and a[1] == b[1] and a[4] < b[5] and b[4] < a[5]
                for a, b in combinations(seen, 2))
    yield sum(n - 1 for n in seen.values()) + pairs


def travel_time(world, clause, who, cells):
    margin, places = clause.numbers.get("margin_minutes", 5), {(c.week, c.day, c.site, c.bell, c.period, c.start, c.end) for c in cells}
    late = 0
    for a, b in combinations(places, 2):
        if a[0] == b[0] and a[1] == b[1] and a[2] != b[2] and not (a[5] < b[6] and b[5] < a[6]):
            first, then = (a, b) if a[5] < b[5] else (b, a)
            late += then[5] - first[6] < world.minutes(first[2], then[2]) + margin
    yield late


def half_day_school(world, clause, who, cells):
    sites = {}
    for c in cells:
        sites.setdefault((c.week, c.day, c.half), set()).add(c.site)
    for found in sites.values():
        yield len(found) - 1


def away_days(world, clause, who, cells):
    """Days of the cycle; the school is that of the class."""
    days = {(c.week, c.day) for c in cells if c.school != who.works_at}
    yield max(0, len(days) - clause.numbers["max_days"])


def lunch_travel(world, clause, who, cells):
    found = 0
    for day in per_day(cells).values():
        for a, b in product({c.site for c in day if c.half == "am"}, {c.site for c in day if c.half == "pm"}):
            found += a != b and world.minutes(a, b) > clause.numbers.get("longest_minutes", 0)
    yield found


def daily_load(world, clause, who, cells):
    yield sum(max(0, len(day) - clause.numbers["max"]) for day in per_day(cells).values())


def longest_run(world, clause, who, cells):
    excess = 0
    halves = {}
    for c in cells:
        halves.setdefault((c.week, c.day, c.half), set()).add(c.period)
    for periods in halves.values():
        run = 0
        for p in range(min(periods), max(periods) + 2):
            if p in periods:
                run += 1
            else:
                excess, run = excess + max(0, run - clause.numbers["max"]), 0
    yield excess


def idle_periods(world, clause, who, cells):
    holes = 0
    for day in per_day(cells).values():
        periods = {c.period for c in day}
        holes += max(periods) - min(periods) + 1 - len(periods)
    yield max(0, holes - clause.numbers["max"])


def unavailable(world, clause, who, cells):
    windows = world.windows(world.people[who.person].get("unavailable", []))
    yield sum(any(overlap(c, w) for w in windows) for c in cells)


def attends(world, block, who):
    if who.person in block.get("people", []):
        return True
    subjects, schools = block.get("subjects", []), block.get("schools", [])
    taught = [world.courses[c] for c in who.courses if world.courses[c].subject in subjects]
    if not schools:
        return bool(taught)
    return bool(taught) and (who.works_at in schools or any(world.first_school(c) in schools for c in taught))


def research_block(world, clause, who, cells):
    for block in world.district.get("blocks", []):
        if block["kind"] == "research" and attends(world, block, who):
            windows = world.windows(block["when"])
            yield sum(any(overlap(c, w) for w in windows) for c in cells)


def fixed_block_teacher(world, clause, who, cells):
    for block in world.district.get("blocks", []):
        if block["kind"] == "research":
            continue
        if who.person in block.get("people", []) or block["kind"] == "meeting" and attends(world, block, who):
            windows = world.windows(block["when"])
            yield sum(any(overlap(c, w) for w in windows) for c in cells)


def class_teacher_present(world, clause, who, cells):
    for class_id in who.led:
        if not in_scope_class(world, clause, class_id):
            continue
        bell, excess = world.bells[world.classes[class_id]["bell"]], 0
        site = world.classes[class_id]["school"]
        for day in bell:
            periods = sorted(p for d, p in world.open_cells(class_id) if d == day)
            ends = [bell[day][p - 1] for p in {periods[0], periods[-1]}] if periods else []
            excess += sum(c.day == day and c.site != site and any(c.start < e.end and e.start < c.end for e in ends) for c in cells)
        yield excess


# -- a class ---------------------------------------------------------------------------------------------------------


def class_clash(world, clause, class_id, placed):
    """placed: (lesson, busy cells). Courses of one band at the same start count once."""
    seen = {}
    for lesson, cells in placed:
        band = world.courses[lesson.course].band
        for c in cells:
            seen.setdefault((c.week, c.day, c.period), set()).add((band, cells[0].day, cells[0].period) if band else lesson.index)
    yield sum(len(found) - 1 for found in seen.values())


def travel_time_class(world, clause, class_id, placed):
    yield from travel_time(world, clause, None, [c for _, cells in placed for c in cells])


def fixed_block_class(world, clause, class_id, placed):
    for block in world.district.get("blocks", []):
        if class_id in block.get("classes", []) or (block["kind"] in ("assembly", "exercise", "club", "exam")
                                                    and world.classes[class_id]["school"] in block.get("schools", [])):
            windows = world.windows(block["when"])
            yield sum(any(overlap(c, w) for w in windows) for _, cells in placed for c in cells)


def daily_exercise(world, clause, class_id, placed):
    if not any(class_id in c.classes for c in world.courses.values()):
        return
    for week in world.weeks:
        for day in sorted({d for d, _ in world.open_cells(class_id)}):
            minutes = 0
            for block in world.district.get("blocks", []):
                if block["kind"] == "exercise" and (class_id in block.get("classes", [])
                                                    or world.classes[class_id]["school"] in block.get("schools", [])):
                    minutes += sum(w.end - w.start for w in world.windows(block["when"]) if w.week == week and w.day == day)
            minutes += sum(end - start for start, end in {
                (c.start, c.end) for lesson, cells in placed for c in cells
                if world.subjects[world.courses[lesson.course].subject].get("sport") and c.week == week and c.day == day})
            yield max(0, clause.numbers["min_minutes"] - minutes)


# -- a course: placed = (lesson, start, busy cells) --------------------------------------------------------------------


def spread(world, clause, a_course, placed):
    days = [start[0] for _, start, _ in placed]
    weekdays = len(world.bells[world.classes[a_course.classes[0]]["bell"]])
    cap = -(-len(a_course.blocks) // weekdays)
    yield sum(max(0, days.count(d) - cap) for d in set(days))


def doubles(world, clause, a_course, placed):
    bell = world.bells[world.classes[a_course.classes[0]]["bell"]]
    for lesson, (day, first), _ in placed:
        if lesson.periods >= 2:
            span = bell[day][first - 1:first - 1 + lesson.periods]
            yield int(not (all(c.joins for c in span[:-1]) and len({c.half for c in span}) == 1))


def locked(world, clause, a_course, placed):
    for lesson, start, _ in placed:
        wanted = world.locks.get((lesson.course, lesson.block + 1))
        if wanted:
            yield int(start != wanted)


def is_of(world, a_course, kind):
    return kind == "all" or bool(world.subjects[a_course.subject].get(kind))


def preferred_half(world, clause, a_course, placed):
    if is_of(world, a_course, clause.numbers.get("of", "all")):
        yield sum(c.half != clause.numbers["half"] for _, _, cells in placed for c in cells)


def avoided_periods(world, clause, a_course, placed):
    if not is_of(world, a_course, clause.numbers.get("of", "all")):
        return
    bell, excess = world.bells[world.classes[a_course.classes[0]]["bell"]], 0
    for _, _, cells in placed:
        for c in cells:
            day = bell[c.day]
            afternoon = [n + 1 for n, cell in enumerate(day) if cell.half == "pm"]
            excess += (clause.numbers.get("first", False) and c.period == 1
                       or clause.numbers.get("last", False) and c.period == len(day)
                       or clause.numbers.get("after_lunch", False) and afternoon[:1] == [c.period]
                       or c.period in clause.numbers.get("periods", []))
    yield excess


def rooms_of(world, need, school):
    return [r for r in world.rooms if r["kind"] == need["kind"] and r["site"] == (need.get("site") or school)]


def lab_windows(world, clause, a_course, placed):
    for lesson, _, cells in placed:
        if lesson.need:
            school = world.first_school(a_course)
            pool = [r for r in rooms_of(world, lesson.need, school) if r["site"] == school or school in r.get("open_to", [])]
            closed = 0
            for c in cells:
                closed |= not any(not r.get("open") or any(w.week == c.week and w.day == c.day and w.start <= c.start
                                                           and c.end <= w.end for w in world.windows(r["open"]))
                                  for r in pool)
            yield int(closed)


# -- a pool of rooms: uses = (lesson, busy cells, room or None) ---------------------------------------------------------


def room_fit(world, clause, pool, uses):
    for lesson, _, room in uses:
        a_course = world.courses[lesson.course]
        if in_scope(world, clause, a_course):
            pupils = sum(world.classes[c]["pupils"] for c in a_course.classes)
            yield int(room is None or room["kind"] != pool[1] or room["site"] != pool[0] or room.get("seats", 10**9) < pupils)


def over_time(world, pool, records, uses, units):
    """The sum over instants of uses beyond units."""
    setup = max((r.get("setup_minutes", 0) for r in records), default=0)
    clearing = max((r.get("clearing_minutes", 0) for r in records), default=0)
    bells = {world.classes[c]["bell"] for l in world.lessons if l.need and world.pool_of[l.index] == pool
             for c in world.courses[l.course].classes}
    excess = 0
    for week in world.weeks:
        for day, instant in {(day, cell.start) for b in bells for day, cells in world.bells[b].items() for cell in cells}:
            now = sum(cells[0].day == day and any(c.week == week for c in cells)
                      and cells[0].start - setup <= instant < cells[-1].end + clearing for _, cells, _ in uses)
            excess += max(0, now - units)
    return excess


def room_clash(world, clause, pool, uses):
    records = [r for r in world.rooms if (r["site"], r["kind"]) == pool]
    whole = over_time(world, pool, records, uses, sum(r.get("units", 1) for r in records))
    yield whole
    if not whole:
        for room in records:
            yield over_time(world, pool, records, [u for u in uses if u[2] is room], room.get("units", 1))


TEACHER = {f.__name__: f for f in (teacher_clash, travel_time, half_day_school, away_days, lunch_travel, daily_load,
                                   longest_run, idle_periods, unavailable, research_block, class_teacher_present)}
TEACHER["fixed_block"] = fixed_block_teacher
CLASS = {"class_clash": class_clash, "travel_time": travel_time_class, "fixed_block": fixed_block_class,
         "daily_exercise": daily_exercise}
COURSE = {f.__name__: f for f in (spread, doubles, locked, preferred_half, avoided_periods, lab_windows)}
POOL = {"room_fit": room_fit, "room_clash": room_clash}
SHRINKING = {"idle_periods", "daily_exercise"}  # one more lesson may make them better
