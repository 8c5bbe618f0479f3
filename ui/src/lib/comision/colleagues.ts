import type { ExchangeRow, ExchangeView, PackageView } from '$lib/ipc/bindings';
import type { Key } from '$lib/words/catalogue';

/** Shortest password of a file, as the core wants it. */
const SHORTEST = 10;

/** Digits of a fingerprint. */
const DIGITS = 20;

/** What keeps a file from being written; `null` when it can be. */
export function sendingLacks(password: string, again: string): Key | null {
  if ([...password].length < SHORTEST) return 'comision.colegas.envio.corta';
  return password === again ? null : 'comision.colegas.envio.distintas';
}

/** Whether what was typed can be a fingerprint; whether it is the right one, the core says. */
export function isFingerprint(typed: string): boolean {
  return typed.replace(/[^0-9a-f]/gi, '').length === DIGITS && !/[g-z]/i.test(typed);
}

/** What can be done with a file that came. */
export type Way = 'recibir' | 'unir' | 'nada';

export function wayOf(file: PackageView): Way {
  if (file.here) return 'unir';
  return file.whole ? 'recibir' : 'nada';
}

/** What keeps a file from being joined. */
export function joiningLacks(file: PackageView, typed: readonly string[]): Key | null {
  const all = file.strangers.every((_, index) => isFingerprint(typed[index] ?? ''));
  return all ? null : 'comision.colegas.recibo.falta_huella';
}

/** How a file is called in the list. */
export function kindOf(row: ExchangeRow): Key {
  return row.whole ? 'comision.colegas.entero' : 'comision.colegas.novedades';
}

/** How the person at this machine stands to the case. */
export function standing(view: ExchangeView): Key {
  if (view.holds) return 'comision.colegas.lleva';
  if (view.may_write) return 'comision.colegas.lleva_otro';
  return view.commission || view.seats.length > 0 ? 'comision.colegas.sin_puesto' : 'comision.colegas.sin_comision';
}

/** A name for the file that is written: the process, what it is, the day. */
export function fileName(code: string | null, news: boolean, day: string): string {
  const plain = (code ?? 'caso').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return `${plain}-${news ? 'novedades' : 'caso'}-${day}.cotejo`;
}
