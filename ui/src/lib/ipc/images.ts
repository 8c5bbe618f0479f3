import { convertFileSrc } from '@tauri-apps/api/core';

const SCHEME = 'cotejo';
/** Steps of the scale, in hundredths of 72 dots an inch: few, so that images are found again in the cache. */
const STEPS = [25, 50, 75, 100, 150, 200, 300, 400];

/** Chooses the first step at which the image is at least as sharp as the screen. */
export function step(zoom: number, density: number): number {
  const wanted = zoom * density * 100;
  return STEPS.find((candidate) => candidate >= wanted - 1) ?? 400;
}

/** Address of the image of a page of a file. */
export function pageImage(caseId: string, file: string, page: number, scale: number, turn = 0): string {
  // The turn only tells images of the same page apart: the core knows how each page is turned.
  return convertFileSrc(`pagina/${caseId}/${file}/${page}/${scale}${turn === 0 ? '' : `/${turn}`}`, SCHEME);
}

/** Address of the image of a page of the acta; the hash tells drafts apart. */
export function actaImage(caseId: string, sha256: string, page: number, scale: number): string {
  return convertFileSrc(`acta/${caseId}/${sha256}/${page}/${scale}`, SCHEME);
}

/** Address of the image of a page of another document of ours, named by the hash of its bytes. */
export function paperImage(caseId: string, sha256: string, page: number, scale: number): string {
  return convertFileSrc(`papel/${caseId}/${sha256}/${page}/${scale}`, SCHEME);
}
