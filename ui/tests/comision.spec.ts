import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type { AgreementRow, AgreementsView, DeclarationsView, ExchangeView, SamplesView, TreatmentsView } from '../src/lib/ipc/bindings';
import { actaView, Border } from './desk';
import { cellView, evidence, smallMatrix } from './fixtures';

let border: Border;
const CELL = { requirement: 'R1', bid: 'b1' };

function row(changes: Partial<AgreementRow> = {}): AgreementRow {
  const vote = { presides: false, me: false, at: '2026-11-20T15:00:00Z', why: 'Consta en la p. 3.', dissents: false, reasons: '' };
  return {
    cell: CELL,
    name: 'Experiencia, oferta 1',
    count: '2–1',
    agreed: null,
    casting_vote: false,
    would_be: 'cumple',
    outdated: false,
    impediment: null,
    votes: [
      { ...vote, member: '1', name: 'Ana Ejemplo', presides: true, me: true, verdict: 'no_cumple' },
      { ...vote, member: '2', name: 'Luis Ejemplo', verdict: 'cumple' },
      { ...vote, member: '3', name: 'Rosa Ejemplo', verdict: 'cumple' },
    ],
    ...changes,
  };
}

function agreements(cells: AgreementRow[]): AgreementsView {
  const seats = [{ member: '1', name: 'Ana Ejemplo', capacity: 'Presidenta', me: true, votes: true }];
  return { rule: 'RGL 88', cells, refusals: [], seats, sealed: null };
}

function declarations(): DeclarationsView {
  const made = { state: 'missing' as const, made_on: null, document: null, novelty: '', new: [], gone: [] };
  const member = { capacity: 'Vocal', conflict: made, confidentiality: made };
  return {
    list_hash: 'abc',
    persons: [{ bid: 1, bidder: 'Oferente 1 S.A.', name: 'Oferente 1 S.A.', identifier: null, part: 'oferente' }],
    members: [
      { ...member, member: '1', name: 'Ana Ejemplo', me: true },
      { ...member, member: '2', name: 'Luis Ejemplo', me: false },
    ],
    coincidences: [],
    impediments: [],
    remarks: [],
  };
}

function treatments(answer: string | null): TreatmentsView {
  const side = { by: 'Ana Ejemplo', conclusion: 'No llega.', evidence: [evidence(3)] };
  return {
    cells: 4,
    findings: [
      {
        id: 'T1',
        kind: 'same_error',
        title: 'Experiencia',
        text: 'El mismo error tiene distinto resultado.',
        sides: [
          { ...side, cell: CELL, number: 1, bidder: 'Oferente 1 S.A.', verdict: 'no_cumple' },
          { ...side, cell: { requirement: 'R1', bid: 'b2' }, number: 2, bidder: 'Oferente 2 S.A.', verdict: 'cumple' },
        ],
        answer,
        answered_by: answer && 'Ana Ejemplo',
        answered_at: answer && '2026-11-20T15:00:00Z',
      },
    ],
  };
}

function samples(): SamplesView {
  const cell = { asked: 'Cinco años de experiencia', places: [], accepted_by: 'Luis Ejemplo', checked_by: null, second: null, first: null, reason: '' };
  return {
    samples: [
      {
        number: 1,
        seed: 'f00d',
        population: 10,
        percent: '20',
        percent_source: 'Instructivo',
        drawn_by: 'Ana Ejemplo',
        drawn_at: '2026-11-20T15:00:00Z',
        checked: 0,
        alike: 0,
        agreement: null,
        kappa: null,
        cells: [
          { ...cell, cell: CELL, name: 'Experiencia, oferta 1', mine: false },
          { ...cell, cell: { requirement: 'R2', bid: 'b1' }, name: 'Patrimonio, oferta 1', mine: true },
        ],
      },
    ],
    proposals: { accepted: 10, modified: 1, rejected: 2, not_proposed: 0 },
    percent_of_pack: null,
    pack_source: '',
    drawable: 0,
  };
}

function exchange(changes: Partial<ExchangeView> = {}): ExchangeView {
  const seat = { capacity: 'Vocal', votes: true, fingerprint: null, holds_case: false };
  return {
    holds: true,
    holder: 'Ana Ejemplo',
    fingerprint: '1111-2222-3333-4444-5555',
    may_write: true,
    commission: true,
    seats: [
      { ...seat, number: 1, member: '1', name: 'Ana Ejemplo', state: 'mine', fingerprint: '1111-2222-3333-4444-5555', holds_case: true },
      { ...seat, number: 2, member: '2', name: 'Luis Ejemplo', state: 'free' },
    ],
    unsent: 3,
    rows: [
      {
        direction: 'sent',
        whole: true,
        at: '2026-11-20T15:00:00Z',
        by: 'Ana Ejemplo',
        file: 'caso.cotejo',
        sha256: 'ab12',
        events: 12,
        verdicts: 4,
        originals: 9,
      },
    ],
    chains: [{ by: 'Ana Ejemplo', count: 15, head: 'ab12cd34', here: true }],
    conflicts: [],
    differing: [{ cell: CELL, name: 'Experiencia, oferta 1', count: '1–1' }],
    ...changes,
  };
}

beforeEach(() => {
  localStorage.clear();
  border = new Border()
    .answer('agreements', () => agreements([row()]))
    .answer('treatments', () => treatments(null))
    .answer('declarations', () => declarations())
    .answer('evidence_due', () => ({
      decided: [
        {
          cell: CELL,
          name: 'Experiencia, oferta 1',
          verdict: 'no_cumple',
          by: 'Luis Ejemplo',
          mine: false,
          pieces: 2,
          opened: 0,
          stated: 0,
          unopened: [{ file: 'ab12', path: 'oferta/Anexos.pdf', page: 3, place: 'p. 3', quote: '' }],
        },
      ],
      proposed: [],
    }))
    .answer('samples', () => samples())
    .answer('rehearse', () => ({
      charges: [
        {
          cell: CELL,
          name: 'Experiencia, oferta 1',
          open: 1,
          objections: [{ code: 'commission.claim.curable', strength: 'open', objection: 'Era convalidable.', answer: 'No consta.' }],
        },
      ],
    }))
    .answer('subcommission_reports', () => ({ reports: [] }))
    .answer('exchange', () => exchange());
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

async function open(): Promise<void> {
  render(App);
  await fireEvent.click(await wanted('[data-caso="c1"]'));
  await screen.findByRole('grid');
}

function wanted(css: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>(css);
    if (!found) throw new Error(`nothing matches ${css}`);
    return found;
  });
}

async function openRoom(section = 'acuerdos'): Promise<void> {
  await open();
  await fireEvent.click(await wanted('[data-sala="comision"]'));
  await wanted('[data-comision="acuerdos"]');
  await fireEvent.click(await wanted(`[data-seccion="${section}"]`));
  await wanted(`[data-comision="${section}"]`);
}

async function violations(within: HTMLElement = document.body): Promise<string[]> {
  const result = await axe.run(within, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

test.each(['acuerdos', 'trato', 'colegas', 'declaraciones', 'evidencia', 'muestra', 'ensayo', 'subcomision'])(
  'the part %s is fit for whoever hears it',
  async (section) => {
    await openRoom(section);
    expect(await violations(await wanted('[data-comision]'))).toEqual([]);
  },
  15_000,
);

test.each([
  ['declaracion', '[data-declara="2"] [data-declarar]'],
  ['excusa', '[data-excusa]'],
])('the form %s at the side is fit for whoever hears it', async (name, opener) => {
  await openRoom('declaraciones');
  await fireEvent.click(await wanted(opener));
  expect(await violations(await wanted(`[data-formulario="${name}"]`))).toEqual([]);
}, 15_000);

test('the parts are walked with the arrows, and the one that waits says how many', async () => {
  await openRoom();
  const first = await wanted('[data-seccion="acuerdos"]');
  expect(first.textContent).toContain('1 por atender');
  first.focus();
  await fireEvent.keyDown(first, { key: 'ArrowRight' });
  await wanted('[data-comision="trato"]');
  expect(document.activeElement).toBe(await wanted('[data-seccion="trato"]'));
});

test('who comes back from a cell finds the part where it was left', async () => {
  await openRoom('evidencia');
  await fireEvent.click(await wanted('[data-ir-celda]'));
  await wanted('[data-mesa]');
  await fireEvent.keyDown(document.body, { key: 'ArrowLeft', altKey: true });
  await wanted('[data-comision="evidencia"]');
});

test('what the votes come to is recorded as it is, never chosen', async () => {
  border.answer('agree', () => agreements([row({ agreed: 'cumple' })]));
  await openRoom();
  expect((await wanted('[data-discrepa]')).querySelectorAll('input[type="radio"], select')).toHaveLength(0);
  await fireEvent.click(await wanted('[data-acordar]'));
  await waitFor(() => expect(border.last('agree')).toEqual({ caseId: 'c1', cell: CELL }));
});

test('a tie that nobody breaks says why it cannot be agreed', async () => {
  border.answer('agreements', () => agreements([row({ would_be: null, impediment: 'Hay empate.' })]));
  await openRoom();
  expect((await wanted('[data-discrepa]')).textContent).toContain('Hay empate.');
  expect(document.querySelector('[data-acordar]')).toBeNull();
});

test('the declaration of another person waits for the paper that person signed', async () => {
  await openRoom('declaraciones');
  await fireEvent.click(await wanted('[data-declara="2"] [data-declarar]'));
  await fireEvent.click(await wanted('[data-dice="nada"]'));
  const button = (await wanted('[data-registrar="declaracion"]')) as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  expect(document.querySelector('form')?.textContent).toContain('Falta el documento firmado.');
});

test('my own declaration is recorded over the list, with its day', async () => {
  border.answer('declare', () => declarations());
  await openRoom('declaraciones');
  await fireEvent.click(await wanted('[data-declara="1"] [data-declarar]'));
  await fireEvent.click(await wanted('[data-dice="nada"]'));
  await fireEvent.click(await wanted('[data-registrar="declaracion"]'));
  await waitFor(() => expect(border.last('declare')).toBeDefined());
  const draft = border.last('declare')?.draft as { made_on: string };
  expect(draft).toMatchObject({ member: '1', kind: 'conflict_of_interest', novelty: '', withdrawn: false });
  expect(draft.made_on).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('an unequal treatment shows both pages and is answered with a reason', async () => {
  border.answer('answer_treatment', () => treatments('El monto es otro.'));
  await openRoom('trato');
  expect(document.querySelectorAll('[data-recorte] img')).toHaveLength(2);
  const button = (await wanted('[data-responder-trato]')) as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  await fireEvent.input(await wanted('[data-motivo-trato]'), { target: { value: 'El monto es otro.' } });
  await fireEvent.click(button);
  await waitFor(() => expect(border.last('answer_treatment')).toMatchObject({ finding: 'T1', reason: 'El monto es otro.' }));
});

test('attack: the second member is shown the way to the verdict of the first', async () => {
  await openRoom('muestra');
  const drawn = await wanted('[data-sorteada="R1|b1"]');
  expect(drawn.querySelector('[data-ir-celda]')).toBeNull();
  expect(drawn.textContent).not.toContain('Primero');
  const own = await wanted('[data-sorteada="R2|b1"]');
  expect(own.querySelector('form')).toBeNull();
  expect(own.textContent).toContain('la revisa otro miembro');
});

test('what impedes signing leads to its part of the room', async () => {
  const block = { code: 'commission.block.treatment', title: 'Hay 1 hallazgo', detail: 'x', room: 'comision' as const, cell: CELL };
  const missing = [
    { text: 'ciudad', room: 'sesion' as const },
    { text: 'declaraciones: Ana', room: 'comision' as const },
  ];
  border.answer('acta', () => actaView({ blocks: [block], missing }));
  await open();
  await fireEvent.click(await wanted('[data-sala="acta"]'));
  await fireEvent.click(await wanted('[data-completar="comision"]'));
  await wanted('[data-comision="declaraciones"]');
  await fireEvent.click(await wanted('[data-sala="acta"]'));
  const line = await wanted('[data-bloqueo="commission.block.treatment"]');
  await fireEvent.click(line.querySelector('button') as HTMLButtonElement);
  await wanted('[data-comision="trato"]');
});

test('the matrix and the desk show that the commission differs', async () => {
  const matrix = smallMatrix(['decided', 'proposed']);
  const first = matrix.groups[0]?.rows[0]?.cells[0];
  if (first) first.votes = { count: '2–1', agreed: false, who: 'Ana Ejemplo, no cumple; Luis Ejemplo, cumple' };
  border.answer('matrix', () => matrix).answer('cell', () => cellView({ votes: row() }));
  await open();
  const cell = await wanted('[data-celda="R1|b1"]');
  expect(cell.textContent).toContain('2–1');
  expect(cell.getAttribute('aria-label')).toContain('sin acuerdo de la comisión: Ana Ejemplo, no cumple');
  cell.focus();
  await fireEvent.keyDown(cell, { key: 'Enter' });
  expect((await wanted('[data-votos-mesa]')).textContent).toContain('Luis Ejemplo');
});

test('a departure that an aclaración corrected is answered with it, and one that was withdrawn corrects nothing', async () => {
  const departure = { departure: 'd1', code: 'lint.x', requirement: null, text: 'El pliego pide de más.', remedy: 'Aclare.', legal_basis: [], unverified: false, answer: null };
  const clarification = { file: null, page: null, quote: '', day: null, requirements: [], who: 'Ana', at: '2026-11-20T15:00:00Z' };
  border
    .answer('acta', () =>
      actaView({ blocks: [{ code: 'requirements.block.departure', title: '1 punto', detail: 'x', room: 'acta', cell: null }] }),
    )
    .answer('departures', () => [departure])
    .answer('clarifications', () => [
      { ...clarification, clarification: 'ACL-1', document: 'Acta de preguntas.pdf', answer: '3', withdrawn: '' },
      { ...clarification, clarification: 'ACL-2', document: 'Otra.pdf', answer: '', withdrawn: 'No era de este proceso' },
    ])
    .answer('answer_departure', () => [{ ...departure, answer: { what: 'Corregido', motivation: 'x', who: 'Ana', at: '2026-11-20T15:00:00Z' } }]);
  await open();
  await fireEvent.click(await wanted('[data-sala="acta"]'));
  await fireEvent.click(await wanted('[data-responder-apartamientos]'));
  await waitFor(() => expect(document.querySelector<HTMLInputElement>('[data-corregido]')?.disabled).toBe(false));
  await fireEvent.click(await wanted('[data-corregido]'));
  const list = (await wanted('#corregido-por')) as HTMLSelectElement;
  expect([...list.options].map((option) => option.value)).toEqual(['', 'ACL-1']);
  await fireEvent.change(list, { target: { value: 'ACL-1' } });
  await fireEvent.input(await wanted('#apartamiento-motivo'), { target: { value: 'Se bajó el monto.' } });
  await fireEvent.click(await wanted('[data-responder-apartamiento]'));
  await waitFor(() =>
    expect(border.last('answer_departure')).toMatchObject({
      departure: 'd1',
      order: { answer: 'corrected', clarification: 'ACL-1', motivation: 'Se bajó el monto.' },
    }),
  );
});

test('whoever received the case says which seat is theirs before anything is written', async () => {
  const received = exchange({ holds: false, may_write: false, seats: exchange().seats.map((seat) => ({ ...seat, state: 'free' })) });
  border.answer('exchange', () => received).answer('take_seat', () => exchange({ holds: false }));
  await openRoom('colegas');
  expect(document.querySelector('[data-enviar]')).toBeNull();
  await fireEvent.click(await wanted('[data-tomar="2"]'));
  await waitFor(() => expect(border.last('take_seat')).toEqual({ caseId: 'c1', member: '2' }));
});

test('what two machines said differently waits in its part, with both sides', async () => {
  const side = { at: '2026-11-20T15:00:00Z', said: 'Página 3: certificado', holds: false };
  const conflict = { about: 'oferta/Anexos.pdf', sides: [{ ...side, by: 'Ana Ejemplo', holds: true }, { ...side, by: 'Luis Ejemplo' }] };
  border.answer('exchange', () => exchange({ conflicts: [conflict] }));
  await openRoom('colegas');
  const shown = await wanted('[data-conflicto]');
  expect(shown.textContent).toContain('Ana Ejemplo');
  expect(shown.textContent).toContain('Luis Ejemplo');
  expect((await wanted('[data-seccion="colegas"]')).textContent).toContain('1');
});
