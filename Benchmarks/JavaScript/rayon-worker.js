import { instantiate } from "./rayon.js";
import { receive } from "./workers.js";

const { data, ready } = await receive();
const app = await instantiate(data.module, data.memory);
app.__stack_pointer.value = data.stack;
app.__wasm_init_tls(data.storage);
ready();
app.worker_entry(data.receiver);
