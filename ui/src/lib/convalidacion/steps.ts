import type { BidOutcomeView, ConstatationsView, CuringView, NegotiationsView, RecommendationView } from '$lib/ipc/bindings';
import { plural, t } from '$lib/words/catalogue';
import { dateAndHour } from '$lib/words/format';

/** What the room is made of, in the order of an evaluation. */
export const STEPS = [
  'constatacion',
  'defectos',
  'pedidos',
  'notificacion',
  'respuestas',
  'resultados',
  'ofertas',
  'negociacion',
  'recomendacion',
  'documentos',
] as const;
export type Step = (typeof STEPS)[number];

/** Done, to be done now, waits for a step before it, or does not come up here. */
export type StepState = 'hecho' | 'ahora' | 'espera' | 'no_hay';

export interface StepView {
  step: Step;
  state: StepState;
  /** How far it is, in a few words. */
  text: string;
}

export interface Views {
  constatations: ConstatationsView;
  curing: CuringView;
  outcomes: readonly BidOutcomeView[];
  negotiations: NegotiationsView;
  recommendation: RecommendationView;
}

/** Requests whose answer, or silence, waits for a person. */
const WAITING = new Set(['answered', 'answered_late', 'silent']);

function signatures({ constatations }: Views): Omit<StepView, 'step'> {
  const open = constatations.pending.length;
  const done = constatations.done.length;
  if (open > 0) return { state: 'ahora', text: plural(open, 'convalidacion.paso.por_constatar.uno', 'convalidacion.paso.por_constatar.otros') };
  if (done > 0) return { state: 'hecho', text: plural(done, 'convalidacion.paso.constatadas.uno', 'convalidacion.paso.constatadas.otros') };
  return { state: 'no_hay', text: t('convalidacion.paso.nada_que_constatar') };
}

function natures({ curing }: Views): Omit<StepView, 'step'> {
  const open = curing.defects.filter((defect) => defect.waits).length;
  const said = curing.defects.filter((defect) => defect.nature !== '').length;
  if (open > 0) return { state: 'ahora', text: plural(open, 'convalidacion.paso.por_decir.uno', 'convalidacion.paso.por_decir.otros') };
  if (said > 0) return { state: 'hecho', text: plural(said, 'convalidacion.paso.dichos.uno', 'convalidacion.paso.dichos.otros') };
  return { state: 'no_hay', text: t('convalidacion.paso.nada_que_decir') };
}

function requests({ curing }: Views): Omit<StepView, 'step'> {
  const asked = curing.requests.length;
  if (curing.number !== null) return { state: 'hecho', text: plural(asked, 'convalidacion.n_pedidos.uno', 'convalidacion.n_pedidos.otros') };
  const open = curing.candidates.filter((found) => found.answer !== 'not_curable').length;
  if (open > 0) return { state: 'ahora', text: plural(open, 'convalidacion.paso.por_pedir.uno', 'convalidacion.paso.por_pedir.otros') };
  return { state: 'no_hay', text: t('convalidacion.paso.nada_que_pedir') };
}

function notice({ curing }: Views): Omit<StepView, 'step'> {
  if (curing.notice) return { state: 'hecho', text: dateAndHour(curing.notice.at) };
  if (curing.number !== null) return { state: 'ahora', text: t('convalidacion.paso.por_notificar') };
  return { state: 'espera', text: '' };
}

function answers({ curing }: Views): Omit<StepView, 'step'> {
  if (!curing.notice) return { state: 'espera', text: '' };
  const asked = curing.bids.filter((bid) => bid.requests > 0);
  const open = asked.filter((bid) => !bid.answered).length;
  if (open === 0) return { state: 'hecho', text: plural(asked.length, 'convalidacion.paso.respuestas.uno', 'convalidacion.paso.respuestas.otros') };
  const term = curing.term;
  if (term && !term.over) return { state: 'ahora', text: t('convalidacion.paso.corre', { hasta: dateAndHour(term.due) }) };
  return { state: 'ahora', text: plural(open, 'convalidacion.paso.sin_respuesta.uno', 'convalidacion.paso.sin_respuesta.otros') };
}

function results({ curing }: Views): Omit<StepView, 'step'> {
  const open = curing.requests.filter((request) => request.result === null).length;
  if (curing.number === null || !curing.notice) return { state: 'espera', text: '' };
  if (open === 0) return { state: 'hecho', text: plural(curing.requests.length, 'convalidacion.paso.con_resultado.uno', 'convalidacion.paso.con_resultado.otros') };
  const ready = curing.requests.filter((request) => WAITING.has(request.state)).length;
  const text = plural(open, 'convalidacion.paso.sin_resultado.uno', 'convalidacion.paso.sin_resultado.otros');
  return { state: ready > 0 ? 'ahora' : 'espera', text };
}

function ends({ curing, outcomes }: Views): Omit<StepView, 'step'> {
  const open = outcomes.filter((bid) => bid.outcome === 'pendiente').length;
  const review = outcomes.filter((bid) => bid.review).length;
  if (review > 0) return { state: 'ahora', text: plural(review, 'convalidacion.paso.revise.uno', 'convalidacion.paso.revise.otros') };
  if (outcomes.length > 0 && open === 0) return { state: 'hecho', text: plural(outcomes.length, 'convalidacion.paso.terminadas.uno', 'convalidacion.paso.terminadas.otros') };
  const waits = curing.number !== null && curing.requests.some((request) => request.result === null);
  return { state: waits || open === 0 ? 'espera' : 'ahora', text: plural(open, 'convalidacion.paso.sin_final.uno', 'convalidacion.paso.sin_final.otros') };
}

function negotiation({ outcomes, negotiations }: Views): Omit<StepView, 'step'> {
  if (!negotiations.possible) return { state: 'no_hay', text: t('convalidacion.paso.sin_negociacion') };
  const held = negotiations.sessions.length;
  const ended = outcomes.length > 0 && outcomes.every((bid) => bid.outcome !== 'pendiente');
  if (held > 0 && negotiations.next === null) return { state: 'hecho', text: plural(held, 'convalidacion.paso.sesiones.uno', 'convalidacion.paso.sesiones.otros') };
  if (!ended) return { state: 'espera', text: '' };
  // Whether it has to be held at all, the recommendation says: what it lists as open comes first.
  return { state: held > 0 ? 'ahora' : 'espera', text: t('convalidacion.paso.si_procede') };
}

function advice({ outcomes, recommendation }: Views): Omit<StepView, 'step'> {
  if (recommendation.review) return { state: 'ahora', text: t('convalidacion.paso.revise_recomendacion') };
  if (recommendation.kind !== null) return { state: 'hecho', text: t(`convalidacion.recomendar.${kindOf(recommendation.kind)}`) };
  const ended = outcomes.length > 0 && outcomes.every((bid) => bid.outcome !== 'pendiente');
  return { state: ended ? 'ahora' : 'espera', text: ended ? t('convalidacion.paso.por_recomendar') : '' };
}

/** What may be recommended. */
export const KINDS = ['adjudicar', 'desierto', 'cancelar'] as const;
export type Kind = (typeof KINDS)[number];

function kindOf(kind: string): Kind {
  return KINDS.find((known) => known === kind) ?? 'cancelar';
}

/** How far each step is. */
export function stepsOf(views: Views): StepView[] {
  return [
    { step: 'constatacion', ...signatures(views) },
    { step: 'defectos', ...natures(views) },
    { step: 'pedidos', ...requests(views) },
    { step: 'notificacion', ...notice(views) },
    { step: 'respuestas', ...answers(views) },
    { step: 'resultados', ...results(views) },
    { step: 'ofertas', ...ends(views) },
    { step: 'negociacion', ...negotiation(views) },
    { step: 'recomendacion', ...advice(views) },
    { step: 'documentos', state: 'espera', text: '' },
  ];
}

/** The step that comes next: the first that can be done now. */
export function nextStep(steps: readonly StepView[]): Step | null {
  return steps.find((step) => step.state === 'ahora')?.step ?? null;
}
