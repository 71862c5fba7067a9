// Locks and channels on several threads, more than there are processors too.
import assert from "node:assert/strict";
import { test } from "node:test";
import init from "./Package/pkg/index.js";

for (const threads of [2, 3, 8, 16]) {
  test(`locks exclude, meetings meet and channels deliver, on ${threads} threads`, async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const app = await init({ threads: 2 });
    assert.deepEqual([...app.litmusOfLocks(threads, 100_000)], [0, 0, 0, 0, 0]);
    assert.deepEqual([...app.litmusOfMeetings(threads, 5_000)], [0, 0, 0, 0]);
    for (const capacity of [0, 1, 16, -1]) assert.deepEqual([...app.litmusOfChannels(threads, 10_000, capacity)], [0, 0], `capacity ${capacity}`);
    await app.terminate();
  });
}

test("on one thread locks and channels need no other", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const app = await init({ threads: 2 });
  assert.equal(app.locksDiffer(), 0);
  await app.terminate();
});
