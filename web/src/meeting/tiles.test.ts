// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tileGrid } from './tiles';

const counts = [1, 2, 3, 4, 6, 7, 9, 12, 16, 25, 49];

// Columns×rows, tile in px rounded down; "page n" where only n people fit at once.
const vectors = {
  '1280×640 200 25':
    '1×1 1137×640 | 2×1 634×475 | 2×2 558×314 | 2×2 558×314 | 3×2 418×314 | 3×3 365×205 | 3×3 365×205 | 4×3 311×205 | 4×4 268×151 | 5×5 210×118 | page 25',
  '1920×920 200 49':
    '1×1 1635×920 | 2×1 954×715 | 2×2 807×454 | 2×2 807×454 | 3×2 632×454 | 4×2 471×353 | 3×3 530×298 | 4×3 471×298 | 4×4 392×221 | 5×5 310×174 | 9×6 202×143',
  '920×640 200 25':
    '1×1 920×640 | 1×2 558×314 | 2×2 454×314 | 2×2 454×314 | 2×3 365×205 | 3×3 298×205 | 3×3 298×205 | 3×4 268×151 | 4×4 221×151 | page 20 | page 20',
  '390×620 150 8':
    '1×1 390×520 | 1×2 390×306 | 1×3 268×201 | 2×2 191×254 | 2×3 191×201 | 2×4 191×149 | page 8 | page 8 | page 8 | page 8 | page 8',
  '844×330 150 8':
    '1×1 586×330 | 2×1 418×313 | 3×1 276×207 | 2×2 286×161 | 3×2 276×161 | 4×2 205×153 | page 8 | page 8 | page 8 | page 8 | page 8',
};

describe('tileGrid', () => {
  for (const [area, row] of Object.entries(vectors)) {
    const [size, minWidth, cap] = area.split(' ');
    const [width, height] = (size ?? '').split('×').map(Number);
    row.split(' | ').forEach((expected, index) => {
      const count = counts[index] ?? 0;
      it(`${area}, ${count} people: ${expected}`, () => {
        const grid = tileGrid(width ?? 0, height ?? 0, count, {
          minWidth: Number(minWidth),
          cap: Number(cap),
        });
        const page = /^page (\d+)$/.exec(expected);
        if (page) {
          expect(grid.count).toBe(Number(page[1]));
          return;
        }
        const tile = `${Math.floor(grid.width)}×${Math.floor(grid.height)}`;
        expect(`${grid.columns}×${grid.rows} ${tile}`).toBe(expected);
        expect(grid.count).toBe(count);
      });
    });
  }

  it('never makes a set of tiles larger than its area', () => {
    const side = fc.integer({ min: 120, max: 3000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 60 }), (width, height, count) => {
        const grid = tileGrid(width, height, count);
        const wide = grid.columns * grid.width + (grid.columns - 1) * grid.gap;
        const high = grid.rows * grid.height + (grid.rows - 1) * grid.gap;
        expect(wide).toBeLessThanOrEqual(width + 0.001);
        expect(high).toBeLessThanOrEqual(height + 0.001);
        expect(grid.count).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
