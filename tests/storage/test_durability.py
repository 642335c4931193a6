"""What is written stays written, whatever ends the process."""

from __future__ import annotations

import subprocess
import sys

from simulator.storage.agenda import AgendaRows
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from simulator.storage.runs import Runs
from tests.storage.builders import a_run, an_entry

# Says each number once the call for it has returned, and goes on until it is killed.
WRITE_ON = """
import sys
from simulator.storage.agenda import AgendaRows
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from tests.storage.builders import WALL, a_fact
database, run = Database(sys.argv[1]), sys.argv[2]
facts, agenda = Facts(database), AgendaRows(database)
for n in range(1, 5000):
    facts.append(run, [a_fact(2 * n - 1), a_fact(2 * n)], cursor={"n": n})
    agenda.finish(run, f"entry-{n}", wall=WALL, bindings={f"pull:{n}": str(n)})
    print(n, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_was_told_is_kept(database: Database) -> None:
    run = a_run(database)
    AgendaRows(database).add(run.id, [an_entry(f"entry-{n}") for n in range(1, 5000)])
    url = database.url.render_as_string(hide_password=False)
    with subprocess.Popen([sys.executable, "-c", WRITE_ON, url, run.id], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(40)]
        writer.kill()
        said += [int(line) for line in writer.stdout]

    kept = Facts(database).last_sequence(run.id)
    cursor = Facts(database).cursor(run.id)["n"]
    finished = len(AgendaRows(database).entries(run.id, upcoming=False))
    bound = len(Runs(database).bindings(run.id))

    assert kept == 2 * cursor, "facts and cursor are kept together"
    assert finished == bound, "an entry ends together with its bindings"
    assert said[-1] <= finished <= cursor <= said[-1] + 2
    assert Runs(database).revision(run.id) == 1 + 1 + cursor + finished
