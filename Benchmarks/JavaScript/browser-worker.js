// In a browser all of it runs in a worker, because a page must not block.
import { obey } from "./host.js";

addEventListener("message", async (event) => {
  postMessage(await obey(event.data).catch((error) => String(error)));
});
postMessage("listening");
