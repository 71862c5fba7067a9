// A program for Node, Deno and Bun: prints what came out. Its arguments are the package's index.js, and `single` where the program
// is to find no shared memory.
import { conform } from "./conformance.js";

/** @type {any} */
const { process, Deno } = globalThis;
const [index, mode] = process.argv.slice(2);
// This is all that an engine without shared memory differs in.
if (mode === "single") Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
// Node's fetch reads no files.
const { readFileSync } = await import("node:fs");
const load = async (/** @type {string} */ url) => new Response(readFileSync(new URL(url)), { headers: { "content-type": "application/wasm" } });
const folder = new URL(".", index).href;
console.log(JSON.stringify(await conform(await import(index), folder, load)));
// Deno does not end while a worker waits, terminated or not: such are left of the app that ran out of memory.
Deno?.exit();
