import { expect, test } from 'vitest';
import type { DeclarationsView, EvidenceDueRow } from '$lib/ipc/bindings';
import { along, firstSection, NOTHING, sectionOf, waiting } from './sections';

const made = (state: 'missing' | 'clear' | 'novelty' | 'to_renew') => ({
  state,
  made_on: null,
  document: null,
  novelty: '',
  new: [],
  gone: [],
});

const declarations: DeclarationsView = {
  list_hash: 'a',
  persons: [],
  members: [
    { member: '1', name: 'Ana', capacity: '', me: true, conflict: made('to_renew'), confidentiality: made('clear') },
    { member: '2', name: 'Luis', capacity: '', me: false, conflict: made('missing'), confidentiality: made('novelty') },
  ],
  coincidences: [],
  impediments: [],
  remarks: [],
};

const row = (pieces: number, opened: number): EvidenceDueRow => ({
  cell: { requirement: 'r', bid: 'b' },
  name: '',
  verdict: 'no_cumple',
  by: 'Ana',
  mine: true,
  pieces,
  opened,
  stated: 0,
  unopened: [],
});

test('a declaration over another list waits as much as one that was never made', () => {
  expect(waiting({ ...NOTHING, declarations }).declaraciones).toBe(2);
});

test('what cites nothing has no evidence to open', () => {
  const evidence = { decided: [row(0, 0), row(3, 0), row(3, 1)], proposed: [row(2, 0)] };
  expect(waiting({ ...NOTHING, evidence }).evidencia).toBe(1);
});

test('the room opens on what was asked for, else on the first thing that waits', () => {
  const counts = waiting({ ...NOTHING, declarations });
  expect(firstSection(undefined, counts)).toBe('declaraciones');
  expect(firstSection('trato', counts)).toBe('trato');
  expect(firstSection(undefined, waiting(NOTHING))).toBe('acuerdos');
});

test('each block of the commission leads to its part', () => {
  expect(sectionOf('commission.block.disputed')).toBe('acuerdos');
  expect(sectionOf('commission.block.treatment')).toBe('trato');
  expect(sectionOf('casework.exchange.block')).toBe('colegas');
  expect(sectionOf('casework.block.undecided')).toBeUndefined();
});

test('the arrows go round, and other keys stay', () => {
  expect(along('acuerdos', 'ArrowLeft')).toBe('subcomision');
  expect(along('subcomision', 'ArrowRight')).toBe('acuerdos');
  expect(along('trato', 'End')).toBe('subcomision');
  expect(along('trato', 'a')).toBeNull();
});
