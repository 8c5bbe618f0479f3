import type { AskedRow, CellAddress, ClarifiedRequirement, MatrixView } from '$lib/ipc/bindings';

export type Part = 'lista' | 'aclaraciones' | 'diferencias' | 'revision';
export const PARTS: readonly Part[] = ['lista', 'aclaraciones', 'diferencias', 'revision'];
export type Filter = 'todo' | 'esperan' | 'no_cuentan';

/** Waits for a person's word before a *no cumple* may rest on it. */
export function waits(row: AskedRow): boolean {
  return row.standing === 'recognised' || row.standing === 'from_model';
}

/** Counts in the evaluation. */
export function counts(row: AskedRow): boolean {
  return row.standing !== 'rejected' && row.standing !== 'taken_out';
}

/** The rows that are shown; a lot shows its own and those of all lots. */
export function shown(rows: readonly AskedRow[], filter: Filter, lot: string): AskedRow[] {
  return rows.filter(
    (row) =>
      (lot === '' || row.lot === null || row.lot === lot) &&
      (filter === 'todo' || (filter === 'esperan' ? waits(row) : !counts(row))),
  );
}

/** The decisions to look at again that rest on some requirements, with the number of the bid. */
export function reviews(
  matrix: MatrixView | null,
  requirements: readonly string[],
): { cell: CellAddress; bid: number; title: string }[] {
  return (matrix?.groups ?? [])
    .flatMap((group) => group.rows)
    .filter((row) => requirements.includes(row.requirement.id))
    .flatMap((row) =>
      row.cells
        .filter((cell) => cell.review)
        .map((cell) => ({
          cell: { requirement: row.requirement.id, bid: cell.bid },
          bid: matrix?.columns.find((column) => column.bid === cell.bid)?.number ?? 0,
          title: row.requirement.title,
        })),
    );
}

/** What a person writes of a change of an aclaración. */
export interface Change {
  requirement: string;
  takenOut: boolean;
  text: string;
}

/** Complete when it takes something out, or says how it stands from now on. */
export function complete(change: Change): boolean {
  return change.takenOut ? change.requirement !== '' : change.text.trim() !== '';
}

/** The change as the core takes it: what is not said stays. */
export function ordered(change: Change): ClarifiedRequirement {
  const out = change.takenOut && change.requirement !== '';
  return {
    requirement: change.requirement === '' ? null : change.requirement,
    taken_out: out,
    text: out ? null : change.text.trim(),
    kind: null,
    points: null,
    subject: null,
    lot: null,
  };
}

/** The part beside, for the arrow keys of the tabs. */
export function along(here: Part, key: string): Part | undefined {
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  return step === 0 ? undefined : PARTS[(PARTS.indexOf(here) + step + PARTS.length) % PARTS.length];
}
