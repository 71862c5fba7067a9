// An app at the other end of a port, in Node: the boundary's suite in a worker, ends of all kinds, and whatever a port may bring.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import init, { WeftError } from "./Conformance/pkg/index.js";
import { connect, disconnect, expose } from "./Conformance/pkg/ports.js";
import { randomNumbers } from "./Conformance/randomNumbers.js";

/** @type {any} */
const app = await init({ threads: 3 });
/** @type {MessagePort[]} what a test that fails may have left open */
const open = [];
after(() => {
  for (const port of open) port.close();
  return app.terminate();
});
const place = { isPage: true, isShared: true, threads: 3, remote: "thread", sharesMemory: true };

/**
 * A worker that does a task with the app.
 * @param {string} task @param {any} [given] @param {any} [options]
 */
function client(task, given = app, options = undefined) {
  const { port1, port2 } = new MessageChannel();
  const exposure = expose(given, port1, options);
  const workerData = { port: port2, task, place: { ...place, sharesMemory: options?.shareMemory ?? true } };
  const worker = new Worker(new URL("./portClient.mjs", import.meta.url), { workerData, transferList: [/** @type {any} */ (port2)] });
  /** @type {Promise<any>} */
  const outcome = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  return { exposure, worker, outcome };
}

/** Objects that nobody has any more have ended. */
const livingCounters = () => app.Counter.made - app.endedCounters();

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (let round = 0; round < 1000 && !isSo(); round++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(isSo());
}

// Before the first test: the runner takes what is registered later for the end.
const suites = [];
for (const shareMemory of [true, false]) {
  const { outcome, exposure } = client("suite", app, { shareMemory });
  const { value, error } = await outcome;
  await exposure.ended;
  suites.push({ memory: shareMemory ? "shared" : "copied", value, error, living: livingCounters() });
}
/** What the program exports, as a client is told. @type {any} */
const owners = await new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  expose(app, port1);
  port2.addEventListener("message", ({ data }) => {
    if (data.type !== "welcome") return;
    resolve(data.owners);
    port2.close();
  });
  port2.start();
  port2.postMessage({ type: "hello" });
});

for (const { memory, value, error, living } of suites) {
  test(`a client in a worker, memory ${memory}: the suite has run to its end, and left no object behind`, () => {
    assert.ok(value?.length > 50, error);
    assert.equal(living, 0);
  });
  for (const { name, ok, message } of value ?? []) test(`${name} (memory ${memory})`, () => assert.ok(ok, message));
}

test("a client that ends without a word leaves nothing behind", async () => {
  const { outcome, exposure, worker } = client("vanish");
  assert.deepEqual(await outcome, { value: 52 });
  assert.equal(livingCounters(), 50);
  await worker.terminate();
  await exposure.ended;
  assert.equal(livingCounters(), 0);
});

test("an exposure that is ended takes all from its client, and rejects its calls; others keep theirs", async () => {
  const [one, other] = [new MessageChannel(), new MessageChannel()];
  const exposure = expose(app, one.port1);
  expose(app, other.port1);
  const [first, second] = /** @type {any[]} */ (await Promise.all([connect(one.port2), connect(other.port2)]));
  const [counter, kept] = [await new first.Counter(1), await new second.Counter(2)];
  exposure.end();
  exposure.end();
  await exposure.ended;
  assert.equal(livingCounters(), 1);
  await assert.rejects(counter.add(1), (error) => error instanceof WeftError && error.code === "terminated" && /not exposed any more/.test(error.message));
  await assert.rejects(first.alloc(Float64Array, 1), WeftError);
  counter.dispose();
  assert.equal(await kept.add(1), 3);
  disconnect(second);
  await until(() => livingCounters() === 0);
});

test("what a call that was aborted gives back is let go of", async () => {
  const { port1, port2 } = new MessageChannel();
  expose(app, port1);
  /** @type {any} */
  const remote = await connect(port2);
  const made = app.Counter.made;
  const controller = new AbortController();
  const call = new remote.Counter(1, "aborted", { signal: controller.signal });
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
  await until(() => app.Counter.made === made + 1 && livingCounters() === 0);
  disconnect(remote);
});

test("the app's end is heard by its clients", async () => {
  const own = await init({ threads: 2 });
  const { port1, port2 } = new MessageChannel();
  const exposure = expose(own, port1);
  /** @type {any} */
  const remote = await connect(port2);
  const counter = await new remote.Counter(1);
  await own.terminate();
  await assert.rejects(counter.add(1), (error) => error instanceof WeftError && error.code === "terminated");
  exposure.end();
});

test("a fault in Swift is the client's too", async () => {
  const own = await init({ threads: 2 });
  const { port1, port2 } = new MessageChannel();
  const exposure = expose(own, port1);
  /** @type {any} */
  const remote = await connect(port2);
  await assert.rejects(remote.trap(), (error) => error instanceof WeftError && error.code === "fault");
  await assert.rejects(remote.addNumbers(1, 2), (error) => error instanceof WeftError && error.code === "fault");
  exposure.end();
  await own.terminate();
});

test("what is no app and no port is refused", async () => {
  const { port1, port2 } = new MessageChannel();
  for (const wrong of [undefined, null, {}, 5]) {
    assert.throws(() => expose(/** @type {any} */ (wrong), port1), { name: "TypeError", message: /^expose: expected the app/ });
    assert.throws(() => expose(app, /** @type {any} */ (wrong)), { name: "TypeError", message: /^expose: expected a MessagePort/ });
    await assert.rejects(connect(/** @type {any} */ (wrong)), { name: "TypeError", message: /^connect: expected a MessagePort/ });
    assert.throws(() => disconnect(/** @type {any} */ (wrong)), { name: "TypeError", message: /^disconnect: / });
  }
  port2.close();
});

/**
 * The other end of an exposed port, without a client: tells what comes back.
 */
function rawPort() {
  const { port1, port2 } = new MessageChannel();
  open.push(port2);
  const exposure = expose(app, port1);
  /** @type {any[]} */
  const heard = [];
  port2.addEventListener("message", ({ data }) => { if (!["welcome", "probe"].includes(data.type)) heard.push(data); });
  port2.start();
  return { port: port2, exposure, heard };
}

/**
 * Whether it is a call's answer: in short, where nothing but its value is to be told.
 * @param {any} message
 */
const isDone = (message) => Array.isArray(message) || message.type === "done";
/** @param {string} owner @param {string} name @param {any} rest */
const call = (owner, name, rest) => ({ type: "call", call: 1, owner, member: owners.find((/** @type {any} */ each) => each[0] === owner)[2].findIndex((/** @type {any} */ each) => each[1] === name), references: [], ...rest });

test("a message that no client sends ends the connection, and nothing else", async () => {
  const messages = [
    null, 5, "call", {}, [], [1], [1, "", 1e9, undefined, []], ["x", "", 0, undefined, []], { type: "calls" }, { type: "answer", ask: 5 }, { type: "call" }, { type: "call", call: 1, owner: "", member: 1e9 },
    { type: "call", call: 1, owner: "constructor", member: 0 }, { type: "call", call: "x", owner: "", member: 0, values: [], references: [] },
    { type: "call", call: 1, owner: "", member: "constructor", values: [], references: [] },
    { type: "call", call: 1, owner: {}, member: -1, values: [], references: [] },
  ];
  for (const message of [...messages, { type: "hello" }]) {
    const { port, exposure, heard } = rawPort();
    port.postMessage({ type: "hello" });
    port.postMessage(message);
    await exposure.ended;
    await until(() => heard.some(({ type }) => type === "end"));
    assert.equal(heard[0].type, "end");
    assert.match(heard[0].message, /no client of this package sends/);
    assert.equal(app.addNumbers(1, 2), 3);
  }
});

test("a call that names what its client does not have, or is written wrongly, fails", async () => {
  const foreign = new app.Counter(7);
  const { port, heard, exposure } = rawPort();
  /** @type {any[]} */
  const calls = [
    call("Counter", "add", { values: [1], object: 1 }),
    call("Counter", "add", { values: [1], object: { valueOf: 5 } }),
    call("Counter", "add", { values: [1] }),
    call("Counter", "merge", { values: [undefined], object: 1 }),
    call("", "scaleShared", { values: [undefined, 2], references: [[[0], { buffer: 1 }]] }),
    call("", "scaleShared", { values: [{ address: 1024, length: 100 }, 2] }),
    call("", "echoCounters", { values: [[undefined]], references: [[[0, 0], { object: 1 }]] }),
    call("", "echoCounters", { values: [[{}]] }),
    call("", "echoPoint", { values: "no array" }),
    call("", "echoPoint", { values: [{ x: 1 }], references: [[[0, "y"], { kept: 1, as: "token" }]] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [[[0, "__proto__", "polluted"], { kept: 1, as: "token" }]] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [[["__proto__"], { kept: 1, as: "function" }]] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [5] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [[5, 5]] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [[[0, "x"], null]] }),
    call("", "echoPoint", { values: [{ x: 1, y: 2 }], references: [[[0, "x"], { kept: "1", as: "copy" }]] }),
    call("", "echoDoubleArray", { values: [{ length: 2 ** 31 }] }),
    call("", "echoInt", { values: [2 ** 60] }),
    call("", "echoInt", { values: [] }),
  ];
  for (const message of calls) {
    heard.length = 0;
    port.postMessage(message);
    await until(() => heard.length > 0);
    assert.equal(heard[0].type, "done", JSON.stringify(message));
    assert.ok(["TypeError", "RangeError"].includes(heard[0].error?.name), JSON.stringify([message, heard[0]]));
    if (message.references.some((/** @type {any} */ each) => each[1]?.object)) assert.match(heard[0].error.message, /^counters\[0\]: this object is disposed/);
  }
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(foreign.value, 7);
  foreign.dispose();
  port.close();
  await exposure.ended;
});

test("what Swift has let go of is let go of by the client that keeps it", async () => {
  const { port, heard, exposure } = rawPort();
  port.postMessage(call("", "callVoid", { values: [2, undefined], references: [[[1], { kept: 77, as: "function" }]] }));
  port.postMessage(call("", "echoValue", { values: [{ a: 1 }], references: [[[0], { kept: 78, as: "copy" }]] }));
  await until(() => heard.filter(isDone).length === 2);
  const said = heard.filter((message) => !isDone(message)).map(({ type, ask, kept, values }) => [type, ask, kept, values]);
  assert.deepEqual(said, [["ask", undefined, 77, [0]], ["ask", undefined, 77, [1]]]);
  assert.deepEqual(heard.find(({ type, references }) => type === "done" && references).references, [[[0], { kept: 78, as: "token" }]]);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  await until(() => {
    collect();
    return [77, 78].every((each) => heard.some(({ type, kept }) => type === "drop" && kept === each));
  });
  port.close();
  await exposure.ended;
});

test("a buffer's elements that are of another kind or number are refused", async () => {
  for (const elements of [new Float64Array(9), new Float32Array(8), new Uint8Array(8), [1, 2, 3, 4, 5, 6, 7, 8], { length: 8 }, "12345678"]) {
    const { port, heard, exposure } = rawPort();
    port.postMessage({ type: "alloc", call: 1, kind: "Float64Array", count: 8, isCopied: true });
    await until(() => heard.length > 0);
    const [buffer] = heard.splice(0)[0].values;
    port.postMessage(call("", "scaleShared", { values: [undefined, 2], references: [[[0], { buffer, elements }]] }));
    await until(() => heard.length > 0);
    assert.match(heard[0].error.message, /a buffer has other elements/);
    port.close();
    await exposure.ended;
  }
});

test("random messages damage nothing and stop nobody", async () => {
  const random = randomNumbers(7);
  const canaries = Array.from({ length: 50 }, (_, seed) => new app.Canary(16, seed));
  /** @type {any[]} */
  const parts = [0, 1, -1, 2 ** 31, 0.5, NaN, "", "x", null, undefined, true, 5n, [], {}, [0], ["__proto__"], [0, "x"], new Float64Array(3), new Uint8Array(new SharedArrayBuffer(64)), new Date(), new Map([[1, 2]]), { object: 1 }, { buffer: 2, elements: new Float64Array(4) }, { kept: 1, as: "function" }, { kept: 2, as: "copy" }, { case: "circle" }, { x: 1, y: 2 }];
  /** @returns {any} */
  const some = (depth = 0) => (depth < 3 && random.below(3) === 0 ? Array.from({ length: random.below(4) }, () => some(depth + 1)) : random.pick(parts));
  // Not those that wait, end the program, or fill the memory.
  const harmless = (/** @type {string} */ name) => /^(echo|add|scale|merge|copy|sum|invert|negate|fill|value|name|total|Counter|Tally|twice|pair|range|parse|refuse|many|triple|area|call(Void|Text|Value|Maybe))/.test(name);
  /** @type {[string, number][]} */
  const callable = [];
  for (const [owner, , members] of owners) for (const [member, [, name]] of members.entries()) if (harmless(name)) callable.push([owner, member]);
  for (let round = 0; round < 60; round++) {
    const { port, exposure } = rawPort();
    for (let step = 0; step < 100; step++) {
      const [owner, member] = random.pick(callable);
      const references = random.below(2) ? [] : Array.from({ length: random.below(3) }, () => [random.pick([[0], [0, 0], [1], [0, "x"], some()]), some()]);
      const message = random.pick([
        { type: "call", call: step, owner, member, values: random.below(9) ? [some(), some()].slice(0, random.below(3)) : some(), references, object: random.below(3) ? undefined : random.below(9) },
        { type: "call", call: step, owner: "Counter", member: 0, values: [random.below(9), "x"], references: [] },
        [step, owner, member, random.below(3) ? undefined : random.below(9), random.below(9) ? [some(), some()].slice(0, random.below(3)) : some()],
        { type: "alloc", call: step, kind: random.pick(["Float64Array", "Uint8Array", some()]), count: random.pick([0, 8, some()]), isCopied: !random.below(2) },
        { type: random.pick(["release", "free", "abort"]), object: some(), buffer: random.below(9), call: some() },
      ]);
      port.postMessage(message);
    }
    await new Promise((resolve) => setImmediate(resolve));
    port.close();
    await exposure.ended;
  }
  for (const canary of canaries) assert.ok(canary.isWhole());
  assert.equal(app.state, "running");
  for (const canary of canaries) canary.dispose();
  await until(() => livingCounters() === 0);
});
