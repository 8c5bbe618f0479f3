/** A shortcut: which keys, and which act of the registry they run. */
export interface Shortcut {
  keys: string;
  act: string;
}

/** Tells whether the person is writing: single letters and undo then belong to the text. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type);
}

/** Names the keys of an event in one way: `Ctrl+Shift+Z`, `Alt+ArrowLeft`, `N`, `F1`. */
export function name(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // With a sign such as "+" the shift is only how the keyboard writes it.
  if (event.shiftKey && (key.length > 1 || /[A-Z]/.test(key))) parts.push('Shift');
  parts.push(key);
  return parts.join('+');
}

/** Tells whether a named key is a bare sign, or a capital letter: those can be turned off, and never act while writing. */
export function isBare(keys: string): boolean {
  return /^(Shift\+)?.$/u.test(keys);
}

/**
 * Finds the act for an event. While writing, only chords that mean nothing to a text field act.
 */
export function actFor(event: KeyboardEvent, shortcuts: readonly Shortcut[], letters: boolean): string | null {
  if (event.defaultPrevented || event.isComposing) return null;
  const keys = name(event);
  const writing = isWriting(event.target);
  if (isBare(keys) && (writing || !letters)) return null;
  if (writing && ['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+A', 'Alt+ArrowLeft', 'Alt+ArrowRight'].includes(keys)) return null;
  return shortcuts.find((shortcut) => shortcut.keys === keys)?.act ?? null;
}
