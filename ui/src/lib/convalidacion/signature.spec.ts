import { expect, test } from 'vitest';
import type { ConstatationPending, ConstatationView, DefectView } from '$lib/ipc/bindings';
import { constatationGaps, defectGaps, fileOf, mendedIn, saidOf, sorted } from './signature';

const bare = { file: '', result: '', date: '', hour: '', by: '', application: '', detail: '', attach: '' };
const wants = (...files: string[]) => ({ bid: 'b1', files: files.map((file) => ({ file })) }) as ConstatationPending;

test('a validation without file, result, moment or its proof is not recorded', () => {
  expect(constatationGaps(bare, false)).toEqual(['archivo', 'resultado', 'momento', 'prueba']);
  const whole = { ...bare, file: 'f', result: 'valida', date: '2026-03-11', hour: '08:30', attach: '/r.pdf' };
  expect(constatationGaps(whole, false)).toEqual([]);
  expect(constatationGaps({ ...whole, attach: ' ' }, false)).toEqual(['prueba']);
  expect(constatationGaps({ ...whole, attach: '' }, true)).toEqual([]);
  expect(constatationGaps({ ...whole, hour: '' }, true)).toEqual(['momento']);
});

test('of several files nobody is guessed', () => {
  expect(fileOf(wants('a'))).toBe('a');
  expect(fileOf(wants('a', 'b'))).toBe('');
  expect(fileOf(wants())).toBe('');
});

test('what was said of the same file of the same bid stands beside what is still asked', () => {
  const said = (id: string, bid: string, file: string) => ({ id, bid, file }) as ConstatationView;
  const done = [said('1', 'b1', 'a'), said('2', 'b2', 'a'), said('3', 'b1', 'c'), said('4', 'b1', 'a')];
  expect(saidOf(done, wants('a')).map((entry) => entry.id)).toEqual(['4', '1']);
});

test('a defect is said with its reason, its error and its page where they are wanted', () => {
  const text = { nature: '', error: '', clause: '', reason: '', evidence: [] };
  expect(defectGaps(text)).toEqual(['que_es', 'motivo']);
  expect(defectGaps({ ...text, nature: 'formal', reason: 'x' })).toEqual(['error']);
  expect(defectGaps({ ...text, nature: 'mencionado', reason: 'x' })).toEqual(['foja']);
  expect(defectGaps({ ...text, nature: 'mencionado', reason: 'x', evidence: [{ file: 'f' }] })).toEqual([]);
  expect(defectGaps({ ...text, nature: 'de_fondo', reason: 'x' })).toEqual([]);
});

test('what blocks a no cumple leads to where it is mended', () => {
  expect(mendedIn('curing.necesita.constatacion')).toBe('constatacion');
  expect(mendedIn('curing.necesita.constatacion_concluyente')).toBe('constatacion');
  expect(mendedIn('curing.refusa.diga_primero')).toBe('defectos');
  expect(mendedIn('curing.refusa.pida_primero')).toBe('pedidos');
  expect(mendedIn('curing.refusa.pedido_abierto')).toBeNull();
});

test('what waits for a word comes apart from what was said and what may be said', () => {
  const defect = (requirement: string, waits: boolean, nature: string) => ({ requirement, waits, nature }) as DefectView;
  const { waiting, said, others } = sorted([defect('1', true, ''), defect('2', false, 'formal'), defect('3', false, '')]);
  expect([waiting, said, others].map((list) => list.map((entry) => entry.requirement))).toEqual([['1'], ['2'], ['3']]);
});
