"""What Linux tells of the processors and the memory. Elsewhere nothing is known, and measurements are taken as they come."""

import os
import pathlib

PROC = pathlib.Path("/proc")
KNOWN = (PROC / "self/stat").exists()


def used_by_others():
    """Seconds of processor time that programs not started from here have used, of all processors."""
    if not KNOWN:
        return 0
    fields = [int(field) for field in (PROC / "stat").read_text().splitlines()[0].split()[1:]]
    user, nice, system, _, _, interrupt, soft, stolen = fields[:8]
    return (user + nice + system + interrupt + soft + stolen) / os.sysconf("SC_CLK_TCK") - _used_here()


def _used_here():
    """Seconds of this process and of all that descend from it, the ended ones too."""
    parents, times = {}, {}
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:  # It has ended meanwhile.
            continue
        parents[int(entry.name)] = int(fields[1])
        # User, system, and the same of the children that it has waited for.
        times[int(entry.name)] = sum(map(int, fields[11:15]))
    here = os.getpid()

    def descends(process):
        while process not in (0, 1, here):
            process = parents.get(process, 0)
        return process == here

    return sum(time for process, time in times.items() if descends(process)) / os.sysconf("SC_CLK_TCK")


def used_by(process):
    """Milliseconds that the threads of a process have used."""
    files = (PROC / str(process) / "task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e6


def memory_available():
    """In bytes."""
    if not KNOWN:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    words = dict(line.split(":") for line in (PROC / "meminfo").read_text().splitlines())
    return int(words["MemAvailable"].split()[0]) * 1024
