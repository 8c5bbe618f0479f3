import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a toast goes by itself, but not while somebody is at it', () => {
  const toasts = new Toasts();
  toasts.show('Decidió cumple en 13 × 5.', true);
  toasts.pause();
  vi.advanceTimersByTime(60_000);
  expect(toasts.current?.text).toBe('Decidió cumple en 13 × 5.');
  toasts.resume();
  vi.advanceTimersByTime(8000);
  expect(toasts.current).toBeNull();
});

test('the last five acts stay, newest first', () => {
  const toasts = new Toasts();
  for (let act = 1; act <= 7; act++) toasts.show(`acto ${act}`);
  expect(toasts.recent.map((toast) => toast.text)).toEqual(['acto 7', 'acto 6', 'acto 5', 'acto 4', 'acto 3']);
});
