// @ts-check
import { duration } from "./page.js";

/**
 * Shows times as bars, the fastest of which are the shortest.
 * @param {HTMLElement} list
 * @param {{ name: string, milliseconds: number, speedup?: number }[]} rows
 */
export function showBars(list, rows) {
  const longest = Math.max(...rows.map((row) => row.milliseconds));
  list.replaceChildren(
    ...rows.map(({ name, milliseconds, speedup }) => {
      const row = document.createElement("li");
      row.style.setProperty("--share", `${(100 * milliseconds) / longest}%`);
      const [label, value] = [document.createElement("span"), document.createElement("span")];
      label.textContent = name;
      value.textContent = duration(milliseconds) + (speedup ? ` · ${speedup.toFixed(2)}×` : "");
      row.append(label, value);
      return row;
    }),
  );
}
