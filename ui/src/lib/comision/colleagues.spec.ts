import { expect, test } from 'vitest';
import type { ExchangeView, PackageView } from '$lib/ipc/bindings';
import { fileName, isFingerprint, joiningLacks, sendingLacks, standing, wayOf } from './colleagues';
import { NOTHING, waiting } from './sections';

const file: PackageView = {
  case: '1',
  name: 'EJEMPLO',
  whole: false,
  here: true,
  fingerprint: '',
  made_at: '2026-11-20T14:00:00Z',
  events: 3,
  strangers: [{ seat: 'Luis', fingerprint: 'AAAA-BBBB-CCCC-DDDD-EEEE' }],
};

const view: ExchangeView = {
  holds: false,
  holder: 'Ana',
  fingerprint: '',
  may_write: false,
  commission: true,
  seats: [],
  unsent: 0,
  rows: [],
  chains: [],
  conflicts: [],
  differing: [],
};

test('a file is written only under a password that was typed twice and is long enough', () => {
  expect(sendingLacks('corta', 'corta')).toBe('comision.colegas.envio.corta');
  expect(sendingLacks('una clave larga', 'una clave largo')).toBe('comision.colegas.envio.distintas');
  expect(sendingLacks('una clave larga', 'una clave larga')).toBeNull();
});

test('a fingerprint may be typed with or without its dashes, and is never taken from the file', () => {
  expect(isFingerprint('2b96 5a84 5597 7c18 1faa')).toBe(true);
  expect(isFingerprint('2B96-5A84-5597-7C18')).toBe(false);
  expect(isFingerprint('la que usted quiera, colega 2B96-5A84-5597-7C18-1FAA')).toBe(false);
  expect(joiningLacks(file, [])).toBe('comision.colegas.recibo.falta_huella');
  expect(joiningLacks(file, ['2B96-5A84-5597-7C18-1FAA'])).toBeNull();
});

test('news of a case that is not here can only be told', () => {
  expect(wayOf(file)).toBe('unir');
  expect(wayOf({ ...file, here: false })).toBe('nada');
  expect(wayOf({ ...file, here: false, whole: true })).toBe('recibir');
});

test('whoever received a case is told to say which seat is theirs, and it waits in the part', () => {
  expect(standing(view)).toBe('comision.colegas.sin_puesto');
  expect(standing({ ...view, commission: false })).toBe('comision.colegas.sin_comision');
  expect(standing({ ...view, may_write: true })).toBe('comision.colegas.lleva_otro');
  expect(waiting({ ...NOTHING, exchange: view }).colegas).toBe(1);
  expect(waiting({ ...NOTHING, exchange: { ...view, may_write: true } }).colegas).toBe(0);
});

test('the file is named after the process, so that it is found again', () => {
  expect(fileName('SIE-GADM-2026/001', false, '2026-11-20')).toBe('SIE-GADM-2026-001-caso-2026-11-20.cotejo');
  expect(fileName(null, true, '2026-11-20')).toBe('caso-novedades-2026-11-20.cotejo');
});
