// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { BackStack } from './backStack';

/** A browser's history, and timers that run when told to. */
function setUp() {
  const later: (() => void)[] = [];
  const closed: string[] = [];
  let entries = 0;
  const stack = new BackStack({
    push: () => {
      entries++;
    },
    onTop: () => entries > 0,
    back: () => {
      entries--;
      stack.wentBack();
    },
    later: (run) => void later.push(run),
  });
  const open = (name: string) => {
    const gone: () => void = stack.opened(() => {
      closed.push(name);
      gone();
    });
    return gone;
  };
  const gesture = () => {
    entries--;
    stack.wentBack();
  };
  const rest = () => {
    for (const run of later.splice(0)) run();
  };
  return { open, gesture, rest, closed, entries: () => entries };
}

describe('BackStack', () => {
  it('closes what is open by the back gesture, and only that', () => {
    const { open, gesture, rest, closed, entries } = setUp();
    open('chat');
    gesture();
    rest();
    expect(closed).toEqual(['chat']);
    expect(entries()).toBe(0);
  });

  it('takes its entry back when it is closed otherwise', () => {
    const { open, rest, closed, entries } = setUp();
    const gone = open('chat');
    gone();
    rest();
    expect(closed).toEqual([]);
    expect(entries()).toBe(0);
  });

  it('keeps the sheet that a menu opened', () => {
    const { open, gesture, rest, closed, entries } = setUp();
    const gone = open('menu');
    gone();
    open('people');
    rest();
    expect(closed).toEqual([]);
    expect(entries()).toBe(1);
    gesture();
    expect(closed).toEqual(['people']);
  });

  it('closes from the top, one gesture each', () => {
    const { open, gesture, rest, closed, entries } = setUp();
    open('people');
    open('menu');
    gesture();
    rest();
    expect(closed).toEqual(['menu']);
    expect(entries()).toBe(1);
    gesture();
    rest();
    expect(closed).toEqual(['menu', 'people']);
    expect(entries()).toBe(0);
  });
});
