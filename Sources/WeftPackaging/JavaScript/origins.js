// Workers whose script is on another origin, such as a CDN's: a worker must begin with a script of its page's own origin.

/** @type {Map<string, string>} apps come and go, and need but one script each */
const scripts = new Map();

/** @param {import("./workers.js").WorkerPlace} place @returns {import("./workers.js").WorkerPlace} */
export function reach({ url, type }) {
  const known = scripts.get(url) ?? URL.createObjectURL(new Blob([script(JSON.stringify(url), type)], { type: "text/javascript" }));
  scripts.set(url, known);
  return { url: known, type };
}

/**
 * Not a static import, which WebKit refuses on an isolated page unless the other origin sends the header of isolation too. Messages
 * that come before the worker listens are kept.
 * @param {string} url @param {WorkerType | undefined} type
 */
function script(url, type) {
  if (type !== "module") return `importScripts(${url});`;
  return `
    const early = [];
    onmessage = (event) => early.push(event);
    import(${url}).then(() => early.forEach((event) => onmessage(event)), (error) => setTimeout(() => { throw error; }));
  `;
}
