// SPDX-License-Identifier: Apache-2.0
import { expect, test } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { JavaServer } from '../rig/java.ts';
import { type Look, Place } from '../rig/place.ts';
import { screens } from '../screens.ts';
import { noom } from './pages/noom.ts';

/** On phones: the screens that are laid out anew there. */
const ON_PHONES = ['home', 'home-new-meeting', 'prejoin', 'call', 'call-chat', 'call-people'];

const looks: readonly Look[] = [
  { locale: 'en', theme: 'dark', size: 'desktop' },
  { locale: 'ko', theme: 'light', size: 'desktop' },
  { locale: 'en', theme: 'light', size: 'phone' },
  { locale: 'ko', theme: 'dark', size: 'phone' },
];

/** What Chromium itself writes about a server that is away or says 404. */
const NETWORK = /Failed to load resource|WebSocket connection to|net::ERR_/;

for (const look of looks) {
  test.describe(`${look.locale}, ${look.theme}, ${look.size}`, () => {
    let place: Place;

    test.beforeAll(async ({ browser }) => {
      place = new Place(await JavaServer.start(noom()), browser, look);
    });
    test.afterAll(async () => {
      await place.close();
    });

    for (const screen of screens) {
      if (look.size === 'phone' && !ON_PHONES.includes(screen.name)) continue;
      test(`${screen.name}: everyone can use it, and nothing is logged`, async () => {
        place.takeComplaints();
        const page = await screen.open(place);
        await expectAccessible(page);
        const complaints = place
          .takeComplaints()
          .filter((text) => screen.isNetworkTrouble !== true || !NETWORK.test(text));
        expect(complaints).toEqual([]);
        await screen.after?.(place, page);
        await place.tidy();
      });
    }
  });
}
