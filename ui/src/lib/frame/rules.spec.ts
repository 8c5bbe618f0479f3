import { describe, expect, it } from 'vitest';
import type { RuleValueView } from '$lib/ipc/bindings';
import { shownValues } from './rules';

const value = (key: string, source: string, verified: boolean): RuleValueView => ({
  key,
  value: '1',
  unit: null,
  source,
  origin: 'pack',
  stated_by: 'ec-2023@2',
  verified,
  confirmed: null,
  suspicious: false,
  note: null,
});

describe('the values of a pack', () => {
  const values = [value('patrimonio_obras', 'Anexo 9', true), value('coeficientes', 'Participación, sin fuente', false)];

  it('are found by every word, without case and accents', () => {
    expect(shownValues(values, 'ANEXO patrimonio', false).map((row) => row.key)).toEqual(['patrimonio_obras']);
    expect(shownValues(values, 'participacion', false).map((row) => row.key)).toEqual(['coeficientes']);
    expect(shownValues(values, 'no hay', false)).toEqual([]);
    expect(shownValues(values, '  ', false)).toHaveLength(2);
  });

  it('can be those nobody verified', () => {
    expect(shownValues(values, '', true).map((row) => row.key)).toEqual(['coeficientes']);
  });
});
