"""What the browser tests share: Weft's server as a process, and a headless Chromium whose console must stay silent."""

import http.server
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import time

import pytest
from selenium import webdriver

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMOS = ROOT / "Demos"


class Server:
    """`weft serve` or `weft demo`. It stays in the process group of its starter, which ends whatever outlives it."""

    def __init__(self, command, folder):
        self.output = []
        self._lines = queue.Queue()
        self.process = subprocess.Popen(
            command, cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            print(line, end="", flush=True)
            self.output.append(line)
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, pattern, seconds):
        """The match of the next line of output that holds `pattern`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"expected a line with {pattern!r} within {seconds} s; the output:\n{''.join(self.output)}")
            if line is None:
                code = self.process.wait()
                pytest.fail(f"the server ended with exit code {code} before {pattern!r}; the output:\n{''.join(self.output)}")
            if match := re.search(pattern, line):
                return match

    def address(self, seconds):
        return self.wait_for(r"Serving .* at (http://127\.0\.0\.1:\d+/)", seconds)[1]

    def stop(self):
        """The exit code after an orderly end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail("the server did not end within 15 s of SIGTERM")


@pytest.fixture(scope="session")
def weft():
    """The path of the `weft` command."""
    return os.environ["WEFT"]


@pytest.fixture(scope="session")
def output():
    """The folder for screenshots."""
    return pathlib.Path(os.environ["WEFT_OUTPUT"])


@pytest.fixture(scope="session")
def start_browser():
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ["WEFT_BROWSER"]
    # Chromium's sandbox does not work as root; its shared memory does not fit into the 64 MB that containers give.
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(os.environ["WEFT_DRIVER"]))
    driver.set_script_timeout(180)
    yield driver
    driver.quit()


@pytest.fixture
def browser(start_browser):
    """The browser on an empty page. Fails the test if anything was logged as an error: a page must not hide its faults."""
    start_browser.get("about:blank")
    start_browser.get_log("browser")
    set_viewport(start_browser, 1280, 800)
    yield start_browser
    errors = [entry["message"] for entry in start_browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not errors, "errors in the browser's console:\n" + "\n".join(errors)


def set_viewport(browser, width, height, mobile=False):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def wait_until(condition, seconds, what):
    """The first true value of `condition()`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.1)
    pytest.fail(f"waited {seconds} s for {what}")


@pytest.fixture(scope="session")
def demo(weft):
    """The address of the demo, served by `weft demo`, which must also end in order."""
    server = Server([weft, "demo", "--port", "0"], ROOT)
    try:
        yield server.address(seconds=300)
    finally:
        code = server.stop()
    assert code == 0, f"expected the server to end with exit code 0 after SIGTERM, not {code}"


@pytest.fixture(scope="session")
def demo_without_isolation(demo):
    """The same files from a server that sends no isolation headers, as most of the web's do."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=DEMOS)

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def expected():
    """The small image that is the same everywhere, and its hash."""
    return json.loads((DEMOS / "expected.json").read_text())


def open_demo(browser, address):
    browser.get(address)
    wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")


def render(browser, **settings):
    return browser.execute_script("return weftDemo.render(arguments[0])", settings)
