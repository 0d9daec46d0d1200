// SPDX-License-Identifier: Apache-2.0
import { tileGrid } from './tiles';

/** Where everything on the stage goes. Pure: who is there and the area in, places out. */

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StageInput {
  readonly width: number;
  readonly height: number;
  readonly self: string;
  readonly others: readonly string[];
  /** A shared screen of somebody else, if any. */
  readonly screen: string | null;
  readonly page: number;
}

export interface Arrangement {
  readonly kind: 'alone' | 'pair' | 'grid' | 'screen';
  readonly places: ReadonlyMap<string, Place>;
  /** Self lies in a corner, over the others. */
  readonly selfInCorner: boolean;
  readonly pages: number;
  readonly page: number;
  /** People without a tile beside a shared screen. */
  readonly hidden: number;
  /** Where the button for those goes. */
  readonly more: Place | null;
}

const pagerHeight = 36;
const gap = 12;
const stripTile = 126;
const stripLeast = 94;
const moreHeight = 32;

export function arrange(input: StageInput): Arrangement {
  if (input.width <= 0 || input.height <= 0) return empty(input);
  if (input.screen !== null) return withScreen(input, input.screen);
  const { self, others, width, height } = input;
  if (others.length === 0) return alone(input);
  const [only] = others;
  if (others.length === 1 && only !== undefined) {
    const whole = { x: 0, y: 0, width, height };
    return { ...empty(input), kind: 'pair', places: new Map([[only, whole]]), selfInCorner: true };
  }
  if (others.length === 2) {
    return { ...empty(input), places: inGrid(others, 0, 0, width, height), selfInCorner: true };
  }
  return paged(input, [...others, self]);
}

function empty(input: StageInput): Arrangement {
  return {
    kind: 'grid',
    places: new Map(),
    selfInCorner: input.others.length > 0 && input.others.length < 3,
    pages: 1,
    page: 0,
    hidden: 0,
    more: null,
  };
}

/** Oneself, with room for the invitation: below on narrow stages, else to the right. */
function alone(input: StageInput): Arrangement {
  const { width, height, self } = input;
  const beside = width >= 760;
  const wide = beside ? Math.floor(width * 0.6) : width;
  const tall = beside ? Math.min(height, (wide * 2) / 3) : Math.floor(height * 0.5);
  const y = beside ? Math.floor((height - tall) / 2) : 0;
  const place = { x: 0, y, width: wide, height: tall };
  return { ...empty(input), kind: 'alone', places: new Map([[self, place]]) };
}

function paged(input: StageInput, keys: readonly string[]): Arrangement {
  const { width, height } = input;
  let grid = tileGrid(width, height, keys.length);
  if (grid.count >= keys.length) {
    return { ...empty(input), places: inGrid(keys, 0, 0, width, height) };
  }
  const room = height - pagerHeight;
  grid = tileGrid(width, room, keys.length);
  const pages = Math.ceil(keys.length / grid.count);
  const page = Math.min(Math.max(input.page, 0), pages - 1);
  const shown = keys.slice(page * grid.count, (page + 1) * grid.count);
  return { ...empty(input), places: inGrid(shown, 0, 0, width, room), pages, page };
}

function inGrid(
  keys: readonly string[],
  left: number,
  top: number,
  width: number,
  height: number,
): Map<string, Place> {
  const grid = tileGrid(width, height, keys.length);
  const usedHeight = grid.rows * grid.height + (grid.rows - 1) * grid.gap;
  const firstTop = top + (height - usedHeight) / 2;
  const places = new Map<string, Place>();
  keys.slice(0, grid.count).forEach((key, at) => {
    const row = Math.floor(at / grid.columns);
    const last = row === grid.rows - 1;
    const inRow = last ? grid.count - row * grid.columns : grid.columns;
    const usedWidth = inRow * grid.width + (inRow - 1) * grid.gap;
    places.set(key, {
      x: left + (width - usedWidth) / 2 + (at % grid.columns) * (grid.width + grid.gap),
      y: firstTop + row * (grid.height + grid.gap),
      width: grid.width,
      height: grid.height,
    });
  });
  return places;
}

/** The screen large; people right of it, or below on upright areas. */
function withScreen(input: StageInput, screen: string): Arrangement {
  const people = [...input.others, input.self];
  const upright = input.width / input.height < 1.2;
  return upright ? screenAbove(input, screen, people) : screenLeft(input, screen, people);
}

function screenAbove(input: StageInput, screen: string, people: readonly string[]): Arrangement {
  const { width, height } = input;
  const screenHeight = Math.min(width * 0.64, height * 0.6);
  const fit = width < 600 ? 4 : 8;
  const top = screenHeight + gap;
  const places = inGrid(people.slice(0, fit), 0, top, width, height - top);
  places.set(screen, { x: 0, y: 0, width, height: screenHeight });
  return {
    ...empty(input),
    kind: 'screen',
    places,
    selfInCorner: false,
    hidden: Math.max(0, people.length - fit),
  };
}

function screenLeft(input: StageInput, screen: string, people: readonly string[]): Arrangement {
  const { width, height } = input;
  let fit = people.length;
  let tall = Math.min(stripTile, (height - (fit - 1) * gap) / fit);
  const crowded = tall < stripLeast;
  if (crowded) {
    const room = height - moreHeight - gap;
    fit = Math.max(1, Math.ceil((room + gap) / (stripTile + gap)));
    tall = (room - (fit - 1) * gap) / fit;
  }
  const wide = (tall * 16) / 9;
  const used = fit * (tall + gap) - gap;
  const top = crowded ? 0 : (height - used) / 2;
  const x = width - wide;
  const places = new Map<string, Place>();
  places.set(screen, { x: 0, y: 0, width: width - wide - gap, height });
  people.slice(0, fit).forEach((key, at) => {
    places.set(key, { x, y: top + at * (tall + gap), width: wide, height: tall });
  });
  return {
    ...empty(input),
    kind: 'screen',
    places,
    selfInCorner: false,
    hidden: people.length - fit,
    more: crowded ? { x, y: height - moreHeight, width: wide, height: moreHeight } : null,
  };
}
