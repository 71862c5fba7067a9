// A page whose scripts are no modules, behind `<script src="pkg/classic.js">`. Its suite is the same, which is a module.
import("./conformance.js").then(({ conform, loaded, report }) => report(async () => conform(await loaded())));
