"""The results as a picture."""

import matplotlib

matplotlib.use("svg")
# The same results give the same file.
matplotlib.rcParams["svg.hashsalt"] = "weft"
from matplotlib import pyplot  # noqa: E402

import workloads  # noqa: E402
from bars import Results, sweep  # noqa: E402

COLOURS = {"weft": "#d9480f", "rayon": "#495057", "javascript": "#f2b705", "emscripten": "#1c7ed6"}
SKIPPED = ("sweep-", "idle", "call", "pool-start", "join")


def write(rows, path):
    results = Results(rows)
    panels = [_against_peers] if _compared(results) else []
    panels += [_sweep("node", system) for system in ["weft", "rayon"] if any(sweep(results, kernel, "node", system) for kernel in workloads.SWEEPS)]
    if not panels:
        return
    figure, axes = pyplot.subplots(len(panels), 1, figsize=(10, 4.2 * len(panels)), squeeze=False, layout="constrained")
    for axis, panel in zip(axes[:, 0], panels):
        panel(axis, results)
    figure.savefig(path, metadata={"Date": None})


def _compared(results):
    return [name for name in results.sizes if not name.startswith(SKIPPED) and results.time(name, "node", "weft", 0)]


def _against_peers(axis, results):
    """How many times as fast as Weft's own sequential form each system's parallel form is."""
    names = _compared(results)
    systems = [system for system in COLOURS if any(results.time(name, "node", system, 2) for name in names)]
    width = 0.8 / max(1, len(systems))
    for index, system in enumerate(systems):
        ratios = [results.ratio(name, "node", ("weft", 0), (system, 2)) or 0 for name in names]
        axis.bar([place + index * width for place in range(len(names))], ratios, width, label=system, color=COLOURS[system])
    axis.axhline(1, color="black", linewidth=0.8)
    axis.axhline(2, color="black", linewidth=0.4, linestyle=":")
    axis.set_yscale("log", base=2)
    axis.set_xticks([place + 0.4 - width / 2 for place in range(len(names))], names, rotation=40, ha="right", fontsize=8)
    axis.set_title("Node, 2 threads: times as fast as Weft's sequential form")
    axis.legend(fontsize=8, ncols=len(systems))


def _sweep(engine, system):
    def draw(axis, results):
        for kernel in workloads.SWEEPS:
            if ratios := sweep(results, kernel, engine, system):
                axis.plot(list(ratios), [1 / ratio for ratio in ratios.values()], marker=".", linewidth=1, label=kernel)
        axis.axhline(1 / 1.05, color="black", linewidth=0.8)
        axis.axhline(1.5, color="black", linewidth=0.4, linestyle=":")
        axis.set_xscale("log", base=2)
        axis.set_yscale("log", base=2)
        axis.set_xlabel("elements")
        axis.set_title(f"{system} in {engine.capitalize()}, 2 threads: speed-up over its sequential form, by size (the line: 1/1.05)")
        axis.legend(fontsize=8, ncols=2)

    return draw
