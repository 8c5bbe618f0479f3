/** Writes a decimal of the contract (`"83.3"`) with a comma, as people read it. */
export function decimal(text: string): string {
  return text.replace('.', ',');
}

/** Reads the part that is drawn: more than 0 and at most 100, with comma or dot; `null` when it is none. */
export function percent(text: string): string | null {
  const plain = text.trim().replace('%', '').trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return value > 0 && value <= 100 ? plain : null;
}
