import { expect, test } from 'vitest';
import { pageView } from '../../../tests/fixtures';
import { evidenceOf, quadsOf } from './selection';

const word = (text: string, line: number, left: number) => ({
  text,
  line,
  bounds: [left, line * 20, left + 40, line * 20 + 12],
});

test('a selection over two lines has two quads, each as wide as its words', () => {
  expect(quadsOf([word('capa', 1, 300), word('de', 1, 345), word('rodadura', 2, 50)])).toEqual([
    [300, 20, 385, 20, 385, 32, 300, 32],
    [50, 40, 90, 40, 90, 52, 50, 52],
  ]);
});

test('the words are quoted as they stand', () => {
  const evidence = evidenceOf(pageView(), [word('suma', 0, 10), word('reconocida', 0, 60)]);
  expect(evidence.quote).toBe('suma reconocida');
  expect(evidence.place.kind).toBe('page');
});

test('flowing text is given no boxes that it does not have', () => {
  expect(evidenceOf(pageView({ reading_view: true }), []).place).toEqual({
    kind: 'reading_view',
    page: 37,
    paragraph: null,
    sheet: null,
    range: null,
  });
});
