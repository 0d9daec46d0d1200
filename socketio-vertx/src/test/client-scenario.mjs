// SPDX-License-Identifier: Apache-2.0
// Checks a server with the official client:
// node client-scenario.mjs URL polling|websocket|upgrade [CLIENT PACKAGE] [PARSER PACKAGE]
// Prints one line per check, `ok name` or `FAILED name: why`, and `done` at the end.
const [url, mode, clientPackage = "socket.io-client", parserPackage = ""] = process.argv.slice(2);
const { io } = await import(clientPackage).then((module) => (module.io ? module : module.default));
const parser = parserPackage && (await import(parserPackage)).default;
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const LIMIT_MS = 30_000;

const open = [];
function connect(namespace = "", options = {}) {
  const socket = io(url + namespace, { transports, forceNew: true, reconnection: false, ...(parser && { parser }), ...options });
  open.push(socket);
  return socket;
}
const event = (socket, name) => new Promise((resolve) => socket.once(name, (...args) => resolve(args)));
async function connected(namespace, options) {
  const socket = connect(namespace, options);
  await Promise.race([
    event(socket, "connect"),
    event(socket, "connect_error").then(([error]) => Promise.reject(error)),
  ]);
  return socket;
}
/// `emitWithAck` is younger than 4.0.
const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (answer) => resolve(answer)));
function equal(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got ${a.slice(0, 200)}, expected ${b.slice(0, 200)}`);
}
const upgraded = (socket) =>
  new Promise((resolve) => {
    const engine = socket.io.engine;
    if (engine.transport.name === "websocket") resolve();
    else engine.once("upgrade", resolve);
  });

const checks = {
  async "connects and echoes"() {
    const socket = await connected();
    const answer = event(socket, "echo-back");
    socket.emit("echo", 1, "2", { 3: [true, null] }, "한글 😀");
    equal(await answer, [1, "2", { 3: [true, null] }, "한글 😀"]);
    if (mode !== "upgrade") equal(socket.io.engine.transport.name, mode);
  },
  async "the server acknowledges"() {
    const socket = await connected();
    if (socket.emitWithAck) equal(await socket.emitWithAck("echo-ack", "a", 1), "a");
    equal(await new Promise((done) => socket.emit("echo-ack", "a", 1, (...args) => done(args))), ["a", 1]);
  },
  async "the client acknowledges"() {
    const socket = await connected();
    socket.on("question", (number, answer) => answer(number + 1));
    const result = event(socket, "answered");
    socket.emit("ask-me", 41);
    equal(await result, [42]);
  },
  async "binary is echoed"() {
    const socket = await connected();
    const answer = event(socket, "echo-back");
    socket.emit("echo", Buffer.from([1, 2, 3]), { deep: [Buffer.from([4, 0, 255])] });
    const [first, second] = await answer;
    equal([...new Uint8Array(first)], [1, 2, 3]);
    equal([...new Uint8Array(second.deep[0])], [4, 0, 255]);
  },
  async "binary is acknowledged both ways"() {
    const socket = await connected();
    equal([...new Uint8Array(await ask(socket, "echo-ack", Buffer.from([9, 8])))], [9, 8]);
    socket.on("question", (bytes, answer) => answer(bytes));
    const result = event(socket, "answered");
    socket.emit("ask-me", Buffer.from([7]));
    equal([...new Uint8Array((await result)[0])], [7]);
  },
  async "a custom namespace has its own id and auth"() {
    const main = await connected("", { auth: { token: "abc" } });
    const custom = main.io.socket("/custom", { auth: { token: "abc" } });
    const auth = event(custom, "auth");
    await event(custom, "connect");
    equal((await auth)[0], { token: "abc" });
    if (main.id === custom.id || main.id === main.io.engine.id) throw new Error("ids are not distinct");
  },
  async "an unknown namespace is refused"() {
    const [error] = await event(connect("/nowhere"), "connect_error");
    equal(error.message, "Invalid namespace");
  },
  async "middleware refuses with message and data"() {
    const [error] = await event(connect("/locked"), "connect_error");
    equal([error.message, error.data], ["not you", { code: 7 }]);
    await connected("/locked", { auth: { key: "open" } });
  },
  async "a room hears it without the sender"() {
    const [a, b, c] = [await connected(), await connected(), await connected()];
    await ask(a, "join", "r-" + mode);
    await ask(b, "join", "r-" + mode);
    const heard = [];
    for (const [name, socket] of Object.entries({ a, b, c })) socket.on("room", (text) => heard.push(name + text));
    const atB = event(b, "room");
    a.emit("to-room", "r-" + mode, "!");
    await atB;
    await Promise.all([a, b, c].map((socket) => ask(socket, "echo-ack", 0)));
    equal(heard, ["b!"]);
  },
  async "100 events keep their order"() {
    const socket = await connected();
    equal(await burst(socket, 100), [...Array(100).keys()]);
  },
  async "300 events during the upgrade keep their order"() {
    const socket = connect();
    const numbers = burst(socket, 300);
    await event(socket, "connect");
    equal(await numbers, [...Array(300).keys()]);
    if (mode === "upgrade") await upgraded(socket);
  },
  async "server events during the upgrade keep their order"() {
    const socket = connect();
    const heard = [];
    const all = new Promise((resolve) => socket.on("count", (n) => heard.push(n) === 300 && resolve()));
    await event(socket, "connect");
    for (let i = 0; i < 30; i++) {
      socket.emit("count-ten", i * 10);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await all;
    equal(heard, [...Array(300).keys()]);
    if (mode === "upgrade") await upgraded(socket);
  },
  async "every kind of value comes back"() {
    const socket = await connected();
    const values = [0, -1, 255, 256, -129, 65536, 2 ** 31, -(2 ** 31) - 1, 2 ** 40, 1.5, -1e-7, "", "x".repeat(300), true, null, [], [[]], {}, { a: { b: [1] } }];
    equal(await ask(socket, "echo-ack", values), values);
    equal(await ask(socket, "echo-ack", { gone: undefined, kept: 1 }), { kept: 1 });
    if (parser) {
      const date = new Date(1_700_000_000_123);
      equal((await ask(socket, "echo-ack", date)) instanceof Date, true);
      equal(await ask(socket, "echo-ack", date), date);
    }
  },
  async "200 kB of text come back"() {
    const socket = await connected();
    const text = "한b".repeat(50_000);
    equal(await ask(socket, "echo-ack", text), text);
  },
  async "the server kicks"() {
    const socket = await connected();
    const reason = event(socket, "disconnect");
    socket.emit("kick-me", false);
    equal((await reason)[0], "io server disconnect");
  },
  async "the server kicks and closes"() {
    const socket = await connected();
    const reason = event(socket, "disconnect");
    socket.emit("kick-me", true);
    equal((await reason)[0], "io server disconnect");
  },
  async "the client leaves and the others hear why"() {
    const [a, b] = [await connected(), await connected()];
    await ask(a, "join", "leaving-" + mode);
    await ask(b, "join", "leaving-" + mode);
    const bye = event(a, "bye");
    b.disconnect();
    equal((await bye)[0], "client namespace disconnect");
  },
  async "a client that lost its connection comes back by itself"() {
    const socket = await connected("", { reconnection: true, reconnectionDelay: 10 });
    const before = socket.id;
    const again = event(socket, "connect");
    socket.io.engine.close();
    await again;
    if (socket.id === before) throw new Error("the same id after a reconnection");
    equal(await ask(socket, "echo-ack", 5), 5);
  },
};

async function burst(socket, count) {
  const heard = [];
  const all = new Promise((resolve) => socket.on("echo-back", (n) => heard.push(n) === count && resolve()));
  for (let i = 0; i < count; i++) socket.emit("echo", i);
  await all;
  return heard;
}

for (const [name, check] of Object.entries(checks)) {
  let timer;
  const limit = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("no result")), LIMIT_MS)));
  try {
    await Promise.race([check(), limit]);
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`FAILED ${name}: ${error.message}`);
  }
  clearTimeout(timer);
  open.splice(0).forEach((socket) => socket.disconnect());
}
console.log("done");
process.exit(0);
