// The same allocations on one thread and on two, in turn. `Benchmarks/allocator` runs it.
import init from "../Tests/Web/Package/pkg/index.js";

/** @typedef {import("../Tests/Web/Package/pkg/index.js").ThreadApp} ThreadApp */

const rounds = 15;
const bar = 1.7;
/** @type {[string, (app: ThreadApp) => void][]} */
const workloads = [
  ["blocks of 24 B to 128 KB, 1 in 64 freed by another strand", (app) => app.churn(16, 40_000, 64, 1)],
  ["Swift arrays of up to 64 integers", (app) => app.buildAndDrop(16, 20_000)],
];

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

let missed = false;
for (const [name, work] of workloads) {
  /** @type {[ThreadApp, ThreadApp]} */
  const apps = [await init({ threads: 1 }), await init({ threads: 2 })];
  /** @type {[number[], number[]]} */
  const times = [[], []];
  for (let round = -3; round < rounds; round++) {
    apps.forEach((app, index) => {
      const start = performance.now();
      work(app);
      if (round >= 0) times[index].push(performance.now() - start);
    });
  }
  const [one, two] = times.map(median);
  console.log(`${name}: 1 thread ${one.toFixed(1)} ms, 2 threads ${two.toFixed(1)} ms, speed-up ${(one / two).toFixed(2)}`);
  if (one / two < bar) missed = true;
  for (const app of apps) await app.terminate();
}
console.log(`${missed ? "MISSED" : "met   "} two threads are at least ${bar} times as fast as one`);
process.exitCode = missed ? 1 : 0;
