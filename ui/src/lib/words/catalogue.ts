import app from '$catalogue/app.json';
import comision from '$catalogue/comision.json';
import convalidacion from '$catalogue/convalidacion.json';
import etapas from '$catalogue/etapas.json';
import indicios from '$catalogue/indicios.json';
import papeles from '$catalogue/papeles.json';
import puntaje from '$catalogue/puntaje.json';
import requisitos from '$catalogue/requisitos.json';

// One file a room; no key stands in two, which a test of the catalogue watches.
const words = { ...app, ...comision, ...convalidacion, ...etapas, ...indicios, ...papeles, ...puntaje, ...requisitos };

/** Key of a sentence of the window. */
export type Key = keyof typeof words;

const sentences: Record<string, string> = words;

/** Returns the sentence at `key` with its `{placeholders}` filled in; what is filled in is never read again. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return (sentences[key] ?? `«${key}»`).replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in values ? String(values[name]) : hole,
  );
}

/** Chooses between the sentence for one and the sentence for several; both know `{n}`. */
export function plural(count: number, one: Key, many: Key, values: Record<string, string | number> = {}): string {
  return t(count === 1 ? one : many, { n: whole(count), ...values });
}

/** Writes a count as people read it in Ecuador: `4.812`. */
export function whole(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '.');
}
