// The main script of a user's project, for bundlers: it imports the installed package by its name.
import * as calls from "calls";
import { conform, report } from "./conformance.js";

report(() => conform(calls));
