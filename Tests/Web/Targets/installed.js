// A program for Node that imports the installed package by its name, for bundlers too: prints what came out.
import * as calls from "calls";
import { conform } from "./conformance.js";

conform(calls).then((outcome) => console.log(JSON.stringify(outcome)));
