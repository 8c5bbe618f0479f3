import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type {
  BidOutcomeView,
  CureCandidate,
  CureChangeView,
  CureDifferenceView,
  CureRequestView,
  CuringView,
  NegotiationsView,
  RecommendationView,
} from '../src/lib/ipc/bindings';
import { Session } from '../src/lib/app/session.svelte';
import { forget } from '../src/lib/convalidacion/draft.svelte';
import { Border } from './desk';

let border: Border;
const place = (file: string, page: number | null) => ({ file, file_name: `${file}.pdf`, page, quote: '' });
const said = { by: 'Ana Ejemplo', at: '2026-03-05T15:00:00Z' };
const none = { fact: '', evidence: '', norm: '', conclusion: '' };

function candidate(changes: Partial<CureCandidate> = {}): CureCandidate {
  return {
    requirement: 'R1',
    requirement_number: 1,
    title: 'Formulario de oferta',
    bid: 'b1',
    bid_number: 1,
    decided: true,
    answer: 'curable',
    answer_text: '',
    error: 'aritmetico',
    error_name: 'Error aritmético',
    nature: 'aritmetico',
    legal_basis: ['RGL 101'],
    unverified: [],
    existed_before: false,
    document: 'Tabla de precios',
    defect: 'La suma no da',
    to_cure: 'Corregir la suma',
    remarks: [],
    recalculation: [{ step: 'suma', inputs: '1 + 1', result: '2' }],
    evidence: [place('oferta', 4)],
    request: null,
    ...changes,
  };
}

function request(changes: Partial<CureRequestView> = {}): CureRequestView {
  return {
    number: 1,
    bid: 'b1',
    bid_number: 1,
    bid_name: 'Oferente 1 S.A.',
    requirement: 'R1',
    requirement_number: 1,
    nature: 'convalidable',
    error: 'error_en_formulario_e_integridad',
    error_name: 'Error al llenar un formulario',
    legal_basis: ['RGL 100, num. 3'],
    unverified: [],
    reason: '',
    document: 'Formulario 1',
    defect: 'Falta un dato',
    to_cure: 'Completarlo',
    existed_before: 'to_be_shown',
    recalculation: [],
    evidence: [place('oferta', 4)],
    state: 'answered',
    state_text: 'respondido en término',
    checked: 'Cumple: el formulario está completo.',
    result: null,
    motivation: null,
    corrected_total: null,
    unasked: '',
    resolved: { by: '', at: '' },
    choices: [
      { result: 'convalidado', blocked: [] },
      { result: 'parcial', blocked: ['El término todavía corre.'] },
      { result: 'no_convalidado', blocked: ['El término todavía corre.'] },
    ],
    ...changes,
  };
}

function curing(changes: Partial<CuringView> = {}): CuringView {
  return {
    regime: 'ec-2025-de193',
    number: null,
    days_allowed: [2, 5],
    limits: ['No se piden copias notariadas.'],
    errors: [{ key: 'aritmetico', name: 'Error aritmético' }],
    defects: [],
    candidates: [candidate(), candidate({ requirement: 'R2', requirement_number: 2, decided: false, answer: 'not_curable', answer_text: 'No se pide.', error: '', nature: '' })],
    requests: [],
    bids: [
      {
        bid: 'b1',
        number: 1,
        name: 'Oferente 1 S.A.',
        requests: 0,
        notified: false,
        received: null,
        in_time: null,
        files: [],
        unasked: null,
        answered: false,
        channel: '',
        answer_blocked: [],
        silence_blocked: ['El término todavía corre.'],
      },
    ],
    term: null,
    notice: null,
    request_blocked: [],
    notice_blocked: ['No hay pedidos de convalidación registrados.'],
    requested: { by: '', at: '' },
    ...changes,
  };
}

function answered(): CuringView {
  const before = curing();
  return {
    ...before,
    number: 1,
    requests: [request()],
    bids: before.bids.map((bid) => ({ ...bid, requests: 1, notified: true, answered: true, received: '2026-03-09T10:15', in_time: true, files: [place('respuesta', null)], unasked: 1, channel: 'Portal' })),
    term: { days: 3, notified_on: '2026-03-05', due: '2026-03-10T17:00', over: false, working: [], legal_basis: ['RGL 100'], unverified: [] },
    notice: { at: '2026-03-05T11:30', channel: 'Portal', proof: 'Captura 12', to_all: true, said },
    request_blocked: ['Esta convalidación ya se notificó: sus pedidos no cambian.'],
    notice_blocked: ['Ya hay respuestas.'],
    requested: said,
  };
}

function change(asked: number | null): CureChangeView {
  return {
    kind: 'cell',
    happened: 'changed',
    document: 'Tabla de precios',
    what: 'fila 3, columna «P. unitario»',
    before: '17,22',
    after: '16,01',
    before_at: place('oferta', 4),
    after_at: place('respuesta', 1),
    asked_by: asked,
    unsure: false,
    text: 'Cambió además.',
  };
}
const difference = (): CureDifferenceView => ({ bid: 'b1', unasked: [change(null)], asked: [change(1)], pages: [], answer_pages: 2, remarks: [], findings: [] });

function outcome(): BidOutcomeView {
  return {
    bid: 'b1',
    number: 1,
    name: 'Oferente 1 S.A.',
    outcome: 'pendiente',
    cause: null,
    cause_name: '',
    word: 'pendiente',
    motivation: null,
    review: false,
    allowed: [
      {
        outcome: 'inhabilitada',
        cause: 'vinculacion_95',
        cause_name: 'vinculación con otra oferta',
        word: 'inhabilitada',
        text: 'Oferta inhabilitada.',
        legal_basis: ['RGL 95'],
        unverified: ['Norma sin verificar (RGL 95).'],
        requirements: ['R1'],
        requests: [1],
        needs: ['Adjunte el documento que lo prueba.'],
        draft: { ...none, norm: 'RGL 95' },
        clause: null,
      },
    ],
    refused: [{ outcome: 'retirada', cause: null, cause_name: '', word: 'retirada', reasons: ['Las ofertas entregadas no se retiran (RGL 95).'] }],
    missing: [{ code: 'curing.pendiente.decidir', text: 'Requisito 1: falta decidir.', requirement: 'R1', request: null }],
    legal_basis: [],
    evidence: [],
    said: { by: '', at: '' },
  };
}

const bidder = { bid: 'b1', number: 1, name: 'Oferente 1 S.A.', price: '12650.20', blocked: [] };
const negotiations = (): NegotiationsView => ({
  possible: true,
  minimum: '5',
  highest: '12000.00',
  remarks: [],
  legal_basis: ['RGL 260'],
  unverified: [],
  sessions: [],
  follows: 'Corresponde negociar con Oferente 1 S.A.',
  next: 'b1',
  bids: [bidder],
});
const recommendation = (): RecommendationView => ({
  recorded: '',
  kind: null,
  review: false,
  proposed: '',
  reasons: [],
  open: ['Falta el resultado de 1 ofertas.'],
  order: [1],
  tied: [],
  legal_basis: [],
  unverified: [],
  grounds: [{ key: 'a', name: 'No se presentó ninguna oferta.' }],
  bids: [bidder, { ...bidder, bid: 'b2', number: 2 }],
  choices: [
    { result: 'adjudicar', blocked: ['Falta el resultado de 1 ofertas.'] },
    { result: 'desierto', blocked: [] },
    { result: 'cancelar', blocked: [] },
  ],
  motivation: null,
  departure: '',
  said: { by: '', at: '' },
});

beforeEach(() => {
  localStorage.clear();
  forget('');
  border = new Border()
    .answer('curing', () => curing())
    .answer('outcomes', () => [outcome()])
    .answer('negotiations', () => negotiations())
    .answer('constatations', () => ({ done: [], pending: [], results: [], legal_basis: [] }))
    .answer('recommendation', () => recommendation())
    .answer('cure_difference', () => difference())
    .answer('term', () => ({ from: '2026-03-05', days: 3, canton: null, due: '2026-03-10', working: [], verified: true, remarks: [] }));
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

function wanted(css: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>(css);
    if (!found) throw new Error(`nothing matches ${css}`);
    return found;
  });
}
const button = async (css: string) => (await wanted(css)) as HTMLButtonElement;

async function openStep(step: string): Promise<void> {
  render(App);
  await fireEvent.click(await wanted('[data-caso="c1"]'));
  await screen.findByRole('grid');
  await fireEvent.click(await wanted('[data-sala="convalidacion"]'));
  await fireEvent.click(await wanted(`[data-ir-paso="${step}"]`));
  await wanted(`[data-convalidacion="${step}"]`);
}

async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

const STEPS = ['pedidos', 'notificacion', 'respuestas', 'resultados', 'ofertas', 'negociacion', 'recomendacion', 'documentos'];

test.each(STEPS)('the step %s is fit for whoever hears it before anything was done', { timeout: 30_000 }, async (step) => {
  await openStep(step);
  expect(await violations()).toEqual([]);
});

test.each(STEPS)('the step %s is fit for whoever hears it after an answer came', { timeout: 30_000 }, async (step) => {
  border.answer('curing', () => answered());
  await openStep(step);
  if (step === 'resultados') {
    await wanted('[data-cambio-ademas]');
    await fireEvent.click(await wanted('[data-elegir="convalidado"]'));
  }
  if (step === 'ofertas') await fireEvent.click(await wanted('[data-final-elegir]'));
  expect(await violations()).toEqual([]);
});

test('what the norm does not let ask cannot be marked, and only what a person decided is marked', async () => {
  await openStep('pedidos');
  const of = async (requirement: string) => (await wanted(`[data-candidata="${requirement}|b1"] [data-pedir]`)) as HTMLInputElement;
  expect((await of('R1')).checked).toBe(true);
  expect([(await of('R2')).checked, (await of('R2')).disabled]).toEqual([false, true]);
});

test('an act takes the texts as they stand on the screen', async () => {
  border.answer('request_cures', () => answered());
  await openStep('pedidos');
  await fireEvent.click(await wanted('[data-candidata="R1|b1"] [data-escribir-pedido]'));
  await fireEvent.input(await wanted('[data-que-convalidar]'), { target: { value: 'Corregir la suma de la fila 3' } });
  await fireEvent.click(await button('[data-registrar-pedidos]'));
  await waitFor(() => expect(border.last('request_cures')).toBeDefined());
  const order = border.last('request_cures')?.['order'] as { items: { to_cure: string; requirement: string }[]; days: number };
  expect([order.days, order.items.length, order.items[0]?.to_cure]).toEqual([2, 1, 'Corregir la suma de la fila 3']);
});

test('a result that the course does not allow is disabled with its reason, and a change nobody asked for is answered first', async () => {
  border.answer('curing', () => answered()).answer('resolve_cure', () => answered());
  await openStep('resultados');
  const failed = (await wanted('[data-elegir="no_convalidado"]')) as HTMLInputElement;
  expect(failed.disabled).toBe(true);
  expect(failed.closest('label')?.textContent).toContain('El término todavía corre.');
  await fireEvent.click(await wanted('[data-elegir="convalidado"]'));
  await fireEvent.input(await wanted('[data-parte="conclusion"]'), { target: { value: 'Presenta lo pedido.' } });
  expect((await button('[data-registrar-resultado]')).disabled).toBe(true);
  await fireEvent.input(await wanted('[data-no-pedido]'), { target: { value: 'No se toma en cuenta.' } });
  await fireEvent.click(await button('[data-registrar-resultado]'));
  await waitFor(() => expect(border.last('resolve_cure')).toBeDefined());
  const order = border.last('resolve_cure')?.['order'] as { evidence: { file: string }[]; unasked: string };
  expect([order.unasked, order.evidence.map((page) => page.file)]).toEqual(['No se toma en cuenta.', ['respuesta']]);
});

test('every change has both its pages', async () => {
  border.answer('curing', () => answered());
  await openStep('resultados');
  const links = (await wanted('[data-cambio-ademas] [data-cambio]')).querySelectorAll('[data-ir-pagina]');
  expect([...links].map((link) => link.getAttribute('data-ir-pagina'))).toEqual(['oferta|4', 'respuesta|1']);
});

test('an end against a bid is not recorded without its four parts', async () => {
  await openStep('ofertas');
  await fireEvent.click(await wanted('[data-final-elegir="inhabilitada|vinculacion_95"]'));
  expect((await button('[data-registrar-final]')).disabled).toBe(true);
  expect(document.querySelector('[data-rehusado="retirada|"]')?.textContent).toContain('no se retiran');
  expect(document.querySelector('[data-final-elegir="retirada|"]')).toBeNull();
});

test('where the law asks for the norm of a person, the act waits for it', async () => {
  border.answer('curing', () => curing({ candidates: [candidate({ answer: 'ask', answer_text: 'Indique la norma.' })] }));
  await openStep('pedidos');
  await fireEvent.click(await wanted('[data-pedir]'));
  expect((await button('[data-registrar-pedidos]')).disabled).toBe(true);
  await fireEvent.input(await wanted('[data-norma]'), { target: { value: 'RGL 100' } });
  await waitFor(async () => expect((await button('[data-registrar-pedidos]')).disabled).toBe(false));
});

test('what falls on the window while answers are brought is an answer and no new bid', async () => {
  const running = answered();
  border.answer('curing', () => ({ ...running, requests: [request({ state: 'running' })], bids: running.bids.map((bid) => ({ ...bid, answered: false, received: null, in_time: null, files: [], unasked: null })) }));
  const session = new Session();
  render(App, { session });
  await fireEvent.click(await wanted('[data-caso="c1"]'));
  await screen.findByRole('grid');
  expect(session.drop(['/paquete.zip'])).toBe(false);
  session.go({ room: 'convalidacion', step: 'respuestas' });
  await wanted('[data-convalidacion="respuestas"]');
  expect(session.drop(['/respuesta/anexo.pdf'])).toBe(true);
  expect((await wanted('[data-traer-form] li')).textContent).toContain('/respuesta/anexo.pdf');
  session.go({ room: 'matriz' });
  await screen.findByRole('grid');
  expect(session.drop(['/paquete.zip'])).toBe(false);
});
