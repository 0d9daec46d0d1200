// SPDX-License-Identifier: Apache-2.0
/**
 * Who has which place when not everybody has one. Pure. Nobody on the page ever jumps: somebody out of
 * sight who takes the floor gets the place of the one who has been silent for longest.
 */

export interface SpeakerOrder {
  /** Ids, the first ones in sight. */
  readonly ids: readonly string[];
  readonly spokeAtMillis: ReadonlyMap<string, number>;
  readonly swappedAtMillis: number;
}

/** People would lose their way if places changed more often. */
export const betweenSwapsMillis = 2_000;

export const noOrder: SpeakerOrder = {
  ids: [],
  spokeAtMillis: new Map(),
  swappedAtMillis: -Infinity,
};

/** Those who stay keep their places; who comes gets the last one. */
export function withPeople(before: SpeakerOrder, present: readonly string[]): SpeakerOrder {
  const here = new Set(present);
  const known = new Set(before.ids);
  const ids = [
    ...before.ids.filter((id) => here.has(id)),
    ...present.filter((id) => !known.has(id)),
  ];
  const same = ids.length === before.ids.length && ids.every((id, at) => id === before.ids[at]);
  if (same) return before;
  const spokeAtMillis = new Map([...before.spokeAtMillis].filter(([id]) => here.has(id)));
  return { ...before, ids, spokeAtMillis };
}

/** Somebody has the floor. `inSight` is whom the page shows now. */
export function spoke(
  before: SpeakerOrder,
  speaker: string,
  inSight: ReadonlySet<string>,
  nowMillis: number,
): SpeakerOrder {
  const from = before.ids.indexOf(speaker);
  if (from < 0) return before;
  const spokeAtMillis = new Map(before.spokeAtMillis).set(speaker, nowMillis);
  const after = { ...before, spokeAtMillis };
  if (inSight.has(speaker) || nowMillis - before.swappedAtMillis < betweenSwapsMillis) return after;
  const silent = longestSilent(after, inSight);
  // Only from later pages: who looks at a later one has chosen to.
  const to = silent === undefined ? -1 : before.ids.indexOf(silent);
  if (silent === undefined || to > from) return after;
  const ids = before.ids.with(to, speaker).with(from, silent);
  return { ids, spokeAtMillis, swappedAtMillis: nowMillis };
}

/** Of several who never spoke, the one who came last. */
function longestSilent(
  { ids, spokeAtMillis }: SpeakerOrder,
  inSight: ReadonlySet<string>,
): string | undefined {
  const at = (id: string) => spokeAtMillis.get(id) ?? -Infinity;
  const candidates = ids.filter((id) => inSight.has(id));
  return candidates.reduceRight<string | undefined>(
    (best, id) => (best === undefined || at(id) < at(best) ? id : best),
    undefined,
  );
}
