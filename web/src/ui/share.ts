// SPDX-License-Identifier: Apache-2.0
import { canShareScreen } from '../media/capture';
import type { Call } from '../meeting/Call';

export function toggleShare(call: Call): void {
  const { screen } = call.media;
  if (screen.wanted.peek()) screen.stop();
  else if (canShareScreen()) void screen.start();
}
