/** Words of the slider below map and topology. */
export const timeSlider = {
  region: 'Time window',
  play: 'Play the session window by window',
  pause: 'Pause',
  back: 'One window earlier',
  forward: 'One window later',
  length: 'Length of the window',
  window: (length: string) => `Window ${length}`,
  ownLength: 'Chosen range',
  speed: 'How fast the whole session is played',
  whole: (seconds: number) => `All in ${seconds} s`,
  slider: 'Time window. Arrow keys move it, Escape shows all times.',
  all: 'All times',
  span: (from: string, to: string) => `${from} – ${to}`,
  clear: 'Show all times',
  nothing: 'Nothing in this time window',
} as const;
