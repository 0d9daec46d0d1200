// SPDX-License-Identifier: Apache-2.0
// What cameras see while pictures are taken: drawn people, since a test card is not pretty.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Browser, chromium } from '@playwright/test';

import { chromiumOptions } from '../rig/chromium.ts';
import { atExit } from '../rig/cleanup.ts';

/** Colours of one drawn person and the room behind. */
export interface Face {
  readonly wall: string;
  readonly shade: string;
  readonly lamp: string;
  readonly skin: string;
  readonly hair: string;
  readonly shirt: string;
  readonly hasLongHair: boolean;
}

export const faces: readonly [Face, Face] = [
  {
    wall: '#8fa3c4',
    shade: '#6f86ab',
    lamp: '#ffe3b0',
    skin: '#e0ac86',
    hair: '#3a2a26',
    shirt: '#3f51d9',
    hasLongHair: true,
  },
  {
    wall: '#c9b8a4',
    shade: '#ae9a84',
    lamp: '#fff1d6',
    skin: '#a8714d',
    hair: '#1d1a1c',
    shirt: '#2f6f5e',
    hasLongHair: false,
  },
];

const SIZE = { width: 1280, height: 720 };
const FRAMES = 32;

/** A Chromium whose only camera sees this person, who nods a little. */
export async function launchWithFace(browser: Browser, face: Face): Promise<Browser> {
  const page = await browser.newPage({ viewport: SIZE });
  const jpegs: Buffer[] = [];
  for (let i = 0; i < FRAMES; i++) {
    await page.setContent(drawing(face, Math.sin((i / FRAMES) * 2 * Math.PI)));
    jpegs.push(await page.screenshot({ type: 'jpeg', quality: 92 }));
  }
  await page.close();
  const folder = mkdtempSync(join(tmpdir(), 'noom-face-'));
  atExit(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const film = join(folder, 'face.mjpeg');
  writeFileSync(film, Buffer.concat(jpegs));
  return chromium.launch(chromiumOptions({ args: [`--use-file-for-fake-video-capture=${film}`] }));
}

/** Runs in a page: Chromium calls such a camera by the path of its film. */
export function nameCameras(): void {
  const label = Object.getOwnPropertyDescriptor(MediaDeviceInfo.prototype, 'label');
  Object.defineProperty(MediaDeviceInfo.prototype, 'label', {
    get(this: MediaDeviceInfo): string {
      const own = label?.get?.call(this) as string;
      return own.endsWith('.mjpeg') ? 'Desk camera' : own.replace('Fake ', '');
    },
  });
}

/** A page with nothing but the person; `nod` is between -1 and 1. */
function drawing(face: Face, nod: number): string {
  return `<body style="margin:0"><svg width="1280" height="720" viewBox="0 0 1280 720">
    <defs>
      <linearGradient id="wall" x2="1" y2="1">
        <stop stop-color="${face.wall}"/><stop offset="1" stop-color="${face.shade}"/>
      </linearGradient>
      <radialGradient id="glow">
        <stop stop-color="${face.lamp}"/>
        <stop offset="1" stop-color="${face.lamp}" stop-opacity="0"/>
      </radialGradient>
    </defs>
    <rect width="1280" height="720" fill="url(#wall)"/>
    <circle cx="1000" cy="170" r="400" fill="url(#glow)"/>
    ${shelf(face)}
    ${person(face, 640 + nod * 6, 330 + nod * 5)}
  </svg>`;
}

function shelf(face: Face): string {
  const books = [120, 96, 132, 84, 110].map((height, i) => {
    const colour = i % 2 === 0 ? face.shirt : face.lamp;
    const place = `x="${280 + i * 40}" y="${170 - height}" width="30" height="${height}"`;
    return `<rect ${place} rx="4" fill="${colour}"/>`;
  });
  return `${books.join('')}<rect x="250" y="170" width="240" height="14" rx="4" fill="${face.shade}"/>`;
}

function person(face: Face, x: number, y: number): string {
  const side = (at: number): string => `
    <rect x="${x + at * 126 - 15}" y="${y - 110}" width="30" rx="15" fill="${face.hair}"
      height="${face.hasLongHair ? 210 : 80}"/>
    <ellipse cx="${x + at * 48}" cy="${y}" rx="11" ry="14" fill="#2a2426"/>
    <circle cx="${x + at * 48 + 4}" cy="${y - 5}" r="4" fill="#fff"/>
    <ellipse cx="${x + at * 74}" cy="${y + 48}" rx="24" ry="15" fill="#c85a50" opacity=".22"/>`;
  const behind = `<rect x="${x - 168}" y="${y - 130}" width="336" height="400" rx="150"
    fill="${face.hair}"/>`;
  return `
    ${face.hasLongHair ? behind : ''}
    <ellipse cx="640" cy="800" rx="350" ry="260" fill="${face.shirt}"/>
    <rect x="${x - 52}" y="${y + 110}" width="104" height="150" rx="50" fill="${face.skin}"/>
    <ellipse cx="${x}" cy="${y + 150}" rx="52" ry="28" opacity=".12"/>
    <ellipse cx="${x}" cy="${y}" rx="132" ry="168" fill="${face.skin}"/>
    <ellipse cx="${x}" cy="${y - 118}" rx="140" ry="84" fill="${face.hair}"/>
    ${side(-1)}${side(1)}
    <path d="M${x - 36} ${y + 74}q36 34 72 0" fill="none" stroke="#7c3f38" stroke-width="7"
      stroke-linecap="round"/>`;
}
