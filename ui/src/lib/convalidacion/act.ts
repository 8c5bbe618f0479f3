import type { Session } from '$lib/app/session.svelte';
import { type Key, t } from '$lib/words/catalogue';
import { forget } from './draft.svelte';

/** Does something that is recorded and shows everything as it is then; tells whether it was done. */
export type Act = (run: () => Promise<unknown>, words: Key, drafts: string) => Promise<boolean>;

export function recorder(session: Session): Act {
  return async (run, words, drafts) => {
    const done = await session.attempt(async () => {
      await run();
      return true;
    });
    if (!done) return false;
    forget(drafts);
    await session.refresh();
    session.toasts.show(t(words), true);
    return true;
  };
}
