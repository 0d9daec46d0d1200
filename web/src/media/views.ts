// SPDX-License-Identifier: Apache-2.0
/** How large a picture of somebody is worth receiving. Pure. */

export type Quality = 'low' | 'middle' | 'high';

export interface View {
  /** Null: not on the page. */
  readonly camera: Quality | null;
  readonly screen: boolean;
}

export type Views = ReadonlyMap<string, View>;

/** Up to so many device pixels in height a quality is enough. */
const lowEnough = 180;
const middleEnough = 400;
/** A smaller picture is taken only when it is enough by so much, or sizes on the edge would flap. */
const margin = 0.8;

export function qualityFor(devicePixels: number, before: Quality | null): Quality {
  const wanted = enough(devicePixels);
  if (before === null || rank(wanted) >= rank(before)) return wanted;
  // On the way down: as if it were larger, yet never more than before.
  const careful = enough(devicePixels / margin);
  return rank(careful) < rank(before) ? careful : before;
}

/** Which of a track's layers that is, counted from 0. */
export function layerFor(quality: Quality, layers: number): number {
  return Math.min(rank(quality), layers - 1);
}

function enough(devicePixels: number): Quality {
  if (devicePixels <= lowEnough) return 'low';
  return devicePixels <= middleEnough ? 'middle' : 'high';
}

function rank(quality: Quality): number {
  return { low: 0, middle: 1, high: 2 }[quality];
}

export interface Shown {
  readonly personId: string;
  /** Of the tile, in CSS pixels; null when it is not on the page. */
  readonly height: number | null;
  readonly screen: boolean;
}

/** What is worth asking for, given what is shown; nothing for a page that nobody sees. */
export function nextViews(
  before: Views,
  shown: readonly Shown[],
  pixelRatio: number,
  visible: boolean,
): Views {
  return new Map(
    shown.map(({ personId, height, screen }) => {
      const last = before.get(personId)?.camera ?? null;
      const camera = visible && height !== null ? qualityFor(height * pixelRatio, last) : null;
      return [personId, { camera, screen: visible && screen }];
    }),
  );
}

export function sameViews(a: Views, b: Views): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([id, { camera, screen }]) => {
    const other = b.get(id);
    return other?.camera === camera && other.screen === screen;
  });
}
