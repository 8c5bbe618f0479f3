import type { EvidenceView } from '$lib/ipc/bindings';

/** What of a page is shown: a strip of its whole width, with the boxes of the words in percent of the strip. */
export interface Strip {
  page: number;
  /** Width by height, for the shape of the strip. */
  ratio: number;
  /** How far the image goes up, in percent of the height of the strip. */
  up: number;
  boxes: { left: number; top: number; width: number; height: number }[];
}

/** Context above and below the words, in points. */
const CONTEXT = 42;
/** The least and the most of a page that is shown, in points. */
const LEAST = 130;
const MOST = 300;

/** Cuts the strip of a page on which a piece of evidence stands; `null` where it has no page with a picture. */
export function stripOf(piece: EvidenceView): Strip | null {
  const place = piece.place;
  if (place.kind !== 'page' || place.width <= 0 || place.height <= 0) return null;
  const boxes = place.quads.map((quad) => {
    const xs = quad.filter((_, index) => index % 2 === 0);
    const ys = quad.filter((_, index) => index % 2 === 1);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  });
  const first = boxes.length > 0 ? Math.min(...boxes.map((box) => box.top)) - CONTEXT : 0;
  const last = boxes.length > 0 ? Math.max(...boxes.map((box) => box.bottom)) + CONTEXT : MOST;
  const height = Math.min(Math.max(last - first, LEAST), MOST, place.height);
  const top = Math.min(Math.max(first, 0), place.height - height);
  return {
    page: place.page,
    ratio: place.width / height,
    up: (top / height) * 100,
    boxes: boxes.map((box) => ({
      left: (box.left / place.width) * 100,
      top: ((box.top - top) / height) * 100,
      width: ((box.right - box.left) / place.width) * 100,
      height: ((box.bottom - box.top) / height) * 100,
    })),
  };
}

/** The page a piece stands on, if it has one. */
export function pageOf(piece: EvidenceView): number | null {
  return piece.place.kind === 'elsewhere' ? null : piece.place.page;
}
