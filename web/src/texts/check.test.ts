// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { parse, type Piece } from './format';
import { ko } from './ko';

const root = join(import.meta.dirname, '..');
const keys = Object.keys(en) as (keyof typeof en)[];

function sources(): string {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|texts\/(en|ko)\.ts$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
}

function placeholders(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    switch (piece.kind) {
      case 'words':
        return [];
      case 'value':
        return [piece.name];
      case 'plural':
        return [piece.name, ...[...piece.branches.values()].flatMap(placeholders)];
    }
  });
}

const named = (message: string) => [...new Set(placeholders(parse(message)))].sort();

describe('texts', () => {
  it('stand in every language', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
    for (const key of keys) {
      expect(en[key].trim(), key).not.toBe('');
      expect(ko[key].trim(), key).not.toBe('');
    }
  });

  it('take the same values in every language', () => {
    for (const key of keys) expect(named(ko[key]), key).toEqual(named(en[key]));
  });

  it('are all used', () => {
    const code = sources();
    expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  it('are all there for what the code asks', () => {
    const asked = sources().matchAll(/\btx?\(\s*'([^']+)'/g);
    const unknown = [...asked].map((match) => match[1] ?? '').filter((key) => !(key in en));
    expect(unknown).toEqual([]);
  });

  it('give names their 님 in Korean', () => {
    for (const key of keys) {
      if (ko[key].includes('{name}')) expect(ko[key], key).not.toMatch(/\{name\}(?!님)/);
    }
  });

  it('are polite in Korean: 해요체, never 당신', () => {
    for (const key of keys) {
      expect(ko[key], key).not.toMatch(/당신|습니다|하십시오/);
    }
  });
});
