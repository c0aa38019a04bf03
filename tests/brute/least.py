"""The least score of all plans of a small district: every posting, every teaching, every timetable, with what cannot be better left out.

A branch is left only where adding up what is certain already reaches the best plan found: each teacher's, class's, course's and pool's
own week costs at least what its best completion costs when nothing else is in the way, and scores only add.
"""
from collections import namedtuple
from heapq import heapify, heappop, heappush
from itertools import product

import staffing
import weeks
from ledger import COVER, EXCHANGE, PERSON, Clause

Who = namedtuple("Who", "person works_at courses led")
Found = namedtuple("Found", "score works assigned class_teachers starts rooms")


class TooBig(Exception):
    """More branches than a small district may have."""


class Week:
    """The week of one teacher, class, course or pool: its items in search order and what placing them costs."""

    def __init__(self, search, items, growing, whole):
        self.items = sorted(items, key=search.order.index)
        self.search, self.growing, self.whole = search, growing, whole
        self.partly, self.ahead = {}, {}

    def cost(self, starts):
        """What the first len(starts) items cost for certain."""
        if starts not in self.partly:
            placed = dict(zip(self.items, starts))
            whole = len(starts) == len(self.items)
            self.partly[starts] = (self.whole if whole else self.growing)(placed)
        return self.partly[starts]

    def least(self, starts):
        """The least that any completion costs, by itself."""
        if starts in self.ahead:
            return self.ahead[starts]
        self.search.spend()
        best = self.cost(starts)
        if len(starts) < len(self.items) and best < self.search.ledger.legal:
            options = self.search.world.starts[self.items[len(starts)]]
            floor, best = best, self.search.ledger.legal
            for n in range(len(options)):
                best = min(best, self.least(starts + (n,)))
                if best == floor:
                    break
        self.ahead[starts] = best
        return best


class Search:
    def __init__(self, ledger, budget=200_000, works=None, assigned=None, class_teachers=None, offered=False):
        """`works`, `assigned` and `class_teachers` fix what an earlier stage decided; `offered`: only who is eligible, volunteers or has
        agreed may be posted, as method.md says of the exchange."""
        self.offered = offered
        self.ledger, self.world, self.budget = ledger, ledger.world, budget
        self.fixed_works, self.fixed_assigned, self.fixed_led = works, assigned, class_teachers
        self.order = sorted(range(len(self.world.starts)), key=lambda i: (
            sorted(self.world.courses[self.world.of_item[i][0].course].classes), len(self.world.starts[i]), i))
        self.every = [Clause(c) for c in self.world.policy["clauses"] if not c.get("off")]
        self.teacher_weeks, self.others, self.bare = {}, None, {}
        self.twins = self.find_twins()

    def spend(self, units=1):
        self.budget -= units
        if self.budget < 0:
            raise TooBig

    def find_twins(self):
        """item → an earlier item that nothing tells apart from it: it starts no later than this one."""
        seen, twins = {}, {}
        for item in self.order:
            lesson, *more = self.world.of_item[item]
            course = self.world.courses[lesson.course]
            if more or course.split or (lesson.course, lesson.block + 1) in self.world.locks:
                continue
            key = (lesson.course, lesson.periods, lesson.weeks, str(lesson.need))
            if key in seen:
                twins[item] = seen[key]
            seen[key] = item
        return twins

    # -- the weeks of teachers, classes, courses, pools ---------------------------------------------------------------

    def cells(self, placed, lessons, class_id=None):
        """[(lesson, start, busy cells)] of those lessons whose items are placed; placed: item → number of its start."""
        return [(l, at, self.world.busy(l, at, class_id)) for l in lessons if l.item in placed
                for at in [self.world.starts[l.item][placed[l.item]]]]

    def counted(self, table, call):
        """Two functions of what is placed: the clauses that only grow, and all of them."""
        clauses = self.ledger.having(table)
        growing = [(c, f) for c, f in clauses if c.rule not in weeks.SHRINKING]

        def over(pairs):
            return lambda placed: self.ledger.total((c, call(f, c, placed)) for c, f in pairs)
        return over(growing), over(clauses)

    def teacher_week(self, person, works_at, led, slots):
        key = (person, works_at, led, slots)
        if key not in self.teacher_weeks:
            chosen = [self.world.slots[n] for n in slots]
            lessons = [self.world.lesson_at[c, b] for c, b in sorted({(s.course, b) for s in chosen for b in s.blocks})]
            who = Who(person, works_at, frozenset(s.course for s in chosen), led)
            growing, whole = self.counted(weeks.TEACHER, lambda f, c, placed: [] if self.out(c, person) else f(
                self.world, c, who, [cell for _, _, cells in self.cells(placed, lessons) for cell in cells]))
            self.teacher_weeks[key] = Week(self, {l.item for l in lessons}, growing, whole)
        return self.teacher_weeks[key]

    @staticmethod
    def out(clause, person):
        return bool(clause.scope.get("people")) and person not in clause.scope["people"]

    def other_weeks(self):
        """Weeks of classes, courses and pools; who teaches makes no difference to them."""
        if self.others is None:
            self.others = [*self.class_weeks(), *self.course_weeks(), *self.pool_weeks()]
        return self.others

    def class_weeks(self):
        for class_id in self.world.classes:
            lessons = [l for l in self.world.lessons if class_id in self.world.courses[l.course].classes]
            growing, whole = self.counted(weeks.CLASS, lambda f, c, placed, class_id=class_id, lessons=lessons: (
                f(self.world, c, class_id, [(l, cells) for l, _, cells in self.cells(placed, lessons, class_id)])
                if staffing.in_scope_class(self.world, c, class_id) else []))
            yield Week(self, {l.item for l in lessons}, growing, whole)

    def course_weeks(self):
        for course in self.world.courses.values():
            lessons = [l for l in self.world.lessons if l.course == course.id]
            growing, whole = self.counted(weeks.COURSE, lambda f, c, placed, course=course, lessons=lessons: (
                f(self.world, c, course, self.cells(placed, lessons)) if staffing.in_scope(self.world, c, course) else []))
            yield Week(self, {l.item for l in lessons}, growing, whole)

    def pool_weeks(self):
        for pool in sorted(set(self.world.pool_of.values())):
            lessons = [l for l in self.world.lessons if self.world.pool_of.get(l.index) == pool]
            cost = lambda placed, pool=pool, lessons=lessons: self.deal_rooms(pool, self.cells(placed, lessons))[0]
            yield Week(self, {l.item for l in lessons}, cost, cost)

    def deal_rooms(self, pool, placed):
        """The best rooms for the lessons of a pool: (cost, rooms). The rooms' own capacity is looked at in every dealing."""
        rooms = [r for r in self.world.rooms if (r["site"], r["kind"]) == pool] or [None]
        clauses, best = self.ledger.having(weeks.POOL), None
        for dealt in product(rooms, repeat=len(placed)):
            self.spend()
            uses = [(l, cells, room) for (l, _, cells), room in zip(placed, dealt)]
            cost = self.ledger.total((c, f(self.world, c, pool, uses)) for c, f in clauses)
            if best is None or cost < best[0]:
                best = (cost, {l.index: room["id"] for l, _, room in uses if room})
                if cost == 0:
                    break
        return best

    # -- postings and teachings ---------------------------------------------------------------------------------------

    def postings(self):
        """Every way in which people may work, with what it costs."""
        people = list(self.world.people)
        options = []
        for p in people:
            stay = staffing.home(self.world, p)
            options.append([stay] + [s for s in self.world.schools if s != stay and self.may_move(p, s)])
        chosen = [self.fixed_works] if self.fixed_works else (dict(zip(people, w)) for w in product(*options))
        for works in chosen:
            self.spend()
            cost = self.ledger.total((c, f(self.world, c, works)) for c, f in self.ledger.having(EXCHANGE))
            if cost < self.ledger.legal:
                yield cost, works

    def may_move(self, person, to):
        """Where no clause says who is eligible, the page does: the usual numbers, or only volunteers and what is agreed."""
        rules = {c.rule for c in self.every}
        if staffing.volunteers(self.world, person) or staffing.is_agreed(self.world, person, to):
            return True
        if "eligible" in rules:
            return not self.offered or staffing.is_eligible(self.world, person, self.world.eligible_numbers)
        asks = rules & {"quota", "balance", "mutual_dispatch", "helpers_per_year", "everyone_gives", "posts_held", "new_school"}
        return bool(asks) and staffing.is_eligible(self.world, person, {})

    def leaders(self, works):
        """Who may be the class teacher of each class: whoever is given and works there, else nobody or anybody there."""
        classes = list(self.world.classes)
        if self.fixed_led is not None:
            return [self.fixed_led]
        options = []
        for c in classes:
            given, school = self.world.classes[c].get("class_teacher"), self.world.classes[c]["school"]
            options.append([None] if given is None else [given] if works[given] == school
                           else [given] + [p for p in works if works[p] == school])
        return [dict(zip(classes, led)) for led in product(*options)]

    def person_cost(self, person, works_at, slots, memo, whole):
        key = (person, works_at, slots, whole)
        if key not in memo:
            self.spend()
            chosen = [self.world.slots[n] for n in slots]
            memo[key] = self.ledger.total((c, f(self.world, c, person, works_at, chosen)) for c, f in self.ledger.having(PERSON)
                                          if not self.out(c, person) and (whole or c.rule not in ("leaders_teach", "host_periods")))
        return memo[key]

    def teachings(self, works, memo, posting_cost, beats):
        """Every assignment of the slots that may beat the best, with what it costs: [(cost, assigned)]. On the way what is open
        counts as covered, and of people only what more courses cannot make better."""
        slots, people, found = self.world.slots, list(works), []
        cover = [(c, f) for c, f in self.ledger.having(COVER)]
        rising = [(c, f) for c, f in cover if not c.numbers.get("spread")]

        def open_cost(assigned):
            undecided = assigned + ["?"] * (len(slots) - len(assigned))
            return self.ledger.total((c, f(self.world, c, undecided)) for c, f in rising)

        def held(p, holds, whole=False):
            return self.person_cost(p, works[p], tuple(holds[p]), memo, whole)

        def go(n, assigned, holds, short, loads):
            """short: what is open costs so far; loads: what people hold costs so far."""
            self.spend()
            if (now := posting_cost + short + loads) >= self.ledger.legal or not beats(now):
                return
            if n == len(slots):
                cost = posting_cost + self.ledger.total((c, f(self.world, c, assigned)) for c, f in cover)
                cost += sum(held(p, holds, True) for p in people)
                if cost < self.ledger.legal and beats(cost):
                    found.append((cost, tuple(assigned)))
                return
            for p in self.options(n, people):
                if p is None:
                    go(n + 1, assigned + [None], holds, open_cost(assigned + [None]), loads)
                elif slots[n].given or self.fixed_assigned is not None or not any(
                        assigned[m] == p and slots[m].course == slots[n].course and slots[m].role != slots[n].role for m in range(n)):
                    before = held(p, holds)
                    holds[p].append(n)
                    go(n + 1, assigned + [p], holds, short, loads - before + held(p, holds))
                    holds[p].pop()

        nothing = {p: [] for p in people}
        go(0, [], nothing, 0, sum(held(p, nothing) for p in people))
        return found

    def options(self, n, people):
        if self.fixed_assigned is not None:
            return [self.fixed_assigned[n]]
        return [self.world.slots[n].given] if self.world.slots[n].given else people + [None]

    # -- all of it ----------------------------------------------------------------------------------------------------

    def hopeless_week(self, works):
        """No week even for the given courses alone: then for no teaching, as more courses only take more time."""
        if any(c.rule == "idle_periods" and c.level == "legal" for c in self.ledger.clauses):
            return False
        given = tuple(s.given for s in self.world.slots)
        key = tuple((p, works[p]) for p in sorted(set(given) - {None}))
        if key not in self.bare:
            nobody = dict.fromkeys(self.world.classes)
            found = self.timetable(0, self.weeks_of(works, given, nobody), lambda score: score < self.ledger.legal, True)
            self.bare[key] = found is None
        return self.bare[key]

    def candidates(self, beats, by_level):
        """Postings, class teachers and teachings that may beat the best, the cheapest first; whoever comes to the front is put back
        once with what the weeks of teachers and classes add for certain."""
        memo, heap = {}, []
        for posting_cost, works in self.postings():
            if not beats(posting_cost) or self.fixed_assigned is None and self.hopeless_week(works):
                continue
            for cost, assigned in self.teachings(works, memo, posting_cost, beats):
                for led in self.leaders(works):
                    named = [(c, staffing.class_teacher_course(self.world, c, assigned, led)) for c in self.ledger.clauses
                             if c.rule == "class_teacher_course"]
                    total = cost + self.ledger.total(named)
                    if total < self.ledger.legal and beats(total):
                        self.spend()
                        heap.append((total, len(heap), total, works, assigned, led))
        heapify(heap)
        seen = set()
        while heap:
            bound, n, cost, works, assigned, led = heappop(heap)
            if n in seen:
                yield bound, cost, works, assigned, led
                continue
            seen.add(n)
            ahead = [w.least(()) for w in self.weeks_of(works, assigned, led)]
            bound = cost + (self.ledger.legal * any(a >= self.ledger.legal for a in ahead) if by_level else sum(ahead))
            if bound < self.ledger.legal and beats(bound):
                heappush(heap, (bound, n, cost, works, assigned, led))

    def weeks_of(self, works, assigned, led):
        held = {}
        for n, p in enumerate(assigned):
            if p is not None:
                held.setdefault(p, []).append(n)
        return [self.teacher_week(p, works[p], tuple(c for c, t in led.items() if t == p), tuple(slots))
                for p, slots in sorted(held.items())] + self.other_weeks()

    def least(self, best=None, at_most=None):
        """The plan with the least score, or None where none is below `best`. With `at_most` (a list of values by level, None =
        no limit) the first plan found within these limits."""
        guard = limits = None
        if at_most is not None:
            half = 1 << 47
            limits = self.ledger.join([half - 1 - (half - 1 if v is None else v) for v in at_most])
            guard = self.ledger.join([half] * len(at_most))
        top = [best if best is not None else self.ledger.legal]

        def beats(score):
            return not (score + limits) & guard if guard else score < top[0]

        def lower(score):
            top[0] = score

        result = None
        for bound, cost, works, assigned, led in self.candidates(beats, bool(guard)):
            if not beats(bound):
                if guard:
                    continue
                break
            place = self.timetable(cost, self.weeks_of(works, assigned, led), beats, bool(guard), lower)
            if place:
                score, starts = place
                result = Found(score, works, assigned, led, starts, self.rooms(starts))
                if guard:
                    return result
        return result

    def least_from_below(self):
        """As `least`, from small limits upwards: of most districts the best plan is found within the first."""
        for few in ((0, 0, 1), (0, 0, 4), (0, 1), (0, 3), (0, 2000), (1,)):
            found = self.least(best=self.ledger.join([*few, *[0] * len(self.ledger.levels)][:len(self.ledger.levels)]))
            if found:
                return found
        return None

    def rooms(self, starts):
        dealt = {}
        for pool in set(self.world.pool_of.values()):
            lessons = [l for l in self.world.lessons if self.world.pool_of.get(l.index) == pool]
            dealt |= self.deal_rooms(pool, self.cells(starts, lessons))[1]
        return dealt

    def timetable(self, base, all_weeks, beats, first, found=lambda score: None):
        """The best timetable that beats the best score: (score, item → number of its start)."""
        ahead = Week.cost if first else Week.least  # within limits by level only what is certain level by level counts
        legal = self.ledger.legal
        touched = {i: [n for n, w in enumerate(all_weeks) if i in w.items] for i in self.order}
        keys = [()] * len(all_weeks)
        costs = [ahead(w, ()) for w in all_weeks]
        if any(w.least(()) >= legal for w in all_weeks):
            return None
        placed, best = {}, [None]

        def go(n, total):
            self.spend()
            if n == len(self.order):
                best[0] = (total, dict(placed))
                found(total)
                return
            item = self.order[n]
            lowest = placed.get(self.twins.get(item), 0)
            for start in range(lowest, len(self.world.starts[item])):
                before = [(w, keys[w], costs[w]) for w in touched[item]]
                now = total
                for w, key, cost in before:
                    keys[w] = key + (start,)
                    costs[w] = ahead(all_weeks[w], keys[w])
                    now += costs[w] - cost
                    if first and all_weeks[w].least(keys[w]) >= legal:
                        now += legal
                if now < legal and beats(now):
                    placed[item] = start
                    go(n + 1, now)
                    placed.pop(item, None)
                for w, key, cost in before:
                    keys[w], costs[w] = key, cost
                if first and best[0]:
                    return
                if not beats(total):
                    return

        start = base + sum(costs)
        if start < legal and beats(start):
            go(0, start)
            if best[0] is not None:
                return best[0]
        return None
