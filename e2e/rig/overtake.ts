// SPDX-License-Identifier: Apache-2.0
// A network that delivers signals in the wrong order.
import type { BrowserContext } from '@playwright/test';

/** Which Socket.IO messages wait, and which may overtake them, as their packets read. */
export interface Overtaking {
  readonly isHeld: (packet: string) => boolean;
  readonly isFaster: (packet: string) => boolean;
  /** What the page itself says only when all have arrived, so that nobody is done before. */
  readonly isKeptBack?: (packet: string) => boolean;
}

/**
 * Lets `count` messages overtake those that are held on their way to pages of this context. The
 * returned object tells how many did.
 */
export async function letOvertake(
  context: BrowserContext,
  count: number,
  { isHeld, isFaster, isKeptBack = () => false }: Overtaking,
): Promise<{ readonly faster: number }> {
  const overtaken = { faster: 0 };
  await context.routeWebSocket(/\/socket\.io\//, (browser) => {
    const server = browser.connectToServer();
    const held: string[] = [];
    const keptBack: string[] = [];
    browser.onMessage((message) => {
      const packet = message.toString();
      if (overtaken.faster < count && isKeptBack(packet)) {
        keptBack.push(packet);
      } else {
        server.send(message);
      }
    });
    server.onMessage((message) => {
      const packet = message.toString();
      if (overtaken.faster < count && isHeld(packet)) {
        held.push(packet);
        return;
      }
      browser.send(message);
      if (held.length === 0 || !isFaster(packet)) return;
      if (++overtaken.faster < count) return;
      for (const each of held.splice(0)) browser.send(each);
      for (const each of keptBack.splice(0)) server.send(each);
    });
  });
  return overtaken;
}
