"""Renders the demo's image on one thread and on two in turn, and compares the medians, and opens the gallery. `Benchmarks/demo` runs it.

With a file's name it also writes a picture of the page there: the one in the README."""

import os
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Web"))

from browser import open_demo, render, set_viewport, start_browser, wait_until  # noqa: E402
from server import Server  # noqa: E402

ROUNDS = 7
SETTINGS = {"size": 640, "samples": 4}
SPEED_UP, GAP, FIRST_CARD = 1.8, 50, 1000


def measure(browser):
    for threads in [1, 2]:
        render(browser, threads=threads, **SETTINGS)  # The engine compiles its best code while it runs the first time.
    results = {1: [], 2: []}
    for _ in range(ROUNDS):
        for threads, rendered in results.items():
            rendered.append(render(browser, threads=threads, **SETTINGS))
    return results


def first_cards(browser, address):
    """The milliseconds from opening the gallery until its first card has the picture that this browser has drawn, a number for each visit."""
    times = []
    for _ in range(ROUNDS):
        browser.get("about:blank")
        browser.get(address)
        script = "return performance.getEntriesByName('card drawn')[0]?.startTime"
        times.append(wait_until(lambda: browser.execute_script(script), 30, "the first card"))
    return times


server = Server([os.environ["WEFT"], "demo", "--port", "0"], ROOT)
try:
    gallery = server.address(seconds=300)
    address = gallery + "raytracer.html"
    # Until then other programs are built, which takes time from what is measured.
    server.wait_for("Built Messages", seconds=300)
    browser = start_browser()
    try:
        open_demo(browser, address)
        results = measure(browser)
        cards = first_cards(browser, gallery)
        if len(sys.argv) > 1:
            set_viewport(browser, 1280, 800)
            browser.refresh()
            open_demo(browser, address)
            for threads in [1, 2]:
                render(browser, threads=threads, size=960, samples=4)
            browser.save_screenshot(sys.argv[1])
        version = browser.capabilities["browserVersion"]
    finally:
        browser.quit()
finally:
    server.stop()

median = {threads: statistics.median(r["milliseconds"] for r in rendered) for threads, rendered in results.items()}
gap = {threads: max(r["longestGap"] for r in rendered) for threads, rendered in results.items()}
print(f"\nChromium {version}, {os.cpu_count()} cores, {SETTINGS}, {ROUNDS} rounds of each")
print(f"{'threads':>7} {'median ms':>10} {'fastest':>8} {'speed-up':>9} {'longest gap ms':>15}")
for threads, rendered in results.items():
    fastest = min(r["milliseconds"] for r in rendered)
    print(f"{threads:7} {median[threads]:10.1f} {fastest:8.1f} {median[1] / median[threads]:9.2f} {gap[threads]:15.1f}")
print(f"the first card is drawn after {statistics.median(cards):.0f} ms (median of {ROUNDS} visits; the first took {cards[0]:.0f} ms)")
bars = [
    (f"two threads are at least {SPEED_UP} times as fast as one", median[1] / median[2] >= SPEED_UP),
    (f"the page never stands still for {GAP} ms", max(gap.values()) < GAP),
    (f"the first card is drawn within {FIRST_CARD} ms, also at the first visit", max(cards) < FIRST_CARD),
]
for bar, met in bars:
    print(f"{'met   ' if met else 'MISSED'} {bar}")
sys.exit(not all(met for _, met in bars))
