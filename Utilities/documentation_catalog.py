"""Makes a DocC catalog of the articles of a folder, which are written for reading in the repository too.

DocC has links of its own: `[text](Hosting.md)` becomes `[text](doc:Hosting)`, and in a list of topics `<doc:Hosting>`, which takes the
article's title. A link that leaves the folder (`../Sources/…`) becomes its text, as what is there is no part of the documentation.
"""

import pathlib
import re
import shutil
import sys

LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def rewritten(line: str, file: pathlib.Path) -> str:
    def replaced(match: re.Match[str]) -> str:
        text, target = match.groups()
        if re.match(r"[a-z]+:", target):
            return match.group()
        if target.startswith("../"):
            if not (file.parent / target).exists():
                raise SystemExit(f"error: {file}: a link leads nowhere: {target}")
            return text
        article, _, heading = target.partition("#")
        if article and not article.endswith(".md"):
            return match.group()
        # Headings are named as the repository's host does; DocC wants them as they are written.
        link = f"doc:{article.removesuffix('.md')}" + (f"#{heading_of(file.parent / article if article else file, heading)}" if heading else "")
        return f"<{link}>" if match.group() == line.removeprefix("- ").rstrip() else f"[{text}]({link})"

    return LINK.sub(replaced, line)


def heading_of(article: pathlib.Path, name: str) -> str:
    for line in article.read_text().splitlines():
        title = re.sub(r"[^\w\s-]", "", line.lstrip("#").strip())
        if line.startswith("##") and title.lower().replace(" ", "-") == name:
            return title.replace(" ", "-")
    raise SystemExit(f"error: {article} has no heading #{name}")


def main(articles: pathlib.Path, catalog: pathlib.Path) -> None:
    catalog.mkdir(parents=True)
    for file in sorted(articles.iterdir()):
        if file.suffix != ".md":
            shutil.copy(file, catalog)
            continue
        is_code = False
        lines = []
        for line in file.read_text().splitlines():
            is_code ^= line.startswith("```")
            lines.append(line if is_code else rewritten(line, file))
        (catalog / file.name).write_text("\n".join(lines) + "\n")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
