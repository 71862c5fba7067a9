// Threads that have nothing to do return to the event loops of their workers, in Node: they come back when they are wanted, hear what
// JavaScript sends them there, and keep nothing from ending.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { hear, listener } from "../../Sources/WeftPackaging/JavaScript/messages.js";
import init from "./Package/pkg/index.js";
import { run } from "./program.mjs";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 5 });
after(() => app.terminate());
const second = 1_000_000_000;

test("threads that leave and come back all the time lose no work, whether it is forked, spawned or sent to all", () => {
  app.leaveAfter(0);
  assert.equal(app.leaveAndReturn(1500), 1500);
  // Some are asleep in Swift, some on their way out, some gone.
  app.leaveAfter(200_000);
  assert.equal(app.leaveAndReturn(500), 500);
  app.leaveAfter(second);
});

test("the event loop of a thread that has nothing to do turns", async () => {
  app.leaveAfter(0);
  await app.threads.send({ count: true });
  const turns = () => app.turnsEverywhere().slice(0, 4);
  const before = turns();
  while (!turns().every((count, index) => count > before[index] + 3)) await new Promise((resolve) => setTimeout(resolve, 5));
  app.leaveAfter(second);
});

test("a pool whose threads have left is idle, changes its size and ends", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const other = await init({ threads: 4 });
  other.leaveAfter(0);
  for (const count of [4, 2, 6, 1, 3]) {
    await other.threads.resize(count);
    await other.threads.send({ add: 1 });
    const threads = (await other.threads.list()).filter(({ name }) => name.startsWith("weft-"));
    assert.equal(threads.length, count - 1);
    while (!(await other.threads.list()).every(({ state }) => state === "idle")) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(other.sumOfIndices(1000), 499500);
    assert.equal(other.spawnAtOnce(3, 0), 3);
  }
  await other.terminate();
  assert.equal(other.state, "terminated");
});

for (const [what, nanoseconds] of /** @type {const} */ ([["have left", 0], ["sleep in Swift", second]])) {
  test(`a program ends by itself while its threads ${what}`, async () => {
    const text = await run(`
      const app = await init({ threads: 4 });
      app.leaveAfter(${nanoseconds});
      const spawned = app.spawnAtOnce(3, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log(spawned, app.sumOfIndices(1000));
    `);
    assert.equal(text, "3 499500\n");
  });
}

test("what is sent reaches every thread once, sleeping, gone or at work", async () => {
  const before = app.receivedEverywhere().slice(0, 4);
  for (const nanoseconds of [0, second]) {
    app.leaveAfter(nanoseconds);
    await app.threads.send({ add: 1 });
    app.sumOfIndices(100_000);
    await Promise.all([app.threads.send({ add: 10 }), app.threads.send({ add: 100 })]);
  }
  app.leaveAfter(second);
  // The caller's own place comes last, and gets nothing.
  assert.deepEqual([...app.receivedEverywhere().slice(0, 4)], [...before].map((sum) => sum + 222));
});

test("an engine without Atomics.waitAsync keeps its threads in Swift", async () => {
  const folder = mkdtempSync(join(tmpdir(), "weft-"));
  try {
    cpSync(new URL("./Package/pkg", import.meta.url), folder, { recursive: true });
    const file = join(folder, "worker.js");
    const script = readFileSync(file, "utf8");
    const imports = script.slice(0, script.indexOf(";") + 1);
    writeFileSync(file, `${imports}delete Atomics.waitAsync;${script.slice(imports.length)}`);
    const { default: init } = await import(pathToFileURL(join(folder, "index.js")).href);
    const other = await init({ threads: 4 });
    other.leaveAfter(100_000);
    assert.equal(other.leaveAndReturn(200), 200);
    await other.terminate();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a thread waits for what was sent and has not come, and not for the count of what has come", async () => {
  const sent = new Int32Array(new SharedArrayBuffer(4));
  /** @type {any[]} */
  const told = [];
  const app = { isThread: true, fault: 0, instance: { name: "weft-1", view: () => sent }, post: (/** @type {any} */ message) => told.push(message) };
  const { arrival } = listener(app, () => {}, {});
  sent[0] = 1;
  let isThere = false;
  const first = arrival()?.then(() => { isThere = true; });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(isThere, false);
  hear({ value: 1 });
  await first;
  // The sender has not counted this one yet.
  hear({ value: 2 });
  await Promise.race([arrival(), new Promise((_, reject) => setTimeout(() => reject(new Error("waits for ever")), 1000).unref())]);
  assert.deepEqual(told.at(-1), { heard: 2, name: "weft-1" });
});
