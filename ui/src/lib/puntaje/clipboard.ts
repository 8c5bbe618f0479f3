/** A table as text: a tab between fields, a line for each row. What a spreadsheet would run as a formula gets an apostrophe. */
export function asText(rows: readonly (readonly string[])[]): string {
  const field = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, ' ');
  return rows.map((row) => row.map(field).join('\t')).join('\n');
}

/** The same as a table for a word processor. */
export function asTable(rows: readonly (readonly string[])[]): string {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const line = (row: readonly string[], tag: string) => `<tr>${row.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  const [head, ...rest] = rows;
  return `<table>${head ? line(head, 'th') : ''}${rest.map((row) => line(row, 'td')).join('')}</table>`;
}

/** Puts a table on the clipboard, as text and as table. Returns whether the system took it. */
export async function copyTable(rows: readonly (readonly string[])[]): Promise<boolean> {
  const of = (text: string, type: string) => new Blob([text], { type });
  try {
    const item = new ClipboardItem({ 'text/plain': of(asText(rows), 'text/plain'), 'text/html': of(asTable(rows), 'text/html') });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    // Not every web view writes tables; text it does.
    try {
      await navigator.clipboard.writeText(asText(rows));
      return true;
    } catch {
      return false;
    }
  }
}
