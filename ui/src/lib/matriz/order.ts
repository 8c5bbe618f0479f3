import type { CellAddress, MatrixCell, MatrixRow, MatrixView } from '$lib/ipc/bindings';

/** Tells whether the row is answered with a verdict at all: points and what is only shown are not. */
export function isJudged(row: MatrixRow): boolean {
  return row.requirement.kind === 'integridad' || row.requirement.kind === 'minimo';
}

/** Tells whether a person still has to decide the cell. */
export function isUndecided(row: MatrixRow, cell: MatrixCell): boolean {
  return isJudged(row) && (cell.state === 'proposed' || cell.state === 'open') && cell.not_evaluable === null;
}

/** Counts the cells of a column that are decided, of those that are to be. */
export function progressOf(matrix: MatrixView, bid: string): { decided: number; total: number } {
  const column = matrix.columns.findIndex((entry) => entry.bid === bid);
  const cells = rowsOf(matrix)
    .filter(isJudged)
    .flatMap((row) => row.cells[column] ?? [])
    .filter((cell) => cell.not_evaluable === null);
  return { decided: cells.filter((cell) => cell.state === 'decided').length, total: cells.length };
}

/** The rows of all groups, in order. */
export function rowsOf(matrix: MatrixView): MatrixRow[] {
  return matrix.groups.flatMap((group) => group.rows);
}

/** Names a cell for people: `13 × 5`. */
export function cellName(matrix: MatrixView | null, address: CellAddress): string {
  const row = matrix && rowsOf(matrix).find((candidate) => candidate.requirement.id === address.requirement);
  const column = matrix?.columns.find((candidate) => candidate.bid === address.bid);
  return `${row?.requirement.number ?? '?'} × ${column?.number ?? '?'}`;
}

/**
 * Finds the next cell to decide after `from`, bid by bid (the papers of one bid stay on the desk), going round once.
 * `from` itself is never the answer.
 */
export function nextUndecided(matrix: MatrixView, from: CellAddress | null, direction: 1 | -1 = 1): CellAddress | null {
  const rows = rowsOf(matrix);
  const order = matrix.columns.flatMap((column, index) =>
    rows.map((row) => ({ address: { requirement: row.requirement.id, bid: column.bid }, row, cell: row.cells[index] })),
  );
  const here = order.findIndex(
    ({ address }) => from !== null && address.requirement === from.requirement && address.bid === from.bid,
  );
  const start = here < 0 && direction < 0 ? order.length : here;
  for (let step = 1; step <= order.length; step++) {
    const position = (((start + direction * step) % order.length) + order.length) % order.length;
    if (position === here) continue;
    const entry = order[position];
    if (entry?.cell && isUndecided(entry.row, entry.cell)) return entry.address;
  }
  return null;
}
