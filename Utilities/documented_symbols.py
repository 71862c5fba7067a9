"""Finds public symbols without a documentation comment in the symbol graphs of a folder, and names them.

It also says of each comment that it is of the module that is documented: DocC checks the links in no other ones, and takes those of
the modules that Weft exports again for somebody else's.
"""

import json
import pathlib
import sys

# An extension is where its members are; those are looked at.
WITHOUT_COMMENT = {"swift.extension"}


def main(folder: pathlib.Path) -> int:
    missing: set[str] = set()
    count = 0
    for file in sorted(folder.glob("*.symbols.json")):
        graph = json.loads(file.read_text())
        for symbol in graph["symbols"]:
            if "docComment" in symbol:
                count += 1
                symbol["docComment"]["module"] = graph["module"]["name"]
            # What has no place was made by the compiler.
            elif symbol["kind"]["identifier"] not in WITHOUT_COMMENT and "location" in symbol:
                location = symbol["location"]["uri"].removeprefix(pathlib.Path.cwd().as_uri() + "/")
                missing.add(f"{location}:{symbol['location']['position']['line'] + 1}: {'.'.join(symbol['pathComponents'])}")
        file.write_text(json.dumps(graph))
    if missing:
        print("error: these public symbols have no documentation comment:", *sorted(missing), sep="\n  ", file=sys.stderr)
        return 1
    if count == 0:
        print(f"error: there are no symbols in {folder}", file=sys.stderr)
        return 1
    print(f"{count} public symbols have a documentation comment.")
    return 0


sys.exit(main(pathlib.Path(sys.argv[1])))
