import { expect, test } from 'vitest';
import { ask, asView, DeskError } from './desk';

const sealed = {
  code: 'sealed',
  message: 'El acta está firmada.',
  cause: '',
  remedy: 'Rectifique.',
  details: '',
} as const;

test('an error of the core keeps its code on the way to the screen', async () => {
  const failing = ask(Promise.resolve({ status: 'error' as const, error: sealed }));
  await expect(failing).rejects.toBeInstanceOf(DeskError);
  await expect(failing).rejects.toMatchObject({ view: { code: 'sealed' } });
});

test('what the frame refuses comes as text and becomes internal, with its text for support', () => {
  expect(asView('command cell not found')).toMatchObject({ code: 'internal', details: 'command cell not found' });
});
