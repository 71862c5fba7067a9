// Gives the frames of a stack the names of Swift's functions, which a module of a release build does not carry. Loaded when a
// thread has stopped in an error, and no sooner.

/** @typedef {typeof import("./symbols.js").default} Symbols */

/**
 * Gives names to the frames that have none, and leaves the others alone.
 * @param {string} stack @param {string[]} names by the functions' indices
 */
export function nameFrames(stack, names) {
  return stack.replace(/^.*wasm-function\[(\d+)\].*$/gm, (line, index) => {
    const name = names[index];
    if (!name) return line;
    // V8: `    at wasm://wasm/05ab:wasm-function[7]:0x1b`; with a name, it is followed by the rest in brackets.
    const [, at, place] = /^( *at )(\S+:wasm-function\S+)$/.exec(line) ?? [];
    if (at) return `${at}${name} (${place})`;
    // Firefox: `@http://localhost/app.wasm:wasm-function[7]:0x1b`.
    if (line.startsWith("@")) return name + line;
    // WebKit: `<?>.wasm-function[7]@[wasm code]`, and Bun: `    at <?>.wasm-function[7] ([wasm code])`.
    return line.replace(/^( *at )?(?:<\?>\.)?wasm-function\[\d+\](?=@| \()/, (_, at = "") => at + name);
  });
}

/** @param {Symbols} symbols @param {boolean} isShared which of the modules runs */
const namesOf = (symbols, isShared) => symbols[isShared ? "threaded" : "single"];

/**
 * What an error's stack is to say: what that of the thread that stopped says, if it is known.
 * @param {Error} error @param {string} stack
 */
function whole(error, stack) {
  // Whichever thread it was that found no memory: its words are all that has come from there.
  if (error.message.startsWith("Out of memory: ")) Object.assign(error, { code: "memory" });
  return stack ? `${error.name}: ${error.message}\n${stack}` : error.stack ?? "";
}

/**
 * Gives an error the stack of the thread that stopped, and its frames names.
 * @param {Error} error @param {string} stack @param {boolean} isShared
 */
export async function explain(error, stack, isShared) {
  const text = (error.stack = whole(error, stack));
  if (stack.includes("wasm-function[")) error.stack = nameFrames(text, namesOf((await import("./symbols.js")).default, isShared));
}

/**
 * The same where the caller cannot wait for a file. Whatever keeps the names from being read, the stack is worth having without.
 * @param {Error} error @param {string} stack @param {boolean} isShared
 */
export function explainAtOnce(error, stack, isShared) {
  const raw = (error.stack = whole(error, stack));
  if (!stack.includes("wasm-function[")) return;
  try {
    const text = readAtOnce(new URL("./symbols.js", import.meta.url));
    const symbols = JSON.parse(text.slice(text.indexOf('{"threaded"'), text.lastIndexOf("}") + 1));
    error.stack = nameFrames(raw, namesOf(symbols, isShared));
  } catch {}
}

/** @param {URL} url */
function readAtOnce(url) {
  // Node, Deno and Bun.
  const files = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("fs");
  if (files && url.protocol === "file:") return files.readFileSync(url, "utf8");
  // Workers may do this, and no page comes here.
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.send();
  return request.responseText;
}
