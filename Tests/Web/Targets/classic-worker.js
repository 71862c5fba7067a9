// A classic worker of a page's own.
/** @type {any} */ (self).importScripts("pkg/classic.js");
import("./conformance.js").then(({ conform, report }) => report(async () => conform({ ...(await Calls.load()), default: Calls.init })));
