"""What the browser tests share: the demo being served, and a browser whose console must stay silent."""

import json
import os
import pathlib

import pytest
from browser import set_viewport, start_browser
from server import ORDERLY, Server, served, served_without_isolation

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMOS = ROOT / "Demos"
CONFORMANCE = ROOT / "Tests/Web/Conformance"


@pytest.fixture(scope="session")
def weft():
    """The path of the `weft` command."""
    return os.environ["WEFT"]


@pytest.fixture(scope="session")
def output():
    """The folder for screenshots."""
    return pathlib.Path(os.environ["WEFT_OUTPUT"])


@pytest.fixture(scope="session")
def started_browser():
    browser = start_browser()
    yield browser
    browser.quit()


@pytest.fixture
def browser(started_browser):
    """The browser on an empty page. Fails the test if anything was logged as an error: a page must not hide its faults."""
    started_browser.get("about:blank")
    started_browser.get_log("browser")
    set_viewport(started_browser, 1280, 800)
    yield started_browser
    errors = [entry["message"] for entry in started_browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not errors, "errors in the browser's console:\n" + "\n".join(errors)


@pytest.fixture(scope="session")
def demo(weft):
    """The address of the demo, served by `weft demo`, which must also end in order."""
    server = Server([weft, "demo", "--port", "0"], ROOT)
    try:
        address = server.address(seconds=300)
        # The last of the programs, which are built while the first is served.
        server.wait_for("Built Messages", seconds=300)
        yield address
    finally:
        code = server.stop()
    assert code in ORDERLY, f"expected the server to end in order after SIGTERM, not with exit code {code}"


@pytest.fixture(scope="session")
def demo_without_isolation(demo):
    """The same files from a server that sends no isolation headers, as most of the web's do."""

    with served_without_isolation(DEMOS) as address:
        yield address


@pytest.fixture(scope="session")
def expected():
    """The small image that is the same everywhere, and its hash."""
    return json.loads((DEMOS / "expected.json").read_text())


@pytest.fixture(scope="module")
def conformance(weft):
    """The address of the package of all signatures, isolated as `weft serve` isolates it."""
    with served(weft, CONFORMANCE) as address:
        yield address


@pytest.fixture(scope="module")
def conformance_without_isolation(conformance):
    """The same files from a server that sends no isolation headers."""
    with served_without_isolation(CONFORMANCE) as address:
        yield address
