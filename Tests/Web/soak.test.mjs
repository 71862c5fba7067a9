// Everything at once, for a minute: no result is wrong, nothing hangs, and the memory stays as large as it was.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { memorySize } from "./memories.mjs";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 4, stackSize: 256 << 10 });
after(() => app.terminate());

let seed = 1;
/** @param {number} count @returns {number} a number below that, from the same row in each run */
function random(count) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * count);
}

/** @type {(() => void | Promise<void>)[]} */
const parts = [
  () => assert.equal(app.collectionsDiffer(random(3000), random(1000)), 0),
  () => assert.equal(app.schedulerDiffers(20), 0),
  () => assert.equal(app.churn(1 + random(8), 2000, 2, random(1000)), 0),
  () => assert.equal(app.spawnInSequence(20, random(3)), 190),
  () => { const count = 1 + random(16); assert.equal(app.spawnAtOnce(count, random(3)), count); },
  () => assert.equal(app.sumInScope(4), 12),
  () => assert.equal(app.countThreadLocally(5), 10),
  () => assert.equal(app.resizeWhileWorking(100, 1 + random(6)), 0),
  () => assert.equal(app.joinThrowing(7), 7),
  () => app.threads.resize(1 + random(6)),
  async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const other = await init({ threads: 1 + random(3), memory: 64 << 20 });
    assert.equal(other.sumOfIndices(1000), 499500);
    await other.terminate();
  },
];

test("a minute of everything leaves the memory as large as it was", async () => {
  let rounds = 0;
  /** @param {number} count */
  async function run(count) {
    const start = performance.now();
    const end = rounds + count;
    while (performance.now() < start + 30_000 || rounds < end) {
      await parts[random(parts.length)]();
      rounds++;
    }
  }
  // After so many rounds, however long they take, the most has been alive at once that ever is.
  await run(1200);
  const [warm, before] = [memorySize(), rounds];
  await run(0);
  console.log(`${rounds} rounds, ${memorySize()} bytes`);
  // What is lost adds up.
  assert.ok(memorySize() <= warm * 1.1, `the memory grew from ${warm} bytes after ${before} rounds to ${memorySize()} after ${rounds}`);
});
