// SPDX-License-Identifier: Apache-2.0
import { groupAcross } from '../rig/badwire.ts';
import { SMALL_CAMERA } from '../rig/camera.ts';
import { eventually } from '../rig/eventually.ts';
import { incoming, outgoing } from '../rig/streams.ts';
import { test } from '../rig/test.ts';

test('what a bad wire loses comes again, on the way to the server and from it', async ({
  startJava,
  newContextIn,
  wireLab,
}) => {
  const people = await groupAcross({ startJava, newContextIn, wireLab }, SMALL_CAMERA);

  await wireLab.set({ lossPercent: 10, delayMillis: 20, jitterMillis: 0 });

  for (const [at, page] of people.entries()) {
    await eventually(
      `person ${at + 1} sends again what the server has missed`,
      async () => (await outgoing(page)).reduce((sum, { repaired }) => sum + repaired, 0),
      (repaired) => repaired > 5,
    );
    await eventually(
      `person ${at + 1} gets again what it has missed`,
      async () => (await incoming(page)).reduce((sum, { repaired }) => sum + repaired, 0),
      (repaired) => repaired > 5,
    );
  }
});
