/**
 * The module in a file beside these, under Node and in browsers.
 * @param {string} path
 */
export async function compile(path) {
  const url = new URL(path, import.meta.url);
  if (typeof process !== "object") return WebAssembly.compileStreaming(fetch(url));
  return WebAssembly.compile(await (await import("node:fs/promises")).readFile(url));
}
