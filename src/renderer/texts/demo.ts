/** Words of the demo: what is seen was generated. */
export const demo = {
  /** As the engine names the source. */
  name: 'Demo: generated traffic',
  door: 'Demo',
  hint: 'Generated traffic with attacks in it. Nothing is captured; no rights are needed.',
  start: 'Start the demo',
  running: 'Running',
  runningHint: 'Traffic is generated',
  stop: 'Stop generating (Ctrl E); what was generated stays',
  badge: 'Demo',
  banner: 'All of this traffic is generated. Nothing was captured, and no address here did any of it. It is not kept.',
} as const;
