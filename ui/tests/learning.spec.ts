import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import App from '../src/App.svelte';
import type { DocumentView, LearningView } from '../src/lib/ipc/bindings';
import { Border } from './desk';
import { fileView } from './fixtures';

let border: Border;

function view(active: boolean): LearningView {
  return {
    examples: [
      { id: 'e1', kind: 'Póliza de garantía', field: null, was: 'Otro', on: '2026-11-22', origin: 'suyo', own: true, active },
    ],
    drift: [
      {
        month: '2026-11',
        pages: 1240,
        abstained: 62,
        abstained_percent: '5.0',
        by_example: 3,
        corrected: 12,
        corrected_percent: '1.0',
      },
    ],
  };
}

beforeEach(async () => {
  localStorage.clear();
  border = new Border();
  const document_: DocumentView = {
    id: 'a',
    kind: 'POLIZA',
    name: 'Póliza de garantía',
    confidence: 0.8,
    certain: false,
    pages: [1],
    blank_form: false,
    typed: false,
    example: { id: 'e1', reason: 'Es igual que una foja que usted corrigió el 22/11/2026.' },
  };
  const files = [fileView({ documents: [document_] })];
  const bids = { bids: [{ bid: 'b1', number: 1, name: 'Oferente 1 S.A.', ruc: null, files, findings: [], answer: false }] };
  border.answer('documents', () => bids).answer('recognise_again', () => bids);
  border.answer('learning', () => view(true)).answer('set_example', ({ active }) => view(active as boolean));
  render(App);
  await fireEvent.click(await waitFor(() => entry('[data-caso="c1"]')));
  await screen.findByRole('grid');
  await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
});
afterEach(async () => {
  cleanup();
  await Promise.resolve();
  clearMocks();
});

function entry(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

test('a document that an example named says why, and the example is forgotten by one click', async () => {
  await fireEvent.click(await screen.findByText('oferta/Anexos.pdf'));
  await screen.findByText(/igual que una foja que usted corrigió el 22\/11\/2026/);
  await fireEvent.click(entry('[data-olvidar="e1"]'));
  await waitFor(() => expect(border.last('set_example')).toMatchObject({ example: 'e1', active: false }));
  await screen.findByText(/pida reconocerlo otra vez/);
  await fireEvent.click(entry('[data-reconocer]'));
  await waitFor(() => expect(border.last('recognise_again')).toMatchObject({ file: 'ab12' }));
});

test('what was learnt stands with its shares, and can be forgotten and remembered', async () => {
  await fireEvent.click(await waitFor(() => entry('[data-aprendizaje]')));
  const row = await waitFor(() => entry('[data-deriva] tbody tr'));
  expect(row.textContent).toMatch(/2026-11\s*1\.240\s*62\s*5,0 %\s*12\s*1,0 %\s*3/);
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map((violation) => violation.id)).toEqual([]);
  const button = await waitFor(() => entry('[data-ejemplo="e1"]'));
  await fireEvent.click(button);
  await waitFor(() => expect(border.last('set_example')).toMatchObject({ example: 'e1', active: false }));
  await waitFor(() => expect(entry('[data-ejemplo="e1"]').textContent).toContain('Recordar'));
  expect(entry('[data-exportar-aprendizaje]').hasAttribute('disabled'), 'nothing left to hand over').toBe(true);
});
