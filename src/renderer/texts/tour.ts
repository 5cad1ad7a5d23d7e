/** Words of the picture that explains the window. */
export const tour = {
  title: 'The window in one picture',
  line: 'Once a capture is open, five parts stay where they are; only the view in the middle changes.',
  parts: [
    ['Top bar', 'What is open, and the filter. One filter holds for everything below.', 'Ctrl F'],
    ['Time strip', 'The whole capture at a glance, with its alerts. Drag to see only a part of it.', ''],
    ['Views', 'Overview, packets, flows, alerts, map and more, of the same packets.', '1 to 9, 0'],
    ['Inspector', 'What is selected: who talks to whom, with filters a click away.', 'Ctrl I'],
    ['Status bar', 'How many packets are shown, and what the engine and the databases do.', ''],
  ],
  more: 'All commands are in the palette, all keys behind the question mark.',
  keys: ['Ctrl K', '?'],
  done: 'Got it',
  again: 'Show the window in one picture',
} as const;
