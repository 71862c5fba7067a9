// A release build's modules carry no names, and the stack of an error has those of Swift's functions all the same.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nameFrames } from "../../Sources/WeftPackaging/JavaScript/stacks.js";
import { run } from "./program.mjs";

/** @param {string} options @param {string} call @param {string} [before] @returns {Promise<string>} the stack of the error that a call throws */
async function stackOf(options, call, before = "") {
  const text = await run(`
    ${before}
    const app = await init(${options});
    try { app.${call}(); } catch (error) { console.log(JSON.stringify(error.stack)); }
  `);
  // What the threads print comes before.
  return JSON.parse(text.trimEnd().split("\n").at(-1) ?? "");
}

test("a trap on the calling thread", async () => {
  const stack = await stackOf("{ threads: 2 }", "trap");
  assert.match(stack, /^WeftError: unreachable \(thread main\)\n/);
  assert.match(stack, /^ +at trap\(\) \(wasm:\S+:wasm-function\[\d+\]:0x\w+\)$/m);
});

test("a trap on another thread, whose stack is left in the memory", async () => {
  const stack = await stackOf("{ threads: 2 }", "joinTrappedThread");
  assert.match(stack, /^WeftError: unreachable \(thread doomed\)\n/);
  assert.match(stack, /^ +at closure #1 in joinTrappedThread\(\) \(wasm:/m);
  assert.match(stack, /^ +at .*Thread\.spawn<.*\(wasm:/m);
  assert.doesNotMatch(stack, /^ +at wasm:/m);
});

test("a trap on a thread of the pool", async () => {
  const stack = await stackOf("{ threads: 2 }", "trapOnPoolThread");
  assert.match(stack, /^WeftError: unreachable \(thread weft-1\)\n/);
  assert.match(stack, /^ +at .*parallel\w+<.*\(wasm:/m);
});

test("a trap in the single-threaded module", async () => {
  const stack = await stackOf("{}", "trap", `Reflect.deleteProperty(globalThis, "SharedArrayBuffer");`);
  assert.match(stack, /^ +at trap\(\) \(wasm:/m);
});

test("an error of the runtime's own below Swift", async () => {
  const stack = await stackOf("{ threads: 1, memory: 24 << 20 }", "exhaust");
  assert.match(stack, /^ +at posix_memalign \(wasm:/m);
  assert.match(stack, /^ +at .*exhaust\w*\(\) \(wasm:/m);
});

test("where the names cannot be read, the stack is as the engine tells it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "weft-"));
  try {
    cpSync(fileURLToPath(new URL("./Package/pkg", import.meta.url)), folder, { recursive: true });
    rmSync(join(folder, "symbols.js"));
    const { default: init } = await import(pathToFileURL(join(folder, "index.js")).href);
    const app = await init({ threads: 2 });
    assert.throws(() => app.trap(), ({ code, stack }) => code === "fault" && /^ +at wasm:\S+:wasm-function\[\d+\]:0x\w+$/m.test(stack));
    await app.terminate();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every engine's way to write a frame", () => {
  const names = ["", "a<A>(_:)", "$&"];
  for (const [line, expected] of [
    ["    at wasm://wasm/00fdbae2:wasm-function[1]:0xb21e", "    at a<A>(_:) (wasm://wasm/00fdbae2:wasm-function[1]:0xb21e)"],
    ["    at http://[::1]:80/app.wasm:wasm-function[2]:0x1", "    at $& (http://[::1]:80/app.wasm:wasm-function[2]:0x1)"],
    ["    at known (wasm://wasm/00fdbae2:wasm-function[1]:0xb21e)", "    at known (wasm://wasm/00fdbae2:wasm-function[1]:0xb21e)"],
    ["    at wasm://wasm/00fdbae2:wasm-function[0]:0x1", "    at wasm://wasm/00fdbae2:wasm-function[0]:0x1"],
    ["    at wasm://wasm/00fdbae2:wasm-function[9]:0x1", "    at wasm://wasm/00fdbae2:wasm-function[9]:0x1"],
    ["@http://localhost/app.wasm:wasm-function[1]:0x1b", "a<A>(_:)@http://localhost/app.wasm:wasm-function[1]:0x1b"],
    ["@http://localhost/a.js line 101 > WebAssembly.compile:wasm-function[1]:0x1b", "a<A>(_:)@http://localhost/a.js line 101 > WebAssembly.compile:wasm-function[1]:0x1b"],
    ["known@http://localhost/app.wasm:wasm-function[1]:0x1b", "known@http://localhost/app.wasm:wasm-function[1]:0x1b"],
    ["<?>.wasm-function[1]@[wasm code]", "a<A>(_:)@[wasm code]"],
    ["wasm-function[1]@[wasm code]", "a<A>(_:)@[wasm code]"],
    ["    at <?>.wasm-function[2] ([wasm code])", "    at $& ([wasm code])"],
    ["    at run (http://localhost/worker.js:9:3)", "    at run (http://localhost/worker.js:9:3)"],
  ])
    assert.equal(nameFrames(`Error: no\n${line}\n${line}`, names), `Error: no\n${expected}\n${expected}`);
});
