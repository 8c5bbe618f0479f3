import type { Place } from '$lib/app/session.svelte';
import type { Key } from '$lib/words/catalogue';
import type { Shortcut } from './keys';

/** A shortcut with the sentence that explains it under F1. */
export interface Listed extends Shortcut {
  words: Key;
}

export const EVERYWHERE: readonly Listed[] = [
  { keys: 'F1', act: 'atajos', words: 'app.atajo.atajos' },
  { keys: 'Ctrl+,', act: 'ajustes', words: 'app.atajo.ajustes' },
  { keys: 'Ctrl+N', act: 'nuevo', words: 'app.atajo.nuevo' },
  { keys: 'Ctrl+O', act: 'importar', words: 'app.atajo.importar' },
  { keys: 'Ctrl+K', act: 'paleta', words: 'app.atajo.paleta' },
  { keys: 'Ctrl+F', act: 'buscar', words: 'app.atajo.buscar' },
  { keys: 'Ctrl+Z', act: 'deshacer', words: 'app.atajo.deshacer' },
  { keys: 'Ctrl+Shift+Z', act: 'rehacer', words: 'app.atajo.rehacer' },
  { keys: 'Alt+ArrowLeft', act: 'atras', words: 'app.atajo.atras' },
  { keys: 'Alt+ArrowRight', act: 'adelante', words: 'app.atajo.adelante' },
  { keys: 'Ctrl+1', act: 'inicio', words: 'app.atajo.inicio' },
  { keys: 'Ctrl+2', act: 'matriz', words: 'app.atajo.matriz' },
  { keys: 'Ctrl+3', act: 'documentos', words: 'app.atajo.documentos' },
  { keys: 'Ctrl+4', act: 'sesion', words: 'app.atajo.sesion' },
  { keys: 'Ctrl+5', act: 'acta', words: 'app.atajo.acta' },
  { keys: 'Ctrl+6', act: 'etapas', words: 'app.atajo.etapas' },
  { keys: 'Ctrl+7', act: 'requisitos', words: 'app.atajo.requisitos' },
  { keys: 'Ctrl+8', act: 'convalidacion', words: 'app.atajo.convalidacion' },
  { keys: 'Ctrl+9', act: 'puntaje', words: 'app.atajo.puntaje' },
  { keys: 'Ctrl+B', act: 'indice', words: 'app.atajo.indice' },
  { keys: 'F6', act: 'panel', words: 'app.atajo.panel' },
  { keys: 'Shift+F6', act: 'panel_anterior', words: 'app.atajo.panel_anterior' },
  { keys: 'J', act: 'siguiente', words: 'app.atajo.siguiente' },
  { keys: 'K', act: 'anterior', words: 'app.atajo.anterior' },
];

const ROOMS: Partial<Record<Place['room'], readonly Listed[]>> = {
  etapas: [{ keys: 'Ctrl+Enter', act: 'decidir', words: 'app.atajo.registrar' }],
  matriz: [
    { keys: '/', act: 'filtrar', words: 'app.atajo.filtrar' },
    { keys: 'M', act: 'nota', words: 'app.atajo.nota' },
    { keys: '+', act: 'requisito', words: 'app.atajo.requisito' },
  ],
  documentos: [
    { keys: 'N', act: 'documento_siguiente', words: 'app.atajo.documento_siguiente' },
    { keys: 'P', act: 'documento_anterior', words: 'app.atajo.documento_anterior' },
    { keys: '.', act: 'foja_siguiente', words: 'app.atajo.foja_siguiente' },
    { keys: ',', act: 'foja_anterior', words: 'app.atajo.foja_anterior' },
    { keys: 'T', act: 'tipo', words: 'app.atajo.tipo' },
    { keys: 'D', act: 'dividir', words: 'app.atajo.dividir' },
    { keys: 'U', act: 'unir_anterior', words: 'app.atajo.unir_anterior' },
    { keys: 'Shift+U', act: 'unir_siguiente', words: 'app.atajo.unir_siguiente' },
    { keys: 'Alt+ArrowUp', act: 'subir', words: 'app.atajo.subir' },
    { keys: 'Alt+ArrowDown', act: 'bajar', words: 'app.atajo.bajar' },
    { keys: 'Alt+PageUp', act: 'subir_foja', words: 'app.atajo.subir_foja' },
    { keys: 'Alt+PageDown', act: 'bajar_foja', words: 'app.atajo.bajar_foja' },
    { keys: '+', act: 'ampliar', words: 'app.atajo.ampliar' },
    { keys: '-', act: 'reducir', words: 'app.atajo.reducir' },
    { keys: '0', act: 'ajustar', words: 'app.atajo.ajustar' },
    { keys: 'R', act: 'girar', words: 'app.atajo.girar' },
  ],
  mesa: [
    { keys: '1', act: 'verdict_1', words: 'app.atajo.cumple' },
    { keys: '2', act: 'verdict_2', words: 'app.atajo.no_cumple' },
    { keys: '3', act: 'verdict_3', words: 'app.atajo.a_convalidar' },
    { keys: '4', act: 'verdict_4', words: 'app.atajo.no_aplica' },
    { keys: 'Ctrl+Enter', act: 'decidir', words: 'app.atajo.decidir' },
    { keys: 'M', act: 'nota', words: 'app.atajo.nota' },
    { keys: 'N', act: 'evidencia_siguiente', words: 'app.atajo.evidencia_siguiente' },
    { keys: 'P', act: 'evidencia_anterior', words: 'app.atajo.evidencia_anterior' },
    { keys: 'E', act: 'evidencia_marcar', words: 'app.atajo.evidencia_marcar' },
    { keys: '+', act: 'ampliar', words: 'app.atajo.ampliar' },
    { keys: '-', act: 'reducir', words: 'app.atajo.reducir' },
    { keys: '0', act: 'ajustar', words: 'app.atajo.ajustar' },
    { keys: 'R', act: 'girar', words: 'app.atajo.girar' },
  ],
};

/** Lists what a room's grid does by itself, for F1. */
export const GRID_KEYS: readonly { keys: string; words: Key }[] = [
  { keys: '← ↑ → ↓', words: 'app.atajo.mover' },
  { keys: 'Ctrl ← ↑ → ↓', words: 'app.atajo.saltar' },
  { keys: 'Inicio · Fin · Re Pág · Av Pág', words: 'app.atajo.bordes' },
  { keys: 'Espacio', words: 'app.atajo.marcar' },
  { keys: 'Mayús ← ↑ → ↓', words: 'app.atajo.extender' },
  { keys: 'Ctrl+A', words: 'app.atajo.todo' },
  { keys: '↵', words: 'app.atajo.abrir' },
  { keys: 'Esc', words: 'app.atajo.quitar' },
];

/** The shortcuts of a room alone. */
export function roomShortcuts(room: Place['room']): readonly Listed[] {
  return ROOMS[room] ?? [];
}

/** The shortcuts in force in a room: its own first. */
export function shortcutsOf(room: Place['room']): readonly Listed[] {
  return [...roomShortcuts(room), ...EVERYWHERE];
}

/** Writes keys as they stand on a keyboard in Spanish. */
export function written(keys: string): string {
  return keys
    .replace('Shift', 'Mayús')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace('PageUp', 'Re Pág')
    .replace('PageDown', 'Av Pág')
    .replace('Enter', '↵')
    .replace(/(?<=.)\+(?=.)/g, ' ');
}
