import { t } from '$lib/words/catalogue';

/** The word of a result. */
export function resultWord(result: string): string {
  if (result === 'convalidado') return t('convalidacion.resultado.convalidado');
  return t(result === 'parcial' ? 'convalidacion.resultado.parcial' : 'convalidacion.resultado.no_convalidado');
}
