// SPDX-License-Identifier: Apache-2.0
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, test } from '@playwright/test';

import { JavaServer } from '../rig/java.ts';
import { REPOSITORY } from '../rig/paths.ts';
import { type Look, Place, SEATS } from '../rig/place.ts';
import { screens } from '../screens.ts';
import { noom } from '../tests/pages/noom.ts';
import { faces, launchWithFace, nameCameras } from './faces.ts';

const IMAGES = join(REPOSITORY, 'docs', 'images');

/** What the README shows. */
const IN_README = 'call-chat-desktop-en';

const looks: readonly Look[] = [
  { locale: 'en', theme: 'dark', size: 'desktop' },
  { locale: 'ko', theme: 'light', size: 'phone' },
];

for (const look of looks) {
  const kind = `${look.size}-${look.locale}`;

  test.describe(kind, () => {
    let place: Place;
    let browsers: readonly Browser[] = [];

    test.beforeAll(async ({ browser }) => {
      const ada = await launchWithFace(browser, faces[0]);
      const bob = await launchWithFace(browser, faces[1]);
      browsers = [ada, bob];
      place = new Place(await JavaServer.start(noom('--seats', String(SEATS))), ada, look, {
        other: bob,
        script: nameCameras,
      });
    });
    test.afterAll(async () => {
      await place.close();
      await Promise.all(browsers.map((browser) => browser.close()));
    });

    for (const screen of screens) {
      if (look.size === 'phone' && screen.notOnPhones === true) continue;
      test(screen.name, async () => {
        const page = await screen.open(place);
        const file = join(IMAGES, 'screens', `${screen.name}-${kind}.jpg`);
        await page.screenshot({
          path: file,
          type: 'jpeg',
          quality: 90,
          animations: 'disabled',
          scale: 'css',
        });
        if (`${screen.name}-${kind}` === IN_README) copyFileSync(file, join(IMAGES, 'call.jpg'));
        await screen.after?.(place, page);
        await place.tidy();
      });
    }
  });
}
