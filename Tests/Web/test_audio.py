"""Swift in an audio worklet, on the thread that plays: the samples are those of the formula."""

import math

import pytest
from browser import wait_until
from browsers import ENGINES, engine

PARTIALS = [(0.5, 0.3), (1.0, 1.0), (1.2, 0.5), (1.5, 0.4), (2.0, 0.6), (2.7, 0.2)]


def sample(index, pitch, rate=44100):
    time = index / rate
    return 0.25 * sum(level * math.exp(-time * ratio * 2) * math.sin(2 * math.pi * pitch * ratio * time) for ratio, level in PARTIALS)


@pytest.mark.parametrize("name", ENGINES)
def test_a_worklet_plays_what_swift_computes(name, demo):
    with engine(name) as browser:
        browser.get(f"{demo}audio.html")
        wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")
        samples = browser.execute_async_script("weftDemo.render(330).then((samples) => [...samples], String).then(arguments[0])")
        assert isinstance(samples, list), samples
        assert len(samples) == 44100
        # It begins with the first block for which the program was there.
        begin = next(index for index in range(0, 44100, 128) if any(samples[index : index + 128]))
        wrong = [index for index in range(0, 44100 - begin, 97) if abs(samples[begin + index] - sample(index, 330)) > 1e-5]
        assert not wrong, (wrong[:5], samples[begin : begin + 4])
