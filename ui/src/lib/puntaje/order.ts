import type { PointsPlaceView, PointsView } from '$lib/ipc/bindings';

/** One line of an order of the bids. */
export interface Line {
  number: number;
  name: string;
  place: number;
  points: string;
  tie: boolean;
}

/** The order of a scoring line by line; who ties has the same place. */
export function linesOf(view: PointsView, order: readonly PointsPlaceView[], points: (number: number) => string | null): Line[] {
  return order.flatMap((place) =>
    place.bids.map((number) => ({
      number,
      name: view.bids.find((bid) => bid.number === number)?.name ?? '',
      place: place.place,
      points: points(number) ?? '',
      tie: place.bids.length > 1,
    })),
  );
}

/** From which line on the left to which on the right each bid goes, and whether it changes its place. */
export function slopes(left: readonly Line[], right: readonly Line[]): { from: number; to: number; moves: boolean }[] {
  return left.flatMap((line, from) => {
    const to = right.findIndex((other) => other.number === line.number);
    return to < 0 ? [] : [{ from, to, moves: right[to]?.place !== line.place }];
  });
}

/** Names the first place of an order. */
export const first = (lines: readonly Line[]): string =>
  lines
    .filter((line) => line.place === 1)
    .map((line) => line.name)
    .join(' = ');
