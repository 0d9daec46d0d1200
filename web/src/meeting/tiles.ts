// SPDX-License-Identifier: Apache-2.0
/** Tile sizing. Pure: area and count in; columns, rows, tile size and how many fit on a page out. */

export interface TileOptions {
  readonly minWidth?: number;
  readonly cap?: number;
}

export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** Tiles on this page, at most as many as asked for. */
  readonly count: number;
}

interface Shape {
  readonly gap: number;
  readonly lowest: number;
  readonly highest: number;
  readonly minWidth: number;
  readonly cap: number;
}

function shapeOf(width: number, height: number, options: TileOptions): Shape {
  const portrait = width < 600 && width < height;
  const phone = width < 600 || height < 480;
  return {
    gap: Math.min(width, height) < 500 ? 8 : 12,
    lowest: portrait ? 3 / 4 : 4 / 3,
    highest: portrait ? 4 / 3 : 16 / 9,
    minWidth: options.minWidth ?? (phone ? 150 : 200),
    cap: options.cap ?? (phone ? 8 : width < 1600 ? 25 : 49),
  };
}

function candidate(
  width: number,
  height: number,
  count: number,
  columns: number,
  shape: Shape,
): TileGrid | null {
  const rows = Math.ceil(count / columns);
  let w = (width - (columns - 1) * shape.gap) / columns;
  let h = (height - (rows - 1) * shape.gap) / rows;
  if (w <= 0 || h <= 0) return null;
  if (w / h > shape.highest) w = h * shape.highest;
  else if (w / h < shape.lowest) h = w / shape.lowest;
  return { columns, rows, width: w, height: h, gap: shape.gap, count };
}

function best(candidates: readonly TileGrid[]): TileGrid | undefined {
  const largest = Math.max(...candidates.map((grid) => grid.width * grid.height));
  const empty = (grid: TileGrid) => grid.columns * grid.rows - grid.count;
  const fromWide = (grid: TileGrid) => Math.abs(grid.width / grid.height - 16 / 9);
  return candidates
    .filter((grid) => grid.width * grid.height >= 0.98 * largest)
    .sort((a, b) => empty(a) - empty(b) || fromWide(a) - fromWide(b) || a.columns - b.columns)[0];
}

/** The largest tiles for `count` people; fewer than asked when they would get too narrow. */
export function tileGrid(
  width: number,
  height: number,
  count: number,
  options: TileOptions = {},
): TileGrid {
  const shape = shapeOf(width, height, options);
  for (let fit = Math.min(count, shape.cap); fit >= 1; fit--) {
    const candidates: TileGrid[] = [];
    for (let columns = 1; columns <= fit; columns++) {
      const grid = candidate(width, height, fit, columns, shape);
      if (grid) candidates.push(grid);
    }
    const chosen = best(candidates);
    if (chosen && (chosen.width >= shape.minWidth || fit === 1)) return chosen;
  }
  return { columns: 1, rows: 1, width: 0, height: 0, gap: shape.gap, count: Math.min(count, 1) };
}
