import { NEW_DASH, signBox, signShapes } from './new-sign';
import { coordinate, type Shape, shapePath } from './shapes';

export interface DrawnNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly shape: Shape;
  readonly fill: string;
  readonly ring: string;
  readonly ringWidth: number;
  /** Level of the ring: a severity, or 'none'. */
  readonly level: string;
  readonly label: string;
  /** The label is shown. */
  readonly isLabelled: boolean;
  /** First seen in the time that is shown, wholly or in part. */
  readonly isNew: boolean;
}

export interface DrawnEdge {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly color: string;
  /** 0 to 1. */
  readonly opacity: number;
  readonly isNew: boolean;
}

/** What a drawing has: places and sizes in pixels, colours as CSS writes them. */
export interface Scene {
  readonly title: string;
  readonly background: string;
  readonly text: string;
  /** Colour of the sign for what is new. */
  readonly fresh: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

const MARGIN = 60;
const FONT = 11;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** As text or attribute of XML 1.0. Characters that XML cannot have at all, lone surrogates included, become U+FFFD. */
export const escapeXml = (text: string): string =>
  Array.from(text, (character) => ENTITIES[character] ?? (isXml(character.codePointAt(0) ?? 0) ? character : '\ufffd')).join('');

const isXml = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || code > 0xffff;

/** The graph as an SVG 1.1 document of its own. */
export function toSvg({ title, background, text, fresh, nodes, edges }: Scene): string {
  const left = Math.min(0, ...nodes.map(({ x, size }) => x - size / 2)) - MARGIN;
  const top = Math.min(0, ...nodes.map(({ y, size }) => y - size / 2)) - MARGIN;
  const right = Math.max(0, ...nodes.map(({ x, size }) => x + size / 2)) + MARGIN;
  const bottom = Math.max(0, ...nodes.map(({ y, size }) => y + size / 2)) + MARGIN;
  const box = [left, top, right - left, bottom - top].map(coordinate);
  const ground = `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${escapeXml(background)}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" width="${box[2]}" height="${box[3]}" font-family="sans-serif" font-size="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    ground,
    `<g fill="none" stroke-linecap="round">`,
    ...edges.map(
      ({ from, to, width, color, opacity, isNew }) =>
        `<line x1="${coordinate(from.x)}" y1="${coordinate(from.y)}" x2="${coordinate(to.x)}" y2="${coordinate(to.y)}" stroke="${escapeXml(color)}" stroke-width="${coordinate(width)}" stroke-opacity="${coordinate(opacity)}"${isNew ? ` stroke-dasharray="${NEW_DASH.join(' ')}"` : ''}/>`,
    ),
    '</g>',
    ...nodes.map(drawNode),
    ...nodes.filter(({ isNew }) => isNew).map((node) => drawSign(node, { fresh, background })),
    `<g fill="${escapeXml(text)}" text-anchor="middle">`,
    ...nodes
      .filter(({ isLabelled }) => isLabelled)
      .map(({ x, y, size, label }) => `<text x="${coordinate(x)}" y="${coordinate(y + size / 2 + FONT + 3)}">${escapeXml(label)}</text>`),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawNode({ id, x, y, size, shape, fill, ring, ringWidth, level, label }: DrawnNode): string {
  const path = `<path d="${shapePath(shape, x, y, size)}" fill="${escapeXml(fill)}" stroke="${escapeXml(ring)}" stroke-width="${coordinate(ringWidth)}"/>`;
  return `<g data-id="${escapeXml(id)}" data-level="${escapeXml(level)}"><title>${escapeXml(label)}</title>${path}</g>`;
}

function drawSign({ x, y, size }: DrawnNode, colors: { readonly fresh: string; readonly background: string }): string {
  const sign = signBox(size);
  const [left, top] = [x + sign.x - sign.size / 2, y + sign.y - sign.size / 2];
  return `<g transform="translate(${coordinate(left)} ${coordinate(top)}) scale(${coordinate(sign.size / 10)})">${signShapes(escapeXml(colors.fresh), escapeXml(colors.background))}</g>`;
}
