import { expect, test } from 'vitest';
import { decimal, percent } from './numbers';

test('a part is written with comma, dot or the sign', () => {
  expect(percent(' 12,5 % ')).toBe('12.5');
  expect(percent('10')).toBe('10');
  expect(decimal('83.3')).toBe('83,3');
});

test('nothing, everything and more than everything are told apart', () => {
  expect([percent('0'), percent(''), percent('101'), percent('-5'), percent('diez')]).toEqual([null, null, null, null, null]);
  expect(percent('100')).toBe('100');
});
