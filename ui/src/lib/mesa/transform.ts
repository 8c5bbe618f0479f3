/** How a page lies on the desk: its size in points, how far it is enlarged, how it is turned. */
export interface View {
  width: number;
  height: number;
  /** Pixels a point. */
  zoom: number;
  rotation: Rotation;
}

export type Rotation = 0 | 90 | 180 | 270;

/** Four corners in points, in the space of the page as it is shown, origin top left. */
export type Quad = readonly number[];

/** Size of the turned page in pixels. */
export function size(view: View): [width: number, height: number] {
  const upright: [number, number] = [view.width * view.zoom, view.height * view.zoom];
  return view.rotation % 180 === 0 ? upright : [upright[1], upright[0]];
}

/** The one transform of image, quads and text, for an element as large as the unturned page, with its origin at the top left. */
export function css(view: View): string {
  const [width, height] = [view.width * view.zoom, view.height * view.zoom];
  if (view.rotation === 90) return `translate(${height}px, 0) rotate(90deg)`;
  if (view.rotation === 180) return `translate(${width}px, ${height}px) rotate(180deg)`;
  return view.rotation === 270 ? `translate(0, ${width}px) rotate(270deg)` : 'none';
}

/** Where a point of the page lies on the desk, in pixels. It says in numbers what `css` says to the browser. */
export function place(view: View, x: number, y: number): [x: number, y: number] {
  const turned: Record<Rotation, [number, number]> = {
    0: [x, y],
    90: [view.height - y, x],
    180: [view.width - x, view.height - y],
    270: [y, view.width - x],
  };
  const [left, top] = turned[view.rotation];
  return [left * view.zoom, top * view.zoom];
}

/** The upright box around quads on the desk, in pixels: left, top, right, bottom. */
export function bounds(view: View, quads: readonly Quad[]): [number, number, number, number] | null {
  const corners = quads.flatMap((quad) =>
    [0, 2, 4, 6].map((index) => place(view, quad[index] ?? 0, quad[index + 1] ?? 0)),
  );
  if (corners.length === 0) return null;
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The corners as an SVG polygon. */
export function polygon(quad: Quad): string {
  return [0, 2, 4, 6].map((index) => `${quad[index] ?? 0},${quad[index + 1] ?? 0}`).join(' ');
}

/** The enlargement at which the turned page fills a width. */
export function fitWidth(view: Omit<View, 'zoom'>, available: number): number {
  const width = view.rotation % 180 === 0 ? view.width : view.height;
  return width > 0 && available > 0 ? available / width : 1;
}

/** Turns a quarter clockwise. */
export function turn(rotation: Rotation): Rotation {
  return ((rotation + 90) % 360) as Rotation;
}
