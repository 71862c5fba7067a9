"""Runs Weft and its peers on the same work, in turn, and writes what came out. `Benchmarks/compare` starts it."""

import argparse
import json
import os
import re
import sys
import time

import chart
import report
from bars import bars
from engines import BENCHMARKS, ENGINES, SYSTEMS, Broken
from measure import QUIET, Effort, Group, idle
from processors import memory_available
from workloads import SWEEPS, WORKLOADS, sweep

RESULTS = BENCHMARKS / "results"
FULL = Effort(seconds=2, rounds=(7, 61), attempts=6, batch_milliseconds=2)
FULL_SWEEP = Effort(seconds=0.8, rounds=(9, 61), attempts=6, batch_milliseconds=2, sweeps=("weft", "rayon"))
QUICK = Effort(seconds=0.3, rounds=(3, 15), attempts=1, batch_milliseconds=1, huge=("weft",))
QUICK_SWEEP = Effort(seconds=0.25, rounds=(3, 31), attempts=1, batch_milliseconds=1, sweeps=("weft",))


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less precise, within three minutes")
    parser.add_argument("--only", metavar="REGEX", default="", help="the workloads whose names match; sweep-… and idle are names too")
    parser.add_argument("--engines", metavar="LIST", default=",".join(ENGINES), help="default: %(default)s")
    parser.add_argument("--output", metavar="NAME", default="latest", help="results/NAME.json, .md and .svg; default: %(default)s")
    options = parser.parse_args()
    engines = options.engines.split(",")

    missing = [tuple(line.split("\t")) for line in os.environ["WEFT_MISSING"].splitlines()]
    absent = {name for name, _ in missing}
    present = {engine: [s for s in SYSTEMS[engine] if f"{s} ({engine})" not in absent] for engine in engines if engine not in absent}

    jobs = list(_jobs(options.quick, re.compile(options.only), present))
    rows, disturbed = [], []
    started = {}
    begin = time.monotonic()
    try:
        for number, (engine, workload, effort) in enumerate(jobs, 1):
            size = f" {workload.size}" if workload.name.startswith("sweep-") else ""
            _progress(f"[{number}/{len(jobs)}, {time.monotonic() - begin:.0f} s] {workload.name}{size} on {engine}")
            rows += _measure(engine, started, present, workload, effort, missing, disturbed)
    finally:
        for engine in started.values():
            engine.stop()
    if re.search(options.only, "idle"):
        rows += _idle(present, missing)
    _progress("")

    RESULTS.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(row) for row in rows)
    (RESULTS / f"{options.output}.json").write_text(f"[\n{lines}\n]\n")
    kind = "a quick run" if options.quick else "a full run"
    report.write(rows, missing, disturbed, RESULTS / f"{options.output}.md", kind)
    chart.write(rows, RESULTS / f"{options.output}.svg")

    verdicts = [bar for bar in bars(rows) if bar.value is not None]
    for bar in verdicts:
        print(bar)
    for name, reason in missing:
        print(f"missing {name}: {reason}")
    if disturbed:
        print(f"{len(disturbed)} of {len(jobs)} measurements were disturbed by other programs")
    print(f"{len(rows)} results in {time.monotonic() - begin:.0f} s: {RESULTS / options.output}.json, .md, .svg")
    return any(bar.verdict == "MISSED" for bar in verdicts)


def _jobs(quick, only, present):
    for workload in WORKLOADS:
        # The patterns are promised under Node; the other engines repeat what it shows.
        engines = ("node",) if quick and workload.pattern else workload.engines
        for engine in engines:
            if engine in present and only.search(workload.name):
                yield engine, workload, QUICK if quick else FULL
    for kernel in SWEEPS:
        for workload in sweep(kernel, quick):
            for engine in workload.engines:
                if engine in present and only.search(workload.name):
                    yield engine, workload, QUICK_SWEEP if quick else FULL_SWEEP


def _measure(name, started, present, workload, effort, missing, disturbed):
    """One workload on one engine. A system that breaks is left out from then on, and named."""
    while True:
        wanted = workload.systems
        if workload.name.startswith("sweep-"):
            wanted = effort.sweeps
        elif workload.memory and effort.huge:
            wanted = effort.huge
        systems = [system for system in present[name] if not wanted or system in wanted]
        needed = workload.memory * len(systems) * len(workload.threads)
        if needed > 0.8 * memory_available():
            missing.append((f"{workload.name} ({name})", f"needs {needed / 1e9:.0f} GB of free memory"))
            return []
        try:
            if name not in started:
                started[name] = ENGINES[name]()
            group = Group(started[name], systems, workload, effort)
            rows = group.measure()
            if group.disturbance > QUIET:
                disturbed.append((workload.name, name, group.disturbance))
            return rows
        except Broken as error:
            present[name] = [system for system in present[name] if system != error.system]
            missing.append((f"{error.system} ({name})", f"broke at {workload.name}: {error}"))
            started.pop(name).stop()


def _idle(present, missing):
    """Under Node each system in a process of its own, too."""
    for engine, systems in [("native", present.get("native", [])), *(("node", [system]) for system in present.get("node", []))]:
        _progress(f"idle {', '.join(systems)} on {engine}")
        host = ENGINES[engine]()
        try:
            yield from idle(host, systems)
        except Broken as error:
            missing.append((f"idle ({engine})", str(error)))
        finally:
            host.stop()


def _progress(line):
    print(f"\r\033[K{line}" if sys.stderr.isatty() else line, end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
