import { expect, test } from 'vitest';
import type { CureCandidate, CureRequestView } from '$lib/ipc/bindings';
import { forget, ItemDraft, kept, missingOf, missingParts, MotivationDraft, nowHere } from './draft.svelte';

const found = {
  requirement: 'INT-1',
  bid: 'b1',
  decided: true,
  answer: 'curable',
  error: 'informacion_ilegible_incompleta',
  document: 'Formulario 1',
  defect: 'Falta un dato',
  to_cure: 'Completarlo',
} as CureCandidate;

test('only what a person decided and can be cured is marked beforehand', () => {
  expect(new ItemDraft(found).asked).toBe(true);
  expect(new ItemDraft({ ...found, decided: false }).asked).toBe(false);
  expect(new ItemDraft({ ...found, answer: 'ask' }).asked).toBe(false);
  expect(new ItemDraft({ ...found, answer: 'not_curable' }).asked).toBe(false);
});

test('what was recorded is written again as it stands, with the error that a person named', () => {
  const recorded = { error: 'aritmetico', document: 'Tabla', defect: 'Otro', to_cure: 'Corregir', reason: 'RGL 101' } as CureRequestView;
  const draft = new ItemDraft(found, recorded);
  expect([draft.asked, draft.error, draft.document, draft.reason]).toEqual([true, 'aritmetico', 'Tabla', 'RGL 101']);
});

test('a request lacks its norm where the regime asks, and its error where the norm does not let it be asked', () => {
  expect(missingOf(new ItemDraft(found), found)).toEqual([]);
  const asks = { ...found, answer: 'ask' };
  expect(missingOf(new ItemDraft(asks), asks)).toEqual(['reason']);
  const not = { ...found, answer: 'not_curable', to_cure: '' };
  expect(missingOf(new ItemDraft(not), not)).toEqual(['to_cure', 'error']);
});

test('what was written is found again until it was recorded', () => {
  const form = kept('caso|a', () => ({ text: '' }));
  form.text = 'algo';
  expect(kept('caso|a', () => ({ text: '' })).text).toBe('algo');
  forget('caso|');
  expect(kept('caso|a', () => ({ text: '' })).text).toBe('');
});

test('a motivation tells which of its four parts is empty', () => {
  expect(missingParts(new MotivationDraft({ fact: 'Consta', norm: ' ' }))).toEqual(['evidence', 'norm', 'conclusion']);
});

test('the moment that a form begins with is that of Ecuador', () => {
  expect(nowHere(Date.parse('2026-03-05T02:15:00Z'))).toEqual({ date: '2026-03-04', hour: '21:15' });
});
