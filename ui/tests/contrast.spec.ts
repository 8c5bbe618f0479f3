import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// A change of a colour fails the build when it makes something illegible (WCAG 2.2: text 4.5, controls and glyphs 3).
const css = readFileSync('src/styles/tokens.css', 'utf8');

function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector}{`) >= 0 ? css.indexOf(`${selector}{`) : css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = block(':root');
const THEMES: Record<string, Record<string, string | undefined>> = {
  claro: light,
  oscuro: { ...light, ...block('[data-tema=oscuro]') },
  contraste: { ...light, ...block('[data-tema=contraste]') },
};

function luminance(hex: string): number {
  const channel = (index: number) => {
    const value = parseInt(hex.slice(index, index + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function ratio(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const SURFACES = ['marco', 'mesa', 'papel', 'papel-2', 'papel-3'];
const TEXT: [text: string, surfaces: string[]][] = [
  ['tinta', [...SURFACES, 'accion-suave', 'cumple-suave', 'nocumple-suave', 'conval-suave', 'indicio-suave']],
  ['tinta-2', [...SURFACES, 'accion-suave']],
  ['tinta-3', SURFACES],
  ['lapiz', ['papel', 'papel-2', 'accion-suave']],
  ['accion', ['papel', 'papel-2', 'marco', 'accion-suave']],
  ['accion-fg', ['accion', 'accion-alt']],
  ['cumple', ['papel', 'papel-2', 'cumple-suave']],
  ['nocumple', ['papel', 'papel-2', 'nocumple-suave', 'accion-suave', 'marco']],
  ['conval', ['papel', 'papel-2', 'conval-suave', 'accion-suave', 'marco']],
  ['indicio', ['papel', 'indicio-suave']],
  ['norma-fg', ['norma']],
  ['hoja-tinta', ['hoja']],
];
const MARKS: [mark: string, surfaces: string[]][] = [
  ['raya-ctl', SURFACES],
  ['foco', [...SURFACES, 'accion-suave']],
  ['resalte-raya', ['hoja']],
];

for (const [theme, tokens] of Object.entries(THEMES)) {
  const pairs = [...TEXT.map((pair) => ({ pair, least: 4.5 })), ...MARKS.map((pair) => ({ pair, least: 3 }))];
  test(`every pair in use is legible in the theme ${theme}`, () => {
    for (const {
      pair: [front, surfaces],
      least,
    } of pairs) {
      for (const surface of surfaces) {
        const [a, b] = [tokens[front], tokens[surface]];
        expect(a && b, `${front} on ${surface} is defined`).toBeTruthy();
        expect(ratio(a ?? '', b ?? ''), `${front} on ${surface}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
}
