"""The gallery's page about messages: it measures every way to hand something over, in each engine."""

import pytest
from browser import wait_until
from browsers import ENGINES, engine


@pytest.mark.parametrize("name", ENGINES)
def test_every_way_is_measured(name, demo, output):
    with engine(name) as browser:
        browser.set_window_size(1280, 1000)
        browser.get(f"{demo}messages.html")
        wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")
        browser.set_script_timeout(180)
        ticks, outcome = browser.execute_async_script(
            """
            let ticks = 0;
            const tick = () => { ticks++; requestAnimationFrame(tick); };
            tick();
            weftDemo.run().then((figures) => figures, String).then((outcome) => arguments[0]([ticks, outcome]));
            """
        )
        assert isinstance(outcome, dict), outcome
        # There and back with 16 bytes and with 20 MB, in milliseconds.
        assert len(outcome) == 9
        for way, figures in outcome.items():
            assert len(figures) == 2 and all(0 < figure < 10_000 for figure in figures), (way, figures)
        # The page lives meanwhile.
        assert ticks > 30
        rows = browser.execute_script("return [...document.querySelectorAll('#ways tr')].map((row) => row.innerText)")
        assert len(rows) == 9 and not any("–" in row or "needs" in row for row in rows), rows
        assert browser.execute_script("return document.getElementById('error').hidden")
        browser.save_screenshot(str(output / f"messages-{name}.png"))
        browser.set_window_size(375, 800)
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"), "wider than a phone"
        browser.save_screenshot(str(output / f"messages-{name}-phone.png"))
