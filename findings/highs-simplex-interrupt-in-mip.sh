#!/bin/sh
# HiGHS 1.15.0 (highspy): the callback that may interrupt the simplex method is called in a linear program, and never in the linear programs
# of a mixed-integer program, however many iterations these take. Guess: it is called there too, at the root at least, so that a limit on
# simplex iterations could be kept in one place. Who counts work has to subscribe to the interrupt of the tree search as well, and cannot
# stop the root's linear program. Seen: linear program: called; mixed-integer program: 0 calls in about 28,000 simplex iterations.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip install --quiet --target "$work/lib" "highspy==1.15.0" "numpy==2.2.6" 2>/dev/null || { echo "the packages cannot be installed" >&2; exit 2; }
PYTHONPATH="$work/lib" python3 - <<'PY'
import random
import sys

import highspy


def calls(whole):
    """Calls of the simplex interrupt, and simplex iterations, of a packing problem in whole numbers or fractions."""
    random.seed(1)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    columns = [solver.addVariable(0, 1, obj=-random.randint(5, 30), type=kind) for _ in range(300)]
    for _ in range(120):
        row = random.sample(columns, 40)
        solver.addConstr(sum(random.randint(1, 9) * column for column in row) <= 60)
    solver.setOptionValue("mip_max_nodes", 50)
    count = [0]

    def called(event):
        count[0] += 1

    solver.cbSimplexInterrupt.subscribe(called)
    solver.run()
    return count[0], solver.getInfo().simplex_iteration_count


fractions, whole = calls(False), calls(True)
print("fractions: calls, iterations", fractions, "whole numbers: calls, iterations", whole)
sys.exit(0 if fractions[0] > 0 and whole[0] == 0 and whole[1] > 1000 else 1)
PY
