import type { Session } from '$lib/app/session.svelte';
import { rowsOf } from '$lib/matriz/order';
import { type Key, t } from '$lib/words/catalogue';
import { fold, terms } from '$lib/words/fold';
import { shortcutsOf, written } from './shortcuts';

/** Something the palette can do or open. */
export interface Entry {
  id: string;
  /** What it is. */
  words: string;
  /** What kind of thing, or where it belongs. */
  about: string;
  keys?: string | undefined;
  run: () => void;
}

/** Acts without keys of their own. The ones of a case are there only while one is open. */
const MORE: readonly { act: string; words: Key; ofCase: boolean }[] = [
  { act: 'requisito', words: 'app.atajo.requisito', ofCase: true },
  { act: 'sesion', words: 'app.atajo.sesion', ofCase: true },
  { act: 'validaciones', words: 'app.atajo.validaciones', ofCase: true },
  { act: 'copias', words: 'app.atajo.copias', ofCase: true },
  { act: 'indicios', words: 'app.atajo.indicios', ofCase: true },
  { act: 'comision', words: 'app.atajo.comision', ofCase: true },
  { act: 'papeles', words: 'app.atajo.papeles', ofCase: true },
  { act: 'componer', words: 'app.menu.decision.componer', ofCase: true },
  { act: 'firmar', words: 'app.menu.decision.firmar', ofCase: true },
  { act: 'tema_sistema', words: 'app.menu.ver.tema_sistema', ofCase: false },
  { act: 'tema_claro', words: 'app.menu.ver.tema_claro', ofCase: false },
  { act: 'tema_oscuro', words: 'app.menu.ver.tema_oscuro', ofCase: false },
  { act: 'tema_contraste', words: 'app.menu.ver.tema_contraste', ofCase: false },
  { act: 'acerca', words: 'app.menu.ayuda.acerca', ofCase: false },
];
/** Acts that mean nothing without a case. */
const OF_CASE = new Set([
  ...['importar', 'buscar', 'deshacer', 'rehacer', 'siguiente', 'anterior'],
  ...['matriz', 'documentos', 'acta', 'sesion', 'etapas', 'requisitos', 'convalidacion', 'puntaje'],
]);

/** Gathers everything the palette offers now. */
export function entriesOf(session: Session): Entry[] {
  const opened = session.case;
  const acts: Entry[] = [];
  for (const { act, words, keys } of shortcutsOf(session.place.room)) {
    if (act === 'paleta' || (!opened && OF_CASE.has(act)) || acts.some((entry) => entry.id === act)) continue;
    acts.push({ id: act, words: t(words), about: t('app.paleta.acto'), keys: written(keys), run: () => session.run(act) });
  }
  for (const { act, words, ofCase } of MORE) {
    if ((ofCase && !opened) || acts.some((entry) => entry.id === act)) continue;
    acts.push({ id: act, words: t(words), about: t('app.paleta.acto'), run: () => session.run(act) });
  }
  const matrix = session.matrix;
  const first = matrix?.columns[0];
  const topmost = matrix && rowsOf(matrix)[0];
  const bids = (matrix?.columns ?? []).map((column) => ({
    id: `oferta ${column.bid}`,
    words: `${t('app.oferta_n', { n: column.number })} · ${column.name}`,
    about: t('app.paleta.oferta'),
    run: () => topmost && session.goToCell({ requirement: session.lastCell?.requirement ?? topmost.requirement.id, bid: column.bid }),
  }));
  const requirements = (matrix ? rowsOf(matrix) : []).map((row) => ({
    id: `requisito ${row.requirement.id}`,
    words: `${row.requirement.number} · ${row.requirement.title}`,
    about: t('app.paleta.requisito'),
    run: () => first && session.goToCell({ requirement: row.requirement.id, bid: session.lastCell?.bid ?? first.bid }),
  }));
  const files = (session.documents?.bids ?? []).flatMap((bid) =>
    bid.files.map((file) => ({
      id: `archivo ${bid.number} ${file.path}`,
      words: file.path,
      about: bid.bid === null ? t('app.pliego') : `${t('app.oferta_n', { n: bid.number })} · ${bid.name}`,
      run: () => session.go({ room: 'documentos', file: file.hash }),
    })),
  );
  const cases = session.cases
    .filter((entry) => entry.id !== opened?.id && entry.unavailable === null)
    .map((entry) => ({
      id: `caso ${entry.id}`,
      words: `${entry.code ?? t('app.sin_codigo')} · ${entry.object ?? t('app.sin_objeto')}`,
      about: t('app.paleta.expediente'),
      run: () => void session.openCase(entry.id),
    }));
  return [...acts, ...bids, ...requirements, ...files, ...cases];
}

const SHOWN = 60;

/** Keeps what has all the words, the closest first: what begins with them, then what has a word that does, then the rest. */
export function chosen(entries: readonly Entry[], query: string): Entry[] {
  const wanted = terms(query);
  if (wanted.length === 0) return entries.slice(0, SHOWN);
  const whole = fold(query.trim());
  return entries
    .map((entry, order) => {
      const text = fold(`${entry.words} ${entry.about}`);
      const words = terms(text);
      const fits = wanted.every((term) => text.includes(term));
      const begins = text.startsWith(whole) ? 0 : wanted.every((term) => words.some((word) => word.startsWith(term))) ? 1 : 2;
      return { entry, order, fits, begins };
    })
    .filter(({ fits }) => fits)
    .sort((a, b) => a.begins - b.begins || a.order - b.order)
    .slice(0, SHOWN)
    .map(({ entry }) => entry);
}
