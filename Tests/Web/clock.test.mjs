// The clock and the random numbers of the system.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 8 });
after(() => app.terminate());

test("the clock advances as JavaScript's does", async () => {
  const [start, own] = [performance.now(), app.clock()];
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [elapsed, ownElapsed] = [performance.now() - start, app.clock() - own];
  assert.ok(ownElapsed >= 49 && Math.abs(ownElapsed - elapsed) < 5, `${ownElapsed} ms passed in Swift, ${elapsed} in JavaScript`);
});

test("the clock never goes back, on whichever thread it is read", () => {
  assert.equal(app.clockReversals(8, 20_000), 0);
});

test("random numbers of the system are all different, in every bit", () => {
  const seen = new Set(Array.from({ length: 10_000 }, () => app.randomBits()));
  assert.equal(seen.size, 10_000);
  for (let bit = 0n; bit < 64n; bit++) {
    const ones = [...seen].filter((value) => (value >> bit) & 1n).length;
    // Ten times the standard deviation of 50.
    assert.ok(Math.abs(ones - 5000) < 500, `bit ${bit} is set in ${ones} of 10000`);
  }
});
