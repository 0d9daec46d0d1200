// SPDX-License-Identifier: Apache-2.0
import { expect, test } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { SMALL_CAMERA } from '../rig/camera.ts';
import { JavaServer } from '../rig/java.ts';
import { Place, SEATS } from '../rig/place.ts';
import { screens } from '../screens.ts';
import { noom } from './pages/noom.ts';

/** On phones: the screens that are laid out anew there. */
const ON_PHONES = ['home', 'home-new-meeting', 'prejoin', 'call', 'call-chat', 'call-people'];

const sizes = ['desktop', 'phone'] as const;

/** Each screen is met in the first look and then seen in the second as well. */
const FIRST = { locale: 'en', theme: 'dark' } as const;
const SECOND = { locale: 'ko', theme: 'light' } as const;

/** What Chromium itself writes about a server that is away or says 404. */
const NETWORK = /Failed to load resource|WebSocket connection to|net::ERR_/;

for (const size of sizes) {
  test.describe(size, () => {
    let place: Place;

    test.beforeAll(async ({ browser }) => {
      place = new Place(
        await JavaServer.start(noom('--seats', String(SEATS))),
        browser,
        { ...FIRST, size },
        { camera: SMALL_CAMERA },
      );
    });
    test.afterAll(async () => {
      await place.close();
    });

    for (const screen of screens) {
      if (size === 'phone' && !ON_PHONES.includes(screen.name)) continue;
      test(`${screen.name}: everyone can use it in both languages and themes, and nothing is logged`, async () => {
        place.takeComplaints();
        const page = await screen.open(place);
        await expectAccessible(page);
        await place.chooseElsewhere(page, SECOND);
        await expectAccessible(page);
        await place.chooseElsewhere(page, FIRST);
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
