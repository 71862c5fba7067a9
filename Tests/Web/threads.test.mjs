// Threads that programs start themselves, in Node: they begin, end, and leave nothing behind, whoever starts them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { memorySize } from "./memories.mjs";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 3 });
after(() => app.terminate());

test("where memory is shared threads can start", () => assert.equal(app.canSpawn(), true));

const spawners = ["the caller, which blocks", "a thread of a pool", "a spawned thread"];

spawners.forEach((who, spawner) => {
  test(`${who} spawns and joins threads`, () => {
    assert.equal(app.spawnInSequence(100, spawner), 4950);
    assert.equal(app.spawnAtOnce(12, spawner), 12);
  });
});

test("10 000 threads one after the other, and three times 64 at once, leave the memory where it was", () => {
  app.spawnInSequence(100, 0);
  const before = memorySize();
  assert.equal(app.spawnInSequence(10_000, 0), 49_995_000);
  assert.equal(memorySize(), before);
  assert.equal(app.spawnAtOnce(64, 0), 64);
  const most = memorySize();
  for (let round = 0; round < 2; round++) assert.equal(app.spawnAtOnce(64, 0), 64);
  // Threads meet in another order each time, which moves a page or two; a stack that is lost is sixteen.
  assert.ok(memorySize() <= most + 8 * 65536, `${memorySize()} bytes after ${most}`);
});

test("an error of a thread reaches whoever joins it", () => assert.equal(app.joinThrowing(7), 7));

test("threads that nobody joins run, too", () => assert.equal(app.detach(20), 20));

test("threads of a scope use its frame, and have ended when it does", () => assert.equal(app.sumInScope(10), 30));

test("thread-local values are the thread's own, and end with it", () => assert.equal(app.countThreadLocally(20), 190));

test("a pool changes its size while it works", () => assert.equal(app.resizeWhileWorking(1000, 8), 0));

test("the app's own pool gets larger and smaller", async () => {
  for (const count of [5, 1, 2, 8, 3]) {
    await app.threads.resize(count);
    assert.equal(app.threads.count, count);
    assert.equal((await app.threads.list()).filter(({ name }) => name.startsWith("weft-")).length, count - 1);
    assert.equal(app.sumOfIndices(1000), 499500);
  }
  await Promise.all([app.threads.resize(7), app.threads.resize(2)]);
  assert.equal(app.threads.count, 2);
  await assert.rejects(app.threads.resize(0), RangeError);
  await assert.rejects(app.threads.resize(1025), RangeError);
  await app.threads.resize(3);
});

test("an app says what it and its threads do", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const other = await init({ threads: 4 });
  assert.equal(other.state, "running");
  assert.deepEqual((await other.threads.list()).map(({ name }) => name).sort(), ["weft-1", "weft-2", "weft-3"]);
  for (const { state } of await other.threads.list()) assert.match(state, /^(idle|running|waiting)$/);
  await other.terminate();
  assert.equal(other.state, "terminated");
});
