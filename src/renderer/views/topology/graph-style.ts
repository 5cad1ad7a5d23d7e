import type { NodeSingular, StylesheetJson } from 'cytoscape';
import { NEW_DASH, signBox, signImage } from './new-sign';
import type { Palette } from './palette';

export const FONT_SIZE = 11;

const signSize = (node: NodeSingular): number => signBox(node.data('size')).size;

/** What follows from data and classes; all colours are the theme's. */
export function graphStyle(palette: Palette, fontFamily: string): StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        width: 'data(size)',
        height: 'data(size)',
        shape: 'data(shape)' as 'ellipse',
        'background-color': 'data(fill)',
        'border-color': 'data(ring)',
        'border-width': 'data(ringWidth)',
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'node.labelled',
      style: {
        label: 'data(label)',
        color: palette.text,
        'font-family': fontFamily,
        'font-size': FONT_SIZE,
        'text-valign': 'bottom',
        'text-margin-y': 3,
        'text-background-color': palette.background,
        'text-background-opacity': 0.75,
        'text-background-padding': '2px',
        'text-background-shape': 'roundrectangle',
        'z-index': 10,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': 'data(color)',
        'line-opacity': 'data(opacity)' as unknown as number,
        'curve-style': 'haystack',
        'haystack-radius': 0,
        'overlay-opacity': 0,
        events: 'no',
      },
    },
    {
      selector: 'node.new',
      style: {
        'background-image': signImage(palette.fresh, palette.background),
        'background-clip': 'none',
        'background-image-containment': 'over',
        'background-width': signSize,
        'background-height': signSize,
        'background-position-x': '50%',
        'background-position-y': '50%',
        'background-offset-x': (node: NodeSingular) => signBox(node.data('size')).x,
        'background-offset-y': (node: NodeSingular) => signBox(node.data('size')).y,
        'bounds-expansion': 14,
      } as Record<string, unknown>,
    },
    { selector: 'edge.new', style: { 'line-style': 'dashed', 'line-dash-pattern': [...NEW_DASH] } },
    { selector: '.dimmed', style: { opacity: 0.28 } },
    { selector: 'edge.near', style: { 'line-opacity': 0.9 } },
    {
      selector: 'node.chosen',
      style: { 'outline-width': 3, 'outline-color': palette.focus, 'outline-offset': 3, 'outline-style': 'solid' } as Record<
        string,
        unknown
      >,
    },
  ];
}
