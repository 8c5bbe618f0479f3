import { commands, type ErrorView } from './bindings';

/** An answer of the core that is an error, for the screen to tell. */
export class DeskError extends Error {
  constructor(readonly view: ErrorView) {
    super(view.message);
  }
}

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: ErrorView };

/** Takes the value out of an answer, or throws its error. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const given = await answer;
  if (given.status === 'ok') return given.data;
  throw new DeskError(asView(given.error));
}

/** Makes an error view of anything thrown; what is not ours becomes `internal` with its text for support. */
export function asView(error: unknown): ErrorView {
  if (error instanceof DeskError) return error.view;
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as ErrorView;
  const details = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', message: '', cause: '', remedy: '', details };
}

export { commands };
