import { expect, test } from 'vitest';
import { drawing, inkWord, pencilWord, ticks } from './words';

test('pencil and ink differ in the letter', () => {
  expect(inkWord('no_cumple')).toBe('No cumple');
  expect(pencilWord('no_cumple')).toBe('no cumple');
});

test('pencil and ink differ in the drawing, where there are two', () => {
  expect(drawing('a_convalidar', true)).toBe('g-a-convalidar-propuesta');
  expect(drawing('a_convalidar', false)).toBe('g-a-convalidar');
  expect(drawing('no_aplica', true)).toBe('g-no-aplica');
});

test('ticks change at the thresholds', () => {
  expect([0.95, 0.9, 0.89, 0.75, 0.74, 0.6, 0.59].map(ticks)).toEqual([4, 4, 3, 3, 2, 2, 1]);
});
