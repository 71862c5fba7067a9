// What goes wrong is an error with a reason: nothing hangs, and another app can be started.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./program.mjs";

/**
 * What a call throws in a program of its own, and that a new app works after it and the program ends by itself.
 * @param {string} options @param {string} call @returns {Promise<{ name: string, code: string, message: string }>}
 */
async function errorOf(options, call) {
  const text = await run(`
    const app = await init(${options});
    let error;
    try { ${call}; } catch (caught) { error = caught; }
    try { app.echoInt(1); console.log("the app goes on"); } catch (later) { if (later !== error) console.log("another error", later); }
    await app.terminate();
    await app.terminate();
    const next = await init(${options});
    if (next.echoInt(7) !== 7 || next.sumOfIndices(1000) !== 499500) console.log("the next app does not work");
    await next.terminate();
    console.log(JSON.stringify({ name: error?.name, code: error?.code, message: error?.message }));
  `);
  const lines = text.trimEnd().split("\n").filter((line) => !line.startsWith("["));
  assert.equal(lines.length, 1, text);
  return JSON.parse(lines[0]);
}

test("a trap on a thread of the pool ends the call that waits for it, and names the thread", async () => {
  for (let round = 0; round < 3; round++) {
    const { name, code, message } = await errorOf("{ threads: 4 }", "app.trapOnPoolThread()");
    assert.deepEqual([name, code], ["WeftError", "fault"]);
    assert.match(message, /unreachable.*\(thread weft-[123]\)/);
  }
});

test("a trap on a thread that makes a global ends the call that waits for the global", async () => {
  const { name, code, message } = await errorOf("{ threads: 4 }", "app.trapInInitialiser()");
  assert.deepEqual([name, code], ["WeftError", "fault"]);
  assert.match(message, /unreachable/);
});

test("a trap on a spawned thread ends the call that joins it, and names the thread", async () => {
  const { name, code, message } = await errorOf("{ threads: 2 }", "app.joinTrappedThread()");
  assert.deepEqual([name, code], ["WeftError", "fault"]);
  assert.match(message, /unreachable.*\(thread doomed\)/);
});

test("a trap in forks within forks ends the call, wherever it happens", async () => {
  const { name, code, message } = await errorOf("{ threads: 4 }", "app.trapInNestedJoin(40)");
  assert.deepEqual([name, code], ["WeftError", "fault"]);
  assert.match(message, /unreachable.*\(thread (weft-[123]|main)\)/);
});

test("a trap on a thread ends the call that waits for its lock, and the one that waits for its message", async () => {
  for (const [call, thread] of [["trapUnderLock", "holder"], ["trapBeforeSending", "sender"]]) {
    const { name, code, message } = await errorOf("{ threads: 2 }", `app.${call}()`);
    assert.deepEqual([name, code], ["WeftError", "fault"]);
    assert.match(message, new RegExp(`unreachable.*\\(thread ${thread}\\)`));
  }
});

test("a thread that recurses too deep ends the call that joins it, whichever of its stacks is full", async () => {
  for (const [isInMemory, reason] of /** @type {const} */ ([[false, /Maximum call stack size exceeded/], [true, /Stack overflow: the thread wrote past the end of its stack/]])) {
    const { name, code, message } = await errorOf("{ threads: 2 }", `app.overflowStack(${isInMemory})`);
    assert.deepEqual([name, code], ["WeftError", "fault"]);
    assert.match(message, reason);
    assert.match(message, /\(thread deep\)/);
  }
});

test("an error of JavaScript that Swift has called ends the app with that error's message", async () => {
  const text = await run(`
    const { default: fs } = await import("node:fs");
    const { syncBuiltinESMExports } = await import("node:module");
    const app = await init({ threads: 2 });
    const { writeSync } = fs;
    fs.writeSync = () => { throw new Error("nobody listens"); };
    syncBuiltinESMExports();
    let error;
    try { app.printText("hello"); } catch (caught) { error = caught; }
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
    console.log(app.state, error.name, error.code, error.message);
    await app.terminate();
    const next = await init({ threads: 2 });
    next.printText("again");
  `);
  assert.equal(text, "fault WeftError fault hello (nobody listens) (thread main)\n[main] again\n");
});

test("a worker that cannot start is an error of init, and the next init works", async () => {
  const text = await run(`
    const { default: threads } = await import("node:worker_threads");
    const { syncBuiltinESMExports } = await import("node:module");
    const right = threads.Worker;
    threads.Worker = class extends right { constructor(url, options) { super(new URL("missing.js", url), options); } };
    syncBuiltinESMExports();
    try { await init({ threads: 3 }); console.log("no error"); } catch ({ name, code, message }) { console.log(name, code, /missing\.js.*thread weft-[12]/.test(message)); }
    threads.Worker = right;
    syncBuiltinESMExports();
    const app = await init({ threads: 3 });
    console.log(app.sumOfIndices(1000));
  `);
  assert.equal(text, "WeftError start true\n499500\n");
});

test("a worker that is ended from outside ends the app", async () => {
  const text = await run(`
    const { default: threads } = await import("node:worker_threads");
    const { syncBuiltinESMExports } = await import("node:module");
    const workers = [];
    threads.Worker = class extends threads.Worker { constructor(url, options) { super(url, options); workers.push(this); } };
    syncBuiltinESMExports();
    const app = await init({ threads: 3 });
    app.sumOfIndices(1000);
    workers[0].terminate();
    while (app.state === "running") await new Promise((resolve) => setTimeout(resolve, 10));
    try { app.echoInt(1); } catch ({ name, code, message }) { console.log(app.state, name, code, message); }
    const next = await init({ threads: 3 });
    console.log(next.sumOfIndices(1000));
  `);
  assert.equal(text, "fault WeftError fault The worker was ended from outside (thread weft-1)\n499500\n");
});

test("memory that runs out on the caller is an error with sizes", async () => {
  const { name, code, message } = await errorOf("{ threads: 2, memory: 24 << 20 }", "app.exhaust()");
  assert.equal(name, "WeftError");
  assert.equal(code, "memory");
  assert.match(message, /Out of memory: \d+ bytes do not fit; of \d+ bytes \d+ are free.*memory/);
});

test("memory that runs out on a thread of the pool is an error with sizes and the thread's name", async () => {
  const { name, code, message } = await errorOf("{ threads: 4, memory: 24 << 20 }", "app.exhaustOnPoolThread()");
  assert.equal(name, "WeftError");
  assert.equal(code, "memory");
  assert.match(message, /Out of memory: \d+ bytes do not fit; of \d+ bytes \d+ are free.*memory.*\(thread weft-[123]\)/);
});

test("an argument that does not fit is an error before Swift runs, and the app goes on", async () => {
  const text = await run(`
    const app = await init({ threads: 2, memory: 24 << 20 });
    try { app.echoDoubleArray(new Float64Array(10_000_000)); } catch (error) { console.log(error.name, error.code, error.message.includes("80000000 bytes")); }
    console.log(app.echoInt(7), app.echoDoubleArray(new Float64Array(1000)).length);
  `);
  assert.equal(text, "WeftError memory true\n7 1000\n");
});

test("after terminate a call is an error that says so, and terminating again is none", async () => {
  const text = await run(`
    const app = await init({ threads: 4 });
    app.sumOfIndices(1000);
    await Promise.all([app.terminate(), app.terminate()]);
    await app.terminate();
    for (const call of [() => app.echoInt(1), () => app.sumOfIndices(10), () => app.alloc(Float64Array, 10)])
      try { call(); console.log("no error"); } catch (error) { console.log(error.name, error.code); }
  `);
  assert.equal(text, "WeftError terminated\n".repeat(3));
});

test("a program ends by itself, whether or not its apps were terminated", async () => {
  assert.equal(await run(`await init({ threads: 8 }); (await init({ threads: 3 })).sumOfIndices(1000); console.log("end");`), "end\n");
});
