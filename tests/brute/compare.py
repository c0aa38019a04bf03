"""Runs the program on a small district and holds every claim it makes against what trying all plans says."""
import json
import os
import re
import shutil
import subprocess
import tempfile

import staffing
from judge import Broken, Judge, written
from ledger import COVER, EXCHANGE, PERSON, load
from least import Search, TooBig
from sentences import Sentences
from weeks import CLASS, COURSE, POOL, TEACHER

BUDGET = 150_000
STAGE_RULES = {
    "exchange": {*EXCHANGE, *PERSON, *COVER, "class_teacher_course"},  # its model holds the teaching at its most favourable
    "teaching": {*PERSON, *COVER, "class_teacher_course", "one_teacher"},
    "timetable": {*TEACHER, *CLASS, *COURSE, *POOL},
}
PARTS = {"exchange": (), "teaching": ("works",), "timetable": ("works", "assigned", "class_teachers")}


class Run:
    """One run of validate and solve."""

    def __init__(self, program, district, policy, limit, seed, keep=None):
        """`limit`: ("--work", "N") or ("--time", "S")."""
        self.place = keep or tempfile.mkdtemp(prefix="brute-")
        self.kept = keep is not None
        os.makedirs(self.place, exist_ok=True)
        for name, what in (("district", district), ("policy", policy)):
            with open(os.path.join(self.place, name + ".json"), "w", encoding="utf-8") as file:
                json.dump(what, file, ensure_ascii=False, indent=1)
        self.out = os.path.join(self.place, "plan")
        self.validate_exit, self.validate_text = self.call(program, "validate", self.place, "--lang", "en")
        self.exit, self.text = self.call(program, "solve", self.place, "--out", self.out, "--replace", *limit, "--threads", "1",
                                         "--seed", str(seed), "--progress", "none", "--lang", "en")
        self.manifest, self.plan = self.read("manifest.json"), self.read("plan.json", finished=True)
        self.check_exit, self.check_text = self.call(program, "check", self.out, "--lang", "en") if self.plan else (0, "")

    @staticmethod
    def call(*words):
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    def read(self, name, finished=False):
        for place in [self.out] if finished else [self.out, self.out + ".failed"]:
            path = os.path.join(place, name)
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    return json.load(file)
        return None

    def page(self):
        path = os.path.join(self.out, "report.html")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def close(self):
        if not self.kept:
            shutil.rmtree(self.place, ignore_errors=True)


class Verdict:
    """What is wrong, what could not be tried within the budget, and how near the plan is to the least."""

    def __init__(self):
        self.wrong, self.untried, self.notes = [], [], []

    def differs(self, kind, what):
        self.wrong.append((kind, what))


def names_of(ledger, values):
    return " ".join(f"{n}={v}" for n, v in zip(ledger.names[1:], values[1:]))


class Comparison:
    budget = BUDGET

    def __init__(self, district, policy, best, run):
        """`best`: the least plan, None where there is no legal one."""
        self.district, self.policy, self.best, self.run = district, policy, best, run
        self.ledger, self.verdict = load(district, policy), Verdict()
        self.judge = None

    def all(self):
        run, v = self.run, self.verdict
        if run.validate_exit not in (0, 65):
            v.differs("exit", f"validate ends with {run.validate_exit}")
        Sentences(self).of_validate()
        if run.validate_exit == 65 or run.exit == 65:
            self.refused()
        elif run.exit in (0, 3):
            self.planned()
        elif run.exit == 4:
            if self.best is not None:
                v.differs("false-4", f"a legal plan exists: {self.told()}")
            Sentences(self).of_conflict()
        elif run.exit == 5:
            if self.best is not None:
                v.differs("false-5", f"a legal plan exists: {self.told()}")
            else:
                v.notes.append("impossible, not shown")
        else:
            v.differs("exit", f"solve ends with {run.exit}")
        return v

    def told(self):
        return names_of(self.ledger, self.ledger.split(self.best.score))

    def refused(self):
        """65 is for data that contradict themselves: no plan even where only what data alone forbid is demanded."""
        rules = ("class_clash", "teacher_clash", "room_fit", "lab_windows", "locked")
        strict = {"clauses": [{"id": r, "rule": {r: {}}, "force": "legal"} for r in rules]}
        told = " / ".join(re.findall(r"error (\S+)[^\n]*\n *found: *([^\n]*)", self.run.validate_text)[0])
        ledger = load(self.district, strict)
        possible = self.within(ledger, [0, None], "refusal")
        if self.best is not None and possible:
            self.verdict.differs("false-65", f"{told}; a legal plan exists: {self.told()}")
        elif possible:
            self.verdict.differs("65-for-4", told)
        elif self.best is not None:
            self.verdict.notes.append(f"65 for data: {told}")

    # -- a plan ---------------------------------------------------------------------------------------------------

    def planned(self):
        run, v, ledger = self.run, self.verdict, self.ledger
        if run.plan is None or run.manifest is None:
            v.differs("exit", f"{run.exit} without a plan")
            return
        try:
            self.judge = Judge(ledger, run.plan)
        except (Broken, KeyError, IndexError) as broken:
            v.differs("structure", repr(broken))
            return
        score = self.judge.score()
        values = ledger.split(score)
        self.same_score(values)
        if values[0]:
            v.differs("legal", f"broken: {self.broken('legal')}")
            return
        if self.best is None or score < self.best.score:
            v.differs("mine", f"better than the least of all plans ({self.best and self.told()}): {names_of(ledger, values)}")
            return
        v.notes.append("least" if score == self.best.score else f"least is {self.told()}")
        if run.manifest["claim"] == "optimal" and score != self.best.score:
            v.differs("false-optimal", f"{names_of(ledger, values)}; least {self.told()}")
        if run.check_exit != 0:
            v.differs("check", f"check of the untouched output ends with {run.check_exit}: {run.check_text[:300]}")
        self.trace()
        self.stages()
        Sentences(self).of_a_plan(values)
        self.decisions(values)
        self.closable(score)

    def broken(self, force):
        return [c for c, (excess, _) in self.judge.by_clause().items() if excess
                and next(x for x in self.ledger.clauses if x.id == c).level == force]

    def same_score(self, values):
        told = self.run.manifest.get("score", {})
        mine = dict(zip(self.ledger.names, values))
        for name in sorted(set(told) | set(mine)):
            if name != "structure" and told.get(name, 0) != mine.get(name, 0):
                level = next((l for l, n in zip(self.ledger.levels, self.ledger.names) if n == name), None)
                clauses = {c.id: self.judge.by_clause()[c.id] for c in self.ledger.clauses if c.level == level}
                self.verdict.differs("score", f"{name}: manifest {told.get(name)}, judged {mine.get(name)} {clauses}")
        if self.run.manifest.get("shortfall_periods") != self.judge.shortfall():
            self.verdict.differs("score", f"shortfall: manifest {self.run.manifest.get('shortfall_periods')}, {self.judge.shortfall()}")

    def trace(self):
        """Plans only get better, and the last is the one that was written."""
        steps = [tuple(t["score"].get(n, 0) for n in self.ledger.names) for t in self.run.manifest.get("trace") or []]
        if steps and (steps != sorted(steps, reverse=True) or steps[-1] != tuple(self.ledger.split(self.judge.score()))):
            self.verdict.differs("trace", str(steps))

    def decided(self, parts):
        has = {"works": self.judge.works, "assigned": tuple(self.judge.assigned), "class_teachers": self.judge.led}
        return {p: has[p] for p in parts}

    def stages(self):
        """No plan that keeps what the stage was given and the values of the levels before is below a level's bound. Policy clauses of
        later stages count too: what they say of a staffing whatever the week stands in its model."""
        for stage in self.run.manifest.get("stages", []):
            rules = STAGE_RULES[stage["stage"]]
            ledger = load(self.district, self.policy, lambda c: c.rule in rules or c.level == "policy" and stage["stage"] != "timetable")
            before = [0] + [None] * (len(ledger.levels) - 1)
            for level in stage["levels"]:
                if level["name"] not in ledger.names:
                    if level["name"] != "structure" and level["value"] | level["bound"]:
                        self.verdict.differs("level", f"{stage['stage']}: no level {level['name']}")
                    continue
                n = ledger.names.index(level["name"])
                if n == 0:
                    continue
                if level["bound"] > level["value"]:
                    self.verdict.differs("false-bound", f"{stage['stage']} {level['name']}: bound {level['bound']} above {level['value']}")
                if level["proved"] and level["bound"] != level["value"]:
                    self.verdict.notes.append(f"{stage['stage']} {level['name']} proved with a gap")
                if level["bound"] > 0:
                    limits = list(before)
                    limits[n] = level["bound"] - 1
                    found = self.within(ledger, limits, f"{stage['stage']} {level['name']}", PARTS[stage["stage"]], True)
                    if found:
                        kind = "false-proved" if level["proved"] else "false-bound"
                        self.verdict.differs(kind, f"{stage['stage']} {level['name']}: bound {level['bound']}, but "
                                             f"{names_of(ledger, ledger.split(found.score))} {self.sketch(ledger, found)}")
                before[n] = level["value"]

    def within(self, ledger, limits, what, parts=(), offered=False):
        """A plan within limits by level; `parts` names what the plan of the run decides already, or says it."""
        given = parts if isinstance(parts, dict) else self.decided(parts) if parts else {}
        try:
            return Search(ledger, BUDGET, offered=offered, **given).least(at_most=limits)
        except TooBig:
            self.verdict.untried.append(what)
            return None

    def sketch(self, ledger, found):
        moved = staffing.posted(ledger.world, found.works)
        return json.dumps({"posted": moved, "taught": [f"{s.course}:{p}" for s, p in zip(ledger.world.slots, found.assigned)]})

    def with_first(self, clause):
        """The policy with one more level between policy and the ranks."""
        policy = json.loads(json.dumps(self.policy))
        policy["clauses"].append({"id": "first", "rule": clause, "force": {"prefer": {"rank": 0, "weight": 1}}})
        return load(self.district, policy)

    def decisions(self, values):
        """A decision that is proved to be needed: no legal plan breaks policy clauses by less."""
        rows = self.run.manifest.get("decisions") or []
        told = self.run.manifest.get("decisions_needed", len(rows))
        if values[1] and self.run.manifest["check"]["verdict"] == "passed":
            self.verdict.differs("decision", f"policy {values[1]} and the verdict is passed")
        if told != len(rows):
            self.verdict.differs("decision", f"{told} needed, {len(rows)} told")
        if values[1] and "ready for the meeting" in self.run.text + self.run.page():
            self.verdict.differs("decision", "ready for the meeting with a decision open")
        if values[1] == self.ledger.split(self.best.score)[1]:
            return
        for clause in sorted({r["clause"] for r in rows if r.get("proved")}):
            excess = sum(r["excess"] for r in rows if r["clause"] == clause)
            least = self.least_of(clause)
            if least is not None and least < excess:
                self.verdict.differs("false-proved", f"decision {clause}: {excess} said to be the least, {least} will do")

    def least_of(self, clause):
        """The least excess of one clause over all legal plans."""
        ledger = load(self.district, self.policy, lambda c: c.id == clause)
        try:
            found = Search(ledger, BUDGET).least()
        except TooBig:
            self.verdict.untried.append(f"decision {clause}")
            return None
        return ledger.split(found.score)[1]

    def closable(self, score):
        """No lesson without a teacher that one assignment, or one exchange of two, would close at no cost in earlier levels."""
        judge, world = self.judge, self.ledger.world
        covered = self.with_first({"hours_in_full": {}})
        start = covered.split(self.rejudged(covered, judge.assigned))
        for n, slot in enumerate(world.slots):
            if judge.assigned[n] is not None or slot.given or not slot.first:
                continue
            for change in self.changes(n):
                assigned = list(judge.assigned)
                for m, p in change:
                    assigned[m] = p
                values = covered.split(self.rejudged(covered, assigned))
                if values[0] == 0 and values[1] <= start[1] and values[2] < start[2] and self.rejudged(self.ledger, assigned) < score:
                    told = ", ".join(f"{world.slots[m].course} to {p}" for m, p in change)
                    self.verdict.differs("closable", f"{slot.course} has no teacher, though the plan is better with {told}")
                    return

    def changes(self, n):
        world, assigned = self.ledger.world, self.judge.assigned
        for p in world.people:
            yield [(n, p)]
        for p in world.people:
            for m, slot in enumerate(world.slots):
                if assigned[m] == p and not slot.given:
                    for q in world.people:
                        if q != p:
                            yield [(n, p), (m, q)]

    def rejudged(self, ledger, assigned):
        judge = Judge(ledger, self.run.plan)
        judge.assigned = list(assigned)
        return judge.score()

    def check_witness(self, program):
        """The checker must find nothing legal in the least plan, and the same score."""
        if self.best is None or 65 in (self.run.exit, self.run.validate_exit):
            return
        place = os.path.join(self.run.place, "least.json")
        with open(place, "w", encoding="utf-8") as file:
            json.dump(self.witness(), file, ensure_ascii=False)
        code, text = self.run.call(program, "check", place, "--district", self.run.place, "--policy", os.path.join(self.run.place, "policy.json"),
                                   "--json", "--lang", "en")
        try:
            told = json.loads(text[text.index("{"):])
        except ValueError:
            self.verdict.differs("check", f"exit {code}: {text[:300]}")
            return
        mine = dict(zip(self.ledger.names, self.ledger.split(self.best.score)))
        score = {n: v for n, v in told.get("score", {}).items() if n != "structure"}
        if told.get("score", {}).get("structure") or any(score.get(n, 0) != v for n, v in mine.items()):
            self.verdict.differs("check", f"least plan: {mine}, checker {told.get('score')}")

    def witness(self):
        return written(self.ledger, self.best) if self.best else None
