// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';

import { test } from '@playwright/test';

import { JavaServer } from '../rig/java.ts';
import { REPOSITORY } from '../rig/paths.ts';
import { type Look, Place } from '../rig/place.ts';
import { screens } from '../screens.ts';
import { noom } from '../tests/pages/noom.ts';

const looks: readonly Look[] = [
  { locale: 'en', theme: 'dark', size: 'desktop' },
  { locale: 'ko', theme: 'light', size: 'phone' },
];

for (const look of looks) {
  const kind = `${look.size}-${look.locale}`;

  test.describe(kind, () => {
    let place: Place;

    test.beforeAll(async ({ browser }) => {
      place = new Place(await JavaServer.start(noom()), browser, look);
    });
    test.afterAll(async () => {
      await place.close();
    });

    for (const screen of screens) {
      if (look.size === 'phone' && screen.notOnPhones === true) continue;
      test(screen.name, async () => {
        const page = await screen.open(place);
        await page.screenshot({
          path: join(REPOSITORY, 'docs', 'images', 'screens', `${screen.name}-${kind}.png`),
          animations: 'disabled',
          scale: 'css',
        });
        await screen.after?.(place, page);
        await place.tidy();
      });
    }
  });
}
