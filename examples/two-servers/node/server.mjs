// SPDX-License-Identifier: Apache-2.0
// The Node side: the same program as TwoServers.java, with the official server and adapter.
// `REDIS_URL=redis://127.0.0.1:6379 node server.mjs --port 3001`
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { values: options } = parseArgs({ options: { port: { type: 'string', default: '3001' } } });

const redis = createClient({ url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' });
redis.on('error', (failure) => console.error('redis:', failure.message)); // it comes back
await redis.connect();

const http = createServer(servePage);
const io = new Server(http, { adapter: createAdapter(redis) });

io.on('connection', (socket) => {
  socket.data = { name: 'Anon', server: 'Node' };
  socket.on('name', (name) => {
    socket.data.name = String(name).trim().slice(0, 40);
    io.emit('changed');
  });
  socket.on('say', (text, done) => {
    io.emit('said', socket.data.name, 'Node', String(text));
    done();
  });
  socket.on('who', async (done) => {
    try {
      done((await io.fetchSockets()).map(({ data }) => data));
    } catch {
      done({ error: 'try-again' });
    }
  });
  socket.on('disconnect', () => io.emit('changed'));
  io.emit('changed');
});

const FILES = {
  '/': ['../home.html', 'text/html'],
  '/public/app.js': ['../public/app.js', 'text/javascript'],
  '/public/style.css': ['../../look/style.css', 'text/css'],
};

async function servePage(request, response) {
  const found = FILES[request.url];
  if (found === undefined) {
    response.writeHead(302, { location: '/' }).end();
    return;
  }
  const [path, type] = found;
  const text = await readFile(new URL(path, import.meta.url), 'utf8');
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(text.replaceAll('{{title}}', 'Two servers').replaceAll('{{server}}', 'Node'));
}

http.listen(Number(options.port), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
