import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import App from '../src/App.svelte';
import { actaView, Border, sessionView, validationView } from './desk';
import { caseView, cellView, evidence, fileView, pageView, requirement, smallMatrix } from './fixtures';

let border: Border;

beforeEach(() => {
  localStorage.clear();
  border = new Border();
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

async function openCase() {
  render(App);
  const entry = await waitFor(() => {
    const found = document.querySelector<HTMLElement>('[data-caso="c1"]');
    if (!found) throw new Error('no case yet');
    return found;
  });
  await fireEvent.click(entry);
  await screen.findByRole('grid');
}

function cell(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-celda="${name}"]`);
  if (!found) throw new Error(`no cell ${name}`);
  return found;
}

async function openDesk() {
  await openCase();
  cell('R1|b1').focus();
  await fireEvent.keyDown(cell('R1|b1'), { key: 'Enter' });
  await screen.findByText('Su decisión');
}

async function violations(): Promise<string[]> {
  // Colour is checked from the tokens; jsdom does not paint.
  const result = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return result.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`,
  );
}

describe('Matriz', () => {
  test('one cell takes part in the tab order, and arrows carry it along', async () => {
    await openCase();
    expect(document.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
    cell('R1|b1').focus();
    await fireEvent.keyDown(cell('R1|b1'), { key: 'ArrowRight' });
    await waitFor(() => expect(cell('R1|b2').tabIndex).toBe(0));
    expect(cell('R1|b1').tabIndex).toBe(-1);
  });

  test('the name of a cell says row, bid, verdict and who decided', async () => {
    await openCase();
    expect(cell('R1|b1').getAttribute('aria-label')).toContain('propuesta: cumple, confianza 0,92; sin decidir');
    expect(cell('R1|b2').getAttribute('aria-label')).toContain('decidida: Cumple, MC');
  });

  test('no cumple is never offered for several cells', async () => {
    await openCase();
    await fireEvent.keyDown(cell('R1|b1'), { key: ' ' });
    const bar = await screen.findByRole('toolbar');
    const reject = [...bar.querySelectorAll('button')].find((button) => button.textContent?.includes('No cumple'));
    expect(reject?.disabled).toBe(true);
  });
});

describe('Mesa de lectura', () => {
  test('a key chooses and does not decide; Ctrl with Enter decides what is written', async () => {
    await openDesk();
    await fireEvent.keyDown(document.body, { key: '1' });
    expect(border.last('decide')).toBeUndefined();
    await fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(border.last('decide')).toBeDefined());
    expect(border.last('decide')).toMatchObject({ caseId: 'c1', draft: { verdict: 'cumple', evidence: [0, 1] } });
  });

  test('the highlighted quad is drawn in the space of the page', async () => {
    await openDesk();
    await fireEvent.click(
      await waitFor(
        () => document.querySelector<HTMLElement>('[data-abre="1"]') ?? Promise.reject(new Error('no link')),
      ),
    );
    const quad = await waitFor(
      () => document.querySelector('[data-evidencia="2"].activa polygon') ?? Promise.reject(new Error('no quad')),
    );
    expect(quad.getAttribute('points')).toBe('72,100 300,100 300,114 72,114');
    expect(quad.closest('svg')?.getAttribute('viewBox')).toBe('0 0 595 842');
  });

  test('what was written stays when the person looks elsewhere', async () => {
    await openDesk();
    const fact = document.querySelector<HTMLTextAreaElement>('[data-parte="fact"]');
    await fireEvent.input(fact as HTMLTextAreaElement, { target: { value: 'Lo escribí yo.' } });
    await fireEvent.keyDown(document.body, { key: '2', ctrlKey: true });
    await screen.findByRole('grid');
    await fireEvent.keyDown(document.body, { key: 'ArrowLeft', altKey: true });
    await waitFor(() =>
      expect(document.querySelector<HTMLTextAreaElement>('[data-parte="fact"]')?.value).toBe('Lo escribí yo.'),
    );
  });

  test('a refused change says why, by its code, and keeps the text', async () => {
    border.refuse('decide', {
      code: 'sealed',
      message: 'El acta está firmada.',
      cause: '',
      remedy: 'Abra una rectificación.',
      details: '',
    });
    await openDesk();
    await fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    const alert = await screen.findByRole('alert');
    expect(alert.dataset['codigo']).toBe('sealed');
    expect(alert.textContent).toContain('Abra una rectificación.');
    expect(document.querySelector<HTMLTextAreaElement>('[data-parte="fact"]')?.value).toBe('Suma 168.420,77.');
  });
});

describe('a long matrix', () => {
  test('draws a part of it, and the keyboard reaches the rest', async () => {
    const wide = smallMatrix(...Array.from({ length: 120 }, () => Array.from({ length: 40 }, () => 'open' as const)));
    border.answer('matrix', () => wide);
    await openCase();
    expect(document.querySelectorAll('[data-celda]').length).toBeLessThan(1200);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('121');
    cell('R1|b1').focus();
    await fireEvent.keyDown(cell('R1|b1'), { key: 'End', ctrlKey: true });
    // jsdom lays nothing out, so the scrolling that a browser does is done here.
    const room = document.querySelector('.tw') as HTMLElement;
    room.scrollTop = 120 * 30;
    room.scrollLeft = 40 * 136;
    await fireEvent.scroll(room);
    await waitFor(() => expect(cell('R120|b40').tabIndex).toBe(0));
    expect(document.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
  });

  test('the matrix opens on the cell that was left', async () => {
    await openCase();
    cell('R2|b2').focus();
    await fireEvent.keyDown(cell('R2|b2'), { key: 'Enter' });
    await screen.findByText('Su decisión');
    await fireEvent.keyDown(document.body, { key: '2', ctrlKey: true });
    await waitFor(() => expect(cell('R2|b2').tabIndex).toBe(0));
  });
});

describe('vista de lectura', () => {
  test('evidence of a paragraph is marked in its text, and no page is drawn', async () => {
    const place = { kind: 'reading_view' as const, page: 1, paragraph: 2, sheet: null, range: null };
    border
      .answer('cell', () => cellView({ evidence: [{ ...evidence(1), place, quote: '168.420,77', place_text: 'párr. 2' }], facts: [] }))
      .answer('page', () =>
        pageView({
          page: 1,
          reading_view: true,
          reading: {
            kind: 'paragraphs',
            paragraphs: [
              { number: 1, text: 'Garantía técnica' },
              { number: 2, text: 'Por USD 168.420,77 en total' },
            ],
          },
        }),
      );
    await openDesk();
    const marked = await waitFor(
      () => document.querySelector('[data-citado="activo"] mark') ?? Promise.reject(new Error('nothing is marked')),
    );
    expect(marked.textContent).toBe('168.420,77');
    expect(marked.closest<HTMLElement>('[data-parrafo]')?.dataset['parrafo']).toBe('2');
    expect(document.querySelector('img[data-pagina]')).toBeNull();
    expect(await violations()).toEqual([]);
  });

  test('evidence of a sheet marks its cells and no others', async () => {
    const place = { kind: 'reading_view' as const, page: 1, paragraph: null, sheet: 'Precios', range: 'B7:C7' };
    border
      .answer('cell', () => cellView({ evidence: [{ ...evidence(1), place, place_text: 'hoja Precios, B7:C7' }], facts: [] }))
      .answer('page', () =>
        pageView({
          page: 1,
          reading_view: true,
          reading: {
            kind: 'sheet',
            name: 'Precios',
            columns: ['A', 'B', 'C'],
            rows: [
              { number: 7, cells: ['1', 'Guantes', '12,00'] },
              { number: 8, cells: ['2', 'Gasas', '3,00'] },
            ],
          },
        }),
      );
    await openDesk();
    await waitFor(() => expect(document.querySelectorAll('[data-citado]').length).toBe(2));
    const cited = [...document.querySelectorAll<HTMLElement>('[data-citado]')].map((entry) => entry.dataset['casilla']);
    expect(cited).toEqual(['B7', 'C7']);
    expect(await violations()).toEqual([]);
  });
});

describe('by hand', () => {
  test('a requirement goes to the core as it was written', async () => {
    border.answer('add_requirement', () => requirement(1));
    await openCase();
    await fireEvent.click(document.querySelector('[data-requisito]') as HTMLElement);
    const text = document.querySelector('#requisito-texto') as HTMLTextAreaElement;
    const save = document.querySelector('[data-guardar-requisito]') as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    await fireEvent.input(text, { target: { value: '  Certificado de origen ' } });
    await waitFor(() => expect(screen.getByText('Certificado de experiencia')).toBeTruthy());
    await fireEvent.change(document.querySelector('#requisito-documento') as HTMLElement, { target: { value: 'CERT_EXP' } });
    expect(await violations()).toEqual([]);
    await fireEvent.click(save);
    await waitFor(() =>
      expect(border.last('add_requirement')).toMatchObject({
        caseId: 'c1',
        form: { kind: 'minimo', text: 'Certificado de origen', document: 'CERT_EXP', signed: false },
      }),
    );
  });

  test('a note is kept, and undo is offered', async () => {
    border.answer('note', () => cellView());
    await openDesk();
    await fireEvent.input(document.querySelector('[data-nota]') as HTMLElement, { target: { value: 'Falta el sello.' } });
    await fireEvent.click(document.querySelector('[data-guardar-nota]') as HTMLElement);
    await waitFor(() =>
      expect(border.last('note')).toMatchObject({
        note: { cell: { requirement: 'R12', bid: 'b5' }, id: null, text: 'Falta el sello.', in_acta: false },
      }),
    );
    expect(await screen.findByText('Guardó la nota.')).toBeTruthy();
  });

  test('the session says what is missing, and sends only what changed', async () => {
    border.answer('record_session', (args) => sessionView({ recorded: true, data: args['draft'] as never, missing: [] }));
    await openCase();
    await fireEvent.keyDown(document.body, { key: '4', ctrlKey: true });
    await screen.findByText('No consta la ciudad.', { exact: false });
    const save = document.querySelector('[data-guardar-sesion]') as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    expect(await violations()).toEqual([]);
    await fireEvent.input(document.querySelector('#sesion-ciudad') as HTMLElement, { target: { value: 'Cuenca' } });
    await fireEvent.click(screen.getByText('Escribir el orden del día usual'));
    await waitFor(() => expect(save.disabled).toBe(false));
    await fireEvent.click(save);
    await waitFor(() =>
      expect(border.last('record_session')).toMatchObject({
        draft: { city: 'Cuenca', agenda: ['Instalación', 'Calificación'] },
      }),
    );
    expect(border.last('record_commission')).toBeUndefined();
  });
});

describe('finding things', () => {
  test('the palette runs an act with the keyboard alone', async () => {
    await openCase();
    await fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const field = await screen.findByRole('combobox');
    await fireEvent.input(field, { target: { value: 'sesion y' } });
    expect(await violations()).toEqual([]);
    await fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByText('Quiénes evalúan');
  });

  test('a hit opens its page with the words marked', async () => {
    border
      .answer('search', () => [
        {
          bid_number: 1,
          bid_name: 'Oferente 1 S.A.',
          bid_ruc: null,
          file: 'ab12',
          file_name: 'oferta/Anexos.pdf',
          page: 37,
          excerpt: 'obra de «alcantarillado» pluvial «EJEMPLO»',
        },
      ])
      .answer('documents', () => ({
        bids: [{ bid: 'b1', number: 1, name: 'Oferente 1 S.A.', ruc: null, files: [fileView()], findings: [], answer: false }],
      }));
    await openCase();
    await fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
    const field = await waitFor(
      () => document.querySelector<HTMLElement>('#buscar-texto') ?? Promise.reject(new Error('no field')),
    );
    await fireEvent.input(field, { target: { value: 'Alcantarillado' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(document.querySelector('dialog mark')?.textContent).toBe('alcantarillado'));
    expect(document.querySelectorAll('dialog mark')).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await fireEvent.keyDown(field, { key: 'Enter' });
    const quad = await waitFor(
      () => document.querySelector('.activa polygon') ?? Promise.reject(new Error('nothing is marked')),
    );
    expect(quad.getAttribute('points')).toBe('72,100 180,100 180,114 72,114');
    expect(border.last('page')).toMatchObject({ file: 'ab12', page: 37 });
  });
});

describe('Acta', () => {
  async function openActa() {
    await openCase();
    await fireEvent.keyDown(document.body, { key: '5', ctrlKey: true });
    await screen.findByText('Firmas, por turno');
  }

  test('the button to sign waits until nothing impedes it, and says so', async () => {
    await openActa();
    expect(document.querySelector<HTMLButtonElement>('[data-firmar]')?.disabled).toBe(true);
    expect(screen.getByText('Se habilita cuando no quede nada en la lista.')).toBeTruthy();
  });

  test('the password leaves the field when it is sent', async () => {
    border.answer('acta', () => actaView({ blocks: [] }));
    border.refuse('sign_acta', {
      code: 'wrong_key',
      message: 'La clave no abre el certificado.',
      cause: '',
      remedy: 'Escríbala de nuevo.',
      details: '',
    });
    await openActa();
    await fireEvent.click(document.querySelector('[data-firmar]') as HTMLElement);
    await fireEvent.input(document.querySelector('#certificado') as HTMLInputElement, { target: { value: '/c.p12' } });
    const field = document.querySelector('#clave') as HTMLInputElement;
    await fireEvent.input(field, { target: { value: 'secreta' } });
    await fireEvent.click(document.querySelector('[data-firmar-ya]') as HTMLElement);
    await screen.findByText('La clave no abre el certificado.');
    expect(border.last('sign_acta')).toMatchObject({
      request: { certificate: '/c.p12', password: 'secreta', sha256: 'ef01' },
    });
    expect(field.value).toBe('');
  });
});

describe('accessibility', () => {
  test('Inicio and Matriz', async () => {
    await openCase();
    expect(await violations()).toEqual([]);
    await fireEvent.keyDown(document.body, { key: '1', ctrlKey: true });
    await screen.findByText('Procesos');
    expect(await violations()).toEqual([]);
  });

  test('Mesa', async () => {
    await openDesk();
    expect(await violations()).toEqual([]);
  });

  test('Documentos and Acta', async () => {
    await openCase();
    await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
    await screen.findByText('oferta/Anexos.pdf');
    expect(await violations()).toEqual([]);
    await fireEvent.keyDown(document.body, { key: '5', ctrlKey: true });
    await screen.findByText('Firmas, por turno');
    expect(await violations()).toEqual([]);
  });

  test('Validaciones: what was answered, what was not, and what a person noted', async () => {
    border.answer('validation', () => validationView());
    await openCase();
    await fireEvent.click(document.querySelector('[data-sala="validaciones"]') as HTMLElement);
    await screen.findAllByText('Superintendencia de Compañías');
    expect(await violations()).toEqual([]);
    const save = document.querySelector<HTMLButtonElement>('[data-anotar]');
    expect(save?.disabled).toBe(true);
    await fireEvent.click(document.querySelector('[data-resultado="adverse"]') as HTMLElement);
    expect(save?.disabled).toBe(true);
    await fireEvent.input(document.querySelector('#anotar-texto') as HTMLElement, { target: { value: 'Consta.' } });
    expect(save?.disabled).toBe(false);
    border.answer('note_source', () => validationView());
    await fireEvent.click(save as HTMLElement);
    await waitFor(() =>
      expect(border.last('note_source')?.draft).toMatchObject({ ruc: '1790000001001', outcome: 'adverse', consulted: null }),
    );
  });

  test('a page that was not read says why and what a person can do', async () => {
    const finding = { code: 'pdf.page_failed', severity: 'error' as const, page: 37, message: 'La página está dañada.', remedy: '' };
    border.answer('page', () => pageView({ status: 'failed', words: [], findings: [finding] }));
    await openCase();
    await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
    await fireEvent.click(await screen.findByText('oferta/Anexos.pdf'));
    expect((await screen.findByText(/La página está dañada/)).textContent).toContain('Esta foja no se leyó');
    expect(await violations()).toEqual([]);
    border.answer('turn_page', () => pageView({ turn: 90 }));
    await fireEvent.click(document.querySelector('[data-girar-foja]') as HTMLElement);
    await waitFor(() => expect(border.last('turn_page')).toMatchObject({ file: 'ab12', page: 37, degrees: 90 }));
  });

  test('a package in the watched folder is offered, and what is answered goes to the core', async () => {
    const offer = { id: 'a/1', name: '05 Nueva.zip', path: '/u/05 Nueva.zip', size: '3 MB', files: 1, changed: false };
    const seen = (offers: (typeof offer)[]) => ({ folder: '/u', absent: null, settling: 0, offers });
    border.answer('watched', () => seen([offer])).answer('answer_offer', () => seen([]));
    await openCase();
    await screen.findByText('Llegó «05 Nueva.zip» a la carpeta vigilada.');
    expect(await violations()).toEqual([]);
    await fireEvent.click(document.querySelector('[data-ahora-no]') as HTMLElement);
    await waitFor(() => expect(document.querySelector('[data-nuevo-paquete]')).toBeNull());
    expect(border.last('answer_offer')).toMatchObject({ offer: 'a/1', answer: 'not_now' });
  });

  test('a case without bids says what to do', async () => {
    border
      .answer('open_case', () => caseView({ bids: [] }))
      .answer('matrix', () => ({ columns: [], groups: [] }))
      .answer('documents', () => ({ bids: [] }));
    render(App);
    await fireEvent.click(
      await waitFor(
        () => document.querySelector<HTMLElement>('[data-caso="c1"]') ?? Promise.reject(new Error('no case yet')),
      ),
    );
    expect(await screen.findByText('Aún no hay documentos')).toBeTruthy();
  });
});

describe('bringing files', () => {
  test('a typed path makes a case from the pliego, and never anything else', async () => {
    border.answer('create_case', () => caseView());
    render(App);
    await fireEvent.click(
      await waitFor(
        () => document.querySelector<HTMLElement>('[data-nuevo]') ?? Promise.reject(new Error('no button')),
      ),
    );
    await fireEvent.input(document.querySelector('#ruta') as HTMLInputElement, {
      target: { value: '/muestra/pliego.ushay' },
    });
    await fireEvent.click(document.querySelector('[data-traer]') as HTMLElement);
    await waitFor(() => expect(border.last('create_case')).toMatchObject({ pliego: '/muestra/pliego.ushay' }));
    expect(border.last('import_bids')).toBeUndefined();
  });
});
