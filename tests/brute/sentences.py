"""What the first page, `validate` and conflict.json say, held against all plans. A sentence without a condition is about every plan."""
import json
import os
import re

import staffing
import weeks
from least import Search, TooBig
from ledger import load

PAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "rules", "README.md")


def titles():
    """English title of a rule → its id, from the book."""
    with open(PAGES, encoding="utf-8") as file:
        rows = re.findall(r"\| \[`(\w+)`\]\(\w+\.md\) \| [^|]* \| ([^|]*) \|", file.read())
    return {title.strip(): rule for rule, title in rows}


class Sentences:
    """The program's words about one district. `judge` is the judge of its plan, None without one."""

    def __init__(self, comparison):
        self.c, self.run, self.verdict, self.judge = comparison, comparison.run, comparison.verdict, comparison.judge
        self.district, self.policy = comparison.district, comparison.policy
        self.words = re.sub(r"<[^>]+>", " ", self.run.text + " " + self.run.page())

    def says(self, pattern):
        return re.search(pattern, self.words)

    def wrong(self, kind, sentence, found=None, ledger=None):
        """`found` is a plan that the sentence says there is not."""
        shown = self.c.sketch(ledger, found) if found else ""
        self.verdict.differs(kind, f"“{sentence}” {shown}")

    def changed(self, *clauses, without=()):
        """The policy with more clauses, and without some."""
        policy = json.loads(json.dumps(self.policy))
        policy["clauses"] = [c for c in policy["clauses"] if c["id"] not in without]
        policy["clauses"] += [{"id": f"more-{n}", "rule": rule, "force": force} for n, (rule, force) in enumerate(clauses)]
        return policy

    def search(self, ledger, limits, what, parts=()):
        """A plan within limits by level; None where there is none or where there are too many to try."""
        return self.c.within(ledger, limits, what, parts)

    # -- of a plan -------------------------------------------------------------------------------------------------

    def of_a_plan(self, values):
        self.shortage(values)
        self.without_sharing()
        self.unavoidable()
        self.of_the_timetable(values)

    def fewer(self, most, policy, parts=(), clauses=()):
        """A plan with at most so many periods without a teacher, and at most so much of policy clauses broken."""
        ledger = load(self.district, self.changed(({"hours_in_full": {}}, {"prefer": {"rank": 0, "weight": 1}}), *clauses))
        return ledger, self.search(ledger, [0, policy, most] + [None] * (len(ledger.levels) - 3), "shortage", parts)

    def shortage(self, values):
        short = self.judge.shortfall()
        if not short:
            return
        any_posting = self.says(r"(?<!with these postings )the shortage is proved smallest|proved smallest with these teachers and rules")
        these = self.says(r"with these postings the shortage is proved smallest|proved smallest with these postings")
        for sentence, parts in ((any_posting, ()), (these, ("works",))):
            if sentence:
                ledger, found = self.fewer(short - 1, values[1], parts)
                if found:
                    self.wrong("false-smallest", f"{sentence.group()}: {short}", found, ledger)

    def without_sharing(self):
        """Everybody at the school they work at before any posting, within the caps and with certificates."""
        said = self.says(r"at least (\d+) without sharing")
        if said and int(said.group(1)) > 0:
            at_home = {"works": {p: staffing.home(self.c.ledger.world, p) for p in self.c.ledger.world.people}}
            bound = [({"host_schools": {"max": 0}}, "legal"), ({"load_cap": {}}, "legal"), ({"qualified": {}}, "legal")]
            ledger, found = self.fewer(int(said.group(1)) - 1, None, at_home, bound)
            if found:
                self.wrong("false-at-least", said.group(), found, ledger)

    def unavoidable(self):
        for pattern, parts in ((r"no plan breaks such rules by less than (\d+) in all", ()), (r"proved not below (\d+) in all", ()),
                               (r"proved not below (\d+) with what was decided before", ("works", "assigned", "class_teachers"))):
            said = self.says(pattern)
            if said and int(said.group(1)) > 0:
                ledger = load(self.district, self.policy)
                found = self.search(ledger, [0, int(said.group(1)) - 1] + [None] * (len(ledger.levels) - 2), "unavoidable", parts)
                if found:
                    self.wrong("false-unavoidable", said.group(), found, ledger)

    def of_the_timetable(self, values):
        given = ("works", "assigned", "class_teachers")
        if self.says("the timetable is proved best"):
            ledger = load(self.district, self.policy)
            try:
                found = Search(ledger, self.c.budget, **self.c.decided(given)).least(best=self.judge.score())
            except TooBig:
                self.verdict.untried.append("timetable best")
                found = None
            if found:
                self.wrong("false-best", f"the timetable is proved best: {ledger.split(found.score)}", found, ledger)
        said = self.says(r"blemishes weigh (\d+), proved not below (\d+)")
        if said and int(said.group(2)) > 0:
            rules = {*weeks.TEACHER, *weeks.CLASS, *weeks.COURSE, *weeks.POOL}
            policy = json.loads(json.dumps(self.policy))
            for c in policy["clauses"]:
                if isinstance(c["force"], dict):
                    c["force"]["prefer"] = {"rank": 1, "weight": c["force"]["prefer"]["weight"]}
            ledger = load(self.district, policy, lambda c: c.rule in rules or c.level == "policy")
            found = self.search(ledger, [0, values[1], int(said.group(2)) - 1], "blemishes", given)
            if found:
                self.wrong("false-at-least", said.group(), found, ledger)

    # -- of validate and conflict.json -------------------------------------------------------------------------------

    def of_validate(self):
        by_title = titles()
        for said in re.findall(r"found: +(.*)", self.run.validate_text):
            if re.search(r"there is no plan", said):
                if self.c.best is not None:
                    self.wrong("false-count", said)
                elif self.run.exit not in (4, 65):
                    self.verdict.differs("not-4", f"exit {self.run.exit} though “{said}”")
            elif m := re.search(r"; (.*) must be broken in at least (\d+) place", said):
                self.must_break(said, self.named(m.group(1), by_title), int(m.group(2)))
            elif m := re.search(r"at least (\d+) period\(s\) have no teacher(.*)", said):
                self.either(said, int(m.group(1)), self.named(m.group(2), by_title))
            elif m := re.search(r"(.*) \(\w+ and above\): \d+ periods, at most \d+ by qualified teachers, (\d+) short", said):
                self.short_of(said, m.group(1), int(m.group(2)))

    @staticmethod
    def named(words, by_title):
        return {rule for title, rule in by_title.items() if title in words}

    def must_break(self, said, rules, times):
        """Policy clauses of these rules are broken together by less, somewhere."""
        ledger = load(self.district, self.policy, lambda c: c.level == "policy" and c.rule in rules)
        found = self.search(ledger, [0, times - 1] + [None] * (len(ledger.levels) - 2), "must be broken")
        if found:
            self.wrong("false-count", said, found, ledger)

    def either(self, said, short, rules):
        """Nobody posted, these policy clauses kept, and fewer periods without a teacher."""
        kept = {c["id"] for c in self.policy["clauses"] if c["force"] == "policy" and next(iter(c["rule"])) not in rules}
        policy = self.changed(({"hours_in_full": {}}, {"prefer": {"rank": 0, "weight": 1}}), without=kept)
        if "the teacher is posted elsewhere" in said:
            policy["clauses"].append({"id": "nobody", "rule": {"stability": {}}, "force": "legal"})
        ledger = load(self.district, policy)
        found = self.search(ledger, [0, 0, short - 1] + [None] * (len(ledger.levels) - 3), "either")
        if found:
            self.wrong("false-count", said, found, ledger)

    def short_of(self, said, subject, missing):
        """By the caps: true of every plan in which nobody is above the cap and everybody is qualified."""
        id = next(s["id"] for s in self.district["subjects"] if s["name"]["en"] == subject)
        policy = {"clauses": [{"id": "cap", "rule": {"load_cap": {}}, "force": "legal"},
                              {"id": "able", "rule": {"qualified": {}}, "force": "legal"},
                              {"id": "hours", "rule": {"hours_in_full": {}}, "scope": {"subjects": [id]},
                               "force": {"prefer": {"rank": 1, "weight": 1}}}]}
        ledger = load(self.district, policy)
        found = self.search(ledger, [0, None, missing - 1], "short of a subject")
        if found:
            self.wrong("false-count", said, found, ledger)

    def of_conflict(self):
        """Each set of clauses that is told to be impossible must be so by itself."""
        conflict = self.run.read("conflict.json") or {}
        for name in ("clauses", "legal"):
            if isinstance(conflict.get(name), list):
                self.impossible(conflict[name])
        for part in [p for value in conflict.values() if isinstance(value, list) for p in value if isinstance(p, dict)]:
            if isinstance(part.get("clauses"), list):
                self.impossible(part["clauses"])

    def impossible(self, ids):
        ids = {i if isinstance(i, str) else i.get("id") for i in ids}
        few = {"clauses": [c for c in self.policy["clauses"] if c["id"] in ids and c["force"] == "legal"]}
        ledger = load(self.district, few)
        found = self.search(ledger, [0] + [None] * (len(ledger.levels) - 1), "conflict")
        if found:
            self.wrong("false-conflict", f"{sorted(ids)} cannot all be met", found, ledger)
