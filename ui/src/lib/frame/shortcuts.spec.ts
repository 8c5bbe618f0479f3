import { expect, test } from 'vitest';
import { shortcutsOf, written } from './shortcuts';

test('no key does two things in one room', () => {
  for (const room of ['inicio', 'matriz', 'mesa', 'documentos', 'acta', 'etapas', 'sesion', 'convalidacion', 'puntaje'] as const) {
    const keys = shortcutsOf(room).map((shortcut) => shortcut.keys);
    expect(new Set(keys).size, room).toBe(keys.length);
  }
});

test('keys are written as on a keyboard in Spanish', () => {
  expect(written('Ctrl+Shift+Z')).toBe('Ctrl Mayús Z');
  expect(written('+')).toBe('+');
  expect(written('Alt+ArrowLeft')).toBe('Alt ←');
});
