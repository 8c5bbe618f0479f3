import { expect, test } from 'vitest';
import type { BidOutcomeView, ConstatationsView, CureBidView, CureCandidate, CureRequestView, CuringView, NegotiationsView, RecommendationView } from '$lib/ipc/bindings';
import { nextStep, stepsOf, type Views } from './steps';

const candidate = (answer: string) => ({ answer }) as CureCandidate;
const bid = (parts: Partial<CureBidView>) => ({ requests: 1, answered: false, ...parts }) as CureBidView;
const request = (state: string, result: string | null = null) => ({ state, result }) as CureRequestView;
const end = (outcome: string, review = false) => ({ outcome, review }) as BidOutcomeView;

function views(curing: Partial<CuringView>, parts: Partial<Omit<Views, 'curing'>> = {}): Views {
  return {
    curing: { number: null, candidates: [], defects: [], requests: [], bids: [], term: null, notice: null, ...curing } as CuringView,
    constatations: { pending: [], done: [] } as unknown as ConstatationsView,
    outcomes: [end('pendiente')],
    negotiations: { possible: false, sessions: [], next: null } as unknown as NegotiationsView,
    recommendation: { review: false, kind: null } as RecommendationView,
    ...parts,
  };
}
const notice = { at: '2026-03-05T11:30' } as CuringView['notice'];
const next = (given: Views) => nextStep(stepsOf(given));
const state = (given: Views, step: string) => stepsOf(given).find((found) => found.step === step)?.state;

test('what is not curable is nothing to ask; what is asked of a person is', () => {
  expect(state(views({ candidates: [candidate('not_curable')] }), 'pedidos')).toBe('no_hay');
  expect(next(views({ candidates: [candidate('ask')] }))).toBe('pedidos');
});

test('the steps follow each other: ask, notify, answers, results, ends, recommendation', () => {
  const asked = { number: 1, requests: [request('requested')], bids: [bid({})] };
  expect(next(views(asked))).toBe('notificacion');
  const running = { ...asked, requests: [request('running')], notice };
  expect(next(views(running))).toBe('respuestas');
  const answered = { ...running, requests: [request('answered')], bids: [bid({ answered: true })] };
  expect(next(views(answered))).toBe('resultados');
  const resolved = { ...answered, requests: [request('resolved', 'convalidado')] };
  expect(next(views(resolved))).toBe('ofertas');
  expect(next(views(resolved, { outcomes: [end('calificada')] }))).toBe('recomendacion');
  const said = { outcomes: [end('calificada')], recommendation: { review: false, kind: 'adjudicar' } as RecommendationView };
  expect(next(views(resolved, said))).toBeNull();
});

test('a bid does not end while a request of the case waits for its result', () => {
  const open = views({ number: 1, requests: [request('running')], bids: [bid({ answered: true })], notice });
  expect(state(open, 'ofertas')).toBe('espera');
});

test('silence waits for its result as an answer does', () => {
  const silent = views({ number: 1, requests: [request('silent')], bids: [bid({ answered: true })], notice });
  expect(next(silent)).toBe('resultados');
});

test('an end that would not be lawful any more comes first again', () => {
  expect(next(views({}, { outcomes: [end('calificada', true)] }))).toBe('ofertas');
});

test('a procedure without negotiation says so, and one with a next bidder has it to do', () => {
  expect(state(views({}), 'negociacion')).toBe('no_hay');
  const held = { possible: true, sessions: [{}], next: 'b2' } as unknown as NegotiationsView;
  expect(state(views({}, { outcomes: [end('calificada')], negotiations: held }), 'negociacion')).toBe('ahora');
});

test('a signature that nobody validated and a defect that nobody named come before anything is asked', () => {
  const open = { candidates: [candidate('curable')], defects: [{ waits: true, nature: '' }] as CuringView['defects'] };
  const constatations = { pending: [{}], done: [] } as unknown as ConstatationsView;
  expect(next(views(open, { constatations }))).toBe('constatacion');
  const done = { pending: [], done: [{}] } as unknown as ConstatationsView;
  expect(state(views(open, { constatations: done }), 'constatacion')).toBe('hecho');
  expect(next(views(open, { constatations: done }))).toBe('defectos');
  const said = { ...open, defects: [{ waits: false, nature: 'formal' }] as CuringView['defects'] };
  expect(next(views(said))).toBe('pedidos');
  expect(state(views({ defects: [{ waits: false, nature: '' }] as CuringView['defects'] }), 'defectos')).toBe('no_hay');
});
