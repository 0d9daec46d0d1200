// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkPhase, LinkState } from '../media/linkState';
import { noTracks, type Role } from '../media/roles';
import { better, fewForMillis, hasArrived, nextPath, noPath, type PathState } from './mediaPath';

const facts = (others: number, nowMillis = 0, directUp = false) => ({
  others,
  nowMillis,
  directUp,
});
const relay: PathState = { way: 'relay', fewSinceMillis: null };
const few: PathState = { way: 'relay', fewSinceMillis: 0 };
const returning: PathState = { way: 'returning', fewSinceMillis: 0 };

describe('the way of media', () => {
  it('is direct for one and two, and the relay from three on', () => {
    expect(nextPath(noPath, facts(0)).way).toBe('direct');
    expect(nextPath(noPath, facts(1)).way).toBe('direct');
    expect(nextPath(noPath, facts(2)).way).toBe('relay');
    expect(nextPath(noPath, facts(8)).way).toBe('relay');
  });

  it('stays the relay for a while when only two are left', () => {
    expect(nextPath(relay, facts(1, 100))).toEqual({ way: 'relay', fewSinceMillis: 100 });
    expect(nextPath(few, facts(1, fewForMillis - 1))).toEqual(few);
    expect(nextPath(few, facts(1, fewForMillis)).way).toBe('returning');
  });

  it('does not change when a third comes back meanwhile', () => {
    expect(nextPath(few, facts(2, 100))).toEqual(relay);
    expect(nextPath(returning, facts(2, 100))).toEqual(relay);
  });

  it('is direct again only when the direct link stands', () => {
    expect(nextPath(returning, facts(1, 60_000))).toEqual(returning);
    expect(nextPath(returning, facts(1, 60_000, true))).toEqual(noPath);
    expect(nextPath(few, facts(1, fewForMillis, true))).toEqual(noPath);
  });

  it('needs no relay for somebody who is alone', () => {
    expect(nextPath(few, facts(0, fewForMillis))).toEqual(noPath);
    expect(nextPath(returning, facts(0))).toEqual(noPath);
  });

  it('never leaves more than two without the relay', () => {
    const step = fc.record({
      others: fc.integer({ min: 0, max: 4 }),
      directUp: fc.boolean(),
      passes: fc.integer({ min: 0, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let path = noPath;
        let nowMillis = 0;
        for (const { others, directUp, passes } of steps) {
          nowMillis += passes;
          const before = path;
          path = nextPath(path, { others, directUp, nowMillis });
          if (others > 1) expect(path.way).toBe('relay');
          if (before.way === 'direct' && others <= 1) expect(path.way).toBe('direct');
          // From the relay to nothing only with something else that carries, or with nobody left.
          if (before.way !== 'direct' && path.way === 'direct') {
            expect(directUp || others === 0).toBe(true);
          }
        }
      }),
    );
  });
});

const track = {} as MediaStreamTrack;
const link = (phase: LinkPhase, ...has: Role[]): LinkState => ({
  phase,
  sinceMillis: 0,
  tracks: { ...noTracks, ...Object.fromEntries(has.map((role) => [role, track])) },
});
const off = { microphone: false, camera: false, screen: false };

describe('somebody has arrived by the relay', () => {
  it('when it connects, if they send nothing', () => {
    expect(hasArrived(undefined, off, true)).toBe(false);
    expect(hasArrived(link('connecting'), off, true)).toBe(false);
    expect(hasArrived(link('connected'), off, true)).toBe(true);
  });

  it('when all is there that they say they send', () => {
    const on = { microphone: true, camera: true, screen: false };
    expect(hasArrived(link('connected', 'audio'), on, true)).toBe(false);
    expect(hasArrived(link('connected', 'camera'), on, true)).toBe(false);
    expect(hasArrived(link('connected', 'audio', 'camera'), on, true)).toBe(true);
    expect(hasArrived(link('interrupted', 'audio', 'camera'), on, true)).toBe(false);
    expect(hasArrived(link('connected'), { ...off, screen: true }, true)).toBe(false);
    expect(hasArrived(link('connected', 'screen'), { ...off, screen: true }, true)).toBe(true);
  });

  it('without a face that is held back', () => {
    expect(hasArrived(link('connected'), { ...off, camera: true }, false)).toBe(true);
  });
});

describe('of two links the better one', () => {
  const direct = link('connected', 'audio');
  const relayed = link('connected');

  it('is the relayed one as soon as all is there', () => {
    expect(better(direct, relayed, false)).toBe(direct);
    expect(better(direct, relayed, true)).toBe(relayed);
  });

  it('is the relayed one when the direct one is broken', () => {
    expect(better(link('interrupted'), relayed, false)).toBe(relayed);
  });

  it('is the only one', () => {
    expect(better(direct, undefined, false)).toBe(direct);
    expect(better(undefined, relayed, false)).toBe(relayed);
    expect(better(undefined, undefined, false)).toBeUndefined();
  });
});
