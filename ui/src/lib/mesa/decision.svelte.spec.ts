import { expect, test } from 'vitest';
import { cellView } from '../../../tests/fixtures';
import { Decision } from './decision.svelte';

test('it begins in pencil with what the machine proposes', () => {
  const decision = new Decision(cellView());
  expect(decision.verdict).toBe('no_cumple');
  expect(decision.isPencil('verdict')).toBe(true);
  expect(decision.isPencil('fact')).toBe(true);
});

test('a blocked verdict is neither filled in nor chosen', () => {
  const reason = 'Primero se convalida (arts. 99 a 104)';
  const decision = new Decision(cellView({ blocked: [{ verdict: 'no_cumple', reason, code: 'casework.cure_first' }] }));
  expect(decision.verdict).toBeNull();
  decision.choose('no_cumple');
  expect(decision.verdict).toBeNull();
  expect(decision.reason('no_cumple')).toBe(reason);
});

test('no cumple asks for the four parts and a page', () => {
  const decision = new Decision(
    cellView({ draft: { fact: '', evidence: '', norm: ' ', conclusion: '' }, evidence: [] }),
  );
  decision.choose('no_cumple');
  expect(decision.missing).toEqual(['app.falta.hecho', 'app.falta.pagina', 'app.falta.norma', 'app.falta.conclusion']);
  expect(decision.draft()).toBeNull();
});

test('cumple asks for evidence or a reason', () => {
  const decision = new Decision(
    cellView({ draft: { fact: '', evidence: '', norm: '', conclusion: '' }, evidence: [] }),
  );
  decision.choose('cumple');
  expect(decision.missing).toEqual(['app.falta.evidencia_o_motivo']);
  decision.conclusion = 'Consta en la foja 3.';
  expect(decision.missing).toEqual([]);
});

test('only the evidence the person left goes with the decision', () => {
  const decision = new Decision(cellView());
  decision.toggle(0);
  decision.choose('no_cumple');
  const draft = decision.draft();
  expect(draft?.evidence).toEqual([1]);
  expect(draft?.motivation.evidence).toBe('Anexos.pdf, p. 37');
});

test('a decided cell comes back in ink', () => {
  const cell = cellView();
  cell.decision = {
    review: false,
    verdict: 'cumple',
    by: 'María Celi',
    initials: 'MC',
    at: '2026-11-23T15:00:00Z',
    evidence: [1],
    proposed: 'no_cumple',
    motivation: { fact: 'Consta.', evidence: 'p. 37', norm: 'Pliego 4.1.5', conclusion: 'Cumple.' },
  };
  const decision = new Decision(cell);
  expect(decision.verdict).toBe('cumple');
  expect(decision.fact).toBe('Consta.');
  expect(decision.isPencil('conclusion')).toBe(false);
  expect([...decision.chosen]).toEqual([1]);
});

test("another member's verdict is never offered as one's own", () => {
  const cell = cellView();
  const motivation = { fact: 'Consta.', evidence: 'p. 37', norm: 'Pliego 4.1.5', conclusion: 'Cumple.' };
  const at = '2026-11-23T15:00:00Z';
  cell.decision = { review: false, verdict: 'cumple', by: 'María Celi', initials: 'MC', at, evidence: [1], proposed: 'no_cumple', motivation };
  const vote = { member: '2', name: 'María Celi', presides: false, me: false, verdict: 'cumple' as const, at, why: 'Consta.', dissents: false, reasons: '' };
  const votes = {
    cell: { requirement: cell.requirement.id, bid: cell.bid.id },
    name: '',
    count: '1–1',
    agreed: null,
    casting_vote: false,
    would_be: null,
    outdated: false,
    impediment: null,
    votes: [vote, { ...vote, member: '1', me: true, verdict: 'a_convalidar' as const }],
  };
  const mine = new Decision({ ...cell, votes });
  expect(mine.verdict).toBe('a_convalidar');
  expect(mine.fact).not.toBe('Consta.');
});
