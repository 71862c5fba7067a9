"""Makes a package of the Swift and the JavaScript in the articles of a folder: a module for each article, and a program of them all.

Lines know where they stand in the article, or stand in the same line, so that an error that a compiler finds names the line there.
What an article shows of `imports.js` begins with that name in a comment. Other JavaScript may use what `AMBIENT` declares.
"""

import pathlib
import shutil
import sys

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

let weft: Target.Dependency = .product(name: "WeftLibrary", package: "weft")
let package = Package(
  name: "Articles",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [
    .executableTarget(name: "Articles", dependencies: [weft, MODULES]),
TARGETS
  ]
)
"""

AMBIENT = """declare const app: import("./pkg/index.js").PageApp;
declare const image: ImageData;
declare const worker: Worker;
declare const needsMuch: boolean;
declare const context: AudioContext;
declare class AudioWorkletProcessor {}
declare function importScripts(...addresses: string[]): void;
"""


def blocks(article: pathlib.Path, language: str) -> list[tuple[int, list[str]]]:
    """The pieces of code in a language, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    inside = False
    for number, line in enumerate(article.read_text().splitlines(), start=1):
        if inside and line == "```":
            inside = False
        elif inside:
            found[-1][1].append(line)
        elif line == f"```{language}":
            inside = True
            found.append((number + 1, []))
    if inside:
        raise SystemExit(f"error: {article}: the last piece of {language} has no end")
    return found


def write(file: pathlib.Path, lines: list[str]) -> None:
    """Only what has changed, so that only that is compiled again."""
    text = "\n".join([*lines, ""])
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_text() != text:
        file.write_text(text)


def main(articles: pathlib.Path, package: pathlib.Path) -> None:
    for old in package.glob("*.js"):
        old.unlink()
    modules: list[str] = []
    imports: list[str] = []
    count = 0
    for article in sorted(articles.glob("*.md")):
        for number, lines in blocks(article, "js"):
            if lines and lines[0] == "// imports.js":
                imports += lines
            else:
                # A module of its own, whatever is in it.
                write(package / f"{article.stem}.{number}.js", [*[""] * (number - 1), *lines, "export {};"])
        pieces = blocks(article, "swift")
        if not pieces:
            continue
        lines = ["import Weft"]
        for number, piece in pieces:
            lines += [f'#sourceLocation(file: "{article}", line: {number})', *piece, "#sourceLocation()"]
        count += len(pieces)
        modules.append(f"{article.stem}Snippets")
        write(package / "Sources" / modules[-1] / f"{modules[-1]}.swift", lines)
    if not modules:
        raise SystemExit(f"error: the articles in {articles} have no Swift")
    for old in (package / "Sources").glob("*Snippets"):
        if old.name not in modules:
            shutil.rmtree(old)
    targets = [f'    .target(name: "{module}", dependencies: [weft]),' for module in modules]
    names = ", ".join(f'"{module}"' for module in modules)
    write(package / "Package.swift", PACKAGE.replace("MODULES", names).replace("TARGETS", "\n".join(targets)).split("\n"))
    write(package / "Sources" / "Articles" / "main.swift", [f"import {module}" for module in modules])
    write(package / "imports.js", imports)
    write(package / "ambient.d.ts", [AMBIENT])
    print(f"{count} pieces of Swift in {len(modules)} articles.")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
