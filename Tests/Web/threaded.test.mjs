// In Node the exports are synchronous, and the caller is a thread of the pool.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import initDemos from "../../Demos/pkg/index.js";
import { fingerprint } from "../../Demos/renderer.js";
import { testCalls } from "./calls.mjs";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 3 });
after(() => app.terminate());

test("Node shares memory, and the caller is one of the threads asked for", () => {
  assert.equal(app.shared, true);
  assert.equal(app.threads.count, 3);
});

testCalls(app);

test("an app can be ended, and started again", async () => {
  /** @type {import("./Package/pkg/index.js").ThreadApp} */
  const other = await init({ threads: 2 });
  assert.equal(other.echoInt(7), 7);
  await other.terminate();
  assert.throws(() => other.echoInt(7));
});

const expected = JSON.parse(readFileSync(new URL("../../Demos/expected.json", import.meta.url), "utf8"));
const { width, height, samples, hash } = expected;

for (const threads of [1, 2, 3, 8]) {
  test(`${threads} threads render the same image, to the bit`, async () => {
    /** @type {import("../../Demos/pkg/index.js").ThreadApp} */
    const demos = await initDemos({ threads });
    const pixels = demos.alloc(Uint32Array, width * height);
    const control = demos.alloc(Int32Array, 2);
    const tiles = demos.tileCount(width, height);
    demos.render(pixels, control, width, height, samples, 0, tiles);
    assert.equal(fingerprint(pixels), hash);
    assert.equal(control[1], tiles);
    await demos.terminate();
  });
}
