// Where memory cannot be shared, the single-threaded build has the same exports and the same results.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { testCalls } from "./calls.mjs";

// This is all that an engine without shared memory differs in.
Reflect.deleteProperty(globalThis, "SharedArrayBuffer");

const { default: init } = await import("./Package/pkg/index.js");
/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 3 });
after(() => app.terminate());

test("the single-threaded build is taken by itself", () => {
  assert.equal(app.shared, false);
  assert.equal(app.threads.count, 1);
});

test("another number of threads is asked for and not had", async () => {
  await app.threads.resize(4);
  assert.equal(app.threads.count, 1);
  await assert.rejects(app.threads.resize(0), RangeError);
});

testCalls(app);

test("a view that ends where the memory ends leaves other views alone", async () => {
  // A part of the runtime, which has no types in a package.
  const { Instance } = await import(new URL("./Package/pkg/instance.js", import.meta.url).href);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const instance = new Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)), memory, {});
  const before = instance.data;
  assert.equal(instance.view(Uint8Array, 65536 - 8, 8).length, 8);
  assert.equal(before.byteLength, 65536);
  memory.grow(1);
  // The views of before are gone, and so is what they were made of.
  assert.equal(instance.view(Uint8Array, 0, 0).length, 0);
  assert.equal(instance.view(Uint8Array, 65536, 65536).length, 65536);
});

test("collections and the scheduler give the same results on the calling thread", () => {
  for (const count of [0, 1, 300, 20_000]) assert.equal(app.collectionsDiffer(count, count), 0, `${count} elements`);
  assert.equal(app.schedulerDiffers(50), 0);
});

test("locks and channels work as long as nobody has to wait for another thread", () => {
  assert.equal(app.locksDiffer(), 0);
});

test("a thread that cannot start is an error that says so", async () => {
  assert.equal(app.canSpawn(), false);
  const other = await init();
  assert.throws(() => other.spawnInSequence(1, 0), /The single-threaded build cannot start threads/);
  assert.equal(other.state, "fault");
  await other.terminate();
});

test("a wait that nobody can end fails and does not hang", async () => {
  const other = await init();
  assert.throws(() => other.waitInVain(), /Deadlock: this thread waits for ever/);
  await other.terminate();
});

test("one thread without shared memory renders the same image, to the bit", async () => {
  const { default: initDemos } = await import("../../Demos/pkg/index.js");
  /** @type {import("../../Demos/pkg/index.js").ThreadApp} */
  const demos = await initDemos();
  const { width, height, samples, hash } = JSON.parse(readFileSync(new URL("../../Demos/expected.json", import.meta.url), "utf8"));
  assert.equal(demos.renderHash(width, height, samples).toString(16).padStart(8, "0"), hash);
  await demos.terminate();
});
