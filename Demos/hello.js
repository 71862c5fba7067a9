// @ts-check
import { duration, element, setUpThreads, show, showError, showStrayErrors } from "./page.js";
import { highlighted } from "./source.js";

/**
 * @typedef {import("./pkg/index.js").PageApp} App
 * @typedef {import("./pkg/index.js").InitOptions} Options
 */

/**
 * Starts an app, has it greet, and shows what it prints, by which thread.
 * @param {string} id of the list
 * @param {Options} options
 * @param {(app: App) => Promise<void>} greet
 * @returns {Promise<{ line: string, thread: string }[]>}
 */
async function say(id, options, greet) {
  const list = element(id, HTMLElement);
  list.replaceChildren();
  const greetings = /** @type {{ line: string, thread: string }[]} */ ([]);
  /** @param {string} text */
  const add = (text) => {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  };
  try {
    const { default: init } = await import("./pkg/index.js");
    const start = performance.now();
    const app = await init({
      ...options,
      onLog(line, thread) {
        greetings.push({ line, thread });
        add(`${thread}: ${line}`);
      },
    });
    const started = performance.now();
    await greet(app);
    const ended = performance.now();
    // Lines come by messages, so the last ones may still be on their way.
    const count = options.on === "page" ? 1 : app.threads.count;
    const expected = greet === everyThread ? count : 1;
    while (greetings.length < expected) await new Promise((resolve) => setTimeout(resolve, 5));
    await app.terminate();
    add(`Started in ${duration(started - start)}, greeted in ${duration(ended - started)}`);
  } catch (error) {
    add(`Not in this browser: ${error instanceof Error ? error.message : error}`);
  }
  return greetings;
}

/** @param {App} app */
const once = (app) => app.greet();
/** @param {App} app */
const everyThread = (app) => app.greetOnEveryThread();

const threads = element("threads", HTMLInputElement);
const steps = {
  page: () => say("page", { on: "page", threads: 1 }, once),
  worker: () => say("worker", { threads: 1 }, once),
  threads: () => say("all", { threads: Number(threads.value) }, everyThread),
};

showStrayErrors();
setUpThreads(threads);
const showThreads = () => show("threads-value", threads.value);
threads.addEventListener("input", showThreads);
showThreads();
for (const [name, step] of Object.entries(steps)) {
  element(`run-${name}`, HTMLButtonElement).addEventListener("click", () => step().catch(showError));
}
for (const code of document.querySelectorAll("code[data-source]")) {
  const path = code.getAttribute("data-source") ?? "";
  fetch(path).then(async (response) => code.append(...highlighted(await response.text()))).catch(showError);
}
/** For tests: the page without its buttons. */
Object.assign(window, { weftDemo: steps });
