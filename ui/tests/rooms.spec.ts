import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import App from '../src/App.svelte';
import { actaView, Border } from './desk';
import { caseView } from './fixtures';

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

describe('Acta', () => {
  async function openActa() {
    await openCase();
    await fireEvent.keyDown(document.body, { key: '4', ctrlKey: true });
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
    await fireEvent.keyDown(document.body, { key: '4', ctrlKey: true });
    await screen.findByText('Firmas, por turno');
    expect(await violations()).toEqual([]);
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
