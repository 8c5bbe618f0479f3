import type { CellAddress, MatrixCell, MatrixRow, MatrixView } from '$lib/ipc/bindings';

/** Tells whether a person still has to decide the cell. */
export function isUndecided(cell: MatrixCell): boolean {
  return (cell.state === 'proposed' || cell.state === 'open') && cell.not_evaluable === null;
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
    rows.map((row) => ({ address: { requirement: row.requirement.id, bid: column.bid }, cell: row.cells[index] })),
  );
  const here = order.findIndex(
    ({ address }) => from !== null && address.requirement === from.requirement && address.bid === from.bid,
  );
  const start = here < 0 && direction < 0 ? order.length : here;
  for (let step = 1; step <= order.length; step++) {
    const position = (((start + direction * step) % order.length) + order.length) % order.length;
    if (position === here) continue;
    const entry = order[position];
    if (entry?.cell && isUndecided(entry.cell)) return entry.address;
  }
  return null;
}
