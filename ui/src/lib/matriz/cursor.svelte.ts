/** A position in the grid: row and column, both from 0. */
export interface Position {
  row: number;
  column: number;
}

/** What a key did, for the room to react to. */
export type Effect = 'moved' | 'open' | 'unmark' | null;

const PAGE = 10;

/** The focus and the marks of the grid: a spreadsheet's keyboard, without knowing what the cells hold. */
export class Cursor {
  focus = $state.raw<Position>({ row: 0, column: 0 });
  private anchor: Position | null = null;
  marked = $state.raw<ReadonlySet<string>>(new Set());

  constructor(
    private readonly rows: () => number,
    private readonly columns: () => number,
    /** Tells whether a cell is to be decided: where `Ctrl` with an arrow stops. */
    private readonly isStop: (position: Position) => boolean,
  ) {}

  static key(position: Position): string {
    return `${position.row}:${position.column}`;
  }

  isMarked(row: number, column: number): boolean {
    return this.marked.has(Cursor.key({ row, column }));
  }

  /** Moves the focus within the edges, without marking. */
  moveTo(position: Position): void {
    this.focus = this.clamp(position);
    this.anchor = null;
  }

  clear(): void {
    this.marked = new Set();
    this.anchor = null;
  }

  /** Acts on a key. `null` means that the key is not the grid's. */
  press(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): Effect {
    if (event.altKey) return null;
    const chord = event.ctrlKey || event.metaKey;
    const step = this.step(event.key);
    if (step) {
      const target = chord
        ? this.leap(step)
        : this.clamp({ row: this.focus.row + step.row, column: this.focus.column + step.column });
      return this.go(target, event.shiftKey);
    }
    const last = { row: this.rows() - 1, column: this.columns() - 1 };
    switch (event.key) {
      case 'Home':
        return this.go({ row: chord ? 0 : this.focus.row, column: 0 }, event.shiftKey);
      case 'End':
        return this.go({ row: chord ? last.row : this.focus.row, column: last.column }, event.shiftKey);
      case 'PageUp':
        return this.go(this.clamp({ row: this.focus.row - PAGE, column: this.focus.column }), event.shiftKey);
      case 'PageDown':
        return this.go(this.clamp({ row: this.focus.row + PAGE, column: this.focus.column }), event.shiftKey);
      case ' ':
        this.toggle(this.focus);
        return 'moved';
      case 'Enter':
        return chord ? null : 'open';
      case 'Escape':
        if (this.marked.size === 0) return null;
        this.clear();
        return 'unmark';
    }
    if (chord && event.key.toLowerCase() === 'a') {
      this.markAll();
      return 'moved';
    }
    return null;
  }

  markAll(): void {
    const all = new Set<string>();
    for (let row = 0; row < this.rows(); row++) {
      for (let column = 0; column < this.columns(); column++) all.add(Cursor.key({ row, column }));
    }
    this.marked = all;
  }

  private toggle(position: Position): void {
    const marked = new Set(this.marked);
    const key = Cursor.key(position);
    if (!marked.delete(key)) marked.add(key);
    this.marked = marked;
    this.anchor = position;
  }

  private go(target: Position, extend: boolean): Effect {
    if (extend) {
      this.anchor ??= this.focus;
      this.markBetween(this.anchor, target);
    } else {
      this.anchor = null;
    }
    this.focus = target;
    return 'moved';
  }

  private markBetween(a: Position, b: Position): void {
    const marked = new Set<string>();
    for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row++) {
      for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column++) {
        marked.add(Cursor.key({ row, column }));
      }
    }
    this.marked = marked;
  }

  private step(key: string): Position | null {
    if (key === 'ArrowUp') return { row: -1, column: 0 };
    if (key === 'ArrowDown') return { row: 1, column: 0 };
    if (key === 'ArrowLeft') return { row: 0, column: -1 };
    return key === 'ArrowRight' ? { row: 0, column: 1 } : null;
  }

  private leap(step: Position): Position {
    let here = this.focus;
    for (;;) {
      const next = this.clamp({ row: here.row + step.row, column: here.column + step.column });
      if (next.row === here.row && next.column === here.column) return here;
      here = next;
      if (this.isStop(here)) return here;
    }
  }

  private clamp(position: Position): Position {
    return {
      row: Math.max(0, Math.min(this.rows() - 1, position.row)),
      column: Math.max(0, Math.min(this.columns() - 1, position.column)),
    };
  }
}
