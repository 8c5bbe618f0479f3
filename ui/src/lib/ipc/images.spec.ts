import { expect, test } from 'vitest';
import { step } from './images';

test('the image is never less sharp than the screen, up to the ceiling', () => {
  expect(step(1, 1)).toBe(100);
  expect(step(1.12, 1)).toBe(150);
  expect(step(1.4, 2)).toBe(300);
  expect(step(9, 2)).toBe(400);
});
