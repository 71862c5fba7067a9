import { receive } from "./workers.js";

(await receive()).ready();
