// A page, or a worker of its own, that imports the package without a bundler.
import { conform, folder, report } from "./conformance.js";

report(async () => conform(await import(`${folder()}index.js`), folder()));
