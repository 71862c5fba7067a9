"""Weft's server as a process."""

import contextlib
import http.server
import queue
import re
import signal
import subprocess
import threading
import time

# Exit codes of a server that was told to end and did so itself: the second is the shells' way to name SIGTERM.
ORDERLY = (0, 128 + signal.SIGTERM)


class Server:
    """`weft serve` or `weft demo`. It stays in the process group of its starter, which ends whatever outlives it."""

    def __init__(self, command, folder):
        self.output = []
        self.times = []  # When each line of it came.
        self._lines = queue.Queue()
        self.process = subprocess.Popen(
            command, cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            print(line, end="", flush=True)
            self.output.append(line)
            self.times.append(time.monotonic())
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, pattern, seconds):
        """The match of the next line of output that holds `pattern`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"expected a line with {pattern!r} within {seconds} s; the output:\n{''.join(self.output)}") from None
            if line is None:
                code = self.process.wait()
                raise AssertionError(f"the server ended with exit code {code} before {pattern!r}; the output:\n{''.join(self.output)}")
            if match := re.search(pattern, line):
                return match

    def address(self, seconds):
        return self.wait_for(r"Serving .* at (http://127\.0\.0\.1:\d+/)", seconds)[1]

    def stop(self):
        """The exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the server did not end within 15 s of SIGTERM") from None


@contextlib.contextmanager
def served(weft, package):
    """The address of a package, isolated as `weft serve` isolates it, which must also end in order."""
    server = Server([weft, "serve", "--no-watch", "--port", "0"], package)
    try:
        yield server.address(seconds=300)
    finally:
        code = server.stop()
    assert code in ORDERLY


def served_without_isolation(folder):
    """The address of a folder's files from a server that sends no isolation headers."""
    return served_with(folder, {})


@contextlib.contextmanager
def served_with(folder, headers, fetched=None):
    """The address of a folder's files from a server that sends these headers with each. The paths go into the set `fetched`."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=folder)

        def do_GET(self):
            if fetched is not None:
                fetched.add(self.path.partition("?")[0].lstrip("/") or "index.html")
            super().do_GET()

        def end_headers(self):
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
