// SPDX-License-Identifier: Apache-2.0
// The official server, doing what noom.bench.server.BroadcastServer does: one line of command on
// stdin, one line of JSON as its answer on stdout. It ends when its stdin does.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Server } from 'socket.io';

const ROOM = 'room';
const TEXT = 'x'.repeat(100);
const PACKAGES = ['socket.io', 'engine.io', 'ws'];

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
});
io.on('connection', (socket) => {
  socket.join(ROOM);
});

function broadcast() {
  io.to(ROOM).emit('m', TEXT);
}

/** Every broadcast has its own due time, so that a late one does not delay the rest. */
async function rate(count, perSecond) {
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const due = start + (i * 1000) / perSecond;
    await setTimeout(Math.max(0, due - performance.now()));
    broadcast();
  }
  return { at: 'sent', count };
}

function burst(count) {
  for (let i = 0; i < count; i++) {
    broadcast();
  }
  return { at: 'sent', count };
}

function collect() {
  globalThis.gc();
  return { at: 'collected', heapBytes: process.memoryUsage().heapUsed };
}

function members() {
  return { at: 'members', count: io.of('/').adapter.rooms.get(ROOM)?.size ?? 0 };
}

async function obey([verb, ...words]) {
  const [count, perSecond] = words.map(Number);
  switch (verb) {
    case 'members':
      return members();
    case 'rate':
      return await rate(count, perSecond);
    case 'burst':
      return burst(count);
    case 'gc':
      return collect();
    default:
      return { at: 'error', error: `no command '${verb}'` };
  }
}

function version(name) {
  const file = join(import.meta.dirname, 'node_modules', name, 'package.json');
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
}

function answer(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

http.listen(0, '127.0.0.1', async () => {
  const versions = [process.version, ...PACKAGES.map(version)].join(', ');
  answer({ at: 'listening', port: http.address().port, versions });
  for await (const line of createInterface({ input: process.stdin })) {
    answer(await obey(line.split(' ')));
  }
  process.exit(0);
});
