"""The search held against itself without any of its cuts: every plan of the very smallest districts is written down and judged."""
from itertools import product

import staffing
from judge import Judge, written
from least import Found, Search

FEWEST, MOST = 8, 1500  # plans


def count(search):
    world = search.world
    total = 1
    for p in world.people:
        total *= sum(s == staffing.home(world, p) or search.may_move(p, s) for s in world.schools)
    for s in world.slots:
        total *= 1 if s.given else len(world.people) + 1
    for starts in world.starts:
        total *= len(starts)
    for pool in world.pool_of.values():
        total *= 1 + sum((r["site"], r["kind"]) == pool for r in world.rooms)
    return total


def every_plan(search):
    world, people = search.world, list(search.world.people)
    places = [[s for s in world.schools if s == staffing.home(world, p) or search.may_move(p, s)] for p in people]
    slots = [[s.given] if s.given else [None, *people] for s in world.slots]
    lessons = [l for l in world.lessons if l.index in world.pool_of]
    rooms = [[None] + [r["id"] for r in world.rooms if (r["site"], r["kind"]) == world.pool_of[l.index]] for l in lessons]
    for works in product(*places):
        works = dict(zip(people, works))
        for led in search.leaders(works):
            for assigned in product(*slots):
                for starts in product(*(range(len(s)) for s in world.starts)):
                    for dealt in product(*rooms):
                        dealt = {l.index: r for l, r in zip(lessons, dealt) if r}
                        yield Found(0, works, assigned, led, dict(enumerate(starts)), dealt)


def agrees(ledger):
    """True or False; None where there are too many plans to write down."""
    search = Search(ledger)
    if not FEWEST <= count(search) <= MOST:
        return None
    least = min((Judge(ledger, written(ledger, found)).score() for found in every_plan(search)), default=ledger.legal)
    found = search.least_from_below()
    return (found.score if found else None) == (least if least < ledger.legal else None)
