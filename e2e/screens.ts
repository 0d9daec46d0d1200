// SPDX-License-Identifier: Apache-2.0
// Every screen and state of the app, and what a person does to get there.
import { expect, type Page } from '@playwright/test';

import type { Place } from './rig/place.ts';
import {
  expectHeading,
  expectPicture,
  openBlocked,
  openChat,
  openHome,
  titleIn,
} from './rig/steps.ts';
import type { Word } from './rig/words.ts';

export interface Screen {
  /** For titles of tests and names of files. */
  readonly name: string;
  /** Leads a page there. The call may be shared with screens before, see `Place.call`. */
  open(place: Place): Promise<Page>;
  /** Undoes what the next screen must not meet. */
  after?(place: Place, page: Page): Promise<void> | void;
  /** The browser itself reports in the console what this screen is about. */
  readonly isNetworkTrouble?: true;
  /** Absent on phones, which have no keyboard and share no screen. */
  readonly notOnPhones?: true;
}

const home: readonly Screen[] = [
  { name: 'home', open: openHome },
  {
    name: 'home-new-meeting',
    open: async (place) => {
      const page = await openHome(place);
      await place.button(page, 'home.new').click();
      await expect(page.getByLabel(place.t('home.new-title'))).toBeFocused();
      return page;
    },
  },
  {
    name: 'home-listed-meetings',
    open: async (place) => {
      const [quiet, lively] =
        place.look.locale === 'ko' ? ['독서 모임', '차 한잔'] : ['Book club', 'Tea break'];
      await place.makeMeeting(quiet, true);
      const link = await place.makeMeeting(lively, true);
      await place.join(await place.newPage(), link, place.names[0]);
      const page = await openHome(place);
      const row = page.getByRole('link', { name: lively });
      await expect(row).toContainText(place.t('home.inside', { count: 1 }));
      return page;
    },
  },
];

const before: readonly Screen[] = [
  {
    name: 'prejoin',
    open: async (place) => {
      const page = await place.newPage();
      await page.goto(await place.makeMeeting(titleIn(place)));
      await expect(page.getByRole('heading', { level: 1, name: titleIn(place) })).toBeVisible();
      await expectPicture(page);
      return page;
    },
  },
  { name: 'prejoin-blocked', open: openBlocked },
  {
    name: 'prejoin-help',
    open: async (place) => {
      const page = await openBlocked(place);
      await place.button(page, 'problem.how').click();
      await expect(page.getByRole('dialog', { name: place.t('help.title') })).toBeVisible();
      return page;
    },
  },
];

const call: readonly Screen[] = [
  {
    name: 'call-alone',
    open: async (place) => {
      const page = await place.newPage();
      await place.join(page, await place.makeMeeting(titleIn(place)), place.names[0]);
      await expect(page.getByRole('heading', { name: place.t('invite.title') })).toBeVisible();
      await expectPicture(page);
      return page;
    },
  },
  {
    name: 'call',
    open: async (place) => {
      const { ada } = await place.call();
      await expectPicture(ada);
      return ada;
    },
  },
  { name: 'call-chat', open: openChat },
  {
    name: 'call-people',
    open: async (place) => {
      const { ada } = await place.call();
      if (place.look.size === 'phone') {
        await place.key(ada, 'more.title').click();
        await ada.getByRole('menuitem', { name: place.t('people.title') }).click();
      } else {
        await place.key(ada, 'people.title').click();
      }
      const panel = ada.getByRole('complementary', { name: place.t('people.title') });
      await expect(panel.getByRole('listitem').filter({ hasText: place.names[1] })).toBeVisible();
      return ada;
    },
  },
  {
    name: 'call-microphone-menu',
    notOnPhones: true,
    open: async (place) => {
      const { ada } = await place.call();
      await place.key(ada, 'device.audio-menu').click();
      await expect(ada.getByRole('menuitemradio').first()).toBeVisible();
      return ada;
    },
  },
  {
    name: 'call-more-menu',
    open: async (place) => {
      const { ada } = await place.call();
      await place.key(ada, 'more.title').click();
      await expect(ada.getByRole('menuitem').first()).toBeVisible();
      return ada;
    },
  },
  settings('audio', 'settings.audio'),
  settings('video', 'settings.video'),
  settings('keyboard', 'settings.keyboard'),
  settings('look', 'settings.look'),
  {
    name: 'call-keyboard-help',
    notOnPhones: true,
    open: async (place) => {
      const { ada } = await place.call();
      await ada.keyboard.press('?');
      await expect(ada.getByRole('dialog', { name: place.t('keys.title') })).toBeVisible();
      return ada;
    },
  },
  {
    name: 'call-screen-share',
    open: async (place) => {
      const { ada, bob } = await place.call();
      await place.key(bob, 'share.key').click();
      const screen = ada.getByRole('listitem', {
        name: place.t('stage.screen-of', { name: place.names[1] }),
      });
      await expect(screen).toBeVisible();
      await expectPicture(ada, 2);
      return ada;
    },
    after: async (place, ada) => {
      const { bob } = await place.call();
      await place.key(bob, 'share.key').click();
      const name = place.t('stage.screen-of', { name: place.names[1] });
      await expect(ada.getByRole('listitem', { name })).toBeHidden();
    },
  },
];

const ends: readonly Screen[] = [
  {
    name: 'reconnecting',
    isNetworkTrouble: true,
    open: async (place) => {
      const { ada } = await place.call();
      await place.server.stop();
      await expect(ada.getByText(place.t('link.meanwhile'))).toBeVisible();
      return ada;
    },
    after: async (place, ada) => {
      await place.server.startAgain();
      await expect(ada.getByText(place.t('link.meanwhile'))).toBeHidden();
    },
  },
  {
    name: 'group',
    open: async (place) => (await place.group()).ada,
  },
  {
    name: 'full',
    open: async (place) => {
      const { link } = await place.group();
      const page = await place.newPage();
      await page.goto(link);
      await place.pressJoin(page, place.names[3]);
      await expectHeading(place, page, 'error.full');
      return page;
    },
    after: (place) => {
      place.endGroup();
    },
  },
  {
    name: 'left',
    open: async (place) => {
      const { ada } = await place.call();
      place.forgetCall();
      await place.key(ada, 'call.leave').click();
      const heading = place.t('left.title', { title: titleIn(place) });
      await expect(ada.getByRole('heading', { name: heading })).toBeVisible();
      await expect(ada.getByText(place.t('left.stayed', { count: 1 }))).toBeVisible();
      return ada;
    },
  },
  {
    name: 'unknown',
    isNetworkTrouble: true, // the console tells of the 404
    open: async (place) => {
      const page = await place.newPage();
      await page.goto(`${place.server.url}/m/AAAAAAAAAAAAAAAA`);
      await expectHeading(place, page, 'error.unknown');
      return page;
    },
  },
  {
    name: 'replaced',
    open: async (place) => {
      const page = await place.newPage();
      await place.join(page, await place.makeMeeting(titleIn(place)), place.names[0]);
      // What "Duplicate tab" does: the copy starts with what the tab remembers.
      const copied = page.waitForEvent('popup');
      await page.evaluate(() => window.open(location.href));
      const copy = await copied;
      await place.pressJoin(copy, place.names[0]);
      await expect(place.controls(copy)).toBeVisible();
      await page.bringToFront();
      await expectHeading(place, page, 'replaced.title');
      return page;
    },
  },
];

export const screens: readonly Screen[] = [...home, ...before, ...call, ...ends];

function settings(tab: string, key: Word): Screen {
  return {
    name: `settings-${tab}`,
    open: async (place) => {
      const { ada } = await place.call();
      await place.key(ada, 'more.title').click();
      await ada.getByRole('menuitem', { name: place.t('settings.title'), exact: true }).click();
      await ada.getByRole('tab', { name: place.t(key), exact: true }).click();
      await expect(ada.getByRole('tabpanel', { name: place.t(key) })).toBeVisible();
      return ada;
    },
  };
}
