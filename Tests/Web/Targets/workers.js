// A page that leaves the work to a worker of its own, which starts the app.
const type = location.pathname.includes("classic") ? "classic" : "module";
const worker = new Worker(`${type === "classic" ? "classic-worker" : "module"}.js${location.search}`, { type });
worker.onerror = async (/** @type {ErrorEvent} */ { message }) => {
  const { report } = await import("./conformance.js");
  report(async () => { throw new Error(message); });
};
