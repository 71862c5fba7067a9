"""Clones a repository and waits until its demo is served. `Benchmarks/clone` runs it."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests" / "Web"))

from server import Server  # noqa: E402

MINUTES = 3
root, folder = sys.argv[1:]

started = time.monotonic()
subprocess.run(["git", "clone", "--quiet", root, folder], check=True)
server = Server(["swift", "run", "weft", "demo", "--port", "0"], folder)
try:
    server.address(seconds=1200)
    served = time.monotonic() - started
finally:
    server.stop()
silence = max(after - before for before, after in zip([started, *server.times], server.times))
print(f"\nfrom the clone to the served demo: {served:.0f} s; the longest time without a line: {silence:.0f} s")
met = served <= MINUTES * 60
print(f"{'met   ' if met else 'MISSED'} at most {MINUTES} minutes")
sys.exit(not met)
