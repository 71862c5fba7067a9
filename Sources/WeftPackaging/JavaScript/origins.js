// Workers whose script is on another origin, such as a CDN's: a worker must begin with a script of its page's own origin.

/** @type {Map<string, string>} apps come and go, and need but one script each */
const scripts = new Map();

/** @param {import("./workers.js").WorkerPlace} place @returns {import("./workers.js").WorkerPlace} */
export function reach({ url, type }) {
  const script = type === "module" ? `import ${JSON.stringify(url)};` : `importScripts(${JSON.stringify(url)});`;
  const known = scripts.get(url) ?? URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  scripts.set(url, known);
  return { url: known, type };
}
