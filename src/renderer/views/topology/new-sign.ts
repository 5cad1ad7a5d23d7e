/** Dashes of a connection that is new, pixels drawn and left out. */
export const NEW_DASH = [7, 4] as const;

const LEAST = 13;
const SHARE = 0.45;
/** Of half a node's size: where the middle of the sign is, to the right and upwards. */
const OUT = 0.78;

/** Size of the sign of a new node and where its middle is, from the node's, in pixels. */
export function signBox(nodeSize: number): { readonly size: number; readonly x: number; readonly y: number } {
  const out = (OUT * nodeSize) / 2;
  return { size: Math.max(LEAST, SHARE * nodeSize), x: out, y: -out };
}

/** A plus in a circle, as SVG in a box of 10 by 10. Colours must be safe as attributes. */
export const signShapes = (fill: string, line: string): string =>
  `<circle cx="5" cy="5" r="4.5" fill="${fill}" stroke="${line}"/><path d="M5 2.6V7.4M2.6 5H7.4" stroke="${line}" stroke-width="1.4" fill="none"/>`;

/** The same as an image for a canvas. */
export const signImage = (fill: string, line: string): string =>
  `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="40" height="40">${signShapes(fill, line)}</svg>`)}`;
