import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type {
  ClaimView,
  ComplianceView,
  CourseStageView,
  CourseView,
  DeadlinesView,
  StageDeadlineView,
} from '../src/lib/ipc/bindings';
import { Border } from './desk';
import { caseView } from './fixtures';

let border: Border;
const NOTHING = { acta: null, acta_name: null, instrument: null, file_name: null, file_sha256: null, note: '' };

function stage(key: string, name: string, status: string): CourseStageView {
  return {
    stage: key,
    name,
    of_process: key === 'apertura',
    status,
    status_text: status === 'closed' ? 'terminada' : 'por empezar',
    opened: null,
    closed: status === 'closed' ? '2026-11-09T15:00' : null,
    ground_text: null,
    may_omit: [],
    document: key === 'apertura' ? 'acta_apertura' : null,
    legal_basis: ['RGL 97'],
  };
}

function course(): CourseView {
  return {
    pack: 'ec-2026@1',
    ask: null,
    source: 'RGL 99',
    verified: false,
    remarks: [],
    canton: null,
    variant: null,
    variants: [],
    cantons: ['Cuenca'],
    stated: [],
    stated_source: '',
    papers: [],
    warnings: [],
    lots: [
      {
        lot: 'l1',
        name: 'Lote 1',
        current: 'adjudicacion',
        current_name: 'Adjudicación',
        round: 1,
        end: null,
        end_text: null,
        stages: [stage('apertura', 'Apertura de ofertas', 'closed'), stage('adjudicacion', 'Adjudicación', 'pending')],
        history: [],
        faults: [],
        confidential: 'Ofertas, calificación y precios se reservan.',
        confidential_until: 'Puja',
        confidential_basis: ['RGL 262'],
        held_up_by: 'Reclamo de Dos',
        acts: [
          { order: 'open', end: null, ground: null, blocked: 'Un reclamo lo detiene: Dos.', room: 'etapas' },
          { order: 'close', end: 'adjudicado', ground: null, blocked: 'Un reclamo lo detiene: Dos.', room: 'etapas' },
          { order: 'close', end: 'desierto', ground: null, blocked: null, room: null },
        ],
      },
    ],
  };
}

function deadline(): StageDeadlineView {
  return {
    lot: 'Lote 1',
    lot_id: 'l1',
    stage: 'adjudicacion',
    name: 'Adjudicación',
    due: '2026-11-27T17:00',
    scheduled: null,
    stated_by: null,
    ended: null,
    state: 'upcoming',
    state_text: 'por vencer',
    terms: [
      {
        kind: 'max',
        parameter: 'adjudicacion_dias',
        unit: 'dias',
        from: 'Apertura de ofertas',
        from_at: '2026-11-09T15:00',
        from_recorded: true,
        earliest: null,
        latest: '2026-11-27T23:59',
        working_earliest: [],
        working_latest: [
          { day: '2026-11-10', weekday: 'martes', number: 1, reason: '', source: null, verified: true },
          { day: '2026-11-14', weekday: 'sábado', number: null, reason: 'fin de semana', source: null, verified: true },
        ],
        state: 'upcoming',
        state_text: 'por vencer',
        source: 'RGL 111',
        unverified: true,
        remarks: [],
      },
    ],
    remarks: [],
    legal_basis: ['RGL 111'],
    unverified: ['Valor sin verificar.'],
  };
}

const deadlines = (): DeadlinesView => ({
  now: '2026-11-23T10:00',
  canton: null,
  stages: [deadline()],
  reminders: [
    { id: 'r', lot: 'Lote 1', due: '2026-11-27T17:00', overdue: false, title: 'Vence: Adjudicación', detail: 'Por la norma.' },
  ],
  schedule: [{ line: 'Fecha estimada de adjudicación', code: null, at: null, stage: 'Adjudicación' }],
  pliego_file: 'aa',
});

const claim = (): ClaimView => ({
  id: 'r1',
  supervision: false,
  lot: null,
  lot_id: null,
  stage: 'apertura',
  stage_name: 'Apertura de ofertas',
  claimant: 'Dos',
  ruc: null,
  against: 'El acta',
  filed: '2026-11-10T09:00',
  notified: null,
  answer_days: null,
  by: 'Marta Celi',
  in_time: true,
  answer_due: null,
  working: [],
  holds_up: true,
  result: null,
  answered: null,
  reason: null,
  to_execute: null,
  to_execute_stage: null,
  answer_support: null,
  support: NOTHING,
});

const report = (): ComplianceView => ({
  pack: 'ec-2026@1',
  stages_source: 'RGL 99',
  stages_verified: false,
  kept: 1,
  not_kept: 0,
  not_recorded: 1,
  undecided: 0,
  lines: [
    {
      topic: 'rup',
      lot: null,
      stage: 'apertura',
      stage_name: 'Apertura de ofertas',
      what: 'RUP, apertura 1790016919001',
      status: 'not_recorded',
      status_text: 'no consta',
      detail: '',
      rests: [],
      legal_basis: ['RGL 26'],
      unverified: [],
    },
  ],
});

beforeEach(() => {
  localStorage.clear();
  border = new Border()
    .answer('course', () => course())
    .answer('deadlines', () => deadlines())
    .answer('claims', () => [claim()])
    .answer('constancias', () => [])
    .answer('compliance', () => report());
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

function one(css: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(css);
  if (!found) throw new Error(`nothing matches ${css}`);
  return found;
}

async function come() {
  render(App);
  await fireEvent.click(await waitFor(() => one('[data-caso="c1"]')));
  await screen.findByRole('grid');
  await fireEvent.click(one('[data-sala="etapas"]'));
  await waitFor(() => one('[data-etapa]'));
}

async function part(name: string) {
  await fireEvent.click(one(`[data-parte="${name}"]`));
}

test('what is refused is disabled, says why in words, and leads to what resolves it', async () => {
  await come();
  expect((one('[data-mover="open"]') as HTMLButtonElement).disabled).toBe(true);
  expect(one('[data-traba="open"]').textContent).toContain('Un reclamo lo detiene: Dos.');
  await fireEvent.click(one('[data-traba="open"] [data-resolver]'));
  await waitFor(() => one('[data-reclamo="r1"]'));
});

test('the adjudicación can be declared desierto, not awarded, while a claim is open', async () => {
  await come();
  await fireEvent.click(one('[data-mover="close"]'));
  const award = one('input[value="adjudicado"]') as HTMLInputElement;
  const none = one('input[value="desierto"]') as HTMLInputElement;
  expect([award.disabled, none.disabled]).toEqual([true, false]);
  expect((one('[data-registrar]') as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.click(none);
  border.answer('move_stage', () => course());
  await fireEvent.click(one('[data-registrar]'));
  await waitFor(() => expect(border.last('move_stage')).toBeDefined());
  expect(border.last('move_stage')).toMatchObject({
    draft: { lot: 'l1', stage: 'adjudicacion', order: 'close', end: 'desierto', when: null },
  });
});

test('a return wants a cause and its words; a stage of the process is moved for all lots', async () => {
  await come();
  await fireEvent.click(one('[data-etapa="apertura"]'));
  await fireEvent.click(one('[data-mover="return"]'));
  expect((one('[data-registrar]') as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.change(one('[data-causa]'), { target: { value: 'orden_judicial' } });
  await fireEvent.input(one('[data-acto="return"] [data-motivo]'), { target: { value: 'Sentencia 12' } });
  border.answer('move_stage', () => course());
  await fireEvent.click(one('[data-registrar]'));
  await waitFor(() => expect(border.last('move_stage')).toBeDefined());
  expect(border.last('move_stage')).toMatchObject({ draft: { lot: null, order: 'return', cause: 'orden_judicial' } });
});

test('a constancia of a stage without a document says of which it is', async () => {
  await come();
  await part('constancias');
  await fireEvent.click(one('[data-nueva-constancia]'));
  const record = () => (one('[data-registrar]') as HTMLButtonElement).disabled;
  expect(record()).toBe(true);
  await fireEvent.change(one('[data-documento-de]'), { target: { value: '*' } });
  await fireEvent.input(one('[data-documento-otro]'), { target: { value: 'Oficio de respuesta' } });
  expect(record()).toBe(false);
  await fireEvent.change(one('[data-de-etapa]'), { target: { value: 'apertura' } });
  await fireEvent.change(one('[data-documento-de]'), { target: { value: '' } });
  expect(record()).toBe(false);
});

test('half a moment is never taken for now', async () => {
  await come();
  await fireEvent.click(one('[data-etapa="apertura"]'));
  await fireEvent.click(one('[data-mover="rectify"]'));
  await fireEvent.input(one('[data-acto="rectify"] [data-motivo]'), { target: { value: 'Un número mal escrito' } });
  expect((one('[data-registrar]') as HTMLButtonElement).disabled).toBe(false);
  await fireEvent.input(one('#mover-rectify'), { target: { value: '12/11/2026' } });
  expect((one('[data-registrar]') as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.input(one('#mover-rectify-hora'), { target: { value: '25:00' } });
  expect((one('[data-registrar]') as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.input(one('#mover-rectify-hora'), { target: { value: '9h30' } });
  border.answer('move_stage', () => course());
  await fireEvent.click(one('[data-registrar]'));
  await waitFor(() => expect(border.last('move_stage')).toBeDefined());
  expect(border.last('move_stage')).toMatchObject({ draft: { when: '2026-11-12T09:30' } });
});

test('the count shows each day, and why one does not count', async () => {
  await come();
  await fireEvent.click(one('[data-ver-cuenta]'));
  expect(document.querySelectorAll('[data-cuenta] tbody tr')).toHaveLength(2);
  expect(one('[data-cuenta]').textContent).toContain('fin de semana');
  expect(one('[data-detalle]').textContent).toContain('norma sin verificar');
  expect(one('[data-reservado]').textContent).toContain('hasta que termine: Puja');
});

test('a line that nobody recorded opens the constancia that settles it, filled in', async () => {
  await come();
  await part('cumplimiento');
  await fireEvent.click(await screen.findByText('Registrar la consulta al RUP…'));
  expect((one('[data-ruc]') as HTMLInputElement).value).toBe('1790016919001');
  expect((one('[data-momento]') as HTMLSelectElement).value).toBe('apertura');
});

test('where nobody says which stages there are, a person is asked for them', async () => {
  border.answer('course', () => ({ ...course(), ask: 'Indíquelas como están en el pliego.', lots: [] }));
  render(App);
  await fireEvent.click(await waitFor(() => one('[data-caso="c1"]')));
  await screen.findByRole('grid');
  await fireEvent.click(one('[data-sala="etapas"]'));
  await screen.findByText(/Indíquelas como están/);
  expect((one('[data-parte="curso"]') as HTMLButtonElement).disabled).toBe(true);
  expect((one('[data-guardar-etapas]') as HTMLButtonElement).disabled).toBe(true);
});

test('the cover counts the days of término and leads to the stage', async () => {
  border.answer('open_case', () =>
    caseView({
      stages: [
        { name: 'Apertura', state: 'done', note: '', stage: 'apertura', at: '2026-11-09T15:00' },
        { name: 'Adjudicación', state: 'now', note: 'en curso', stage: 'adjudicacion', at: null },
      ],
      time_left: {
        stage: 'adjudicacion',
        name: 'Adjudicación',
        lot: null,
        due: '2099-11-27T17:00',
        overdue: false,
        passed: 1,
        today: true,
        days: 4,
        remarks: [],
      },
    }),
  );
  await come();
  expect(one('[data-termino]').textContent).toContain('Quedan 4 días término');
  await fireEvent.click(one('[data-linea-etapa="apertura"]'));
  await waitFor(() => one('[data-detalle="apertura"]'));
});

test('no part of the room breaks what assistive technology needs', async () => {
  await come();
  for (const name of ['curso', 'plazos', 'reclamos', 'constancias', 'cumplimiento', 'pliego']) {
    await part(name);
    const add = document.querySelector<HTMLElement>('[data-nuevo-reclamo], [data-nueva-constancia]');
    if (add) await fireEvent.click(add);
    const result = await axe.run(one('[data-etapas]'), {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(result.violations.map((found) => `${name} ${found.id}: ${found.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  }
}, 30_000);
