// SPDX-License-Identifier: Apache-2.0
// The teaching project's last chapter had eight faults. Each has its test here, by its number.
import { expect } from '@playwright/test';
import { io } from 'socket.io-client';

import { eventually } from '../rig/eventually.ts';
import { letOvertake } from '../rig/overtake.ts';
import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { openCameraCount } from '../rig/tracks.ts';
import {
  expectCall,
  expectNoPicture,
  expectPictures,
  expectSilence,
  expectSound,
} from '../rig/while.ts';
import {
  callOfTwo,
  chooseOtherCamera,
  controls,
  fillName,
  joinMeeting,
  key,
  makeMeeting,
  noom,
  ordinaryCall,
  ordinaryNoom,
} from './pages/noom.ts';

test('fault 1: muted stays muted through a change of camera', async ({
  sharedJava,
  newContext,
}) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await key(ada, 'Microphone').click();
  await expect(key(ada, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await expectSilence(bob);
  await chooseOtherCamera(ada);
  await expectSilence(bob);

  await expect(bob.getByRole('listitem', { name: /Ada, microphone off/ })).toBeVisible();
  await key(ada, 'Microphone').click();
  await expectSound(bob);
});

test('faults 2 and 3: a camera that is off stays off and dark whatever is chosen, old ones are stopped', async ({
  sharedJava,
  newContext,
}) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await key(ada, 'Camera').click();
  await expectNoPicture(bob);
  expect(await openCameraCount(ada), 'the light is off').toBe(0);
  await chooseOtherCamera(ada);
  await expectNoPicture(bob);
  expect(await openCameraCount(ada), 'and stays off').toBe(0);

  await key(ada, 'Camera').click();
  await expectPictures(bob);
  expect(await openCameraCount(ada), 'only one is open').toBe(1);
});

test('fault 4: a third visitor is kept apart from two who talk, and comes in when one has left', async ({
  startJava,
  newContext,
}) => {
  const { link, ada, bob } = await callOfTwo(startJava, newContext, '--seats', '2');
  const cleo = await (await newContext()).newPage();
  await cleo.goto(link);
  await fillName(cleo, 'Cleo');
  await cleo.getByRole('button', { name: 'Join', exact: true }).click();

  await expect(cleo.getByRole('heading', { name: /full/ })).toBeVisible();
  await expectPictures(bob);
  expect((await readStats(ada)).connectionStates).toEqual(['connected']);

  await key(bob, 'Leave').click();
  await expect(bob.getByRole('heading', { name: /You left/ })).toBeVisible();
  await cleo.getByRole('button', { name: /Try again/ }).click();
  await cleo.getByRole('button', { name: 'Join', exact: true }).click();
  await expectPictures(cleo);
  await expectPictures(ada);
});

test('fault 5: nobody can signal into a meeting they are not in', async ({
  sharedJava,
  newContext,
}) => {
  const { url, ada } = await ordinaryCall(sharedJava, newContext);
  const elsewhere = new URL(await makeMeeting(url, 'Elsewhere')).pathname.split('/').at(-1);
  const eve = io(url, { transports: ['websocket'] });
  const signal = { kind: 'description', connection: 'evil', type: 'offer', sdp: 'v=0' };

  const outside: unknown = await eve.emitWithAck('signal:send', { to: 'p1', signal });
  await eve.emitWithAck('meeting:join', {
    meetingId: elsewhere,
    name: 'Eve',
    resumeSecret: null,
    lastSeq: null,
    devices: { microphone: false, camera: false, screen: false },
  });
  const fromElsewhere: unknown = await eve.emitWithAck('signal:send', { to: 'p2', signal });
  eve.close();

  expect(outside).toMatchObject({ code: 'not-in-meeting' });
  expect(fromElsewhere).toMatchObject({ code: 'peer-away' });
  await expectPictures(ada);
  expect((await readStats(ada)).connectionStates).toEqual(['connected']);
});

test('fault 6: candidates that overtake their description are kept', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const late = await newContext();
  const candidates = await letOvertake(late, 2, {
    isHeld: (packet) => isSignal(packet, 'received', 'description'),
    isFaster: (packet) => isSignal(packet, 'received', 'candidate'),
    // Else Ada may be connected by the first pair, and look for no second candidate.
    isKeptBack: (packet) => isSignal(packet, 'send', 'candidate'),
  });
  const ada = await joinMeeting(await newContext(), link, 'Ada');
  const bob = await joinMeeting(late, link, 'Bob');

  await expectCall(ada, 'Ada');
  await expectCall(bob, 'Bob');

  expect(candidates.faster).toBeGreaterThanOrEqual(2);
});

test('fault 6: who closes the tab is seen to have left at once', async ({
  sharedJava,
  newContext,
}) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await bob.close({ runBeforeUnload: true });

  await expect(ada.getByText('Bob left')).toBeAttached();
  await expect(ada.getByText('You are the first one here')).toBeVisible();
});

test('fault 7: no other host is asked where somebody is', async ({ startJava, newContext }) => {
  const { url, port } = await startJava(noom());
  const ada = await joinMeeting(await newContext(), await makeMeeting(url), 'Ada');
  await joinMeeting(await newContext(), ada.url(), 'Bob');
  await expectCall(ada, 'Ada');

  const asked = await ada.evaluate(() =>
    window.__peerConnections.flatMap((c) => c.getConfiguration().iceServers ?? []),
  );

  expect(asked.flatMap(({ urls }) => urls)).toEqual([`stun:127.0.0.1:${port}`]);
});

const REFUSALS = [
  ['NotAllowedError', 'Permission denied by system', /privacy settings block/],
  ['NotAllowedError', 'Permission denied', /blocking/],
  ['NotFoundError', 'Requested device not found', /No (camera|microphone) found/],
  ['NotReadableError', 'Could not start video source', /Another app is using/],
] as const;

for (const [name, message, sentence] of REFUSALS) {
  test(`fault 8: ${name} (${message}) is explained, and joining goes on`, async ({
    sharedJava,
    newContext,
  }) => {
    const url = await ordinaryNoom(sharedJava);
    const context = await newContext();
    await context.addInitScript(
      ([errorName, errorMessage]) => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException(errorMessage, errorName));
        // Chromium's fake prompt grants everything; a real refusal is remembered as one.
        const refused = Object.assign(new EventTarget(), { state: 'denied', onchange: null });
        navigator.permissions.query = () => Promise.resolve(refused as unknown as PermissionStatus);
      },
      [name, message] as const,
    );
    const page = await context.newPage();
    await page.goto(await makeMeeting(url));

    await expect(page.getByText(sentence).first()).toBeVisible();
    await fillName(page, 'Ada');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(controls(page)).toBeVisible();
  });
}

test('a name is asked for again rather than Anon, and remembered', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const context = await newContext();
  const first = await joinMeeting(context, link, 'Ada');
  await key(first, 'Leave').click();

  const again = await context.newPage();
  await again.goto(link);

  await expect(again.getByLabel('Your name')).toHaveValue('Ada');
  await eventually(
    'ready to join at once',
    () => again.getByRole('button', { name: 'Join', exact: true }).isEnabled(),
    Boolean,
  );
});

function isSignal(packet: string, way: 'send' | 'received', kind: string): boolean {
  return /^42\d*\["signal:(\w+)"/.exec(packet)?.[1] === way && packet.includes(`"kind":"${kind}"`);
}
