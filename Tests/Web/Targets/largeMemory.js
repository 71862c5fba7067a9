// Memory beyond 4 GiB, in a package that was built with --memory64.
import { fails, same, suite } from "./checks.js";

const gibibyte = 2 ** 30;

/** @param {any} exports what index.js of Conformance exports */
export function runLargeMemory(exports) {
  return suite(async (check) => {
    await check("memory beyond 4 GiB: threads, arrays, buffers, texts and stacks there", async () => {
      const app = await exports.default({ threads: 2, memory: 6 * gibibyte });
      same((await app.holdMemory(4.5 * gibibyte)) > 4.5 * gibibyte, true);
      same(await app.sumInHeldMemory(16), 120);
      if (typeof document === "undefined") same((await app.addressOfSmallBlock()) > 4.5 * gibibyte, true);
      const buffer = app.alloc(Float64Array, 1 << 17);
      buffer.fill(0.5);
      same((await app.addressOf(buffer)) > 4.5 * gibibyte, true);
      await app.scaleShared(buffer, 2);
      same(buffer.every((/** @type {number} */ value) => value === 1), true);
      buffer.dispose();
      const numbers = Float64Array.from({ length: 1 << 17 }, (_, index) => index);
      same(await app.echoDoubleArray(numbers), numbers);
      const text = "ä".repeat(1 << 19);
      same((await app.echoString(text)) === text, true);
      if (app.shared) {
        // The second time on workers that an earlier thread has left.
        for (let round = 0; round < 3; round++) same((await app.stacksOfNewThreads()) > 4.5 * gibibyte, true);
        same(await app.sumOfReplies(100, (/** @type {number} */ value) => value * 2), 9900);
      }
      await app.freeHeldMemory();
      await app.terminate();
    });
    await check("the memory that can be asked for ends where engines' does", async () => {
      await fails(() => exports.default({ memory: 16 * gibibyte + 1 }), "RangeError", "init: memory must be an integer from [0-9]+ to 17179869184, not 17179869185");
      await fails(async () => (await exports.default({ threads: 1, memory: gibibyte })).holdMemory(2 * gibibyte), "WeftError", "Out of memory: [0-9]+ bytes do not fit");
    });
  });
}
