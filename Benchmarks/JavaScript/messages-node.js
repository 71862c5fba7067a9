// Under Node: one command a line.
import { createInterface } from "node:readline";
import { obeyMessages } from "./messages.js";

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${await obeyMessages(line)}\n`);
process.exit();
