#!/usr/bin/env python3
"""The timetable of a teaching plan by OR-Tools CP-SAT, from the models that `lunpai solve --export` writes.

    benches/cpsat.py DISTRICT PLAN MODELS OUT --seconds S [--workers 2] [--hint PLAN] [--log] | --value PLAN

DISTRICT and MODELS are directories, PLAN holds the teaching. Hard levels are firm: the excess of their points is held at 0. The
objective is what the ranks weigh. OUT gets plan.json (PLAN with the timetable, without rooms), locked.json (the district with
every lesson locked there, so that `lunpai solve` deals the rooms of exactly this timetable) and trace.csv.
Printed: first_s,objective,bound,peak_kib; a field is empty where there is nothing to say. The objective is that of the starts found, every
other column at its least: a search that is cut short leaves some above. With --value: what the models say of the timetable of
that plan, and nothing is searched.
"""

import argparse
import json
import math
import re
import resource
import sys
import time
from pathlib import Path

from ortools.sat.python import cp_model

HARD = ("structure", "legal", "policy")


def plain(name):
    """A name as the models write it."""
    return re.sub(r"\s", "_", name)


class Part:
    """One exported model: columns lo..hi with a cost, rows lo..hi of terms, and which columns are the starts of which lesson."""

    def __init__(self, path):
        self.names, self.lo, self.hi, self.cost = [], [], [], []
        self.row_names, self.row_lo, self.row_hi, self.terms = [], [], [], []
        self.levels, self.decided = {}, {}
        columns, rows, section = {}, {}, ""
        for line in open(path, encoding="utf-8"):
            field = line.split()
            if line.startswith("* level "):
                self.levels[field[2]] = (int(field[3]), int(field[4]))
            elif line.startswith("* decided "):
                name, start = line[len("* decided ") :].rstrip("\n").rsplit("=", 1)
                self.decided[plain(name)] = int(start)
            elif line[0] not in " *":
                section = field[0]
            elif section == "ROWS" and field[0] != "N":
                rows[field[1]] = len(self.terms)
                self.row_names.append(field[1])
                self.terms.append([])
                self.row_lo.append(-math.inf if field[0] == "L" else 0)
                self.row_hi.append(math.inf if field[0] == "G" else 0)
            elif section == "COLUMNS" and field[1] != "'MARKER'":
                name, row, coef = field
                if name not in columns:
                    columns[name] = len(self.names)
                    self.names.append(name)
                    self.lo.append(0)
                    self.hi.append(0)
                    self.cost.append(0)
                if row == "cost":
                    self.cost[columns[name]] = int(coef)
                else:
                    self.terms[rows[row]].append((columns[name], int(coef)))
            elif section == "RHS":
                row, side = rows[field[1]], int(field[2])
                self.row_lo[row] += side
                self.row_hi[row] += side
            elif section == "RANGES":
                self.row_hi[rows[field[1]]] = self.row_lo[rows[field[1]]] + int(field[2])
            elif section == "BOUNDS":
                (self.lo if field[0] == "LO" else self.hi)[columns[field[2]]] = int(field[3])
        self.starts = {}
        for row, name in enumerate(self.row_names):
            lesson = re.fullmatch(r"r\d+_one_(.+#\d+)", name)
            if lesson:
                ways = {int(self.names[c].rsplit("=", 1)[1]): c for c, _ in self.terms[row]}
                self.starts[lesson[1]] = ways

    def firm(self):
        """Holds the excess of hard points at 0, and whatever a row then leaves no choice. Returns the broken rows."""
        least = min(self.levels[name][0] for name in HARD)
        broken = [f"{name}: {self.levels[name][1]}" for name in HARD if self.levels[name][1]]
        of_column = [[] for _ in self.names]
        for row, terms in enumerate(self.terms):
            for column, _ in terms:
                of_column[column].append(row)
        for column, cost in enumerate(self.cost):
            if cost >= least:
                self.hi[column], self.cost[column] = self.lo[column], 0
        queue = list(range(len(self.terms)))
        while queue:
            row = queue.pop()
            low, high = self.reach(row)
            if low > self.row_hi[row] or high < self.row_lo[row]:
                broken.append(self.row_names[row])
                continue
            for tight, down in ((low == self.row_hi[row], 1), (high == self.row_lo[row], -1)):
                for column, coef in self.terms[row] if tight else ():
                    if self.lo[column] < self.hi[column]:
                        held = self.lo[column] if coef * down > 0 else self.hi[column]
                        self.lo[column] = self.hi[column] = held
                        queue.extend(of_column[column])
        return broken

    def reach(self, row):
        low = high = 0
        for column, coef in self.terms[row]:
            a, b = coef * self.lo[column], coef * self.hi[column]
            low, high = low + min(a, b), high + max(a, b)
        return low, high


class Timetable:
    """All parts as one model of CP-SAT."""

    def __init__(self, folder):
        self.parts = [Part(path) for path in sorted(Path(folder).glob("timetable-*.mps"))]
        self.broken = [row for part in self.parts for row in part.firm()]
        self.model = cp_model.CpModel()
        self.columns = [[self.column(part, c) for c in range(len(part.names))] for part in self.parts]
        for part, columns in zip(self.parts, self.columns):
            for row in range(len(part.terms)):
                self.row(part, row, columns)
        # In units of the dearest rank that has a price; what is paid already is added again.
        costs = {cost for part in self.parts for cost in part.cost if cost}
        soft = [level for name, level in self.parts[0].levels.items() if name not in HARD]
        self.unit = max((factor for factor, _ in soft if any(cost >= factor for cost in costs)), default=1)
        paid = [factor * amount for part in self.parts for name, (factor, amount) in part.levels.items() if name not in HARD]
        self.paid = sum(paid) / self.unit
        self.shrink = math.gcd(*costs) if costs else 1
        priced = [(x, cost // self.shrink) for part, xs in zip(self.parts, self.columns) for x, cost in zip(xs, part.cost) if cost]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([x for x, _ in priced], [cost for _, cost in priced]))
        # Lesson → start → column.
        starts = [(name, {k: xs[c] for k, c in ways.items()}) for part, xs in zip(self.parts, self.columns) for name, ways in part.starts.items()]
        self.starts = dict(starts)
        self.decided = {name: start for part in self.parts for name, start in part.decided.items()}

    def column(self, part, c):
        lo, hi = part.lo[c], part.hi[c]
        if lo == hi:
            return self.model.new_constant(lo)
        return self.model.new_bool_var("") if (lo, hi) == (0, 1) else self.model.new_int_var(lo, hi, "")

    def row(self, part, row, columns):
        lo, hi = part.row_lo[row], part.row_hi[row]
        low, high = part.reach(row)
        if low >= lo and high <= hi:
            return
        free = [(c, coef) for c, coef in part.terms[row] if part.lo[c] < part.hi[c]]
        held = sum(coef * part.lo[c] for c, coef in part.terms[row] if part.lo[c] == part.hi[c])
        lo, hi = max(lo - held, low - held), min(hi - held, high - held)
        xs = [columns[c] for c, _ in free]
        units = all(coef == 1 and (part.lo[c], part.hi[c]) == (0, 1) for c, coef in free)
        if units and (lo, hi) == (1, 1):
            self.model.add_exactly_one(xs)
        elif units and (lo, hi) == (0, 1):
            self.model.add_at_most_one(xs)
        else:
            self.model.add_linear_constraint(cp_model.LinearExpr.weighted_sum(xs, [coef for _, coef in free]), lo, hi)

    def says(self, objective):
        """An objective of the solver in units of the dearest rank."""
        value = objective * self.shrink / self.unit + self.paid
        return round(value) if value == round(value) else value


class Cells:
    """The cells of the week by number, as the models count them: per course those of the bell of its first class."""

    def __init__(self, district):
        bells = {bell["id"]: cells(bell) for bell in district["bells"]}
        bell_of = {group["id"]: bells[group["bell"]] for group in district["classes"] if group.get("bell")}
        subjects = [subject["id"] for subject in district["subjects"]]
        self.of = {f"{group}.{subject}": bell for group, bell in bell_of.items() for subject in subjects}
        # Courses of a band are one lesson, called after the first of them.
        self.mates, first = {}, {}
        for course in district.get("courses", []):
            self.of[course["id"]] = bell_of.get(course["classes"][0], [])
            for block in range(len(course["blocks"])):
                lesson = f"{course['id']}#{block + 1}"
                leader = first.setdefault((course["band"], block), lesson) if course.get("band") else lesson
                self.mates.setdefault(leader, []).append((course["id"], block + 1))
        self.id_of = {plain(course): course for course in self.of}

    def rows(self, lesson, start):
        """Rows of the plan for a lesson of the models."""
        course, block = lesson.rsplit("#", 1)
        course = self.id_of[course]
        weekday, period = self.of[course][start]
        mates = self.mates.get(f"{course}#{block}", [(course, int(block))])
        return [{"course": mate, "block": k, "at": {"weekday": weekday, "period": period}} for mate, k in mates]

    def starts(self, plan):
        """Lesson of the models → start in the plan."""
        found = {}
        for row in plan["timetable"]:
            cell = (row["at"]["weekday"], row["at"]["period"])
            found[plain(f"{row['course']}#{row['block']}")] = self.of[row["course"]].index(cell)
        return found


def cells(bell):
    days = {day: bell.get("days", {}).get(str(day), bell["cells"]) for day in sorted(set(bell["weekdays"]))}
    return [(day, k + 1) for day, of_day in days.items() for k in range(len(of_day))]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def fixed(timetable, starts, workers):
    """The models at the starts of these lessons, every other column at its least; `None` where they are not allowed."""
    wrong = [name for name, start in timetable.decided.items() if starts.get(name) != start]
    wrong += [name for name, ways in timetable.starts.items() if starts.get(name) not in ways]
    model = timetable.model.clone()
    for name, ways in () if wrong else timetable.starts.items():
        model.add(ways[starts[name]] == 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    if wrong or solver.solve(model) != cp_model.OPTIMAL:
        say(f"the models do not allow this plan; lessons where they may not be: {wrong[:5]}")
        return None
    return solver


class Trace(cp_model.CpSolverSolutionCallback):
    """Time, objective and bound at each better plan."""

    def __init__(self, timetable, path):
        super().__init__()
        self.timetable, self.file, self.first = timetable, open(path, "w", encoding="utf-8"), None
        self.file.write("seconds,objective,bound\n")

    def on_solution_callback(self):
        self.first = self.wall_time if self.first is None else self.first
        says = self.timetable.says
        self.file.write(f"{self.wall_time:.2f},{says(self.objective_value)},{says(self.best_objective_bound)}\n")
        self.file.flush()


def say(words):
    print(words, file=sys.stderr)


def main():
    ask = argparse.ArgumentParser()
    for name in ("district", "plan", "models", "out"):
        ask.add_argument(name, type=Path)
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--hint", type=Path)
    ask.add_argument("--value", type=Path)
    ask.add_argument("--log", action="store_true")
    ask = ask.parse_args()
    began = time.monotonic()
    district = read(ask.district / "district.json")
    where, timetable = Cells(district), Timetable(ask.models)
    shape = timetable.model.proto
    say(f"{len(timetable.starts)} lessons, {len(shape.variables)} variables, {len(shape.constraints)} constraints, "
        f"read and built in {time.monotonic() - began:.0f} s")
    if timetable.broken:
        say(f"hard points that no timetable meets: {timetable.broken[:5]}")
    if ask.value:
        solver = fixed(timetable, where.starts(read(ask.value)), ask.workers)
        print(timetable.says(solver.objective_value) if solver else "")
        return
    if ask.hint:
        solver = fixed(timetable, where.starts(read(ask.hint)), ask.workers)
        if solver is None:
            sys.exit("the hint is not a plan of these models")
        say(f"hint {timetable.says(solver.objective_value)}")
        for part, columns in zip(timetable.parts, timetable.columns):
            for c, column in enumerate(columns):
                if part.lo[c] < part.hi[c]:
                    timetable.model.add_hint(column, solver.value(column))
    ask.out.mkdir(parents=True, exist_ok=True)
    trace, solver = Trace(timetable, ask.out / "trace.csv"), cp_model.CpSolver()
    solver.parameters.num_workers = ask.workers
    solver.parameters.max_time_in_seconds = ask.seconds
    solver.parameters.log_search_progress = ask.log
    solver.log_callback = say
    status = solver.solve(timetable.model, trace)
    say(solver.status_name(status))
    if status == cp_model.MODEL_INVALID:
        sys.exit(timetable.model.validate())
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = timetable.says(math.ceil(solver.best_objective_bound - 1e-6)) if timetable.parts else ""
    if found:
        starts = {name: next(k for k, x in ways.items() if solver.value(x)) for name, ways in timetable.starts.items()}
        starts |= timetable.decided
        rows = [row for name, start in starts.items() for row in where.rows(name, start)]
        plan = read(ask.plan)
        plan["parts"] = [part for part in plan["parts"] if part != "timetable"] + ["timetable"]
        plan["timetable"] = rows
        district["locked_lessons"] = rows
        for name, content in (("plan.json", plan), ("locked.json", district)):
            (ask.out / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if found:
        tight = fixed(timetable, starts, ask.workers)
        say(f"found {timetable.says(solver.objective_value)}, every column at its least {timetable.says(tight.objective_value)}")
        print(f"{trace.first:.1f},{timetable.says(tight.objective_value)},{bound},{peak}")
    else:
        print(f",,{bound},{peak}")


if __name__ == "__main__":
    main()
