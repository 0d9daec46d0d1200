// SPDX-License-Identifier: Apache-2.0
// The official client on a line that may break: node recovery-scenario.mjs URL
// Prints `connected RECOVERED`, `disconnected` and `step NUMBER` as they happen; ends with `done`.
import { io } from "socket.io-client";

const socket = io(process.argv[2], { transports: ["websocket"], reconnectionDelay: 20, reconnectionDelayMax: 50 });
socket.on("connect", () => console.log(`connected ${socket.recovered === true}`));
socket.on("disconnect", () => console.log("disconnected"));
socket.on("step", (number) => console.log(`step ${number}`));
socket.on("done", () => {
  console.log("done");
  process.exit(0);
});
