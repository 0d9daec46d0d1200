// SPDX-License-Identifier: Apache-2.0
import { expect, type Page } from '@playwright/test';

import { eventually } from './eventually.ts';
import type { Place } from './place.ts';
import type { Word } from './words.ts';

export async function openHome(place: Place): Promise<Page> {
  const page = await place.newPage();
  await page.goto(place.server.url);
  await expectHeading(place, page, 'home.title');
  return page;
}

/** Both devices are blocked, and the page says so. */
export async function openBlocked(place: Place): Promise<Page> {
  const page = await place.newBlockedPage();
  await page.goto(await place.makeMeeting(titleIn(place)));
  await expect(page.getByText(place.t('problem.both-blocked'))).toBeVisible();
  return page;
}

/** The chat with words of both; written once, however often it is opened. */
export async function openChat(place: Place): Promise<Page> {
  const { ada, bob } = await place.call();
  const [question, answer] = TALK[place.look.locale];
  await place.key(ada, 'chat.title').click();
  const said = ada.getByRole('region', { name: place.t('chat.messages') });
  await expect(ada.getByRole('textbox', { name: place.t('chat.message') })).toBeVisible();
  if (await said.getByText(question).isHidden()) {
    await place.key(bob, 'chat.title').click();
    await say(place, bob, question);
    await expect(said).toContainText(question);
    await say(place, ada, answer);
  }
  await expect(said).toContainText(place.t('chat.sent'));
  return ada;
}

const TALK = {
  en: ['Here is the sketch: https://example.org/sketch', 'Thanks! I like the second one.'],
  ko: ['시안 보냈어요: https://example.org/sketch', '고마워요! 두 번째가 좋아요.'],
} as const;

async function say(place: Place, page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: place.t('chat.message') });
  await box.fill(text);
  await place.button(page, 'chat.send').click();
  await expect(box).toHaveValue('');
}

export function titleIn(place: Place): string {
  return place.look.locale === 'ko' ? '디자인 리뷰' : 'Design review';
}

export async function expectHeading(place: Place, page: Page, key: Word): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: place.t(key) })).toBeVisible();
}

/** So many videos show something. */
export async function expectPicture(page: Page, atLeast = 1): Promise<void> {
  await eventually(
    'a picture is shown',
    () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('video')].filter(
            (video) => video.videoWidth > 0 && video.checkVisibility(),
          ).length,
      ),
    (count) => count >= atLeast,
  );
}
