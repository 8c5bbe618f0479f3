/** Reads an amount as people write it (`12.650,20`, `12650.20`, `USD 800`) into contract form (`12650.20`). What could be read in two ways, as
 *  `12.650`, is no amount: whoever wrote it says which is meant. `null` for what is none, and nothing when nothing is written. */
export function readAmount(text: string): string | null {
  const bare = text.trim().replace(/^USD\s*/i, '').replace(/\s/g, '');
  if (bare === '') return '';
  if (bare.includes(',')) {
    const spanish = /^(\d{1,3}(?:\.\d{3})*|\d+),(\d{1,8})$/.exec(bare);
    return spanish ? `${(spanish[1] ?? '').replaceAll('.', '')}.${spanish[2]}` : null;
  }
  if (/^\d+$/.test(bare)) return bare;
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(bare)) return bare.replaceAll('.', '');
  if (/^\d{1,3}\.\d{3}$/.test(bare)) return null;
  return /^\d+\.\d{1,8}$/.test(bare) ? bare : null;
}
