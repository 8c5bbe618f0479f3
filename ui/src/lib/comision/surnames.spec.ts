import { expect, test } from 'vitest';
import { asWritten } from './surnames';

test('a surname is shown as the member writes it, with its ñ', () => {
  expect(asWritten(['munoz'], 'Ana Muñoz Paredes')).toBe('Muñoz');
  expect(asWritten(['vera', 'munoz'], 'MUÑOZ VERA ANA')).toBe('VERA, MUÑOZ');
});

test('what is not in the name stays as it came', () => {
  expect(asWritten(['lopez'], 'Ana Muñoz')).toBe('lopez');
});
