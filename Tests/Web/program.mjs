// Runs a program of its own with an app, so that a hang ends with it and its console can be read.
import { spawn } from "node:child_process";

const script = new URL("./Package/pkg/index.js", import.meta.url).href;

/**
 * @param {string} code may use `init`
 * @param {{ slowly?: boolean }} options `slowly`: reads so late that the pipe fills up
 * @returns {Promise<string>} what it wrote
 */
export function run(code, { slowly = false } = {}) {
  return new Promise((resolve, reject) => {
    const program = `const { default: init } = await import(${JSON.stringify(script)}); ${code}`;
    const command = [process.execPath, "--input-type=module", "--eval", program];
    // Node gives its children sockets; what takes a long line in parts is a pipe that is full.
    const [file, ...values] = slowly ? ["bash", "-o", "pipefail", "-c", '"$0" "$@" | { sleep 1.5; cat; }', ...command] : command;
    const child = spawn(file, values, { stdio: ["ignore", "pipe", "inherit"] });
    /** @type {Buffer[]} */
    const parts = [];
    // Ended, not asked: a thread that spins hears nothing.
    const limit = setTimeout(() => child.kill("SIGKILL"), 20_000);
    child.stdout.on("data", (part) => parts.push(part));
    child.on("close", (status, signal) => {
      clearTimeout(limit);
      const text = Buffer.concat(parts).toString();
      if (status === 0) resolve(text);
      else reject(new Error(signal ? `hung, having written ${JSON.stringify(text.slice(-500))}` : `exit code ${status}: ${text.slice(-2000)}`));
    });
  });
}
