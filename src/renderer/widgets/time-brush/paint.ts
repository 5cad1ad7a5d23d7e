export interface BrushColors {
  readonly area: string;
  readonly line: string;
  readonly shown: string;
  readonly outline: string;
}

interface Series {
  readonly packets: readonly number[];
  readonly shown: readonly number[] | null;
  /** Of the same time, in parts of its own. */
  readonly outline: readonly number[] | null;
}

/** Shares of the height that keep a single packet visible beside a burst of thousands, and one that matches before it. */
const LEAST = 0.06;
const LEAST_SHOWN = 0.16;

const share = (count: number, most: number, least: number): number => (count === 0 ? 0 : Math.max(least, Math.sqrt(count / most)));

/** Draws packets per bucket as an area over the width, and those that the filter shows before it. Heights go with the square root. */
export function paintBrush(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  { packets, shown, outline }: Series,
  colors: BrushColors,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context || packets.length === 0) return;
  context.scale(ratio, ratio);
  // Wider buckets hold more: the outline is measured by its own.
  const wider = outline ? packets.length / outline.length : 1;
  const most = Math.max(greatest(packets), outline ? greatest(outline) / wider : 1);
  if (outline) {
    area(context, outline, width, height, most * wider, LEAST);
    context.fillStyle = colors.outline;
    context.fill();
  }
  area(context, packets, width, height, most, LEAST);
  context.fillStyle = colors.area;
  context.fill();
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.stroke();
  if (!shown) return;
  area(context, shown, width, height, most, LEAST_SHOWN);
  context.fillStyle = colors.shown;
  context.fill();
}

const greatest = (counts: readonly number[]): number => counts.reduce((max, count) => Math.max(max, count), 1);

function area(
  context: CanvasRenderingContext2D,
  counts: readonly number[],
  width: number,
  height: number,
  most: number,
  least: number,
): void {
  const step = width / counts.length;
  context.beginPath();
  context.moveTo(0, height);
  for (const [index, count] of counts.entries()) {
    const y = height - share(count, most, least) * (height - 2);
    context.lineTo(index * step, y);
    context.lineTo((index + 1) * step, y);
  }
  context.lineTo(width, height);
  context.closePath();
}
