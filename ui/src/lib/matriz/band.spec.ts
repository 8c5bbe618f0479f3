import { expect, test } from 'vitest';
import { bandOf, offsetsOf, scrolledTo } from './band';

const offsets = offsetsOf(Array.from({ length: 120 }, () => 30));

test('what is drawn covers the room, and the room before and after adds up to the whole', () => {
  for (const from of [0, 1, 29, 30, 1200, 3299, 3600]) {
    const band = bandOf(offsets, from, 500, 60);
    expect(band.before).toBeLessThanOrEqual(from);
    expect(3600 - band.after).toBeGreaterThanOrEqual(Math.min(3600, from + 500));
    expect(band.before + (band.end - band.start) * 30 + band.after).toBe(3600);
    expect(band.end - band.start).toBeLessThan(32);
  }
});

test('entries of different sizes are told apart', () => {
  const band = bandOf(offsetsOf([100, 10, 10, 10, 10, 10, 10, 10, 500]), 160, 5, 0);
  expect([band.start, band.end]).toEqual([6, 8]);
  expect(band.before).toBe(150);
  expect(band.after).toBe(500);
});

test('nothing to draw is no fault', () => {
  expect(bandOf([0], 0, 500, 60)).toEqual({ start: 0, end: 0, before: 0, after: 0 });
});

test('scrolling goes only as far as it must', () => {
  expect(scrolledTo(100, 300, 150, 180)).toBe(100);
  expect(scrolledTo(100, 300, 60, 90)).toBe(60);
  expect(scrolledTo(100, 300, 390, 420)).toBe(120);
  expect(scrolledTo(0, 300, 900, 1300), 'what is larger than the room begins at its top').toBe(900);
});
