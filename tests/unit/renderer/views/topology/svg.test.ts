import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../../../../src/renderer/views/topology/shapes';
import { type DrawnNode, escapeXml, type Scene, toSvg } from '../../../../../src/renderer/views/topology/svg';

const NODE: DrawnNode = {
  id: '10.0.0.4',
  x: 0,
  y: 0,
  size: 20,
  shape: 'ellipse',
  fill: '#000000',
  ring: '#ff0000',
  ringWidth: 4,
  level: 'high',
  label: '10.0.0.4',
  isLabelled: true,
  isNew: false,
};
const scene = (change: Partial<Scene>): Scene => ({
  title: 'A graph',
  background: '#000',
  text: '#fff',
  fresh: '#0f0',
  nodes: [NODE],
  edges: [],
  ...change,
});

/** Names of the elements in the order in which they end; throws where tags do not match or a bare `<` or `&` is left. */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const ended: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^?]*\?>\n/, '')
    .replace(/<(\/?)([a-z]+)((?:\s+[a-zA-Z0-9-]+="[^"<]*")*)\s*(\/?)>/g, (_, closes, name, _attributes, empty) => {
      if (closes === '/') {
        const last = open.pop();
        if (last !== name) throw new Error(`</${name}> ends <${last}>`);
        ended.push(name);
      } else if (empty === '/') ended.push(name);
      else open.push(name);
      return '';
    });
  if (open.length > 0) throw new Error(`<${open.join('><')}> not ended`);
  const bare = /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.exec(rest);
  if (bare) throw new Error(`bare ${bare[0]}`);
  return ended;
}

describe('the graph as SVG', () => {
  it('has each host and each connection', () => {
    const other = { ...NODE, id: '10.0.0.5', x: 100, level: 'none', isLabelled: false };
    const svg = toSvg(
      scene({ nodes: [NODE, other], edges: [{ from: NODE, to: other, width: 2, color: '#0000ff', opacity: 0.5, isNew: false }] }),
    );
    expect(elementsOf(svg).filter((name) => name === 'line')).toHaveLength(1);
    expect(svg).toContain('<g data-id="10.0.0.4" data-level="high">');
    expect(svg).toContain('<line x1="0" y1="0" x2="100" y2="0" stroke="#0000ff" stroke-width="2" stroke-opacity="0.5"/>');
    // Both have a title, one has a label.
    expect(elementsOf(svg).filter((name) => name === 'text')).toHaveLength(1);
  });

  it('marks what is new', () => {
    const other = { ...NODE, id: '10.0.0.5', x: 100, isNew: true };
    const edge = { from: NODE, to: other, width: 2, color: '#0000ff', opacity: 0.5, isNew: true };
    const svg = toSvg(scene({ nodes: [NODE, other], edges: [edge] }));
    expect(elementsOf(svg).filter((name) => name === 'circle')).toHaveLength(1);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(toSvg(scene({ edges: [{ ...edge, isNew: false }] }))).not.toMatch(/circle|dasharray/);
  });

  it('shows what packets say as text, never as markup', () => {
    const label = `</text><script>alert("1")</script> & 'so' on`;
    const svg = toSvg(scene({ nodes: [{ ...NODE, id: '"><script>', label }] }));
    expect(elementsOf(svg)).not.toContain('script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;so&#39; on');
  });

  it('is well formed whatever hosts are called and wherever they stand', () => {
    const text = fc.string({ unit: 'binary' });
    const node = fc.record({ id: text, label: text, x: fc.double(), y: fc.double(), shape: fc.constantFrom(...Object.values(SHAPES)) });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (nodes) => {
        const svg = toSvg(scene({ nodes: nodes.map((each) => ({ ...NODE, ...each })) }));
        expect(() => elementsOf(svg)).not.toThrow();
        expect(svg).not.toMatch(/NaN|Infinity/);
      }),
    );
  });

  it('has no character that XML cannot have', () => {
    expect(escapeXml('a\u0000b\u001b\ud800c\uffff\n')).toBe('a\ufffdb\ufffd\ufffdc\ufffd\n');
  });
});
