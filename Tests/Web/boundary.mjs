// What boundary.test.mjs runs in programs of their own: `node --expose-gc boundary.mjs suite|random|… threaded|single [seed] [cases]`.
import assert from "node:assert/strict";

const [part, memory, seed, cases] = process.argv.slice(2);
// This is all that an engine without shared memory differs in.
if (memory === "single") Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
/** @type {any} */
const pkg = await import("./Conformance/pkg/index.js");
const start = (/** @type {any} */ options = {}) => pkg.default({ threads: 3, ...options });
/** @type {() => void} */
const collect = /** @type {any} */ (globalThis).gc;
const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {() => boolean} isSo @param {string} what */
async function untilCollected(isSo, what) {
  for (let round = 0; round < 200; round++) {
    // What deref() gave stays until the turn is over.
    await pause(1);
    collect();
    await pause(5);
    if (isSo()) return;
  }
  assert.fail(`never collected: ${what}`);
}

/**
 * How many bytes the program has in use, which only its last words tell. They count pages, so that little is as good as none.
 * @param {any} app whose end this is @returns {number}
 */
function bytesInUse(app) {
  try {
    app.exhaust();
  } catch (/** @type {any} */ error) {
    const [, total, free] = /of (\d+) bytes (\d+) are free/.exec(error.message) ?? assert.fail(error.message);
    return Number(total) - Number(free);
  }
  return assert.fail("there was so much memory");
}

/**
 * Whether an app has as much memory in use after many rounds as another one after few.
 * @param {(app: any, rounds: number) => unknown} body @param {number} rounds
 */
async function leavesNothing(body, rounds) {
  const used = [];
  for (const count of [Math.ceil(rounds / 50), rounds]) {
    const app = await start();
    await body(app, count);
    for (let round = 0; round < 10; round++) {
      collect();
      await pause(5);
    }
    used.push(bytesInUse(app));
    await app.terminate();
  }
  assert.ok(used[1] - used[0] <= 1 << 18, `${used[1] - used[0]} bytes more are in use after ${rounds} rounds of ${body}`);
}

/** @type {Record<string, () => Promise<void>>} */
const parts = {
  async suite() {
    const { run } = await import("./Conformance/suite.js");
    const app = await start();
    const results = await run(app, pkg, { isPage: false, isShared: app.shared, threads: app.threads.count });
    console.log(JSON.stringify({ shared: app.shared, results }));
    await app.terminate();
  },

  async collected() {
    const app = await start();
    const ended = app.endedCounters();
    (() => { for (let count = 0; count < 500; count++) new app.Counter(count); })();
    await untilCollected(() => app.endedCounters() - ended === 500, "objects");
    /** @type {WeakRef<any>[]} */
    const references = [];
    const keep = (/** @type {any} */ value) => { references.push(new WeakRef(value)); return value; };
    (() => {
      for (let count = 0; count < 200; count++) {
        app.echoValue(keep({}));
        app.twice(keep({}));
        app.echoValues([keep({}), keep([])]);
        app.callMaybe(keep(() => {}));
        app.callValue(keep((/** @type {any} */ value) => value), keep({}));
        new app.Keeper(keep((/** @type {number} */ value) => value)).dispose();
        // Nothing of a call that fails is kept either.
        for (const wrong of [
          () => app.callText(keep(() => "x"), 5),
          () => app.echoValues(Object.defineProperty([keep({}), keep({})], 1, { get: () => { throw new Error("mine"); } })),
          () => app.reject(keep({})),
          () => app.callValue(keep(() => { throw keep(new Error("mine")); }), keep({})),
        ]) assert.throws(wrong);
      }
    })();
    await untilCollected(() => references.every((reference) => reference.deref() === undefined), "functions and values");
    // A kept function stays as long as its keeper, and no longer.
    let keeper = new app.Keeper(keep((/** @type {number} */ value) => value + 1));
    const last = /** @type {WeakRef<any>} */ (references.at(-1));
    for (let round = 0; round < 5; round++) { collect(); await pause(2); }
    assert.equal(keeper.call(1), 2);
    assert.ok(last.deref());
    keeper = undefined;
    await untilCollected(() => !last.deref(), "the function of a keeper that was collected");
    await app.terminate();
    // Buffers: far more than there is memory for.
    const small = await start({ memory: 64 << 20 });
    for (let round = 0; round < 40; round++) {
      (() => { for (let count = 0; count < 4; count++) small.alloc(Uint8Array, 1 << 20).fill(round); })();
      collect();
      await pause(2);
    }
    // A view keeps the memory of the buffer that it is of.
    const view = (() => new Uint8Array(small.alloc(Uint8Array, 1000).fill(7).buffer))();
    for (let round = 0; round < 10; round++) { collect(); await pause(2); small.alloc(Uint8Array, 1000).fill(9).dispose(); }
    assert.ok(view.includes(7));
    await small.terminate();
    // What outlives its app does nothing any more.
    /** @type {any[]} */
    let left = [];
    const over = await start();
    left.push(new over.Counter(1), over.alloc(Uint8Array, 10), new over.Keeper(() => 1));
    await over.terminate();
    left = [];
    for (let round = 0; round < 10; round++) { collect(); await pause(2); }
  },

  async leaks() {
    const big = new Float64Array(500);
    const text = "x".repeat(2000);
    const mine = () => { throw new URIError("mine"); };
    /** @type {((app: any) => unknown)[]} each throws or not, and leaves nothing */
    const calls = [
      (app) => app.manyArrays(new Uint8Array(1000), new Int16Array(1000), big, 5, []),
      (app) => app.echoNested([big, big, "x"]),
      (app) => app.shrink(new Float64Array(500), new Float64Array(500)),
      (app) => app.scaleOrRefuse(new Float64Array(500), true),
      (app) => app.parse(text),
      (app) => app.refuse(text),
      (app) => app.reject({}),
      (app) => app.callText(mine, text),
      (app) => app.callText(() => 5, text),
      (app) => app.callText(async () => text, text),
      (app) => app.callBytes(() => [1, 2, "x"], new Uint8Array(1000)),
      (app) => app.callBytes(() => new Uint8Array(1000), new Uint8Array(1000)),
      (app) => app.callValue(mine, {}),
      (app) => app.callMissing(),
      (app) => app.failing("hostile"),
      (app) => app.parsed("{"),
      (app) => app.parsed("{}"),
      (app) => app.throughImport({}),
      (app) => app.echoValues([{}, {}, {}]),
      (app) => app.echoShape({ case: "group", value: [{ case: "labelled", value0: text, value1: 0.5 }] }),
      (app) => app.echoEverything({ flag: true }),
      (app) => { const counter = new app.Counter(1, text); try { counter.merge({}); } finally { counter.dispose(); } },
      (app) => { for (const counter of app.echoCounters([new app.Counter(1), new app.Counter(2)])) counter.dispose(); },
      (app) => { const buffer = app.alloc(Float64Array, 100); try { app.scaleShared(buffer, "2"); } finally { buffer.dispose(); } },
      (app) => { const keeper = new app.Keeper(() => 1); keeper.call(1); keeper.dispose(); },
    ];
    for (const call of calls)
      await leavesNothing((app, rounds) => {
        for (let round = 0; round < rounds; round++) {
          try {
            call(app);
          } catch (/** @type {any} */ error) {
            assert.ok(!(error instanceof pkg.WeftError), error);
          }
        }
      }, 4000);
    // What does not fit is an error of the call, which may be made again with less.
    const app = await start({ memory: 32 << 20 });
    const ends = app.endedCounters();
    const counter = new app.Counter(1);
    for (let round = 0; round < 20; round++) {
      assert.throws(() => app.echoNested([new Float64Array(1 << 20), new Float64Array(1 << 22)]), { code: "memory" });
      assert.throws(() => app.echoString("x".repeat(40 << 20)), { code: "memory" });
      assert.throws(() => app.alloc(Float64Array, 1 << 22), { code: "memory" });
      assert.throws(() => app.echoUInt8Array(new Uint8Array(2 ** 32)), { code: "memory" });
      assert.throws(() => app.callBytes(() => new Uint8Array(40 << 20), []), { message: /Out of memory/ });
      assert.equal(counter.add(1), round + 2);
    }
    counter.dispose();
    assert.equal(app.endedCounters() - ends, 1);
    await app.terminate();
  },

  async reentrant() {
    const app = await start();
    const numbers = new Float64Array(8).map((_, index) => index + 0.5);
    /** @type {any} */ (globalThis).onAsk = () => {
      app.echoString("other arguments ".repeat(5));
      app.manyArrays([9, 9, 9], [8], [7], "seven", [6n]);
      new app.Counter(99, "another name").dispose();
      return 3;
    };
    for (let round = 0; round < 1000; round++) assert.equal(app.withAsking(undefined, numbers, "text"), "3 8 32.0 text");
    /** @type {any} */ (globalThis).onAsk = undefined;
    const deep = (/** @type {number} */ depth) => (depth === 0 ? "" : app.callText((/** @type {string} */ text) => text + deep(depth - 1), `${depth} `));
    assert.equal(deep(50), Array.from({ length: 50 }, (_, index) => `${50 - index} `).join(""));
    const outer = new app.Counter(1);
    assert.deepEqual(app.callAround(numbers, () => { outer.dispose(); assert.deepEqual(app.echoPoint({ x: 1, y: 2 }), { x: 1, y: 2 }); }, numbers, "t"), { sum: 64, text: "t" });
    assert.deepEqual(app.echoPoint({ get x() { return app.echoPoint({ x: 5, y: 6 }).y; }, get y() { return app.echoPoint({ x: 7, y: 8 }).x; } }), { x: 6, y: 7 });
    await app.terminate();
  },

  async asked() {
    const app = await start();
    /** @type {any} */
    let answer;
    app.callLater(1, () => { answer = app.callOnThreads(20, async () => "x"); });
    for (let round = 0; round < 1000 && !answer; round++) await pause(5);
    assert.deepEqual(answer, Array(20).fill("Error: body returned a promise, and the thread that has to keep it waits for the call"));
    await app.terminate();
    // Threads wait for a function in which the app ends: the call, which waits for them, ends too.
    const trapped = await start();
    const trap = () => { try { trapped.trap(); } catch {} return "x"; };
    assert.throws(() => trapped.callAfterGrowth(1, trap), { code: "fault" });
    await trapped.terminate();
  },

  async random() {
    const { testValues } = await import("./Conformance/randomValues.js");
    await testValues(pkg, start, { seed: Number(seed ?? 1), cases: Number(cases ?? 600_000), bytesInUse, collect });
  },

  async lives() {
    const { testLives } = await import("./boundaryLives.mjs");
    await testLives(start, { seed: Number(seed ?? 1), steps: Number(cases ?? 200_000), collect });
  },
};

await parts[part]();
