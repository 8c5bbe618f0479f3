import { expect, test } from 'vitest';
import { DRAWINGS } from './drawings';

const sources = import.meta.glob('../../**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });

test('every drawing that is used exists, and every one that exists can be drawn', () => {
  const used = Object.entries(sources as Record<string, string>)
    .filter(([file]) => !file.endsWith('.spec.ts') && !file.endsWith('drawings.ts'))
    .flatMap(([, text]) => [...text.matchAll(/'([gu]-[a-z]+(?:-[a-z]+)*)'|name="([gu]-[a-z-]+)"/g)])
    .map((match) => match[1] ?? match[2] ?? '');
  expect(new Set(used).size).toBeGreaterThan(20);
  for (const name of new Set(used)) expect(Object.keys(DRAWINGS), name).toContain(name);
  for (const [name, shapes] of Object.entries(DRAWINGS)) {
    expect(shapes.length, name).toBeGreaterThan(0);
    for (const { tag, attributes } of shapes) {
      if (tag === 'path') expect(String(attributes['d']), name).toMatch(/^M[\d\s.,a-zA-Z-]+$/);
      else expect(Object.values(attributes).some(Number.isNaN), name).toBe(false);
    }
  }
});
