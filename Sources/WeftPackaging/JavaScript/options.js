// The options of `init()`, checked.
import { compile } from "./instance.js";

/**
 * @typedef {{ threads?: number, memory?: number, stackSize?: number, on?: "page" | "workers", module?: any, workerUrl?: string | URL, onLog?: import("./instance.js").Log }} Options
 * What was chosen; `bytes` is what the memory may have.
 * @typedef {{ threads?: number, bytes?: number, stackSize?: number, onPage?: boolean, module?: WebAssembly.Module, worker?: import("./workers.js").WorkerPlace, log?: import("./instance.js").Log }} Choice
 */

/** @param {Options} options @param {import("./runtime.js").MemoryType} pages what the memory must have, and may @returns {Promise<Choice>} */
export async function read(options, { initial, maximum, address: isWide }) {
  if (typeof options !== "object") throw new TypeError(`init: options must be an object, not ${options}`);
  const { threads, memory, stackSize, on, module, workerUrl, onLog, ...unknown } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new TypeError(`init: there is no option ${name}; the options are threads, memory, stackSize, on, module, workerUrl and onLog`);
  if (on !== undefined && on !== "page" && on !== "workers") throw new TypeError(`init: on must be "page" or "workers", not ${on}`);
  if (onLog !== undefined && typeof onLog !== "function") throw new TypeError(`init: onLog must be a function, not ${onLog}`);
  return {
    threads: optional("init: threads", threads, 1, 1024),
    // Nobody need know that the last page of 4 GiB is not used.
    bytes: optional("init: memory", memory, initial * 65536, (isWide ? maximum : maximum + 1) * 65536),
    stackSize: optional("init: stackSize", stackSize, 16384, 1 << 30),
    onPage: on === "page",
    worker: workerUrl === undefined ? undefined : { url: address("workerUrl", workerUrl).href, type: "module" },
    // Not while Swift prints: what the function throws would stop Swift half way.
    log: onLog && ((line, thread) => queueMicrotask(() => onLog(line, thread))),
    module: module === undefined ? undefined : await compiled(await module),
  };
}

/** @param {string} name @param {number | undefined} value @param {number} low @param {number} high */
const optional = (name, value, low, high) => (value === undefined ? undefined : checked(name, value, low, high));

/** @param {string} name @param {number} value @param {number} low @param {number} high */
export function checked(name, value, low, high) {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new (typeof value === "number" ? RangeError : TypeError)(`${name} must be an integer from ${low} to ${high}, not ${value}`);
}

/** @param {unknown} module */
function compiled(module) {
  if (module instanceof WebAssembly.Module) return module;
  return module instanceof Response ? compile(new URL(module.url || "response:"), module) : compile(address("module", module));
}

/** @param {string} name @param {any} value */
function address(name, value) {
  if (typeof value === "string" || value instanceof URL) {
    try {
      // A page's script means addresses as its page does.
      return new URL(value, typeof document === "object" ? document.baseURI : globalThis.location?.href);
    } catch {}
  }
  throw new TypeError(`init: ${name} must be a URL${name === "module" ? ", a Response or a WebAssembly.Module" : ""}, not ${value}`);
}
