// Programs of Swift's toolchain that look into what was built.
import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * What a program that lies beside `swift` prints.
 * @param {string} name @param {string[]} values
 */
export function output(name, ...values) {
  const swift = (process.env.PATH ?? "").split(":").map((folder) => join(folder, "swift")).find((file) => existsSync(file));
  if (!swift) throw new Error("no swift in PATH");
  return execFileSync(join(dirname(realpathSync(swift)), name), values, { encoding: "utf8", maxBuffer: 1 << 28 });
}
