import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import RulesSettings from '../src/lib/frame/RulesSettings.svelte';
import type { RulePackContents, RulePackView, RuleValueView } from '../src/lib/ipc/bindings';
import { Border } from './desk';

let border: Border;

const pack: RulePackView = {
  id: 'ec-2025-de193',
  version: 2,
  valid_from: '2025-10-28',
  valid_to: '2026-07-29',
  parent: null,
  norms: ['DE 193'],
  warning: 'Consulte a su área jurídica.',
  sha256: 'a1',
  values: 126,
  unverified_values: 19,
  built_in: true,
  file: null,
  publisher: null,
  used: true,
};

function value(changes: Partial<RuleValueView>): RuleValueView {
  return {
    key: 'reclamo_dias',
    value: '3',
    unit: 'dias_termino',
    source: 'LOSNCP reformada, Art. 115',
    origin: 'pack',
    stated_by: 'ec-2025-de193@2',
    verified: true,
    confirmed: null,
    suspicious: false,
    note: null,
    ...changes,
  };
}

function contents(verified: boolean): RulePackContents {
  const confirmed = verified ? 'Abg. Ejemplo, 2026-11-22, R.O. 153' : null;
  return {
    pack,
    values: [value({ key: 'experiencia_techos', value: '[]', verified, confirmed }), value({})],
    flags: [
      {
        id: '266',
        title: 'Subcontratación preferente',
        article: 'DE 193, Art. 266',
        in_transition_by: 'R.E-SERCOP-2025-0154',
        before: 'En proporción.',
        switches: ['subcontratacion_preferente'],
        valid_from: null,
        source: null,
        recorded: null,
      },
    ],
    removed: [],
  };
}

beforeEach(async () => {
  border = new Border();
  border.answer('rules', () => ({ packs: [pack], refused: [], publishers: ['00'] }));
  border.answer('rule_values', () => contents(false)).answer('verify_rule', () => contents(true));
  render(RulesSettings);
  await screen.findByRole('option', { name: 'ec-2025-de193@2' });
  await fireEvent.change(entry('[data-regla="paquete"]'), { target: { value: 'ec-2025-de193' } });
  await waitFor(() => entry('[data-clave="experiencia_techos"]'));
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

test('a pack shows its values with source and mark, and its warning', async () => {
  expect(entry('[data-clave="experiencia_techos"]').textContent).toContain('sin verificar');
  expect(entry('[data-clave="reclamo_dias"]').textContent).toContain('LOSNCP reformada, Art. 115');
  expect(screen.getByRole('note').textContent).toContain('área jurídica');
  expect(entry('[data-bandera="266"]').textContent).toContain('SERCOP no lo ha anunciado');
  await fireEvent.click(screen.getByLabelText('Sólo sin verificar'));
  expect(document.querySelector('[data-clave="reclamo_dias"]')).toBeNull();
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('a lawyer verifies a value with name and paper', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Verificar…' }));
  await fireEvent.input(entry('[data-regla="por"]'), { target: { value: 'Abg. Ejemplo' } });
  await fireEvent.input(entry('[data-regla="papel"]'), { target: { value: 'R.O. 153' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Anotar' }));
  await waitFor(() => {
    expect(entry('[data-clave="experiencia_techos"]').textContent).toContain('Abg. Ejemplo');
  });
  const sent = border.calls.find(({ command }) => command === 'verify_rule');
  expect(sent?.args).toEqual({
    pack: 'ec-2025-de193',
    key: 'experiencia_techos',
    by: 'Abg. Ejemplo',
    document: 'R.O. 153',
  });
});
