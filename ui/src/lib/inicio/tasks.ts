import type { CaseSummary } from '$lib/ipc/bindings';
import { plural, t } from '$lib/words/catalogue';

/** Something that waits for the person, with the one act that answers it. */
export interface Task {
  case: CaseSummary;
  what: string;
  act: string;
  room: 'matriz' | 'documentos' | 'acta';
}

/** Lists what the cases ask of the person, the nearest to its end first. */
export function tasksOf(cases: readonly CaseSummary[]): Task[] {
  return cases
    .filter((entry) => !entry.signed && entry.unavailable === null)
    .map((entry): Task => {
      if (entry.bids === 0)
        return { case: entry, what: t('app.hoy.traer'), act: t('app.hoy.traer.acto'), room: 'documentos' };
      if (entry.undecided > 0) {
        return {
          case: entry,
          what: plural(entry.undecided, 'app.hoy.decidir.uno', 'app.hoy.decidir.otros'),
          act: t('app.hoy.decidir.acto'),
          room: 'matriz',
        };
      }
      return { case: entry, what: t('app.hoy.firmar'), act: t('app.hoy.firmar.acto'), room: 'acta' };
    })
    .sort((a, b) => rank(a) - rank(b));
}

function rank(task: Task): number {
  return { acta: 0, matriz: 1, documentos: 2 }[task.room];
}
