// @ts-check

/**
 * Takes a file that the visitor chooses or drops on the page. It stays in the browser.
 * @param {HTMLInputElement} input
 * @param {(file: File) => Promise<unknown>} take
 * @param {(error: unknown) => void} fail
 */
export function takeFiles(input, take, fail) {
  /** @param {FileList | undefined | null} files */
  const first = (files) => {
    if (files?.length) take(files[0]).catch(fail);
  };
  input.addEventListener("change", () => first(input.files));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    first(event.dataTransfer?.files);
  });
}
