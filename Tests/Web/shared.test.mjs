// Memory that belongs to JavaScript and that Swift reads and writes, in Node.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 4 });
after(() => app.terminate());

/**
 * A worker of the program's own.
 * @param {string} code @param {any} data
 */
const work = (code, data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(`const { workerData, parentPort } = require("node:worker_threads"); const words = new Int32Array(workerData.buffer); ${code}`, { eval: true, workerData: data });
    worker.on("message", resolve);
    worker.on("error", reject);
  });

test("a worker of JavaScript's and Swift's threads count with the same counter", async () => {
  const memory = await app.share(new SharedArrayBuffer(4));
  const other = work("for (let i = 0; i < 100_000; i++) Atomics.add(words, 0, 1); parentPort.postMessage(true);", { buffer: memory.buffer });
  app.increment(memory, 100_000);
  await other;
  assert.equal(new Int32Array(memory.buffer)[0], 200_000);
});

test("a worker of JavaScript's and Swift wake each other", async () => {
  const memory = await app.share(new SharedArrayBuffer(16));
  const other = work(
    `for (let round = 0; round < 2000; round++) {
      Atomics.store(words, 2, round * 2 + 1);
      Atomics.notify(words, 2);
      while (Atomics.load(words, 2) !== round * 2 + 2) Atomics.wait(words, 2, round * 2 + 1);
    }
    parentPort.postMessage(Atomics.load(words, 2));`,
    { buffer: memory.buffer },
  );
  assert.equal(app.answer(memory, 8, 2000), 2000);
  assert.equal(await other, 4000);
});

test("each operation does what it says, on 32 and on 64 bits", async () => {
  const memory = await app.share(new SharedArrayBuffer(16));
  assert.deepEqual([...app.operate32(memory)], [0, 12, 1, 1, -1, 2, 1, 241, 48, 49, -(2 ** 31), 1, 0, 0]);
  new BigInt64Array(memory.buffer)[1] = 12n;
  assert.deepEqual([...app.operate64(memory)], [0n, 12n, 1n, 2n ** 64n - 1n, 2n, 1n, 241n, 48n, 49n, 2n ** 63n]);
  assert.equal(new BigUint64Array(memory.buffer)[1], 2n ** 63n);
});

test("bytes are copied in and out, by all threads at once", async () => {
  const memory = await app.share(new SharedArrayBuffer(8 * 1000));
  const numbers = new Float64Array(memory.buffer).map((_, index) => index);
  new Float64Array(memory.buffer).set(numbers);
  app.doubleAll(memory);
  assert.deepEqual(new Float64Array(memory.buffer).slice(), numbers.map((value) => value * 2 + 1));
});

test("an odd number of bytes, and none, can be shared", async () => {
  assert.equal(app.countOf(await app.share(new SharedArrayBuffer(13))), 13);
  assert.equal(app.countOf(await app.share(new SharedArrayBuffer(0))), 0);
  assert.equal(app.countOf(undefined), -1);
});

test("Swift may keep the memory and give it back", async () => {
  const memory = await app.share(new SharedArrayBuffer(4));
  app.keepMemory(memory);
  assert.equal(app.addToKept(), 0);
  assert.equal(app.addToKept(), 1);
  assert.equal(app.returnKept(), memory);
  app.keepMemory(null);
  assert.equal(app.returnKept(), undefined);
  assert.equal(new Int32Array(memory.buffer)[0], 2);
});

test("every thread has it: those of the pool, new ones, and those that run on workers which had waited", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const other = await init({ threads: 3 });
  for (const threads of [3, 5, 2, 4]) {
    // Leaves workers behind that wait for a thread.
    assert.equal(other.spawnAtOnce(3, 0), 3);
    const memory = await other.share(new SharedArrayBuffer(4));
    assert.equal(other.incrementOnNewThread(memory), 0);
    await other.threads.resize(threads);
    const count = other.incrementEverywhere(memory);
    assert.ok(count >= threads - 1, `${count} of ${threads}`);
    assert.equal(new Int32Array(memory.buffer)[0], count + 1);
  }
  await other.terminate();
});

test("many are shared at once", async () => {
  const memories = await Promise.all(Array.from({ length: 20 }, () => app.share(new SharedArrayBuffer(4))));
  for (const memory of memories) app.incrementEverywhere(memory);
  assert.equal(new Set(memories.map(({ buffer }) => new Int32Array(buffer)[0])).size, 1);
});

test("what is no shared memory is refused, and what another app has shared", async () => {
  await assert.rejects(app.share(/** @type {any} */ (new ArrayBuffer(4))), { name: "TypeError", message: "share: expected a SharedArrayBuffer, got ArrayBuffer" });
  assert.throws(() => app.countOf(/** @type {any} */ (new SharedArrayBuffer(4))), { name: "TypeError", message: "memory: expected what app.share has returned, got object" });
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const other = await init({ threads: 2 });
  const memory = await other.share(new SharedArrayBuffer(4));
  assert.throws(() => app.countOf(memory), { name: "TypeError", message: "memory: this memory was shared with another app" });
  await other.terminate();
  await assert.rejects(other.share(new SharedArrayBuffer(4)), { code: "terminated" });
});

const misuses = [
  ["an atomic beyond the end", 0, /would lie outside of the memory/],
  ["an atomic that is not aligned", 1, /must be a multiple of its size/],
  ["a copy beyond the end", 2, /would lie outside of the memory/],
];
for (const [what, way, message] of /** @type {[string, number, RegExp][]} */ (misuses)) {
  test(`${what} stops the program with a reason`, async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const other = await init({ threads: 1 });
    const memory = await other.share(new SharedArrayBuffer(12));
    assert.throws(() => other.misuse(memory, way), { code: "fault", message });
  });
}
