"""Compares an article about error messages with the sources: what it quotes must be there, and what the sources say must be in it.

In the article a message is code in the first column of a table that is headed "message", with `…` for what varies. In the sources messages are found by how
they are thrown; of each, the longest part that does not vary counts.
"""

import pathlib
import re
import sys

SWIFT_TEXT = r'"((?:[^"\\\n]|\\[^(\n]|\\\((?:[^()"]|"[^"]*"|\([^()]*\))*\))*)"'
JAVASCRIPT_TEXT = r'(?:"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.|\$\{(?:[^{}`]|`[^`]*`)*\})*)`)'

# How a message is thrown, and in which files.
THROWN = [
    ("*.swift", re.compile(r"\bfail\(\s*" + SWIFT_TEXT)),
    ("*.swift", re.compile(r"\bProblem\(\s*" + SWIFT_TEXT)),
    ("JSDiagnostic.swift", re.compile(r"^\s+(?:\? |: |)" + SWIFT_TEXT + r"$", re.MULTILINE)),
    ("PackagingError.swift", re.compile(r"return\s+" + SWIFT_TEXT)),
    ("*.js", re.compile(r"new (?:WeftError\(\"\w+\", |TypeError\(|RangeError\(|Error\()" + JAVASCRIPT_TEXT)),
    ("*.js", re.compile(r"\boutOfRange\(" + JAVASCRIPT_TEXT)),
    ("isolation.js", re.compile(r"\bthrow " + JAVASCRIPT_TEXT)),
]
VARIES = re.compile(r"\\\((?:[^()]|\([^()]*\))*\)|\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\$\{.*$|\\?`|\\n|…")


def joined(text: str) -> str:
    """The text of a source with its longer literals in one piece."""
    text = re.sub(r'"\s*\+ "', "", text)
    return re.sub(r"\\\n\s*", "", text)


def parts(message: str) -> list[str]:
    return [part.strip() for part in VARIES.split(message) if len(part.strip()) > 3]


def main(article: pathlib.Path, sources: pathlib.Path) -> int:
    files = {file: joined(file.read_text()) for pattern in ("*.swift", "*.js", "*.c", "*.h") for file in sorted(sources.rglob(pattern))}
    everything = "\n".join(files.values()).replace('\\"', '"')
    tables = re.findall(r"^\| message \|.*\n((?:\|.*\n)+)", article.read_text(), re.MULTILINE)
    quoted = re.findall(r"^\| `([^`]+)` \|", "".join(tables), re.MULTILINE)
    unknown = [message for message in quoted if any(part not in everything for part in parts(message))]
    quotes = "\n".join(quoted)
    missing: list[str] = []
    for pattern, thrown in THROWN:
        for file, text in files.items():
            if not file.match(pattern):
                continue
            for match in thrown.finditer(text):
                message = next(group for group in match.groups() if group is not None).replace('\\"', '"')
                longest = max(parts(message), key=len, default="")
                if len(longest) > 5 and longest not in quotes:
                    missing.append(f"{file}: {message}")
    for kind, messages in (("no source says", unknown), ("it lacks", missing)):
        if messages:
            print(f"error: {article}: {kind}:", *messages, sep="\n  ", file=sys.stderr)
    if not quoted:
        print(f"error: {article} quotes no message", file=sys.stderr)
    if unknown or missing or not quoted:
        return 1
    print(f"{len(quoted)} messages are explained.")
    return 0


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
