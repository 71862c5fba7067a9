// The compiler uses SIMD instructions unless it is told not to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { output } from "./toolchain.mjs";

/** @param {string} file @returns {{ all: number, simd: string[] }} how many instructions there are, and those that are SIMD's */
function instructions(file) {
  const lines = output("llvm-objdump", "--disassemble", "--no-show-raw-insn", fileURLToPath(new URL(file, import.meta.url))).split("\n");
  const names = lines.flatMap((line) => /^ *[0-9a-f]+:\s+([a-z]\S*)/.exec(line)?.[1] ?? []);
  return { all: names.length, simd: names.filter((name) => /^(v128|[if]\d+x\d+)\./.test(name)) };
}

test("they are in the modules of a build that says nothing of them", () => {
  for (const file of ["./Package/pkg/calls.wasm", "./Package/pkg/calls.single.wasm"]) {
    const { simd } = instructions(file);
    for (const name of ["v128.load", "v128.store", "f64x2.add"]) assert.ok(simd.includes(name), `${file}: no ${name}`);
  }
});

test("there are none in a build without them", () => {
  for (const file of ["./Faults/no-simd/pkg/faults.wasm", "./Faults/no-simd/pkg/faults.single.wasm"]) {
    const { all, simd } = instructions(file);
    assert.ok(all > 1000, `${file}: ${all} instructions`);
    assert.deepEqual(simd, []);
  }
});
