"""A canvas that was given to a worker: Swift computes and paints there, whatever the page does."""

import json

import pytest
from browser import wait_until
from browsers import ENGINES, engine
from conftest import DEMOS

# The tenth generation of 512 x 512 cells, as `swift test` has it natively.
EXPECTED = json.loads((DEMOS / "expected-topics.json").read_text())["life-512"]


@pytest.mark.parametrize("name", ENGINES)
def test_a_worker_paints_while_the_page_stands_still(name, demo, output):
    with engine(name) as browser:
        browser.set_window_size(1280, 1000)
        browser.get(f"{demo}offscreen.html")
        painted = "return weftDemo.painted()"
        wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")
        wait_until(lambda: browser.execute_script(painted)["frames"] > 10, 60, "eleven frames")
        before = browser.execute_script(painted)
        assert before["threads"] >= 2
        assert before["fingerprint"] == EXPECTED
        browser.execute_script("weftDemo.standStill(1500)")
        # The first message after that was sent while the page stood still.
        wait_until(lambda: browser.execute_script(painted)["frames"] > before["frames"] + 10, 10, "frames of that time")
        assert browser.execute_script("return document.getElementById('error').hidden")
        browser.save_screenshot(str(output / f"offscreen-{name}.png"))

