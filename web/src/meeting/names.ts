// SPDX-License-Identifier: Apache-2.0
/** Names as people write them: one field, counted in grapheme clusters, Hangul initials. */

export const maxNameClusters = 40;
export const maxTitleClusters = 80;

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter() : null;

export function clusters(text: string): string[] {
  return segmenter ? Array.from(segmenter.segment(text), (part) => part.segment) : Array.from(text);
}

/** Without control and direction characters, spaces made single, NFC, cut to `most` clusters. */
export function cleanLine(raw: string, most: number): string {
  const clean = raw
    .normalize('NFC')
    .replace(/[\u2028\u2029\t\n\r]/gu, ' ')
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const parts = clusters(clean);
  return parts.length <= most ? clean : parts.slice(0, most).join('').trimEnd();
}

export function cleanName(raw: string): string {
  return cleanLine(raw, maxNameClusters);
}

/** Hangul: the last two syllables. Other scripts: first of the first and of the last word. */
export function initials(name: string): string {
  const words = cleanName(name).split(' ').filter(Boolean);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return '?';
  if (/^\p{Script=Hangul}+$/u.test(last)) return clusters(last).slice(-2).join('');
  const letters = words.length === 1 ? [first] : [first, last];
  return letters.map((word) => (clusters(word)[0] ?? '').toLocaleUpperCase()).join('');
}

export const hueCount = 8;

/** FNV-1a of the id, so a person keeps their colour everywhere. */
export function hue(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % hueCount;
}

/** Keeps head and tail of a long name, so that "Guest 1" and "Guest 2" stay apart. */
export function shorten(name: string, most: number): string {
  const parts = clusters(name);
  if (parts.length <= most) return name;
  const tail = Math.floor((most - 1) / 3);
  return `${parts.slice(0, most - 1 - tail).join('')}…${parts.slice(-tail).join('')}`;
}
