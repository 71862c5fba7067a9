/**
 * What Weft itself throws. `code` is one of
 * - `start`: a worker or the module could not be started,
 * - `memory`: the memory is exhausted, or the browser gives none of the asked size,
 * - `fault`: a thread stopped in an error of the program; the app is over, `init()` may be called again,
 * - `terminated`: the app was terminated,
 * - `isolation`: memory cannot be shared here.
 */
export class WeftError extends Error {
  /** @param {"start" | "memory" | "fault" | "terminated" | "isolation"} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = "WeftError";
    this.code = code;
  }
}
