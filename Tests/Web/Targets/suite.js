// The calls that every target is tested with: browsers, Node, Deno and Bun, with and without shared memory, bundled and not.
// No framework and no imports but relative ones, so that it runs wherever JavaScript does.
import { fails, same, suite } from "./checks.js";

const integers = /** @type {const} */ ([
  ["Int8", Int8Array, -(2 ** 7), 2 ** 7 - 1],
  ["Int16", Int16Array, -(2 ** 15), 2 ** 15 - 1],
  ["Int32", Int32Array, -(2 ** 31), 2 ** 31 - 1],
  ["Int", Int32Array, -(2 ** 31), 2 ** 31 - 1],
  ["UInt8", Uint8Array, 0, 2 ** 8 - 1],
  ["UInt16", Uint16Array, 0, 2 ** 16 - 1],
  ["UInt32", Uint32Array, 0, 2 ** 32 - 1],
  ["UInt", Uint32Array, 0, 2 ** 32 - 1],
  ["Int64", BigInt64Array, -(2n ** 63n), 2n ** 63n - 1n],
  ["UInt64", BigUint64Array, 0n, 2n ** 64n - 1n],
]);

/**
 * @param {any} app of Tests/Web/Package, with 3 threads where there can be some; its functions return values or promises
 * @returns {Promise<import("./checks.js").Result[]>}
 */
export function run(app) {
  return suite(async (check) => {
    for (const [type, TypedArray, lowest, highest] of integers) {
      const one = typeof lowest === "bigint" ? 1n : 1;
      await check(`${type} crosses whole, and refuses what does not fit`, async () => {
        for (const value of [lowest, highest]) same(await app[`echo${type}`](value), value);
        const above = /** @type {any} */ (highest) + one;
        await fails(async () => app[`echo${type}`](above), "RangeError", "fit|not an integer");
        await fails(async () => app[`echo${type}`]("1"), "TypeError", "got string");
      });
      await check(`[${type}] crosses as ${TypedArray.name}`, async () => {
        const values = new TypedArray(/** @type {any} */ ([lowest, one, highest]));
        same(await app[`echo${type}Array`](values), values);
        same(await app[`echo${type}Array`](new TypedArray(0)), new TypedArray(0));
        same(await app[`echo${type}Array`]([one]), new TypedArray(/** @type {any} */ ([one])));
      });
    }
    await check("Double, Float and Bool cross", async () => {
      for (const value of [-0, 0.1, NaN, Infinity, Number.MIN_VALUE]) {
        same(await app.echoDouble(value), value);
        same(await app.echoFloat(value), Math.fround(value));
      }
      same(await app.echoDoubleArray(new Float64Array([0.1, NaN])), new Float64Array([0.1, NaN]));
      same(await app.echoFloatArray(new Float32Array([0.1, -0])), new Float32Array([0.1, -0]));
      same([await app.echoBool(true), await app.echoBool(false)], [true, false]);
      await fails(async () => app.echoBool(1), "TypeError", "boolean");
    });
    await check("String crosses whatever the script", async () => {
      for (const text of ["", "weft", "織り糸", "👩‍👩‍👧‍👦 🇩🇰", "\0 inside", "x".repeat(100_000)]) same(await app.echoString(text), text);
    });
    await check("arguments arrive in their order, and errors name theirs", async () => {
      same(await app.describe(1, "b", true), "1 b true");
      await fails(async () => app.describe(1, 2, true), "TypeError", "b: expected a string, got number");
      await fails(async () => app.describe(1), "TypeError", "expected 3 arguments, got 1");
    });
    await check("an inout array comes back into the caller's", async () => {
      const data = new Float64Array([1, 2, 3]);
      same(await app.scale(data, 2), undefined);
      same(data, new Float64Array([2, 4, 6]));
    });
    await check("a shared buffer shows what Swift wrote, until it is disposed", async () => {
      const buffer = app.alloc(Float64Array, 1000);
      buffer.fill(3);
      await app.scaleShared(buffer, 2);
      same(buffer.every((/** @type {number} */ value) => value === 6), true);
      buffer.dispose();
      await fails(async () => app.scaleShared(buffer, 2), "TypeError", "disposed");
    });
    await check("loops, collections and the scheduler give the sequential results", async () => {
      same(await app.sumOfIndices(100_000), 4999950000);
      same(await app.collectionsDiffer(300, 7), 0);
      same(await app.schedulerDiffers(20), 0);
      same(await app.locksDiffer(), 0);
    });
    await check("large memory is found and freed", async () => {
      for (let round = 0; round < 20; round++) await app.allocateAndFree(20 << 20);
    });
    await check("threads are spawned and the pool changes its size, where there can be threads", async () => {
      same(await app.canSpawn(), app.shared);
      if (!app.shared) return same(app.threads.count, 1);
      same([await app.spawnInSequence(20, 0), await app.spawnAtOnce(6, 1), await app.joinThrowing(7), await app.sumInScope(10)], [190, 6, 7, 30]);
      await app.threads.resize(2);
      same([app.threads.count, await app.sumOfIndices(1000)], [2, 499500]);
      await app.threads.resize(3);
      same(app.threads.count, 3);
    });
  });
}
