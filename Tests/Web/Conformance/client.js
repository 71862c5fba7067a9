// A client of an app on the other end of a port: runs what is asked for and tells its outcome. In a worker of Node's, of a page's, and in
// an iframe.

/** @param {any} port @param {string} task @param {any} place */
export async function perform(port, task, place) {
  const { connect, disconnect } = await import(/** @type {any} */ (new URL("./pkg/ports.js", import.meta.url).href));
  const pkg = await import(/** @type {any} */ (new URL("./pkg/index.js", import.meta.url).href));
  const { run, same, fails, everything } = await import("./suite.js");
  const app = await connect(port);
  /** @type {Record<string, () => Promise<any>>} */
  const tasks = {
    suite: () => run(app, pkg, place),
    ...place.more && {},
  };
  const outcome = await tasks[task]();
  if (!place.stays) disconnect(app);
  return outcome;
}
