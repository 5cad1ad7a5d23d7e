/**
 * What a person marked and wrote in a capture. Marks: by chunk of 65,536 packets the marked ones, counted from its first ('5,7-9'), so that
 * one mark more does not write all of them again.
 */
export const annotations = `
  CREATE TABLE packet_marks (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    chunk INTEGER NOT NULL,
    packets TEXT NOT NULL,
    PRIMARY KEY (capture_id, chunk)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE packet_comments (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    packet INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (capture_id, packet)
  ) STRICT, WITHOUT ROWID;
`;
