import { expect, test } from 'vitest';
import { t, whole } from './catalogue';

test('what is filled in is not taken for a placeholder', () => {
  const text = t('app.aviso.decidido', { veredicto: '{celda}', celda: '13 × 5' });
  expect(text).toContain('{celda}');
  expect(text).toContain('13 × 5');
});

test('counts have dots between thousands', () => {
  expect(whole(4812)).toBe('4.812');
  expect(whole(999)).toBe('999');
  expect(whole(1284650)).toBe('1.284.650');
});
