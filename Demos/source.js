// @ts-check

const token =
  /(\/\/.*)|("(?:\\.|[^"\\])*")|(@\w+(?:\(\.\w+\))?)|\b(import|public|private|fileprivate|internal|static|struct|enum|final|class|extension|func|init|var|let|inout|mutating|consuming|if|else|guard|for|in|where|while|switch|case|default|return|break|defer|self|throws|try|nonisolated|unsafe)\b|\b(\d[\w.]*)/g;
const kinds = ["comment", "string", "attribute", "keyword", "number"];

/**
 * Shows the files that the page's program was built from, as the server has them.
 * @param {HTMLElement} section
 * @param {string[]} paths
 */
export async function showSources(section, paths) {
  const heading = document.createElement("h2");
  heading.textContent = "The Swift that runs";
  section.replaceChildren(heading);
  for (const path of paths) {
    const [name, pre, code] = [document.createElement("h3"), document.createElement("pre"), document.createElement("code")];
    name.textContent = path;
    // The keyboard can scroll what has the focus.
    pre.tabIndex = 0;
    pre.setAttribute("aria-label", path);
    pre.setAttribute("role", "region");
    pre.append(code);
    section.append(name, pre);
    const response = await fetch(path);
    if (!response.ok) throw new Error(`the server has no ${path}: serve the whole folder Demos, with swift run weft demo`);
    code.append(...highlighted(await response.text()));
  }
}

/**
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function highlighted(text) {
  const parts = /** @type {(string | HTMLElement)[]} */ ([]);
  let end = 0;
  for (const match of text.matchAll(token)) {
    const part = document.createElement("span");
    part.className = kinds[match.slice(1).findIndex((group) => group !== undefined)];
    part.textContent = match[0];
    const start = match.index ?? 0;
    parts.push(text.slice(end, start), part);
    end = start + match[0].length;
  }
  return [...parts, text.slice(end)];
}
