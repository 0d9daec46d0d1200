// SPDX-License-Identifier: Apache-2.0
// Official clients by name, for nodes of any kind.
import { io } from 'socket.io-client';

import { serve, tell } from './lines.mjs';

const clients = new Map();

serve({
  connect: ({ name, url }) =>
    new Promise((resolve, reject) => {
      const socket = io(url, { forceNew: true, transports: ['websocket'], reconnectionDelay: 50 });
      clients.set(name, socket);
      socket.onAny((event, ...args) => {
        const answer = args.at(-1);
        const isAsked = typeof answer === 'function';
        const told = (isAsked ? args.slice(0, -1) : args).map(plain);
        tell({ news: 'event', name, event, args: told });
        if (isAsked) answer(name);
      });
      socket.on('connect', () => {
        tell({ news: 'connected', name, recovered: socket.recovered === true });
        resolve(socket.id);
      });
      socket.on('disconnect', (reason) => tell({ news: 'disconnected', name, reason }));
      socket.once('connect_error', reject);
    }),
  emit: ({ name, event, args }) => void clients.get(name).emit(event, ...args),
  ask: ({ name, event, args }) =>
    clients
      .get(name)
      .timeout(10_000)
      .emitWithAck(event, ...args),
  // The next attempt goes to `url`, which may be another node.
  cut: ({ name, url }) => {
    const manager = clients.get(name).io;
    manager.uri = url;
    manager.engine.close();
  },
  close: ({ name }) => void clients.get(name).disconnect(),
});

function plain(arg) {
  return arg instanceof ArrayBuffer || ArrayBuffer.isView(arg)
    ? { $bytes: Buffer.from(arg).toString('base64') }
    : arg;
}
