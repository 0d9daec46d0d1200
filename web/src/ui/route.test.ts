// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { readPasted, routeOf } from './route';

describe('routeOf', () => {
  it('knows the pages', () => {
    expect(routeOf('/')).toEqual({ page: 'home' });
    expect(routeOf('/m/AbC_-123')).toEqual({ page: 'meeting', id: 'AbC_-123' });
    expect(routeOf('/m/a/b')).toEqual({ page: 'unknown' });
    expect(routeOf('/other')).toEqual({ page: 'unknown' });
  });
});

describe('readPasted', () => {
  it.each([
    ['https://noom.example/m/abcdEFGH12345678', { kind: 'id', id: 'abcdEFGH12345678' }],
    [' noom.example/m/abcdEFGH12345678?lang=ko ', { kind: 'id', id: 'abcdEFGH12345678' }],
    ['/m/abcdEFGH12345678', { kind: 'id', id: 'abcdEFGH12345678' }],
    ['abcdEFGH12345678', { kind: 'id', id: 'abcdEFGH12345678' }],
    ['Design review', { kind: 'name', name: 'Design review' }],
    ['주간 이야기', { kind: 'name', name: '주간 이야기' }],
    ['   ', { kind: 'nothing' }],
  ])('reads %s', (text, expected) => {
    expect(readPasted(text)).toEqual(expected);
  });
});
