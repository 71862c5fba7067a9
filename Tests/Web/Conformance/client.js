// Clients of an app at the other end of a port, in a worker of Node's or of a page's, or in an iframe: each does a task and tells what came
// of it.
import { WeftError } from "./pkg/index.js";
import { connect, disconnect, expose } from "./pkg/ports.js";
import { fails, progress, run, same } from "./suite.js";
import * as pkg from "./pkg/index.js";

/** @typedef {import("./suite.js").Place & { sharesMemory: boolean, isHere?: boolean }} ClientPlace */

/** @type {Record<string, (app: any, place: ClientPlace) => Promise<any>>} */
const tasks = {
  /** All that crosses. */
  async suite(app, place) {
    const results = await run(app, pkg, place);
    for (const [name, body] of Object.entries(checks)) {
      await progress.begin(name);
      results.push(await body(app, place).then(() => ({ name, ok: true, message: "" }), (error) => ({ name, ok: false, message: `${error?.stack} ${error}` })));
    }
    disconnect(app);
    return results;
  },
  /** Has objects, a buffer, and a function that Swift keeps, and goes away without a word. */
  async vanish(app) {
    const held = [await app.alloc(Float64Array, 1000), await new app.Keeper((/** @type {number} */ number) => number)];
    for (let count = 0; count < 50; count++) held.push(await new app.Counter(count));
    // Nobody collects what the thread still has.
    Object.assign(globalThis, { held });
    return held.length;
  },
  /** A call that is under way when the app ends, and one after it. */
  async end(app) {
    const call = (await new app.Exclusive()).work(60_000);
    const codeOf = (/** @type {Promise<any>} */ promise) => promise.then(() => "none", (error) => (error instanceof WeftError ? error.code : String(error)));
    // The page waits for this one, and may end the app before it is answered.
    await codeOf(app.notes(["begun"]));
    return [await codeOf(call), await codeOf(app.addNumbers(1, 2))];
  },
};

/** @type {Record<string, (app: any, place: ClientPlace) => Promise<void>>} */
const checks = {
  async "a buffer is the app's memory where that can be shared, and a copy elsewhere"(app, { sharesMemory }) {
    same(app.shared, sharesMemory);
    const buffer = await app.alloc(Float64Array, 1000);
    same([buffer.length, buffer.every((/** @type {number} */ value) => value === 0), buffer.buffer instanceof ArrayBuffer], [1000, true, !sharesMemory]);
    buffer.fill(3);
    await app.scaleShared(buffer, 2);
    same(buffer.every((/** @type {number} */ value) => value === 6), true);
    const [longs, empty] = [await app.alloc(BigInt64Array, 2), await app.alloc(Float64Array, 0)];
    await app.fillLongs(longs, -5n);
    await app.scaleShared(empty, 1);
    same(Array.from(longs), [-5n, -5n]);
    await fails(() => app.scaleShared(longs, 2), "TypeError", "^values: expected a Float64Array");
    await fails(() => app.scaleShared(new Float64Array(3), 2), "TypeError", "^values: expected a Float64Array that app.alloc has made");
    buffer.dispose();
    buffer.dispose();
    await fails(() => app.scaleShared(buffer, 2), "TypeError", "^values: this buffer is disposed");
    for (const wrong of [Array, DataView, null, "Float64Array"]) await fails(() => app.alloc(wrong, 1), "TypeError", "^alloc: expected a typed array's class");
    for (const wrong of [-1, 0.5, "1"]) await fails(() => app.alloc(Float64Array, wrong), "RangeError", "^alloc: ");
  },
  async "large arrays cross whole, and are still there"(app) {
    const large = new Float64Array(100_000).map((_, index) => index);
    const echoed = await app.echoDoubleArray(large);
    same([large.length, echoed.length, echoed[99_999]], [100_000, 100_000, 99_999]);
    same(await app.echoDoubleArray(large.subarray(5, 20_000)), large.slice(5, 20_000));
    const changed = new Float64Array(100_000).fill(2);
    await app.scale(changed, 2);
    same([changed.length, changed[0], changed[99_999]], [100_000, 4, 4]);
  },
  async "what is let go of is let go of at the other end"(app) {
    const before = await app.endedCounters();
    const counters = await Promise.all(Array.from({ length: 20 }, () => new app.Counter(1)));
    same(await app.Counter.sum(counters), 20);
    for (const counter of counters) counter.dispose();
    for (let round = 0; round < 1000 && (await app.endedCounters()) - before < 20; round++) await new Promise((resolve) => setTimeout(resolve, 5));
    same((await app.endedCounters()) - before, 20);
  },
  async "a client exposes what it is connected to"(app) {
    const { port1, port2 } = new MessageChannel();
    const exposure = expose(app, port1);
    const next = await connect(port2);
    const counter = await new next.Counter(5);
    same([await next.echoDoubleArray([1, 2]), await counter.add(2), await next.Geometry.dimensions], [new Float64Array([1, 2]), 7, 2]);
    same((await fails(() => next.refuse("because"), "Refusal", "because")).value, { reason: "because" });
    await fails(() => counter.merge(new app.Counter(1)), "TypeError", "^other: expected an object of Counter");
    const own = await new app.Counter(1);
    await fails(() => counter.merge(own), "TypeError", "^other: this Counter belongs to another app");
    own.dispose();
    const buffer = await next.alloc(Float64Array, 3);
    buffer.fill(2);
    await next.scaleShared(buffer, 2);
    same([...buffer], [4, 4, 4]);
    disconnect(next);
    await exposure.ended;
    same((await fails(() => next.addNumbers(1, 2), "WeftError", "was disconnected")).code, "terminated");
    same(await app.addNumbers(1, 2), 3);
  },
  async "functions that return nothing are called, in their order"(app) {
    /** @type {number[]} */
    const calls = [];
    await app.callVoid(5, (/** @type {number} */ index) => { calls.push(index); });
    for (let round = 0; round < 1000 && calls.length < 5; round++) await new Promise((resolve) => setTimeout(resolve, 5));
    same(calls, [0, 1, 2, 3, 4]);
  },
  async "what a function returns is waited for, or an error that says why not"(app, { remote, isShared }) {
    const outcome = await app.tryCall((/** @type {number} */ number) => number + 1);
    same(outcome.startsWith(remote === "page" && isShared ? "returned 4" : isShared ? "Error: body returned a promise" : "Error: what this function returns"), true);
  },
};

/**
 * @param {any} port @param {string} task @param {ClientPlace} place
 */
export async function perform(port, task, place) {
  return tasks[task](await connect(port), place);
}

/** @param {() => Promise<any>} body whose errors are told as well */
export const outcomeOf = (body) => body().then((value) => ({ value }), (error) => ({ error: `${error?.stack} ${error} in: ${at}` }));

let at = "";
progress.begin = async (name) => { at = name; };
