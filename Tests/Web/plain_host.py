"""A host that sends no isolation headers, unless a test says so, and counts what it is asked for."""

import collections
import contextlib
import gzip
import http.server
import pathlib
import threading

from new_port import new_port

TYPES = {".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}


class PlainHost(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, root):
        super().__init__(("127.0.0.1", new_port()), Handler)
        self.root = pathlib.Path(root)
        self.headers = {}  # Added to every page.
        self.script_headers = {}  # Added to every script.
        self.contents = {}  # By paths: text or bytes in place of a file.
        self.counts = collections.Counter()  # Requests by paths.
        self.routes = {}  # By paths: a function of the handler.
        self.release = threading.Event()  # Ends the stream that `stream` has begun.

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request, client_address):
        pass  # A browser that goes away in the middle of a response.


@contextlib.contextmanager
def plain_host(root):
    host = PlainHost(root)
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.release.set()
        host.shutdown()
        host.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.do_GET()

    def do_GET(self):
        host = self.server
        path = self.path.split("?")[0]
        host.counts[path] += 1
        if route := host.routes.get(path) or getattr(self, "route_" + path.strip("/").replace("-", "_"), None):
            return route(self) if path in host.routes else route()
        name = path + "index.html" if path.endswith("/") else path
        body = host.contents.get(name)
        if body is None:
            file = host.root / name.lstrip("/")
            if not file.is_file():
                return self.answer(404, b"<!doctype html>There is no such file here.", {"Content-Type": "text/html"})
            body = file.read_bytes()
        body = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": TYPES.get(pathlib.Path(name).suffix, "application/octet-stream")}
        added = {"text/html": host.headers, "text/javascript": host.script_headers}
        self.answer(200, body, headers | added.get(headers["Content-Type"], {}))

    def answer(self, status, body=b"", headers={}):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    # What passes through the service worker in unusual ways.

    def route_moved(self):
        self.answer(302, b"", {"Location": "/?moved"})

    def route_moved_worker(self):
        self.answer(302, b"", {"Location": "/folder/worker.js"})

    def route_no_content(self):
        self.answer(204)

    def route_zipped(self):
        self.answer(200, gzip.compress(b"<!doctype html><title>zipped</title>"), {"Content-Type": "text/html", "Content-Encoding": "gzip"})

    def route_error(self):
        self.answer(500, b"<!doctype html><title>broken</title>", {"Content-Type": "text/html"})

    def route_posted(self):
        self.answer(200, f"<!doctype html><title>{self.command}</title>".encode(), {"Content-Type": "text/html"})

    def route_range(self):
        asked = self.headers["Range"]
        if not asked:
            return self.answer(200, b"0123456789", {"Accept-Ranges": "bytes"})
        first, last = (int(part) for part in asked.removeprefix("bytes=").split("-"))
        self.answer(206, b"0123456789"[first : last + 1], {"Content-Range": f"bytes {first}-{last}/10"})

    def route_tagged(self):
        if self.headers["If-None-Match"] == '"1"':
            return self.answer(304, headers={"ETag": '"1"'})
        self.answer(200, b"tagged", {"ETag": '"1"'})

    def route_stream(self):
        """The first half at once, the second when the test has seen the first."""
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"first")
        self.wfile.flush()
        self.server.release.wait(timeout=30)
        self.wfile.write(b"later")

    def route_release(self):
        self.server.release.set()
        self.answer(204)

    def route_dot(self):
        """An image that other sites may show, but that says nothing of isolation."""
        body = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>'
        self.answer(200, body, {"Content-Type": "image/svg+xml"})
