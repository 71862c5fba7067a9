// The parallel collections and the scheduler on several numbers of threads, beside the standard library.
import assert from "node:assert/strict";
import { test } from "node:test";
import init from "./Package/pkg/index.js";

const counts = [0, 1, 2, 100, 257, 1000, 5000, 100_000];

/** @type {number | undefined} */
let sum;
for (const threads of [1, 2, 3, 8, 16]) {
  test(`collections give what the standard library gives, on ${threads} threads`, async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const app = await init({ threads });
    for (const count of counts) assert.equal(app.collectionsDiffer(count, count + threads), 0, `${count} elements`);
    sum ??= app.sumOfFractions(1_000_000);
    assert.equal(app.sumOfFractions(1_000_000), sum);
    await app.terminate();
  });

  test(`forks, loops, scopes, errors and broadcasts, on ${threads} threads`, async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const app = await init({ threads });
    assert.equal(app.schedulerDiffers(200), 0);
    await app.terminate();
  });
}

test("a shared buffer is a source like any other", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const app = await init({ threads: 2 });
  const data = app.alloc(Float64Array, 100_000);
  data.fill(0.5);
  assert.equal(app.sumOfSquares(data), 25_000);
  await app.terminate();
});

test("a trace is JSON with a lane for each thread", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const app = await init({ threads: 3 });
  const events = JSON.parse(new TextDecoder().decode(app.traced()));
  const lanes = events.filter((/** @type {{ ph: string }} */ event) => event.ph === "M");
  assert.deepEqual(lanes.map((/** @type {{ tid: number }} */ event) => event.tid), [0, 1, 2]);
  await app.terminate();
});
