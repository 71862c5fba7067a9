// Under Node: one command a line.
import { createInterface } from "node:readline";
import { obey } from "./host.js";

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${await obey(line)}\n`);
process.exit();
