import { expect, test } from 'vitest';
import { byRoom, placeOf } from './places';

test('a cell opens the desk, and a room its part', () => {
  const cell = { requirement: 'R1', bid: 'b1' };
  expect(placeOf('mesa', cell)).toEqual({ room: 'mesa', cell });
  expect(placeOf('mesa', null)).toEqual({ room: 'matriz' });
  expect(placeOf('comision', cell, 'trato')).toEqual({ room: 'comision', section: 'trato' });
  expect(placeOf('etapas', null)).toEqual({ room: 'etapas' });
});

test('what is not recorded is gathered by room, whatever its order', () => {
  const missing = [
    { text: 'ciudad', room: 'sesion' as const },
    { text: 'declaraciones', room: 'comision' as const },
    { text: 'hora', room: 'sesion' as const },
  ];
  expect(byRoom(missing)).toEqual([
    { room: 'sesion', texts: ['ciudad', 'hora'] },
    { room: 'comision', texts: ['declaraciones'] },
  ]);
});
