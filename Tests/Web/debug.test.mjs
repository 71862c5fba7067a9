// A debug build says what stopped a thread, in Swift's words, and finds threads that wait for each other for ever.
import assert from "node:assert/strict";
import { test } from "node:test";
import init from "./Faults/pkg/index.js";

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
