/** Takes case and accents away, as the search of the case does. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Splits folded text into its words: runs of letters and digits. */
export function terms(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Tells which words of a text a search means: whole words, and for the last one also beginnings. */
export function finder(query: string): (word: string) => boolean {
  const wanted = terms(query);
  const last = wanted.at(-1);
  const exact = new Set(wanted);
  return (word) => terms(word).some((term) => exact.has(term) || (last !== undefined && term.startsWith(last)));
}

/** A stretch of text, and whether it was searched for. */
export interface Stretch {
  text: string;
  found: boolean;
}

/** Cuts a text into what was searched for and the rest. */
export function stretches(text: string, query: string): Stretch[] {
  if (query.trim() === '') return [{ text, found: false }];
  const found = finder(query);
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u).filter((part) => part !== '');
  return join(parts.map((part) => ({ text: part, found: /[\p{L}\p{N}]/u.test(part) && found(part) })));
}

/** Cuts the cited words out of a text; the whole text is cited when they do not stand in it as they are. */
export function cited(text: string, quote: string): Stretch[] {
  const words = quote.trim().replace(/\s+/g, ' ');
  const at = words === '' ? -1 : text.indexOf(words);
  if (at < 0) return [{ text, found: true }];
  const all = [
    { text: text.slice(0, at), found: false },
    { text: words, found: true },
    { text: text.slice(at + words.length), found: false },
  ];
  return all.filter((part) => part.text !== '');
}

function join(parts: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && last.found === part.found) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}
