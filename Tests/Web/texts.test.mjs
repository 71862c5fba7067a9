// Strings in wasm: the Unicode tables, hashing, and how numbers are written.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeRandom } from "./exact.mjs";
import init from "./Package/pkg/index.js";

/** @typedef {import("./Package/pkg/index.js").ThreadApp} ThreadApp */

/** @type {ThreadApp} */
const app = await init({ threads: 2 });
after(() => app.terminate());
const random = makeRandom(99);

const samples = [
  "", "weft", "Straße", "Ærøskøbing", "e\u0301", "\u00e9", "織り糸", "👨‍👩‍👧‍👦", "🇩🇰🇫🇷🇯", "👍🏽", "नमस्ते", "각", "\u1100\u1161\u11a8", "\r\n", "a\u0308\u0323b", "ﬁ", "ŉ", "İ", "1️⃣", "\0",
];

test("characters are what a reader takes for one", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const encoder = new TextEncoder();
  for (const text of samples) {
    const graphemes = [...segmenter.segment(text)].map(({ segment }) => segment);
    assert.deepEqual([...app.counts(text)], [graphemes.length, encoder.encode(text).length, [...text].length, text.length], JSON.stringify(text));
    assert.equal(app.cases(text), `${text.toUpperCase()}\n${text.toLowerCase()}\n${graphemes.reverse().join("")}`);
  }
});

test("composed and decomposed texts are the same, with the same hash", () => {
  for (const text of [...samples, "\u1e69", "Å", "Ω", "\ufb03"])
    for (const other of [...samples, text.normalize("NFC"), text.normalize("NFD")]) {
      const expected = text.normalize("NFC") === other.normalize("NFC") ? 1 : 0;
      assert.deepEqual([...app.areSame(text, other)], [expected, expected, expected, expected], `${JSON.stringify(text)} and ${JSON.stringify(other)}`);
    }
});

test("a dictionary counts words", () => {
  const words = Array.from({ length: 20_000 }, () => `word${random.below(1000)}é`);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  assert.deepEqual([...app.wordCounts(words.join(" "))], [Math.max(...counts.values()), counts.size]);
});

test("two apps that did the same have sets in orders of their own", async () => {
  const words = Array.from({ length: 40 }, (_, index) => `w${index}`).join(" ");
  // The order depends on where a set lies, too: that is the same in two apps that have done nothing else.
  const orders = await Promise.all(
    [1, 2].map(async () => {
      /** @type {ThreadApp} */
      const other = await init({ threads: 1 });
      const order = other.wordsInSetOrder(words);
      await other.terminate();
      return order;
    }),
  );
  assert.notEqual(orders[0], orders[1]);
  assert.equal(orders[0].split(" ").sort().join(), orders[1].split(" ").sort().join());
});

/**
 * The digits that a number's text has.
 * @param {string} text
 */
const digits = (text) => text.replace(/e.*/, "").replace(/[-.]/g, "").replace(/^0+|0+$/g, "");

test("a floating point number is written with the fewest digits that give it back", () => {
  for (let round = 0; round < 5000; round++) {
    const x = round % 2 ? random.double() : (random.next() - 0.5) * 10 ** (random.below(40) - 20);
    const text = app.text(x);
    if (Number.isNaN(x)) assert.match(text, /nan/);
    else if (!Number.isFinite(x)) assert.equal(text, x < 0 ? "-inf" : "inf");
    else {
      assert.equal(Number(text), x);
      assert.ok(digits(text).length <= digits(String(x)).length, `${text} has more digits than ${x}`);
    }
    const float = Math.fround(x);
    if (Number.isFinite(float)) {
      const floatText = app.textOfFloat(float);
      assert.equal(Math.fround(Number(floatText)), float);
      assert.ok(digits(floatText).length <= 9, floatText);
    }
  }
  assert.deepEqual([0.1 + 0.2, 1, -0, 5e-324, 1e100].map((x) => app.text(x)), ["0.30000000000000004", "1.0", "-0.0", "5e-324", "1e+100"]);
});
