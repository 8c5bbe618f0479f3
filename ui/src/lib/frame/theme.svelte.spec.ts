import { expect, test } from 'vitest';
import { Appearance } from './theme.svelte';

function memory(initial?: string) {
  let kept = initial ?? null;
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value), read: () => kept };
}

test('without a choice the system decides, contrast before darkness', () => {
  expect(new Appearance(memory(), (query) => query.includes('dark')).effective).toBe('oscuro');
  expect(new Appearance(memory(), () => true).effective).toBe('contraste');
  expect(new Appearance(memory(), () => false).effective).toBe('claro');
});

test('a choice wins over the system and is kept', () => {
  const storage = memory();
  const appearance = new Appearance(storage, () => true);
  appearance.theme = 'claro';
  appearance.apply(document.documentElement);
  expect(document.documentElement.dataset['tema']).toBe('claro');
  expect(new Appearance(storage, () => true).effective).toBe('claro');
});

test('a damaged preference falls back to the defaults', () => {
  expect(new Appearance(memory('{"theme":"fucsia","textSize":7'), () => false).effective).toBe('claro');
  expect(new Appearance(memory('{"theme":"fucsia","textSize":7}'), () => false).textSize).toBe(100);
});
