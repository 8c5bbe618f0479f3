import { expect, test } from 'vitest';
import { cited, finder, stretches } from './fold';

test('accents and case do not matter, and the last word may be a beginning', () => {
  const found = finder('LICITACION patri');
  expect(found('Licitación,')).toBe(true);
  expect(found('PATRIMONIO:')).toBe(true);
  expect(found('licitaciones')).toBe(false);
  expect(found('—')).toBe(false);
});

test('a text is cut where the words stand, and nothing of it is lost', () => {
  const parts = stretches('El patrimonio, según el RUC', 'patrimonio');
  expect(parts.map((part) => part.text).join('')).toBe('El patrimonio, según el RUC');
  expect(parts.filter((part) => part.found).map((part) => part.text)).toEqual(['patrimonio']);
  expect(stretches('nada', '')).toEqual([{ text: 'nada', found: false }]);
});

test('a quote that is not in the paragraph as it stands cites the whole paragraph', () => {
  expect(cited('El total es 58.942,00 dólares', '58.942,00').filter((part) => part.found)).toEqual([
    { text: '58.942,00', found: true },
  ]);
  expect(cited('El total', 'otra cosa')).toEqual([{ text: 'El total', found: true }]);
});
