// What the engines have and the oldest TypeScript we check with (Debian's 4.8) does not know.

interface Atomics {
  waitAsync(
    array: Int32Array,
    index: number,
    value: number,
    timeout?: number,
  ): { async: false; value: "not-equal" | "timed-out" } | { async: true; value: Promise<"ok" | "timed-out"> };
}
