// A debug build says what stopped a thread, in Swift's words, and finds threads that wait for each other for ever.
import assert from "node:assert/strict";
import { Session } from "node:inspector";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import init from "./Faults/pkg/index.js";
import { output } from "./toolchain.mjs";

/** @param {(app: any) => number} call @returns {Promise<{ code: string, message: string }>} */
async function errorOf(call) {
  const app = await init({ threads: 2 });
  try {
    call(app);
  } catch (error) {
    const { code, message } = /** @type {any} */ (error);
    const next = await init({ threads: 2 });
    assert.equal(await next.echo(5), 5);
    await next.terminate();
    return { code, message };
  } finally {
    await app.terminate();
  }
  throw new Error("no error");
}

test("two threads that wait for each other's end are found, and told by name", async () => {
  const { code, message } = await errorOf((app) => app.joinEachOther());
  assert.equal(code, "fault");
  assert.match(message, /^Deadlock: every thread waits for another one\. main waits for the end of a thread\./);
  for (const name of ["knife", "fork"]) assert.match(message, new RegExp(`${name} waits for the end of a thread\\.`));
});

test("a pool that waits for itself is found", async () => {
  const { message } = await errorOf((app) => app.waitForOwnPool());
  assert.match(message, /main waits for a call that it handed to a pool\./);
  assert.match(message, /caller waits for a call that it handed to a pool\./);
  assert.match(message, /weft-pool-1-1 waits for the end of a thread\./);
});

test("threads that sleep are no deadlock", async () => {
  const app = await init({ threads: 2 });
  assert.equal(await app.sleepLong(), 7);
  await app.terminate();
});

test("Swift's message is in the error, with the thread's name", async () => {
  const { message } = await errorOf((app) => app.stopWithMessage());
  assert.match(message, /Fatal error: the answer is not 42.*\(thread doomed\)/);
  const other = await errorOf((app) => app.indexOutOfRange(5));
  assert.match(other.message, /Fatal error: Index out of range.*\(thread reader\)/);
});

test("the module tells a debugger where its debug information is, and that knows the line of each frame", async () => {
  const session = new Session();
  session.connect();
  /** @type {any[]} */
  const modules = [];
  session.on("Debugger.scriptParsed", (/** @type {any} */ { params }) => { if (params.scriptLanguage === "WebAssembly") modules.push(params); });
  session.post("Debugger.enable");
  const app = await init({ threads: 2 });
  try {
    assert.throws(() => app.stopWithMessage(), ({ stack }) => {
      const [{ codeOffset, debugSymbols }] = modules;
      assert.deepEqual(debugSymbols, { type: "ExternalDWARF", externalURL: "faults.debug.wasm" });
      const [, offset] = /stopWithMessage\(\) \(\S+:wasm-function\[\d+\]:0x(\w+)\)/.exec(stack) ?? [];
      assert.ok(offset, stack);
      const file = fileURLToPath(new URL(`./Faults/pkg/${debugSymbols.externalURL}`, import.meta.url));
      const line = output("llvm-symbolizer", `--obj=${file}`, `0x${(parseInt(offset, 16) - codeOffset).toString(16)}`);
      assert.match(line, /Sources\/Faults\/Faults\.swift:53:/);
      return true;
    });
  } finally {
    session.disconnect();
    await app.terminate();
  }
});
