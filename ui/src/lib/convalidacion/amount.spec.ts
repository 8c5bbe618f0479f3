import { expect, test } from 'vitest';
import { readAmount } from './amount';

test('an amount is read as people write it here, and as the contract does', () => {
  expect(readAmount('12.650,20')).toBe('12650.20');
  expect(readAmount('USD 1.284.650,3')).toBe('1284650.3');
  expect(readAmount('12650.20')).toBe('12650.20');
  expect(readAmount(' 800 ')).toBe('800');
  expect(readAmount('1.284.650')).toBe('1284650');
  expect(readAmount('')).toBe('');
});

test('what could be twelve thousand or twelve and a bit is not read at all', () => {
  expect(readAmount('12.650')).toBeNull();
  expect(readAmount('800.000')).toBeNull();
});

test('what is no amount is not read', () => {
  for (const text of ['12,650.20', '12.65.20', '1.28,00,1', 'doce', '-5', '12.', ',5']) expect(readAmount(text), text).toBeNull();
});
