// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy like some in offices: it passes HTTP on, and refuses to let WebSocket through. */
export interface Wall {
  /** Where browsers go instead of the server. */
  readonly url: string;
  /** How many WebSockets were refused so far. */
  refusedCount(): number;
  close(): void;
}

export async function buildWall(target: string): Promise<Wall> {
  let refusedCount = 0;
  const server = createServer((incoming, answer) => {
    const { method, headers } = incoming;
    const outgoing = request(new URL(incoming.url ?? '/', target), { method, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  server.on('upgrade', (_request, socket) => {
    refusedCount++;
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusedCount: () => refusedCount,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
