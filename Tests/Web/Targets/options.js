// What `init()` can be told, on every target that has the package's files beside each other.
import { fails, same, suite } from "./checks.js";

/**
 * @param {any} exports of index.js @param {string} folder where the package is
 * @param {(url: string) => Promise<Response>} load
 * @returns {Promise<import("./checks.js").Result[]>}
 */
export function runOptions({ default: init, supportsThreads, WeftError }, folder, load) {
  const { supported } = supportsThreads();
  const file = new URL(supported ? "calls.wasm" : "calls.single.wasm", folder).href;
  /** @param {any} options */
  const echo = async (options) => {
    const app = await init({ threads: 2, ...options });
    same(await app.echoInt(7), 7);
    same(app.threads.count, supported ? 2 : 1);
    await app.terminate();
  };
  return suite(async (check) => {
    await check("unknown options, and those of a wrong type, are errors that say so", async () => {
      await fails(() => init({ thread: 2 }), "TypeError", "no option thread; the options are threads,");
      await fails(() => init({ maximumMemory: 1 << 24 }), "TypeError", "no option maximumMemory");
      await fails(() => init(3), "TypeError", "options must be an object");
      await fails(() => init({ threads: 0 }), "RangeError", "threads must be an integer from 1 to 1024, not 0");
      await fails(() => init({ threads: "2" }), "TypeError", "threads must be an integer");
      await fails(() => init({ memory: 100 }), "RangeError", "memory must be an integer from");
      await fails(() => init({ stackSize: 1 }), "RangeError", "stackSize must be an integer from");
      await fails(() => init({ module: 5 }), "TypeError", "module must be a URL, a Response or a WebAssembly.Module");
      await fails(() => init({ workerUrl: 5 }), "TypeError", "workerUrl must be a URL");
      await fails(() => init({ onLog: "x" }), "TypeError", "onLog must be a function");
    });
    await check("memory is what the program may have at most", async () => {
      const app = await init({ threads: 2, memory: 16 << 20, stackSize: 1 << 18 });
      same(await app.echoInt(7), 7);
      await fails(async () => app.allocateAndFree(64 << 20), "WeftError", "Out of memory: 67108864 bytes");
      await app.terminate();
    });
    await check("module is an address, a URL, a promise of either", async () => {
      await echo({ module: file });
      await echo({ module: new URL(file) });
      await echo({ module: Promise.resolve(file) });
      await fails(() => init({ module: new URL("missing.wasm", folder) }), "WeftError", "Could not load .*missing.wasm");
    });
    await check("module is a Response, whatever its type, or a promise of one", async () => {
      const bytes = await (await load(file)).arrayBuffer();
      for (const type of ["application/wasm", "application/octet-stream"]) await echo({ module: new Response(bytes, { headers: { "content-type": type } }) });
      await echo({ module: load(file) });
      await fails(() => init({ module: new Response("", { status: 404 }) }), "WeftError", "HTTP 404");
    });
    await check("module is compiled already", async () => {
      const module = await WebAssembly.compile(await (await load(file)).arrayBuffer());
      await echo({ module });
      await echo({ module: Promise.resolve(module) });
    });
    await check("workerUrl is where the worker is", async () => {
      await echo({ workerUrl: new URL("worker.js", folder) });
      await echo({ workerUrl: new URL("worker.js", folder).href });
      // Nothing is started in Node and in workers when there are no threads.
      if (supported || typeof document === "object") await fails(() => init({ workerUrl: new URL("missing.js", folder) }), "WeftError", "worker");
    });
    await check("onLog gets the lines of all threads, and the threads' names", async () => {
      /** @type {[string, string][]} */
      const lines = [];
      const app = await init({ threads: 3, onLog: (/** @type {string} */ line, /** @type {string} */ name) => lines.push([line, name]) });
      await app.printLines(5);
      await app.printText("👩‍👩‍👧‍👦");
      await app.terminate();
      const expected = [0, 1, 2, 3].flatMap((strand) => [0, 1, 2, 3, 4].map((line) => `strand ${strand} line ${line} end`));
      same(lines.map(([line]) => line).sort(), [...expected, "👩‍👩‍👧‍👦"].sort());
      same(lines.filter(([, name]) => !/^(main|page|weft-[123])$/.test(name)), []);
    });
    await check("onLog may call Swift: it is not called while Swift prints", async () => {
      /** @type {any[]} */
      const answers = [];
      const app = await init({ threads: 1, onLog: (/** @type {string} */ line) => answers.push(app.echoString(line)) });
      await app.printPieces("ab", 3);
      while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      same(await Promise.all(answers), ["ababab"]);
      same(app.state, "running");
      await app.terminate();
    });
    await check("errors are of the class that the package exports", async () => {
      const app = await init();
      await app.terminate();
      try {
        await app.echoInt(1);
      } catch (error) {
        return same(error instanceof WeftError, true);
      }
      throw new Error("a terminated app answered");
    });
  });
}
