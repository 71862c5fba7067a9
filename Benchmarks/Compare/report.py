"""The results as a Markdown page."""

import os
import pathlib
import platform
import subprocess

import workloads
from bars import Results, bars, pays_from, sweep
from engines import SYSTEMS


def write(rows, missing, disturbed, path, subtitle):
    path.write_text("\n".join(_lines(rows, missing, disturbed, path.stem, subtitle)) + "\n")


def _lines(rows, missing, disturbed, name, subtitle):
    results = Results(rows)
    yield "# Weft beside its peers"
    yield ""
    yield f"Written by `Benchmarks/compare`; {subtitle}. Medians; {machine()}, {_versions()}. `seq` is the sequential form in the same language."
    yield ""
    yield f"![The results as charts]({name}.svg)"
    yield ""
    yield "## Promises"
    yield ""
    yield from table(
        ["workload", "what", "to reach", "measured", "verdict"],
        [
            [bar.workload, bar.promise, f"{'≥' if bar.at_least else '≤'} {bar.bar} {bar.unit}",
             "-" if bar.value is None else f"{bar.value:.3g} {bar.unit}", bar.verdict]
            for bar in bars(rows)
        ],  # fmt: skip
    )
    yield from ["", "## Where parallel begins to pay", ""]
    yield "The parallel form's time by the sequential one's over all sizes from 1 to 2^22, and the size from which on two threads are 1.5 times as fast."
    yield ""
    paying = []
    for engine in SYSTEMS:
        for kernel in workloads.SWEEPS:
            for system in SYSTEMS[engine]:
                if ratios := sweep(results, kernel, engine, system):
                    worst = max(ratios, key=ratios.get)
                    paying.append([engine, kernel, system, f"{ratios[worst]:.2f} × (at {worst})", pays_from(ratios) or "-"])
    yield from table(["engine", "kernel", "system", "worst", "1.5 × from"], paying)
    for engine, systems in SYSTEMS.items():
        here = [row for row in rows if row["engine"] == engine and not row["workload"].startswith("sweep-")]
        columns = sorted({(row["system"], row["threads"]) for row in here}, key=lambda column: (systems.index(column[0]), column[1]))
        if not here:
            continue
        yield from ["", f"## {engine.capitalize()}", ""]
        names = list(dict.fromkeys(row["workload"] for row in here))
        yield from table(
            ["workload"] + [f"{system} {threads or 'seq'}" for system, threads in columns],
            [[name] + [time(results.time(name, engine, *column)) for column in columns] for name in names],
        )
    if disturbed:
        yield from ["", "## Disturbed", ""]
        yield "Other programs used more than 5 % of a processor meanwhile, in each attempt:"
        yield ""
        worst = {}
        for workload, engine, share in disturbed:
            worst[workload, engine] = max(share, worst.get((workload, engine), 0))
        yield from table(["workload", "engine", "processors used by others"], [[*where, f"{share:.2f}"] for where, share in worst.items()])
    yield from ["", "## Missing", ""]
    yield from ([f"- {name}: {reason}" for name, reason in missing] or ["Nothing: every peer was measured."])


def table(head, rows):
    yield "| " + " | ".join(map(str, head)) + " |"
    yield "| --- " * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def time(milliseconds):
    if milliseconds is None:
        return ""
    for unit, scale in [("ms", 1), ("µs", 1e3)]:
        if milliseconds * scale >= 1:
            return f"{milliseconds * scale:.3g} {unit}" if milliseconds * scale < 1000 else f"{milliseconds * scale:.0f} {unit}"
    return f"{milliseconds * 1e6:.3g} ns"


def _versions():
    commands = {"Node": os.environ.get("WEFT_NODE"), "": os.environ.get("WEFT_BROWSER")}
    found = [(name, subprocess.run([path, "--version"], capture_output=True, text=True).stdout.split()) for name, path in commands.items() if path]
    return ", ".join(f"{name} {words[0]}" if name else " ".join(words[:2]) for name, words in found)


def machine():
    model = platform.processor() or platform.machine()
    information = pathlib.Path("/proc/cpuinfo")
    if information.exists():
        model = next((line.split(": ")[1] for line in information.read_text().splitlines() if line.startswith("model name")), model)
    return f"{os.cpu_count()} cores of an {model.strip()}"
