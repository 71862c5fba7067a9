"""`weft test`: a user's own tests, and Weft's, compiled for the web and run in Node and in a browser."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "Tests/Web/Testing"


def run(weft, *arguments, package=PACKAGE, environment=None):
    """The exit code of `weft test`, and what it printed, without times."""
    command = [weft, "test", "--package-path", str(package), *arguments]
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=500, env={**os.environ, **(environment or {})}
    )
    return result.returncode, re.sub(r"after \d+\.\d+ seconds", "after a while", result.stdout).splitlines()


GOOD = [
    "✔ Test atTheTopLevel() passed after a while.",
    "✔ Test sumsOnAllThreads() passed after a while.",
    '✔ Test "a name for people" passed after a while.',
    "◇ Test case passing 1 argument number → 9 to rootsOfSquares(number:) started.",
    "✔ Test rootsOfSquares(number:) with 4 test cases passed after a while.",
    "✔ Test pairs(_:square:) with 3 test cases passed after a while.",
    '◇ Test case passing 2 arguments number → 2, text → "b" to products(number:text:) started.',
    "✔ Test products(number:text:) with 4 test cases passed after a while.",
    "✔ Test throwsWhatItSays() passed after a while.",
    "✔ Test errorsAreExpected() passed after a while.",
    "✔ Test requires() passed after a while.",
    '➜ Test skipped() skipped: "not yet"',
    "✔ Suite Nested passed after a while.",
    "✔ Suite SumsTests passed after a while.",
]

BAD = [
    "✘ Test comparesWrongly() recorded an issue at BrokenTests.swift:9:5: Expectation failed: (squares([1, 2]) → 5) == (four → 4)",
    "↳ five is not four",
    "✘ Test comparesWrongly() recorded an issue at BrokenTests.swift:10:5: Expectation failed: ([1, 2].first → 1) == 3",
    '✘ Test comparesWrongly() recorded an issue at BrokenTests.swift:11:5: Expectation failed: ("a" + "b" → "ab") != "ab"',
    "✘ Test comparesWrongly() failed after a while with 3 issues.",
    "✘ Test throwsUnexpectedly() recorded an issue at BrokenTests.swift:14:3: Caught error",
    "✘ Test requiresInVain() recorded an issue at BrokenTests.swift:20:21: Expectation failed: nothing → nil",
    "✘ Test requiresInVain() failed after a while with 1 issue.",
    "✘ Test traps(number:) with 3 test cases failed after a while with 1 issue.",
    "✘ Test hangs() recorded an issue at BrokenTests.swift:28:3: Time limit was exceeded: 3.000 seconds",
    "✘ Test recordsFromAnotherThread() recorded an issue at BrokenTests.swift:35:53: Issue recorded",
    "↳ elsewhere",
    "✘ Test doesNotThrow() recorded an issue at BrokenTests.swift:38:31: Expectation failed: an error was expected but none was thrown: Refusal.self",
    "✘ Test isKnownToFail() recorded a known issue at BrokenTests.swift:41:33: Expectation failed: (squares([1]) → 1) == 2",
    "✔ Test isKnownToFail() passed after a while with 1 known issue.",
    "✔ Test passes() passed after a while.",
    '✘ Suite "Broken things" failed after a while with 10 issues (including 1 known issue).',
]


def expect_lines(lines, wanted):
    """Each line is there, and in this order."""
    rest = iter(lines)
    for line in wanted:
        assert any(line == other for other in rest), f"expected this line, or in this place:\n{line}\nin\n" + "\n".join(lines)


@pytest.mark.parametrize("how", [["--engine", "node"], ["--engine", "chromium"]])
def test_each_test_is_run_and_told(weft, how):
    code, lines = run(weft, "--time-limit", "3", *how)
    expect_lines(lines, GOOD)
    expect_lines(lines, BAD)
    # A trap names the test, the case and what Swift said, with Swift's functions in the stack.
    trap = "✘ Test traps(number:) recorded an issue with 1 argument number → 2 at BrokenTests.swift:24:3: Swift stopped: "
    place = next(index for index, line in enumerate(lines) if line.startswith(trap))
    assert "Fatal error: two is too much" in lines[place]
    assert any(line.startswith("↳") and "traps(number:)" in line for line in lines[place:])
    assert lines.index("◇ Test case passing 1 argument number → 3 to traps(number:) started.") > place
    assert lines[-1] == "✘ Test run with 21 tests in 3 suites failed after a while with 10 issues (including 1 known issue)."
    assert code == 1


@pytest.mark.parametrize("engine", ["node", "chromium"])
def test_the_single_threaded_module_is_tested_too(weft, engine):
    code, lines = run(weft, "--single", "--engine", engine, "--target", "SumsTests")
    expect_lines(lines, [*GOOD[:-2], "➜ Test threads() skipped.", *GOOD[-2:]])
    assert lines[-1] == "✔ Test run with 12 tests in 2 suites passed after a while."
    assert code == 0


def test_firefox_and_a_number_of_threads(weft):
    code, lines = run(weft, "--engine", "firefox", "--threads", "3", "--filter", "SumsTests")
    expect_lines(lines, GOOD)
    assert lines[-1] == "✔ Test run with 12 tests in 2 suites passed after a while."
    assert code == 0


def test_a_filter_chooses(weft):
    code, lines = run(weft, "--filter", r"SumsTests\.SumsTests/pairs", "--filter", "passes")
    assert lines[-1] == "✔ Test run with 2 tests in 2 suites passed after a while."
    assert code == 0


@pytest.mark.parametrize(
    "arguments, wanted",
    [
        (["--filter", "("], "--filter takes a regular expression, and ( is none"),
        (["--filter", "nothing at all"], "no test is called so"),
        (["--target", "Nowhere"], "there is no test target Nowhere"),
    ],
)
def test_wrong_words_are_explained(weft, arguments, wanted):
    code, lines = run(weft, *arguments)
    assert any(line.startswith("error: ") and wanted in line for line in lines), lines
    assert code == 1


def test_a_missing_engine_is_explained(weft, tmp_path):
    swift = subprocess.run(["which", "swift"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    (tmp_path / "swift").symlink_to(swift)
    code, lines = run(weft, "--engine", "firefox", environment={"PATH": str(tmp_path)})
    assert lines[-1].startswith("error: there is no firefox in PATH to run tests in Firefox; install Firefox"), lines
    assert code == 1


def test_wefts_own_tests_pass_on_the_web(weft):
    targets = ["WeftThreadsTests", "WeftSchedulerTests", "WeftParallelTests"]
    # Without what takes longest: `weft test` in Weft's own folder runs all.
    words = ["--filter", "^(?!.*(Sort|Litmus|Stress|nobodyStarves))", "--engine", "node", "chromium"]
    code, lines = run(weft, *words, *[word for target in targets for word in ("--target", target)], package=ROOT)
    assert code == 0, "\n".join(line for line in lines if line.startswith(("✘", "↳", "error")))
    totals = [line for line in lines if re.fullmatch(r"✔ Test run with 1\d\d tests in \d+ suites passed after a while\.", line)]
    assert len(totals) == 2, totals
