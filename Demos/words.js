// @ts-check
import { takeFiles } from "./files.js";
import { element, show, showError } from "./page.js";
import { present } from "./shell.js";

/** @typedef {import("./worlds/pkg/index.js").WordCount} WordCount */

/**
 * The visitor's text; without one, Swift makes one.
 * @type {Uint8Array | undefined}
 */
let text;

/**
 * @param {Uint8Array} bytes
 * @param {WordCount} count
 */
function showCount(bytes, count) {
  show("words", count.words.toLocaleString("en"));
  show("different", count.different.toLocaleString("en"));
  const most = count.top[0]?.count ?? 1;
  element("top", HTMLElement).replaceChildren(
    ...count.top.map(({ offset, length, count }) => {
      const [row, word, number] = [document.createElement("li"), document.createElement("span"), document.createElement("span")];
      word.textContent = new TextDecoder().decode(bytes.slice(offset, offset + length));
      number.textContent = count.toLocaleString("en");
      row.style.setProperty("--share", `${(100 * count) / most}%`);
      row.append(word, number);
      return row;
    }),
  );
}

present({
  title: "Word count",
  program: "worlds",
  lead: "Each thread counts in pieces of the text; the tables are merged in the end. Drop a text of your own: it stays in this tab.",
  stage: `<div class="plate">
      <p><span class="big" id="words">–</span> <span class="quiet">words,</span> <span class="big" id="different">–</span> <span class="quiet">different</span></p>
      <ol id="top" class="bars tall"></ol>
    </div>
    <p class="inputs"><label>Your text, or drop one here <input id="file" type="file"></label></p>`,
  sources: ["Sources/Texts/Words.swift", "Sources/Texts/Tally.swift", "Sources/Pieces/Pieces.swift"],
  controls: {
    megabytes: { label: "Sample text", values: [0.25, 1, 4, 16, 32], value: 4, text: (size) => `${size} MB` },
  },
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { megabytes }) {
    const bytes = app.alloc(Uint8Array, text?.length ?? megabytes * 1_000_000);
    if (text) bytes.set(text);
    else await app.fillWithProse(bytes);
    let count = /** @type {WordCount} */ ({ words: 0, different: 0, top: [] });
    return {
      async work(parallel) {
        count = await (parallel ? app.countWords(bytes, 10) : app.countWordsSequentially(bytes, 10));
      },
      show: () => showCount(bytes, count),
      result: () => `${count.words} words, ${count.different} different`,
      dispose: () => bytes.dispose(),
    };
  },
  setUp(again) {
    takeFiles(
      element("file", HTMLInputElement),
      async (file) => {
        text = new Uint8Array(await file.arrayBuffer());
        again();
      },
      showError,
    );
  },
});
