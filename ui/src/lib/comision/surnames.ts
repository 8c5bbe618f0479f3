import { fold } from '$lib/words/fold';

/** Surnames that coincide, compared without accents and capitals, as the member writes them: `Muñoz, Vera`. */
export function asWritten(shared: readonly string[], name: string): string {
  const words = name.split(/\s+/);
  return shared.map((surname) => words.find((word) => fold(word) === fold(surname)) ?? surname).join(', ');
}
