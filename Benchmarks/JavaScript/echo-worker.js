// Sends back what it gets.
addEventListener("message", ({ data }) => postMessage(data));
