"""Writes the Swift of each article of a folder into a file of its own, with the lines where they stand in the article.

The snippets of an article are one program together. So an error that the compiler finds names the line of the article.
"""

import pathlib
import sys


def main(articles: pathlib.Path, output: pathlib.Path) -> int:
    output.mkdir(parents=True)
    count = 0
    for article in sorted(articles.glob("*.md")):
        lines: list[str] = []
        inside = False
        for number, line in enumerate(article.read_text().splitlines(), start=1):
            if inside and line == "```":
                inside = False
            elif inside:
                lines.append(line)
            elif line == "```swift":
                inside = True
                count += 1
                lines.append(f'#sourceLocation(file: "{article}", line: {number + 1})')
        if inside:
            print(f"error: {article}: the last block of Swift has no end", file=sys.stderr)
            return 1
        if lines:
            (output / f"{article.stem}.swift").write_text("\n".join(["import Weft", *lines, "#sourceLocation()", ""]))
    if count == 0:
        print(f"error: the articles in {articles} have no Swift", file=sys.stderr)
        return 1
    print(f"{count} pieces of Swift in the articles.")
    return 0


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
