// What crosses between JavaScript and Swift: the suite for every engine, here in Node, and what only Node can show.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as package_ from "./Conformance/pkg/index.js";
import { run } from "./Conformance/suite.js";

const program = fileURLToPath(new URL("./boundary.mjs", import.meta.url));

/**
 * Runs a program of its own, so that a hang or a crash is its end and not this one's.
 * @param {string[]} arguments_ @param {number} [seconds] @returns {Promise<string>} what it wrote
 */
function start(arguments_, seconds = 60) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--expose-gc", program, ...arguments_], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    // Ended, not asked: a thread that spins hears nothing.
    const limit = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    child.stdout.on("data", (part) => (text += part));
    child.on("close", (status, signal) => {
      clearTimeout(limit);
      if (status === 0) resolve(text);
      else reject(new Error(`${signal ?? `exit code ${status}`}, having written ${text.slice(-3000)}`));
    });
  });
}

/** @type {any} */
const pkg = package_;
const app = await pkg.default({ threads: 3 });
after(() => app.terminate());
const results = await run(app, pkg, { isPage: false, isShared: true, threads: 3 });
for (const { name, ok, message } of results) test(name, () => assert.ok(ok, message));

test("the suite has run to its end, and the app with it", () => {
  assert.ok(results.length > 60);
  assert.equal(app.state, "running");
});

test("without shared memory the suite gives the same results", async () => {
  const { shared, results: single } = JSON.parse(await start(["suite", "single"]));
  assert.equal(shared, false);
  assert.deepEqual(single.filter((/** @type {any} */ result) => !result.ok), []);
  assert.ok(single.length > 60);
});

for (const memory of ["threaded", "single"]) {
  test(`what nobody has any more is freed: objects, buffers, functions and values (${memory})`, () => start(["collected", memory]));
  test(`a call that ends in an error frees what it had (${memory})`, () => start(["leaks", memory]));
  test(`a call inside of a call, however it comes about, leaves the outer one's arguments alone (${memory})`, () => start(["reentrant", memory]));
  test(`random and hostile values: the documented errors, the model's values, no damage, no leak (${memory})`, () => start(["random", memory], 150));
  test(`random lives of objects and buffers follow the model (${memory})`, () => start(["lives", memory], 60));
}

test("an error that the declaration in Swift does not expect ends the app, and its words are in the reason", async () => {
  const { hypot } = Math;
  Math.hypot = () => { throw new RangeError("too steep"); };
  try {
    const other = await pkg.default({ threads: 2 });
    /** @type {any} */
    const expected = { name: "WeftError", code: "fault", message: /does not say 'throws\(JSError\)': RangeError: too steep/ };
    assert.throws(() => other.hypotenuseOf(3, 4), expected);
    assert.throws(() => other.echoInt(1), expected);
    assert.equal(other.state, "fault");
    await other.terminate();
  } finally {
    Math.hypot = hypot;
  }
});

test("a promise for a call inside of one that was asked for is an error, and nobody waits for ever", () => start(["asked", "threaded"]));
