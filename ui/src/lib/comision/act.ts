import type { Key } from '$lib/words/catalogue';

/** Does something that is recorded and shows everything as it is then; tells whether it was done. `undo` offers *Deshacer*. */
export type Act = (run: () => Promise<unknown>, words?: Key, undo?: boolean) => Promise<boolean>;
