// What the platform gives to Swift: memory, shared objects, the console, errors.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import { memorySize } from "./memories.mjs";
import init from "./Package/pkg/index.js";

/** @typedef {import("./Package/pkg/index.js").ThreadApp} ThreadApp */

const megabyte = 1 << 20;

/** @type {ThreadApp} */
const app = await init({ threads: 8, stackSize: 256 << 10, memory: 96 * megabyte });
after(() => app.terminate());

test("8 threads allocate and free across threads for 10 s: no block is broken, and the memory does not grow", () => {
  const start = performance.now();
  let warm = 0;
  for (let seed = 1; performance.now() < start + 10_000; seed += 1) {
    assert.equal(app.churn(8, 60_000, 2, seed), 0);
    assert.equal(app.churnParcels(8, 30_000, seed), 0);
    if (performance.now() < start + 4000) warm = memorySize();
  }
  // What chance piles up at once differs by a little from round to round; blocks that are lost add up.
  assert.ok(memorySize() <= warm * 1.1, `the memory grew from ${warm} bytes after 4 s to ${memorySize()} after 10 s`);
});

test("arrays are built and dropped on all threads", () => {
  assert.equal(app.buildAndDrop(8, 5000), app.buildAndDrop(8, 5000));
});

test("large blocks are used again", () => {
  for (let round = 0; round < 2000; round++) app.allocateAndFree(20 * megabyte);
});

test("an object that all threads hold ends once", () => {
  assert.equal(app.unbalancedObjects(50), 0);
});

test("hashes and random numbers differ from run to run", async () => {
  /** @type {ThreadApp} */
  const other = await init({ threads: 1 });
  assert.notEqual(app.seededHash("weft"), other.seededHash("weft"));
  assert.notEqual(app.randomBits(), app.randomBits());
  await other.terminate();
});

/**
 * Runs a program of its own and returns what it prints.
 * @param {string} code
 */
function run(code) {
  const program = `const { default: init } = await import(${JSON.stringify(new URL("./Package/pkg/index.js", import.meta.url).href)}); ${code}`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8", timeout: 60_000 });
}

test("print writes whole lines with the thread's name, and Node ends by itself", () => {
  const lines = run("const app = await init({ threads: 4 }); app.printLines(200);").trimEnd().split("\n");
  assert.equal(lines.length, 800);
  for (const line of lines) assert.match(line, /^\[(main|weft-[123])\] strand [0-3] line \d+ end$/);
});

test("memory that runs out is a clear error, and a new app starts", async () => {
  /** @type {ThreadApp} */
  const small = await init({ threads: 2, memory: 16 * megabyte });
  assert.throws(() => small.allocateAndFree(64 * megabyte), { name: "WeftError", message: /Out of memory: 67108864 bytes do not fit/ });
  assert.throws(() => small.echoInt(1), { name: "WeftError" });
  assert.throws(() => app.alloc(Float64Array, 100 * megabyte), { name: "WeftError", code: "memory" });
  /** @type {ThreadApp} */
  const next = await init({ threads: 2 });
  next.allocateAndFree(64 * megabyte);
  await next.terminate();
});

test("too deep a recursion is an error", async () => {
  /** @type {ThreadApp} */
  const other = await init({ threads: 1 });
  assert.throws(() => other.recurse(1_000_000), { name: "WeftError", code: "fault" });
});
