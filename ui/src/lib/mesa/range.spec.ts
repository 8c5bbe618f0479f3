import { expect, test } from 'vitest';
import { columnNumber, isInRange } from './range';

test('letters of columns count as a sheet counts', () => {
  expect(['A', 'Z', 'AA', 'AB', 'ZZ'].map(columnNumber)).toEqual([1, 26, 27, 28, 702]);
});

test('a cell lies in a range or not', () => {
  expect(isInRange('B7:F9', 'C', 8)).toBe(true);
  expect(isInRange('B7:F9', 'AA', 8), 'AA comes after F').toBe(false);
  expect(isInRange('F7', 'F', 7)).toBe(true);
  expect(isInRange('F7', 'F', 77)).toBe(false);
  expect(isInRange(null, 'A', 1)).toBe(false);
});
