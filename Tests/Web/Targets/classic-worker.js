// A classic worker of a page's own.
/** @type {any} */ (self).importScripts("pkg/classic.js");
import("./conformance.js").then(({ conform, loaded, report }) => report(async () => conform(await loaded())));
