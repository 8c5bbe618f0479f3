/** What the person chose; `sistema` follows the system. */
export type Theme = 'sistema' | 'claro' | 'oscuro' | 'contraste';
export const THEMES: readonly Theme[] = ['sistema', 'claro', 'oscuro', 'contraste'];
export const TEXT_SIZES = [100, 125, 150, 200] as const;

const KEY = 'cotejo.apariencia';

interface Stored {
  theme: Theme;
  textSize: number;
  letters: boolean;
}

/** Appearance: theme, size of the text, and whether single letters act as shortcuts (WCAG 2.1.4). */
export class Appearance {
  theme = $state<Theme>('sistema');
  textSize = $state(100);
  letters = $state(true);

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
    private readonly matches: (query: string) => boolean = (query) => matchMedia(query).matches,
  ) {
    try {
      const stored = JSON.parse(this.storage.getItem(KEY) ?? '{}') as Partial<Stored>;
      if (stored.theme && THEMES.includes(stored.theme)) this.theme = stored.theme;
      if (TEXT_SIZES.some((size) => size === stored.textSize)) this.textSize = stored.textSize ?? 100;
      if (typeof stored.letters === 'boolean') this.letters = stored.letters;
    } catch {
      // A damaged preference is no reason to stop: the defaults hold.
    }
  }

  /** The theme in force. */
  get effective(): Exclude<Theme, 'sistema'> {
    if (this.theme !== 'sistema') return this.theme;
    if (this.matches('(prefers-contrast: more)')) return 'contraste';
    return this.matches('(prefers-color-scheme: dark)') ? 'oscuro' : 'claro';
  }

  /** Writes the appearance into the document and keeps it. */
  apply(root: HTMLElement): void {
    root.dataset['tema'] = this.effective;
    root.style.fontSize = this.textSize === 100 ? '' : `${this.textSize}%`;
    const stored: Stored = { theme: this.theme, textSize: this.textSize, letters: this.letters };
    this.storage.setItem(KEY, JSON.stringify(stored));
  }
}
