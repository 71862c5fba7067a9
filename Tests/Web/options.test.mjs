// What can be seen of `init()`'s options only from outside; the options themselves are in Targets/options.js.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import init, { supportsThreads } from "./Package/pkg/index.js";

/** @type {any} */
const global = globalThis;

test("supportsThreads says why not", () => {
  assert.deepEqual(supportsThreads(), { supported: true, reason: undefined });
  const { SharedArrayBuffer } = globalThis;
  global.SharedArrayBuffer = undefined;
  assert.deepEqual(supportsThreads(), { supported: false, reason: "no SharedArrayBuffer" });
  // What a page has: one without isolation may still have the class.
  global.crossOriginIsolated = false;
  global.SharedArrayBuffer = SharedArrayBuffer;
  assert.deepEqual(supportsThreads(), { supported: false, reason: "not cross-origin isolated" });
  global.isSecureContext = false;
  assert.deepEqual(supportsThreads(), { supported: false, reason: "not a secure context" });
  delete global.isSecureContext;
  delete global.crossOriginIsolated;
  assert.equal(supportsThreads().supported, true);
});

test("a module is compiled while it loads if its type allows", async () => {
  const { compileStreaming } = WebAssembly;
  /** @type {(string | null)[]} */
  const types = [];
  WebAssembly.compileStreaming = async (source) => {
    const response = await source;
    types.push(response.headers.get("content-type"));
    return compileStreaming(response);
  };
  const bytes = readFileSync(new URL("Package/pkg/calls.wasm", import.meta.url));
  for (const type of ["application/wasm", "application/octet-stream", "text/plain"]) {
    const app = await init({ threads: 1, module: new Response(bytes, { headers: { "content-type": type } }) });
    assert.equal(await app.echoInt(7), 7);
    await app.terminate();
  }
  WebAssembly.compileStreaming = compileStreaming;
  assert.deepEqual(types, ["application/wasm"]);
});

test("what looks for the worker leaves the global as it was", async () => {
  assert.equal("Worker" in global, false);
  await (await init({ threads: 1 })).terminate();
  assert.equal("Worker" in global, false);
  // As browsers have it.
  const Worker = class {};
  Object.defineProperty(global, "Worker", { value: Worker, configurable: true, enumerable: false, writable: true });
  await (await init({ threads: 1 })).terminate();
  assert.deepEqual(Object.getOwnPropertyDescriptor(global, "Worker"), { value: Worker, configurable: true, enumerable: false, writable: true });
  delete global.Worker;
});
