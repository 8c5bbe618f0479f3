import { expect, test } from 'vitest';
import type { SourceView } from '$lib/ipc/bindings';
import { lookOf, tally } from './status';

function source(status: SourceView['status'], more: Partial<SourceView> = {}): SourceView {
  const plain = { service: 'SRI', question: '', status_text: '', at: null, url: null, sha256: null, facts: [] };
  return { ...plain, status, findings: [], key: null, note: null, ...more };
}

const note = (outcome: 'clear' | 'adverse' | 'no_answer') => ({
  ...{ outcome, outcome_text: '', text: '', consulted: '2026-11-20', by: 'A', initials: 'A', at: '' },
  ...{ kept_name: null, kept_sha256: null },
});

test('what nobody asked is never shown as known', () => {
  expect(lookOf(source('not_asked'))).toBe('unknown');
  expect(lookOf(source('by_hand'))).toBe('person');
  expect(lookOf(source('unknown'))).toBe('unknown');
});

test('an answer with something to look at is not a plain one', () => {
  const finding = { code: 'x', severity: 'warning' as const, page: null, message: '', remedy: '' };
  expect(lookOf(source('answered'))).toBe('known');
  expect(lookOf(source('answered', { findings: [finding] }))).toBe('adverse');
  expect(lookOf(source('absent'))).toBe('adverse');
});

test('what a person noted counts in place of what they were asked to do', () => {
  expect(lookOf(source('by_hand', { note: note('clear') }))).toBe('known');
  expect(lookOf(source('by_hand', { note: note('adverse') }))).toBe('adverse');
  expect(lookOf(source('by_hand', { note: note('no_answer') }))).toBe('unknown');
  const supplier = {
    ...{ ruc: '1', simulated: false, offline: true },
    structure: { status: 'ok', kind: null, check_digit: null, finding: null },
    sources: [source('by_hand'), source('by_hand', { note: note('clear') })],
  };
  expect(tally([supplier])).toEqual({ known: 1, adverse: 0, unknown: 0, person: 1 });
});
