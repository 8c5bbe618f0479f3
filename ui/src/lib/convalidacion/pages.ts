import type { CureBidView, CureChangeView, CurePlace, CureRequestView } from '$lib/ipc/bindings';

/** A place with all its parts. */
export type Place = Required<CurePlace>;

/** Completes a place: over the border empty parts may be left out. */
export function whole(place: CurePlace): Place {
  return { file: place.file ?? '', file_name: place.file_name ?? '', page: place.page ?? null, quote: place.quote ?? '' };
}

/** The last part of a path. */
export function bare(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** Names a page for a key. */
export function nameOf(place: CurePlace): string {
  return `${place.file ?? ''}|${place.page ?? ''}`;
}

/** Leaves each page once, in the order given. */
export function unique(places: readonly CurePlace[]): CurePlace[] {
  const seen = new Set<string>();
  return places.filter((place) => {
    const name = nameOf(place);
    return seen.has(name) ? false : seen.add(name) !== undefined;
  });
}

/** Pages a result may rest on: those of the answer that was asked for, its files, and what the request showed of the bid. */
export function pagesFor(request: CureRequestView, bid: CureBidView, asked: readonly CureChangeView[]): { chosen: CurePlace[]; all: CurePlace[] } {
  const changed = unique(
    asked.filter((change) => change.asked_by === request.number).flatMap((change) => (change.after_at ? [change.after_at] : [])),
  );
  // Where nothing came, the bid's own pages show what was not cured.
  const chosen = changed.length > 0 ? changed : bid.received === null ? request.evidence : [];
  const files = bid.files.map((file) => ({ ...file, page: file.page ?? 1 }));
  return { chosen, all: unique([...changed, ...files, ...request.evidence]) };
}

/** Writes pages for a motivation: `Anexo.pdf, página 3; …`. */
export function written(places: readonly CurePlace[], page: (n: number) => string): string {
  return places
    .map(whole)
    .map((place) => (place.page === null ? bare(place.file_name) : `${bare(place.file_name)}, ${page(place.page)}`))
    .join('; ');
}
