"""Where the systems run. An engine obeys lines like `weft 2 run 1`; README.md has them."""

import functools
import http.server
import os
import pathlib
import select
import subprocess
import threading

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1]
BUILD = BENCHMARKS / ".build"
SECONDS = 120

NATIVE = {
    "weft": [BUILD / "swift/release/Native", "weft"],
    "rayon": [BUILD / "rayon-native/release/native"],
    "tbb": [BUILD / "tbb"],
    "concurrentPerform": [BUILD / "swift/release/Native", "concurrentPerform"],
    "TaskGroup": [BUILD / "swift/release/Native", "TaskGroup"],
}


class Broken(Exception):
    """A system that crashed or does not answer."""


class Process:
    """A program that answers each line with a line."""

    def __init__(self, command):
        with open(BUILD / "errors.log", "a") as errors:
            self.process = subprocess.Popen(
                list(map(str, command)), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=1
            )

    def obey(self, line):
        try:
            self.process.stdin.write(line + "\n")
        except BrokenPipeError:
            pass
        if not select.select([self.process.stdout], [], [], SECONDS)[0]:
            raise Broken(f"no answer to `{line}` within {SECONDS} s")
        answer = self.process.stdout.readline()
        if not answer:
            raise Broken(f"`{line}` ended the program with code {self.process.wait()}")
        return float(answer)

    def stop(self):
        self.process.kill()
        self.process.wait()


class Native:
    """A process for each system and number of threads."""

    name = "native"

    def __init__(self):
        self.processes = {}

    def obey(self, line):
        system, threads, command = line.split(" ", 2)
        if (system, threads) not in self.processes:
            self.processes[system, threads] = Process([*NATIVE[system], threads])
        return self.processes[system, threads].obey(command)

    def process(self, system, threads):
        return self.processes[system, threads].process.pid

    def stop(self):
        for process in self.processes.values():
            process.stop()
        self.processes = {}


class Node:
    """One process with all systems."""

    name = "node"

    def __init__(self):
        self.host = Process([os.environ["WEFT_NODE"], BENCHMARKS / "JavaScript/node.js"])

    def obey(self, line):
        return self.host.obey(line)

    def process(self, system, threads):
        return self.host.process.pid

    def stop(self):
        self.host.stop()


class Isolated(http.server.SimpleHTTPRequestHandler):
    """Serves files so that the page may share memory."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/wasm", ".js": "text/javascript"}

    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_):
        pass


class Chromium:
    """A headless browser's page with all systems in a worker."""

    name = "chromium"

    def __init__(self):
        from selenium import webdriver
        from selenium.common.exceptions import WebDriverException

        self.error = WebDriverException
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Isolated, directory=BENCHMARKS))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ["WEFT_BROWSER"]
        # Chromium's sandbox does not work as root; its shared memory does not fit into the 64 MB that containers give.
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]:
            options.add_argument(argument)
        self.browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(os.environ["WEFT_DRIVER"]))
        self.browser.set_script_timeout(SECONDS)
        self.browser.get(f"http://127.0.0.1:{self.server.server_port}/JavaScript/page.html")

    def obey(self, line):
        try:
            answer = self.browser.execute_async_script("obey(arguments[0]).then(arguments[1], arguments[1])", line)
        except self.error as error:
            raise Broken(f"`{line}`: {error}") from None
        if isinstance(answer, str):
            raise Broken(f"`{line}`: {answer}")
        return answer

    def stop(self):
        self.browser.quit()
        self.server.shutdown()


ENGINES = {"node": Node, "chromium": Chromium, "native": Native}
SYSTEMS = {
    "node": ["weft", "rayon", "emscripten", "javascript"],
    "chromium": ["weft", "rayon", "emscripten", "javascript"],
    "native": list(NATIVE),
}
