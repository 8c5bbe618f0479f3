import type { Verdict } from '$lib/ipc/bindings';
import { type Key, t } from '$lib/words/catalogue';

const WORDS: Record<Verdict, [ink: Key, pencil: Key]> = {
  cumple: ['app.veredicto.cumple', 'app.veredicto.cumple.lapiz'],
  no_cumple: ['app.veredicto.no_cumple', 'app.veredicto.no_cumple.lapiz'],
  a_convalidar: ['app.veredicto.a_convalidar', 'app.veredicto.a_convalidar.lapiz'],
  no_aplica: ['app.veredicto.no_aplica', 'app.veredicto.no_aplica.lapiz'],
  pendiente: ['app.veredicto.pendiente', 'app.veredicto.pendiente.lapiz'],
};

/** The word of a verdict in ink: capital initial. */
export function inkWord(verdict: Verdict): string {
  return t(WORDS[verdict][0]);
}

/** The word of a verdict in pencil: lower case. */
export function pencilWord(verdict: Verdict): string {
  return t(WORDS[verdict][1]);
}

/** The drawing of a verdict: solid when decided, dashed when proposed. */
export function drawing(verdict: Verdict, proposed: boolean): string {
  if (verdict === 'no_aplica' || verdict === 'pendiente') return `g-${verdict.replace('_', '-')}`;
  return `g-${verdict.replace('_', '-')}${proposed ? '-propuesta' : ''}`;
}

/** How many of the four ticks a confidence earns: 0.90, 0.75, 0.60, below. */
export function ticks(confidence: number): number {
  if (confidence >= 0.9) return 4;
  if (confidence >= 0.75) return 3;
  return confidence >= 0.6 ? 2 : 1;
}

/** Below this, the ticks turn ochre and the cell counts as *confianza baja*. */
export const LOW_CONFIDENCE = 0.7;
