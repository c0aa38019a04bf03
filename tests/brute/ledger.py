"""The clauses of a policy and how excesses add up to a score.

A score is one whole number with a field of 48 bits per level, the first level uppermost: comparing two numbers compares the
levels in order, adding them adds level by level.
"""
import staffing
import weeks
from world import World

WIDTH = 48
EXCHANGE = {f.__name__: f for f in (staffing.quota, staffing.eligible, staffing.headcount, staffing.stability, staffing.balance,
                                    staffing.agreed_postings, staffing.kin_avoid, staffing.wishes, staffing.no_school_worse,
                                    staffing.in_pairs, staffing.training)}
EXCHANGE["commute"] = staffing.commute_posted
EXCHANGE["group_permits"] = staffing.group_permits_posted
PERSON = {f.__name__: f for f in (staffing.qualified, staffing.load_cap, staffing.load_target, staffing.leaders_teach,
                                  staffing.preparations, staffing.host_schools, staffing.away_periods, staffing.host_periods,
                                  staffing.visits)}
PERSON["commute"] = staffing.commute_link
PERSON["group_permits"] = staffing.group_permits_link
COVER = {"hours_in_full": staffing.hours_in_full, "fair_shortage": staffing.fair_shortage}
KNOWN = {*EXCHANGE, *PERSON, *COVER, "class_teacher_course", "one_teacher", *weeks.TEACHER, *weeks.CLASS, *weeks.COURSE, *weeks.POOL}


class Clause:
    def __init__(self, record):
        self.id = record["id"]
        (self.rule, self.numbers), = record["rule"].items()
        self.force, self.scope, self.cost = record["force"], record.get("scope", {}), record.get("cost", "linear")
        if self.rule not in KNOWN:
            raise ValueError(f"rule not understood here: {self.rule}")
        prefer = self.force.get("prefer") if isinstance(self.force, dict) else None
        self.level = (prefer["rank"], prefer.get("then", 0)) if prefer else self.force
        self.weight = prefer["weight"] if prefer else 1

    def price(self, excess):
        excess = {"linear": excess, "quadratic": excess * excess, "step": int(excess > 0)}[self.cost]
        return self.weight * excess


class Ledger:
    """The policy's clauses with their places in the score; `counted` leaves clauses below legal out of it."""

    def __init__(self, world, counted=lambda clause: True):
        self.world = world
        self.clauses = [Clause(c) for c in world.policy["clauses"] if not c.get("off")]
        ranks = sorted({c.level for c in self.clauses if isinstance(c.level, tuple)})
        self.levels = ["legal", "policy", *ranks]
        self.names = ["legal", "policy", *(f"rank{r}" if t == 0 else f"rank{r}.{t}" for r, t in ranks)]
        self.legal = 1 << (WIDTH * (len(self.levels) - 1))  # one legal breach
        for c in self.clauses:
            c.shift = WIDTH * (len(self.levels) - 1 - self.levels.index(c.level))
        self.clauses = [c for c in self.clauses if c.level == "legal" or counted(c)]
        world.eligible_numbers = next((c.numbers for c in map(Clause, world.policy["clauses"]) if c.rule == "eligible"), {})
        world.slots_by_course = {c: [(n, s) for n, s in enumerate(world.slots) if s.course == c] for c in world.courses}
        world.pool_of = {l.index: ((l.need.get("site") or world.first_school(world.courses[l.course])), l.need["kind"])
                         for l in world.lessons if l.need}

    def having(self, table):
        return [(c, table[c.rule]) for c in self.clauses if c.rule in table]

    def total(self, pairs):
        """pairs: (clause, excesses of its points)."""
        return sum(c.price(excess) << c.shift for c, excesses in pairs for excess in excesses if excess)

    def split(self, score):
        """A score as a list, level by level."""
        mask = (1 << WIDTH) - 1
        return [score >> (WIDTH * n) & mask for n in range(len(self.levels) - 1, -1, -1)]

    def join(self, values):
        score = 0
        for value in values:
            score = score << WIDTH | value
        return score


def load(district, policy, counted=lambda clause: True):
    return Ledger(World(district, policy), counted)
