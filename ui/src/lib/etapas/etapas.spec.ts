import { describe, expect, test } from 'vitest';
import type { ComplianceLineView, LotCourseView, StageView, TimeLeftView } from '$lib/ipc/bindings';
import {
  asksFor,
  blankSupport,
  calendarName,
  chosenStage,
  leftText,
  lineWindow,
  moved,
  named,
  refusedBy,
  rucIn,
  sentSupport,
  settledBy,
  spoken,
  STAGES,
  supportMissing,
  ticks,
  tone,
} from './etapas';

const line = (count: number, now: number): StageView[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `E${index}`,
    state: index < now ? 'done' : index === now ? 'now' : 'later',
    note: '',
  }));

const left = (changes: Partial<TimeLeftView> = {}): TimeLeftView => ({
  stage: 'calificacion',
  name: 'Calificación',
  lot: null,
  due: '2026-11-27T17:00',
  overdue: false,
  passed: 1,
  today: true,
  days: 4,
  remarks: [],
  ...changes,
});

describe('the line of the cover', () => {
  test('keeps the stage at hand in sight and counts what it leaves out', () => {
    for (let now = 0; now < 13; now++) {
      const { shown, before, after } = lineWindow(line(13, now), 5);
      expect(shown).toHaveLength(5);
      expect(before + shown.length + after).toBe(13);
      expect(shown.some((stage) => stage.state === 'now')).toBe(true);
    }
  });

  test('shows the end of a course that is over, and a short one whole', () => {
    const over = line(9, 9);
    expect(lineWindow(over, 5)).toMatchObject({ before: 4, after: 0 });
    expect(lineWindow(line(3, 1), 5)).toMatchObject({ before: 0, after: 0 });
  });
});

describe('the time left', () => {
  test('says días término, one, several, today, passed', () => {
    const now = '2026-11-23T10:00';
    expect(leftText(left(), now)).toBe('Quedan 4 días término');
    expect(leftText(left({ days: 1 }), now)).toBe('Queda 1 día término');
    expect(leftText(left({ days: 0 }), '2026-11-27T09:00')).toBe('Vence hoy');
    expect(leftText(left({ overdue: true, days: 2 }), '2026-12-01T09:00')).toBe('Venció hace 2 días término');
    expect(leftText(left({ overdue: true, days: 0 }), '2026-11-27T18:00')).toBe('Ya venció');
  });

  test('a tick for each working day; what is gone gives way first, and nothing is left of what passed', () => {
    expect(ticks(left())).toEqual(['gone', 'today', 'left', 'left', 'left', 'left']);
    expect(ticks(left({ passed: 20, days: 9 }), 12)).toHaveLength(12);
    expect(ticks(left({ passed: 20, days: 9 }), 12).filter((tick) => tick === 'left')).toHaveLength(9);
    expect(ticks(left({ overdue: true }))).toEqual([]);
  });
});

describe('what an act rests on', () => {
  test('nothing written is nothing sent; half an instrument is said to be half', () => {
    expect(sentSupport(blankSupport())).toEqual({ acta: null, instrument: null, attach: null, note: '' });
    const half = blankSupport();
    half.instrument.name = 'Oficio';
    expect(supportMissing(half)).toHaveLength(2);
  });
});

test('the core and the window have the same names', () => {
  expect(STAGES).toContain('apertura_economica');
  expect(named('name', 'puja')).toBe('Puja');
  expect(named('cause', 'orden_judicial')).toBe('orden judicial');
});

test('an act is refused only where no way to it is open', () => {
  const act = (blocked: string | null) => ({ order: 'omit' as const, end: null, ground: 'x', blocked, room: null });
  expect(refusedBy([act('no'), act(null)])).toBeUndefined();
  expect(refusedBy([act('no')])?.blocked).toBe('no');
  expect(refusedBy([])).toBeUndefined();
});

test('what was asked for is shown, else where the lot is, else where it ended', () => {
  const stage = (key: string) => ({ stage: key }) as LotCourseView['stages'][number];
  const lot = { current: 'b', stages: [stage('a'), stage('b'), stage('c')] } as LotCourseView;
  expect(chosenStage(lot, 'a')?.stage).toBe('a');
  expect(chosenStage(lot, undefined)?.stage).toBe('b');
  expect(chosenStage({ ...lot, current: null }, undefined)?.stage).toBe('c');
  expect(chosenStage(lot, 'ya no está')?.stage).toBe('b');
});

test('only what nobody recorded can be settled by a constancia', () => {
  const line = (topic: string, status: string) => ({ topic, status }) as ComplianceLineView;
  expect(settledBy(line('rup', 'not_recorded'))).toBe('rup');
  expect(settledBy(line('rup', 'not_kept'))).toBeNull();
  expect(settledBy(line('termino', 'not_recorded'))).toBeNull();
  expect(asksFor(line('rup', 'kept'))).toBe(false);
  expect(rucIn('RUP, apertura 1790016919001')).toBe('1790016919001');
  expect(rucIn('RUP, apertura Proveedora Uno')).toBe('');
});

test('a late end is wrong, an overdue one asks for a look, a coming one is quiet', () => {
  expect([tone('late'), tone('overdue'), tone('upcoming'), tone('kept')]).toEqual(['mal', 'ojo', 'quieto', 'ok']);
});

test('the calendar is called after the process, as a file may be', () => {
  expect(calendarName('SIE-GAD/2026 003')).toBe('SIE-GAD-2026-003.ics');
  expect(calendarName(null)).toBe('plazos.ics');
});

test('days within a sentence are written as people write them', () => {
  expect(spoken('Hasta el 2025-12-10 17:00. No antes del 2026-11-10 00:00 (R.O. 153-9S).')).toBe(
    'Hasta el mié 10 dic 2025, 17h00. No antes del mar 10 nov 2026 (R.O. 153-9S).',
  );
  expect(spoken('La fecha (2026-11-28) cae')).toBe('La fecha (sáb 28 nov 2026) cae');
});

test('a stage moves one place and stops at the ends', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
