// Locks and channels on several threads, more than there are processors too.
import assert from "node:assert/strict";
import { test } from "node:test";
import init from "./Package/pkg/index.js";

// A hang would be silent.
const options = { timeout: 60_000 };

for (const threads of [2, 3, 8, 16]) {
  test(`locks exclude, meetings meet and channels deliver, on ${threads} threads`, options, async () => {
    /** @type {import("./Package/pkg/index.js").ThreadApp} */
    const app = await init({ threads });
    assert.deepEqual([...app.litmusOfLocks(100_000)], [0, 0, 0, 0, 0]);
    assert.deepEqual([...app.litmusOfMeetings(5_000)], [0, 0, 0, 0]);
    for (const capacity of [0, 1, 16, -1]) assert.deepEqual([...app.litmusOfChannels(10_000, capacity)], [0, 0], `capacity ${capacity}`);
    await app.terminate();
  });
}
