import { expect, test } from 'vitest';
import { DeskError } from '$lib/ipc/desk';
import { Session } from './session.svelte';

test('an error is shown until the next act; cancelling is none', async () => {
  const session = new Session();
  const view = { code: 'sealed', message: 'El acta está firmada.', cause: '', remedy: '', details: '' } as const;
  await session.attempt(() => Promise.reject(new DeskError(view)));
  expect(session.error?.code).toBe('sealed');
  await session.attempt(() => Promise.reject(new DeskError({ ...view, code: 'cancelled' })));
  expect(session.error).toBeNull();
  expect(session.toasts.current).not.toBeNull();
});

test('back and forward walk the places', () => {
  const session = new Session();
  session.go({ room: 'matriz' });
  session.go({ room: 'acta' });
  session.back();
  expect(session.place.room).toBe('matriz');
  session.back();
  expect(session.place.room).toBe('inicio');
  session.back();
  expect(session.place.room).toBe('inicio');
  session.forward();
  expect(session.place.room).toBe('matriz');
});

test('the innermost room answers a key, and stops when it leaves', () => {
  const session = new Session();
  const heard: string[] = [];
  session.provide({ buscar: () => heard.push('ventana') });
  const leave = session.provide({ buscar: () => heard.push('mesa') });
  session.run('buscar');
  leave();
  session.run('buscar');
  expect(heard).toEqual(['mesa', 'ventana']);
  expect(session.run('inexistente')).toBe(false);
});
