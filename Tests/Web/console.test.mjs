// What `print` writes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./program.mjs";

test("a line is one line, however long, and no character of it is cut", async () => {
  for (const length of [0, 1, 255, 256, 257, 509, 510, 511, 5000]) {
    const text = "x" + "é👨‍👩‍👧".repeat(length);
    assert.equal(await run(`const app = await init({ threads: 1 }); app.printText(${JSON.stringify(text)});`), `[main] ${text}\n`, `${length} times`);
  }
});

test("a line may be printed in pieces", async () => {
  assert.equal(await run(`const app = await init({ threads: 1 }); app.printPieces("ab", 400); app.printText("next"); app.printPieces("", 0);`), `[main] ${"ab".repeat(400)}\n[main] next\n[main] \n`);
});

test("what a thread has begun to print is printed when it ends", async () => {
  for (const length of [1, 255, 256, 5000]) {
    const text = "x".repeat(length);
    assert.equal(await run(`const app = await init({ threads: 1 }); app.printUnended(${JSON.stringify(text)}); app.printUnended("");`), `[hasty] ${text}\n`);
  }
});

for (const length of [100, 3000, 50_000]) {
  test(`lines of ${length} characters of several threads do not mix, even when the pipe is full`, async () => {
    const text = await run(`const app = await init({ threads: 4 }); app.printLongLines(25, ${length});`, { slowly: true });
    const lines = text.trimEnd().split("\n");
    for (const line of lines) assert.ok(/^\[(main|weft-[123])\] (a+|b+|c+|d+)$/.test(line) && line.replace(/.* /, "").length === length, `${line.slice(0, 60)} … (${line.length})`);
    assert.equal(lines.length, 100);
  });
}
