// What can be wrong with how a view looks, found by measuring what the browser really laid out and painted.

/**
 * Runs in the page. Returns complaints, each a sentence: text that runs out of its box or of the window, keys of the catalogue shown
 * raw, holes of sentences left open, and text without enough contrast.
 */
function inspect() {
  const complaints = [];
  const clip = (text) => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const named = (element) => {
    const kind = element.getAttribute('class');
    return `<${element.tagName.toLowerCase()}${kind ? ` class="${kind}"` : ''}> «${clip(element.textContent ?? '')}»`;
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const silent = (element) => element.closest('.oculto, [aria-hidden="true"], svg, script, style') !== null;
  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(up);
      if ([overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll')) return up;
    }
    return null;
  };

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth)
    complaints.push(`the window scrolls sideways: ${root.scrollWidth} in ${innerWidth}`);
  for (const element of document.querySelectorAll('.papel, .sala > *, dialog, aside, section, header, footer, nav')) {
    const { overflowX } = getComputedStyle(element);
    if (shown(element) && element.scrollWidth > element.clientWidth + 1 && overflowX !== 'auto' && overflowX !== 'scroll')
      complaints.push(`wider than its room by ${element.scrollWidth - element.clientWidth}: ${named(element)}`);
  }

  const open = document.querySelector('dialog[open]');
  const elements = [...(open ?? document.body).querySelectorAll('*')].filter((element) => shown(element) && !silent(element));
  for (const element of elements) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
    if (!own) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const hidesX = style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
    const hidesY = style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
    const told = element.closest('[title]')?.getAttribute('title') ?? '';
    if ((hidesX || hidesY) && told.trim() === '') complaints.push(`cut, and nowhere whole: ${named(element)}`);
    const whole = /\.(cod|hue|num)\b/.test(`.${[...element.classList].join('.')}`);
    if (whole && hidesX) complaints.push(`a code or an amount is cut: ${named(element)}`);
    const holder = scrolls(element);
    if (!holder && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1))
      complaints.push(`outside the window: ${named(element)}`);
    if (parseFloat(style.fontSize) < 12 && !element.closest('kbd, .sello')) complaints.push(`below 12 px: ${named(element)}`);
  }

  const words = [document.body.innerText];
  for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]'))
    words.push(...['title', 'aria-label', 'placeholder'].map((name) => element.getAttribute(name) ?? ''));
  for (const text of words) {
    const key =
      /\b(?:app|casework|rules|intake|reader|lector|store|signing|signature|recognition|flags|reports)\.[a-z_]+(?:\.[a-z_0-9]+)*\b/.exec(text);
    if (key) complaints.push(`a key of the catalogue is shown: ${key[0]}`);
    const hole = /\{[a-z_]+\}/.exec(text);
    if (hole) complaints.push(`a sentence with a hole: ${clip(text)}`);
    const raw = /\b(?:undefined|NaN|\[object \w+\])/.exec(text);
    if (raw) complaints.push(`something that is no sentence: ${raw[0]}`);
  }

  // Contrast of what is painted, by WCAG 2.2.
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (css) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = css;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((index) => top[index] * top[3] + below[index] * (1 - top[3]));
  const surface = (element) => {
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = ([r, g, b]) =>
    [r, g, b]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const seen = new Set();
  for (const element of elements) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
    if (!own || element.closest(':disabled, [data-pagina]')) continue;
    const style = getComputedStyle(element);
    const below = surface(element);
    const ink = over(rgba(style.color), below);
    const [a, b] = [light(ink), light(below)].sort((one, two) => two - one);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${style.color} ${below}`;
    if (ratio < (large ? 3 : 4.5) && !seen.has(key)) {
      seen.add(key);
      complaints.push(`contrast ${ratio.toFixed(2)}: ${named(element)}`);
    }
  }
  return [...new Set(complaints)];
}

/** Measures what is on the screen now and returns what is wrong with it. */
export function complaintsOf(driver) {
  return driver.executeScript(`return (${inspect.toString()})()`);
}
