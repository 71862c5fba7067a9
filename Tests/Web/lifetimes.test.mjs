// Objects, closures and globals that several threads use at once.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import init from "./Package/pkg/index.js";

/** @typedef {import("./Package/pkg/index.js").ThreadApp} ThreadApp */

/** @type {ThreadApp} */
const app = await init({ threads: 8 });
after(() => app.terminate());

test("a global that 8 threads come to for the first time is made once, and nobody sees it half made", async () => {
  // A global is made once in an app's life, so each round is another app.
  for (let round = 0; round < 5; round++) {
    /** @type {ThreadApp} */
    const other = await init({ threads: 8 });
    assert.equal(other.contendedInitialisations(8), 1);
    await other.terminate();
  }
});

test("an object that 8 threads retain and release millions of times ends once, when the last lets go", () => {
  assert.equal(app.endsOfShared(4_000_000), 1);
});

test("closures run and end on other threads than they were made on", () => {
  for (let round = 0; round < 20; round++) assert.equal(app.handOverClosures(5000), (5000 * 4999) / 2);
});

test("a list ends on the thread that held it last", () => {
  for (let round = 0; round < 50; round++) assert.equal(app.endsOfList(500), 500);
});
