/** Writes a date in ISO 8601 (`2026-11-20`) as people write it: `20/11/2026`; anything else as it is. */
export function writtenDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : iso;
}

/** Reads a date as people write it, also in ISO 8601; `null` when there is no such day, and nothing when nothing is written. */
export function readDate(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const people = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(trimmed);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  const [year, month, day] = people ? [people[3], people[2], people[1]] : iso ? [iso[1], iso[2], iso[3]] : [];
  if (year === undefined) return null;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const written = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return moment.toISOString().slice(0, 10) === written ? written : null;
}

/** Reads an hour of the day: `9:00`, `09h00`, `9`; `null` when there is no such hour, and nothing when nothing is written. */
export function readHour(text: string): string | null {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '') return '';
  const match = /^(\d{1,2})(?:[:h.](\d{2}))?$/.exec(trimmed);
  if (!match || Number(match[1]) > 23 || Number(match[2] ?? 0) > 59) return null;
  return `${String(match[1]).padStart(2, '0')}:${match[2] ?? '00'}`;
}
