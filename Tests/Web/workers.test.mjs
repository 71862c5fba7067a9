// Isolated workers in Node: the threads' own instances, and, as on a page that may not share memory, workers of messages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkWorkers } from "./Workers/checks.js";

const { default: init } = await import("./Workers/pkg/index.js");

for (const mode of ["threaded", "single"]) {
  test(`isolated workers, ${mode}`, async (context) => {
    // This is what a page is told that may not share memory.
    if (mode === "single") Object.assign(globalThis, { crossOriginIsolated: false });
    /** @type {import("./Workers/pkg/index.js").ThreadApp} */
    const app = await init({ threads: 2 });
    if (mode === "single") Reflect.deleteProperty(globalThis, "crossOriginIsolated");
    try {
      assert.equal(app.shared, mode === "threaded");
      for (const [name, check] of checkWorkers(app)) await context.test(name, async () => assert.deepEqual(await check(), "right"));
    } finally {
      await app.terminate();
    }
  });
}

test("a fault in a handler of the program's is the program's", async () => {
  const app = await init({ threads: 2 });
  app.faultInHandler();
  for (let round = 0; round < 500 && app.state === "running"; round++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(app.state, "fault");
  assert.throws(() => app.seenByHandler(), { name: "WeftError", code: "fault", message: /^given 7 \(.*\) \(thread innocent\)$/ });
  await app.terminate();
});

test("a worker that never ends is terminated with the app, whoever has started what it runs on", { timeout: 30_000 }, async () => {
  const app = await init({ threads: 4 });
  // Leaves spare workers behind, which this thread has started.
  await app.threads.resize(1);
  assert.ok(app.terminatesAnEndlessLoop());
  const isIdle = async () => {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return process.cpuUsage(before).user < 100_000;
  };
  while (!(await isIdle()));
  await app.terminate();
});

test("a program ends that has left its workers alone", { timeout: 20_000 }, async () => {
  const { spawnSync } = await import("node:child_process");
  const program = `
    const { default: init } = await import(${JSON.stringify(new URL("./Workers/pkg/index.js", import.meta.url).href)});
    const app = await init({ threads: 2 });
    new app.Echo().post(new Float64Array([1]));
  `;
  const { status, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { timeout: 15_000 });
  assert.deepEqual([status, signal], [0, null]);
});
