// The tests of calls from Node, the same for the threaded and the single-threaded build.
import assert from "node:assert/strict";
import { test } from "node:test";

/**
 * The range of every integer that crosses as a number.
 * @type {Record<string, [number, number]>}
 */
const integers = {
  Int8: [-(2 ** 7), 2 ** 7 - 1],
  Int16: [-(2 ** 15), 2 ** 15 - 1],
  Int32: [-(2 ** 31), 2 ** 31 - 1],
  Int: [-(2 ** 31), 2 ** 31 - 1],
  UInt8: [0, 2 ** 8 - 1],
  UInt16: [0, 2 ** 16 - 1],
  UInt32: [0, 2 ** 32 - 1],
  UInt: [0, 2 ** 32 - 1],
};

/** @type {Record<string, [bigint, bigint]>} */
const bigIntegers = { Int64: [-(2n ** 63n), 2n ** 63n - 1n], UInt64: [0n, 2n ** 64n - 1n] };

const arrays = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Int: Int32Array,
  UInt8: Uint8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
  UInt: Uint32Array,
  Int64: BigInt64Array,
  UInt64: BigUint64Array,
  Float: Float32Array,
  Double: Float64Array,
};

/** @param {import("./Package/pkg/index.js").ThreadApp} app */
export function testCalls(app) {
  /** @type {Record<string, (...values: unknown[]) => unknown>} */
  const functions = /** @type {any} */ (app);

  for (const [type, [lowest, highest]] of Object.entries(integers)) {
    const echo = functions[`echo${type}`];
    test(`${type} crosses whole, and refuses what does not fit`, () => {
      for (const value of [lowest, 0, 1, highest]) assert.equal(echo(value), value);
      for (const value of [lowest - 1, highest + 1, 0.5, NaN, Infinity]) assert.throws(() => echo(value), RangeError);
      for (const value of ["1", 1n, null, undefined, true, {}]) assert.throws(() => echo(value), TypeError);
    });
  }

  for (const [type, [lowest, highest]] of Object.entries(bigIntegers)) {
    const echo = functions[`echo${type}`];
    test(`${type} crosses whole, and refuses what does not fit`, () => {
      for (const value of [lowest, 0n, 1n, highest]) assert.equal(echo(value), value);
      for (const value of [lowest - 1n, highest + 1n]) assert.throws(() => echo(value), RangeError);
      for (const value of [1, "1", null, undefined, true]) assert.throws(() => echo(value), TypeError);
    });
  }

  test("Double and Float cross, with NaN, the infinities and the negative zero", () => {
    for (const value of [0, -0, 0.1, Number.MAX_VALUE, Number.MIN_VALUE, NaN, Infinity, -Infinity]) {
      assert.ok(Object.is(functions.echoDouble(value), value), `${value}`);
      assert.ok(Object.is(functions.echoFloat(value), Math.fround(value)), `${value}`);
    }
    for (const value of ["1", 1n, null, undefined, true]) {
      assert.throws(() => functions.echoDouble(value), TypeError);
      assert.throws(() => functions.echoFloat(value), TypeError);
    }
  });

  test("Bool crosses, and is not truthiness", () => {
    assert.equal(functions.echoBool(true), true);
    assert.equal(functions.echoBool(false), false);
    for (const value of [0, 1, "", null, undefined]) assert.throws(() => functions.echoBool(value), TypeError);
  });

  test("String crosses whatever the script", () => {
    for (const value of ["", "weft", "Ærøskøbing", "織り糸", "👩‍👩‍👧‍👦 🇩🇰", "\0 inside", "x".repeat(100_000)]) assert.equal(functions.echoString(value), value);
    for (const value of [1, null, undefined, ["a"]]) assert.throws(() => functions.echoString(value), TypeError);
  });

  for (const [type, TypedArray] of Object.entries(arrays)) {
    const echo = functions[`echo${type}Array`];
    const one = TypedArray === BigInt64Array || TypedArray === BigUint64Array ? 1n : 1;
    test(`[${type}] crosses as a ${TypedArray.name} of its own memory`, () => {
      for (const count of [0, 1, 7, 10_000]) {
        const values = new TypedArray(count).fill(/** @type {never} */ (one));
        const echoed = echo(values);
        assert.ok(echoed instanceof TypedArray);
        assert.deepEqual(echoed, values);
        assert.notEqual(/** @type {ArrayBufferView} */ (echoed).buffer, values.buffer);
      }
      for (const value of [1, "1", null, undefined, {}]) assert.throws(() => echo(value), TypeError);
    });
  }

  test("a part of a larger buffer crosses as that part", () => {
    const part = new Float64Array([0, 1, 2, 3, 4]).subarray(1, 3);
    assert.deepEqual(functions.echoDoubleArray(part), new Float64Array([1, 2]));
  });

  test("an inout array comes back into the caller's", () => {
    const data = new Float64Array([1, 2, 3]);
    assert.equal(app.scale(data, 2), undefined);
    assert.deepEqual(data, new Float64Array([2, 4, 6]));
  });

  test("a shared buffer is the same memory on both sides", () => {
    const buffer = app.alloc(Float64Array, 1000);
    buffer.fill(3);
    app.scaleShared(buffer, 2);
    assert.ok(buffer.every((/** @type {number} */ value) => value === 6));
    buffer.dispose();
    assert.throws(() => app.scaleShared(buffer, 2), "a disposed buffer is memory of somebody else");
    assert.throws(() => functions.scaleShared(app.alloc(Float32Array, 4), 2), TypeError);
  });

  test("arguments arrive in their order", () => {
    assert.equal(app.describe(1, "b", true), "1 b true");
  });

  test("an error names the parameter", () => {
    assert.throws(() => functions.describe(1, 2, true), { name: "TypeError", message: /\bb\b/ });
    assert.throws(() => functions.describe(2 ** 40, "b", true), { name: "RangeError", message: /\ba\b/ });
    assert.throws(() => functions.describe(1, "b"), { name: "TypeError", message: /describe.*3 arguments/ });
  });

  test("a loop runs on all threads", () => {
    assert.equal(app.sumOfIndices(1_000_000), 499999500000);
  });

  test("memory does not grow with the number of calls", () => {
    const values = new Float64Array(100_000);
    const before = process.memoryUsage().rss;
    for (let call = 0; call < 1000; call += 1) functions.echoDoubleArray(values);
    assert.ok(process.memoryUsage().rss - before < 400e6, "1000 calls of 0.8 MB each kept more than 400 MB");
  });
}
