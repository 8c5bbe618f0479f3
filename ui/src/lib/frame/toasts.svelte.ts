/** Confirms what the person did. */
export interface Toast {
  id: number;
  text: string;
  /** Whether it offers *Deshacer*. */
  undo: boolean;
}

const SHOWN_MS = 8000;
const KEPT = 5;

/** The toast on the screen and the last five acts. Time stops while a person points at it or has the focus in it. */
export class Toasts {
  current = $state<Toast | null>(null);
  recent = $state<Toast[]>([]);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private next = 1;

  show(text: string, undo = false): void {
    const toast = { id: this.next++, text, undo };
    this.current = toast;
    this.recent = [toast, ...this.recent].slice(0, KEPT);
    this.resume();
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  resume(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.current = null;
  }
}
