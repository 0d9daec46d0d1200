// SPDX-License-Identifier: Apache-2.0
import { effect } from '@preact/signals';
import type { MediaNews } from '../media/LocalMedia';
import type { Call, CallNews } from '../meeting/Call';
import { t } from '../texts/t';
import { announceNow } from './announce';
import { panel } from './callView';
import { pressMicrophone } from './devices';
import { explainProblem } from './explain';
import { openHelp } from './HelpDialog';
import { preferences } from './preferences';
import { dropTopic, showToast } from './toasts';

/** Puts into words what happens in a call, for eyes and for ears. */
export function followCall(call: Call): () => void {
  call.tellTo((news) => tellCall(news));
  call.media.tellTo((news) => tellMedia(news, call));
  call.speakers.setDevice(preferences.peek().speakerId);
  const stops = [
    watchTalking(call),
    watchLink(call),
    watchSharing(call),
    watchSound(call),
    panel.subscribe((open) => open === 'chat' && dropTopic('chat')),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function tellCall(news: CallNews): void {
  switch (news.kind) {
    case 'came':
      showToast({ icon: 'people', text: t('news.came', { name: news.name }) });
      return;
    case 'went':
      showToast({
        icon: 'people',
        text:
          news.reason === 'connection-lost'
            ? t('news.lost', { name: news.name })
            : t('news.went', { name: news.name }),
      });
      return;
    case 'said':
      if (panel.peek() === 'chat') return;
      showToast({
        topic: 'chat',
        millis: 5_000,
        icon: 'chat',
        text: `${news.name}: ${firstLine(news.text)}`,
        action: { label: t('chat.open'), run: () => (panel.value = 'chat') },
      });
  }
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function tellMedia(news: MediaNews, call: Call): void {
  switch (news.kind) {
    case 'failed': {
      const explanation = explainProblem(news.problem);
      if (!explanation) return;
      showToast({
        topic: `problem ${news.source}`,
        tone: 'warn',
        icon: 'warning',
        text: t(explanation.text),
        urgent: true,
        action: explanation.help
          ? { label: t('problem.how'), run: () => openHelp(news.problem, explanation.text) }
          : null,
      });
      return;
    }
    case 'replaced':
      showToast({
        icon: news.source === 'camera' ? 'camera' : 'mic',
        text: t('device.replaced', { before: news.before, now: news.now }),
      });
      return;
    case 'lost':
      if (!call.media.microphone.state.peek().wanted || news.source === 'camera') {
        showToast({ icon: 'info', text: t('device.lost', { device: news.before }) });
      }
  }
}

const remindEveryMillis = 30_000;

/** "You are muted", when one speaks and nobody can hear it. */
function watchTalking(call: Call): () => void {
  let lastMillis = -Infinity;
  return effect(() => {
    const { me } = call.session.people.state.value;
    const talking = call.watch.speaking.value.has(me);
    const muted = !call.media.microphone.state.value.wanted;
    if (!muted) dropTopic('muted');
    if (!talking || !muted || !preferences.peek().noticeTalking) return;
    if (performance.now() - lastMillis < remindEveryMillis) return;
    lastMillis = performance.now();
    const coarse = matchMedia('(pointer: coarse)').matches;
    showToast({
      topic: 'muted',
      tone: 'warn',
      icon: 'mic-off',
      text: coarse ? t('muted.talking-phone') : t('muted.talking'),
      urgent: true,
      action: { label: t('muted.unmute'), run: () => pressMicrophone(call.media) },
    });
  });
}

const worthTellingMillis = 3_000;

function watchLink(call: Call): () => void {
  let lostAt: number | null = null;
  return call.session.lostAtMillis.subscribe((now) => {
    if (now !== null) {
      lostAt = now;
      return;
    }
    const away = lostAt === null ? 0 : Date.now() - lostAt;
    lostAt = null;
    if (away < worthTellingMillis) return;
    showToast({ icon: 'check', tone: 'ok', text: t('link.back') });
  });
}

/** Somebody's screen is announced once, when it comes. */
function watchSharing(call: Call): () => void {
  let before = new Set<string>();
  return call.session.people.state.subscribe(({ people, me }) => {
    const now = people.filter(({ id, devices }) => id !== me && devices.screen);
    for (const { id, name } of now) {
      if (!before.has(id)) showToast({ icon: 'share', text: t('news.shares', { name }) });
    }
    before = new Set(now.map(({ id }) => id));
  });
}

function watchSound(call: Call): () => void {
  return call.speakers.blocked.subscribe((blocked) => {
    if (blocked) announceNow(`${t('sound.blocked')} ${t('sound.hear')}`);
  });
}
