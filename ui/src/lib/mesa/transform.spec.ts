import { expect, test } from 'vitest';
import { bounds, fitWidth, place, polygon, type Rotation, size, turn, type View } from './transform';

const PAGE: View = { width: 600, height: 800, zoom: 2, rotation: 0 };
const QUAD = [100, 50, 300, 50, 300, 70, 100, 70];

test('the corner of the page lands where the turned page begins', () => {
  const corners: Record<Rotation, [number, number]> = { 0: [0, 0], 90: [1600, 0], 180: [1200, 1600], 270: [0, 1200] };
  for (const [rotation, expected] of Object.entries(corners)) {
    expect(place({ ...PAGE, rotation: Number(rotation) as Rotation }, 0, 0)).toEqual(expected);
  }
});

test('a quad keeps inside the page however it is turned', () => {
  for (const rotation of [0, 90, 180, 270] as const) {
    const view = { ...PAGE, rotation };
    const [width, height] = size(view);
    const box = bounds(view, [QUAD]);
    expect(box).not.toBeNull();
    const [left, top, right, bottom] = box ?? [0, 0, 0, 0];
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
    expect(bottom).toBeLessThanOrEqual(height);
    expect((right - left) * (bottom - top)).toBeCloseTo(200 * 20 * 4);
  }
});

test('four turns bring the page back', () => {
  let rotation: Rotation = 0;
  for (let quarter = 0; quarter < 4; quarter++) rotation = turn(rotation);
  expect(rotation).toBe(0);
});

test('fitting looks at the side that lies across', () => {
  expect(fitWidth({ width: 600, height: 800, rotation: 0 }, 1200)).toBe(2);
  expect(fitWidth({ width: 600, height: 800, rotation: 90 }, 1200)).toBe(1.5);
});

test('no quads, no box', () => {
  expect(bounds(PAGE, [])).toBeNull();
  expect(polygon(QUAD)).toBe('100,50 300,50 300,70 100,70');
});
