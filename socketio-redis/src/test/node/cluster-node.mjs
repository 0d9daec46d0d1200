// SPDX-License-Identifier: Apache-2.0
// A node of the official server with the official Redis Streams adapter:
// `node cluster-node.mjs REDIS_PORT [SERVER_ID]`; with an id it has the official Admin UI.
import { createServer } from 'node:http';

import { instrument } from '@socket.io/admin-ui';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

import { serve, tell } from './lines.mjs';

const redis = createClient({
  socket: { port: Number(process.argv[2]), reconnectStrategy: () => 100 },
});
redis.on('error', () => undefined); // it comes back
await redis.connect();

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(redis, { blockTimeInMs: 1000 }),
  connectionStateRecovery: { maxDisconnectionDuration: 60_000 },
});

const serverId = process.argv[3];
if (serverId !== undefined) instrument(io, { auth: false, serverId, mode: 'development' });

io.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    done();
  });
  socket.on('name', (name, done) => {
    socket.data.name = name;
    done();
  });
});
io.on('greeting', (...args) => {
  const done = args.at(-1);
  if (typeof done === 'function') {
    tell({ news: 'greeting', args: args.slice(0, -1) });
    done('node');
  } else {
    tell({ news: 'greeting', args });
  }
});

function target({ rooms = [], except = [], local = false }) {
  let chosen = io.to(rooms).except(except);
  if (local) chosen = chosen.local;
  return chosen;
}

serve({
  emit: (command) => void target(command).emit(command.event, ...revived(command.args)),
  ask: (command) => target(command).timeout(command.millis).emitWithAck(command.event),
  fetch: async (command) => {
    const sockets = await target(command).fetchSockets();
    return sockets.map(({ id, rooms, data }) => ({ id, rooms: [...rooms], data }));
  },
  join: (command) => void target(command).socketsJoin(command.room),
  leave: (command) => void target(command).socketsLeave(command.room),
  disconnect: (command) => void target(command).disconnectSockets(true),
  greet: (command) => void io.serverSideEmit('greeting', command.text),
  greetAsking: (command) => io.serverSideEmitWithAck('greeting', command.text),
  servers: () => io.of('/').adapter.serverCount(),
});

/** `{"$bytes": "AQI="}` stands for bytes. */
function revived(args) {
  return args.map((arg) =>
    typeof arg?.$bytes === 'string' ? Buffer.from(arg.$bytes, 'base64') : arg,
  );
}

http.listen(0, '127.0.0.1', () => tell({ news: 'listening', port: http.address().port }));
