// SPDX-License-Identifier: Apache-2.0
import { expect, type Page } from '@playwright/test';

import { eventually, LIMIT_MILLIS } from '../rig/eventually.ts';
import { mediaOf } from '../rig/operator.ts';
import { test } from '../rig/test.ts';
import { expectAll, expectMoving, meetingOf } from './pages/group.ts';
import { joinMeeting, makeMeeting, noom } from './pages/noom.ts';

/** Who is silent for so long is gone (RFC 7675). */
const CONSENT_MILLIS = 30_000;

test('whose browser is killed is gone from the router, and nobody else notices', async ({
  startJava,
  newContext,
  newMortal,
}) => {
  const program = noom();
  const server = await startJava(program);
  const link = await makeMeeting(server.url);
  const [ada, bob] = (await meetingOf(2, link, newContext)) as [Page, Page];
  const mortal = await newMortal();
  const cleo = await joinMeeting(mortal.context, link, 'Cleo');
  await expectAll(cleo, 'Cleo', 2);
  await expectAll(ada, 'Ada', 2);
  const before = await eventually(
    'the operator sees how far away everybody is, as sender and as receiver',
    () => mediaOf(server, program),
    ({ meetings }) => {
      const people = meetings[0]?.people ?? [];
      const ways = people.flatMap(({ producers, consumers }) => [...producers, ...consumers]);
      return people.length === 3 && ways.every(({ roundTripMillis }) => roundTripMillis >= 0);
    },
  );
  const gone = before.meetings[0]?.people.find(({ id }) => id === 'p3');
  expect(gone?.producers).toHaveLength(2);

  mortal.kill();

  await expectMoving(ada, 'Ada', 1);
  await expectMoving(bob, 'Guest 2', 1);
  await eventually(
    'the killed one has no transports, and the others none of its tracks',
    async () => (await mediaOf(server, program)).meetings[0]?.people ?? [],
    (people) => {
      const tracks = new Set(gone?.producers.map(({ id }) => id));
      const left = people.flatMap(({ consumers }) => consumers);
      return (
        people.every(({ id }) => id !== gone?.id) &&
        left.length > 0 &&
        left.every(({ producerId }) => !tracks.has(producerId))
      );
    },
    CONSENT_MILLIS + LIMIT_MILLIS,
  );
  await expectMoving(ada, 'Ada', 1);
  await expectMoving(bob, 'Guest 2', 1);
});
