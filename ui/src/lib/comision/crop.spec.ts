import { expect, test } from 'vitest';
import type { EvidencePlace, EvidenceView } from '$lib/ipc/bindings';
import { pageOf, stripOf } from './crop';

const at = (place: EvidencePlace): EvidenceView => ({
  file: 'f',
  file_name: 'oferta.pdf',
  place,
  place_text: 'p. 3',
  quote: '',
  document: '',
  confidence: 1,
  extractor: 'x',
});
const page = (quads: number[][]): EvidencePlace => ({ kind: 'page', page: 3, width: 600, height: 800, quads });
const line = (top: number): number[] => [60, top, 300, top, 300, top + 12, 60, top + 12];

test('the words stand inside the strip, wherever on the page they are', () => {
  for (const top of [0, 5, 300, 786]) {
    const strip = stripOf(at(page([line(top)])));
    const box = strip?.boxes[0];
    expect(box?.top).toBeGreaterThanOrEqual(-0.001);
    expect((box?.top ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(100.001);
    expect(box?.left).toBeCloseTo(10);
    expect(box?.width).toBeCloseTo(40);
  }
});

test('a page that is meant as a whole shows its beginning', () => {
  const strip = stripOf(at(page([])));
  expect(strip?.up).toBe(0);
  expect(strip?.boxes).toEqual([]);
  expect(strip?.ratio).toBeCloseTo(2);
});

test('what has no picture has no strip, and keeps its page', () => {
  const sheet = at({ kind: 'reading_view', page: 2, paragraph: null, sheet: 'A', range: null });
  expect(stripOf(sheet)).toBeNull();
  expect(pageOf(sheet)).toBe(2);
  expect(pageOf(at({ kind: 'elsewhere' }))).toBeNull();
});
