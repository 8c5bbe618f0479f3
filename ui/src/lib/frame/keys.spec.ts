import { expect, test } from 'vitest';
import { actFor, name } from './keys';

const SHORTCUTS = [
  { keys: 'N', act: 'siguiente' },
  { keys: 'Ctrl+Z', act: 'deshacer' },
  { keys: 'Ctrl+Enter', act: 'decidir' },
  { keys: '+', act: 'ampliar' },
];

function press(init: KeyboardEventInit, target: HTMLElement = document.body): KeyboardEvent {
  document.body.append(target === document.body ? document.createElement('i') : target);
  const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
  target.dispatchEvent(event);
  return event;
}

test('a letter acts outside text and never inside', () => {
  expect(actFor(press({ key: 'n' }), SHORTCUTS, true)).toBe('siguiente');
  expect(actFor(press({ key: 'n' }, document.createElement('textarea')), SHORTCUTS, true)).toBeNull();
});

test('letters can be turned off, chords stay', () => {
  expect(actFor(press({ key: 'n' }), SHORTCUTS, false)).toBeNull();
  expect(actFor(press({ key: 'Enter', ctrlKey: true }), SHORTCUTS, false)).toBe('decidir');
});

test('inside a text, undo belongs to the text and deciding still works', () => {
  const text = document.createElement('textarea');
  expect(actFor(press({ key: 'z', ctrlKey: true }, text), SHORTCUTS, true)).toBeNull();
  expect(actFor(press({ key: 'Enter', ctrlKey: true }, text), SHORTCUTS, true)).toBe('decidir');
});

test('a radio is no text', () => {
  const radio = document.createElement('input');
  radio.type = 'radio';
  expect(actFor(press({ key: 'n' }, radio), SHORTCUTS, true)).toBe('siguiente');
});

test('signs that need shift on some keyboards are named by the sign', () => {
  expect(name(press({ key: '+', shiftKey: true }))).toBe('+');
  expect(name(press({ key: 'Z', shiftKey: true, ctrlKey: true }))).toBe('Ctrl+Shift+Z');
});
