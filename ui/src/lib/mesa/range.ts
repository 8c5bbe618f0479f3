/** Number of a column from its letters: `A` is 1, `AA` is 27. */
export function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Tells whether a cell lies in a range in A1 notation (`B7`, `B7:F9`); no range means the whole sheet, which is no cell. */
export function isInRange(range: string | null, column: string, row: number): boolean {
  const match = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/i.exec(range ?? '');
  if (!match) return false;
  const [, fromColumn = '', fromRow = '', toColumn = fromColumn, toRow = fromRow] = match;
  const here = columnNumber(column);
  const columns = [columnNumber(fromColumn), columnNumber(toColumn)].sort((a, b) => a - b);
  const rows = [Number(fromRow), Number(toRow)].sort((a, b) => a - b);
  return here >= (columns[0] ?? 0) && here <= (columns[1] ?? 0) && row >= (rows[0] ?? 0) && row <= (rows[1] ?? 0);
}
