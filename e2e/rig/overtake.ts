// SPDX-License-Identifier: Apache-2.0
// A network that delivers signals in the wrong order.
import type { BrowserContext } from '@playwright/test';

/** Which Socket.IO messages wait, and which may overtake them, as their packets read. */
export interface Overtaking {
  readonly isHeld: (packet: string) => boolean;
  readonly isFaster: (packet: string) => boolean;
}

/**
 * Lets `count` messages overtake the first that is held on their way to pages of this context. The
 * returned object tells how many did.
 */
export async function letOvertake(
  context: BrowserContext,
  count: number,
  { isHeld, isFaster }: Overtaking,
): Promise<{ readonly faster: number }> {
  const overtaken = { faster: 0 };
  await context.routeWebSocket(/\/socket\.io\//, (browser) => {
    const server = browser.connectToServer();
    let held: string | undefined;
    server.onMessage((message) => {
      const packet = message.toString();
      if (isHeld(packet) && overtaken.faster < count) {
        held = packet;
        return;
      }
      browser.send(message);
      if (held === undefined || !isFaster(packet)) return;
      if (++overtaken.faster < count) return;
      browser.send(held);
      held = undefined;
    });
  });
  return overtaken;
}
