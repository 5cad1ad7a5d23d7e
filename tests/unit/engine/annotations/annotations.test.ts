import { beforeEach, describe, expect, it } from 'vitest';
import { Annotations } from '../../../../src/engine/annotations/annotations';
import { CHUNK_ROWS } from '../../../../src/engine/columns/column-chunk';
import { SessionTables } from '../../../../src/engine/session-tables';
import { MAX_COMMENT_BYTES, MAX_OWN_COMMENTS } from '../../../../src/shared/contract/annotations';
import { PacketFlag } from '../../../../src/shared/model/packet-flags';

let tables: SessionTables;
let annotations: Annotations;
beforeEach(() => {
  tables = new SessionTables();
  annotations = new Annotations(tables);
});

/** So many packets come. */
function come(packets: number): void {
  for (let i = 0; i < packets; i++) {
    tables.packets.chunkForAppend();
    tables.packets.count++;
  }
  annotations.advance();
}

describe('marks', () => {
  it('are counted and listed', () => {
    come(CHUNK_ROWS + 10);
    for (const row of [CHUNK_ROWS + 3, 7, 2]) expect(annotations.mark(row, true)).toBe(true);
    expect(annotations.mark(7, true)).toBe(false);
    expect(annotations.mark(2, false)).toBe(true);
    expect([...annotations.markedRows()]).toEqual([7, CHUNK_ROWS + 3]);
    expect(annotations.news.marked).toBe(2);
    expect(annotations.isMarked(7)).toBe(true);
    expect(annotations.isMarked(1_000_000)).toBe(false);
    expect(annotations.mark(1_000_000, true)).toBe(false);
  });

  it('that are remembered come with their packets, and are kept as long as those have not come', () => {
    annotations.restore({ marks: [{ chunk: 0, rows: '1,5-6' }], comments: [{ packet: 5, text: 'why?' }] });
    come(3);
    expect([...annotations.markedRows()]).toEqual([1]);
    annotations.mark(2, true);
    expect(annotations.chunkMarks(0)).toEqual({ chunk: 0, rows: '1-2,5-6' });
    come(10);
    expect([...annotations.markedRows()]).toEqual([1, 2, 5, 6]);
    expect(tables.comments.get(5)).toEqual(['why?']);
  });

  it('are cleared, those too whose packets have not come', () => {
    annotations.restore({
      marks: [
        { chunk: 0, rows: '1' },
        { chunk: 2, rows: '9' },
      ],
      comments: [],
    });
    come(3);
    expect(annotations.clearMarks()).toEqual([0, 2]);
    expect(annotations.chunkMarks(2)).toEqual({ chunk: 2, rows: '' });
    come(3 * CHUNK_ROWS);
    expect(annotations.news.marked).toBe(0);
  });

  it('go with packets that are given up', () => {
    come(2 * CHUNK_ROWS);
    annotations.mark(5, true);
    annotations.mark(CHUNK_ROWS + 5, true);
    annotations.setComment(5, 'gone soon');
    tables.forget(CHUNK_ROWS);
    come(1);
    expect([...annotations.markedRows()]).toEqual([CHUNK_ROWS + 5]);
    expect(annotations.news).toMatchObject({ marked: 1, commented: 0 });
  });
});

describe('a comment', () => {
  it("stands behind the file's own and can be changed and removed", () => {
    come(3);
    tables.comments.set(1, ['of the file']);
    annotations.setComment(1, 'mine');
    annotations.setComment(1, ' mine, better\r\n');
    expect(tables.comments.get(1)).toEqual(['of the file', 'mine, better']);
    expect(annotations.comment(1)).toBe('mine, better');
    annotations.setComment(1, '');
    expect(tables.comments.get(1)).toEqual(['of the file']);
    annotations.setComment(0, 'alone');
    expect((tables.packets.chunkOf(0).flags[0] ?? 0) & PacketFlag.Comment).toBeTruthy();
    annotations.setComment(0, '');
    expect((tables.packets.chunkOf(0).flags[0] ?? 0) & PacketFlag.Comment).toBe(0);
    expect(tables.comments.has(0)).toBe(false);
  });

  it('has the length that a file can hold, and no control characters', () => {
    come(1);
    expect(annotations.setComment(0, 'é'.repeat(MAX_COMMENT_BYTES / 2 + 1))).toMatchObject({
      ok: false,
      problem: { code: 'comment-too-long' },
    });
    expect(annotations.setComment(0, 'a\u0000b\u001b[2J\tc')).toEqual({ ok: true, value: 'a\ufffdb\ufffd[2J\tc' });
    expect(annotations.setComment(9, 'x')).toMatchObject({ ok: false, problem: { code: 'no-such-packet' } });
  });

  it('is refused beyond a number', () => {
    come(MAX_OWN_COMMENTS + 1);
    for (let row = 0; row < MAX_OWN_COMMENTS; row++) annotations.setComment(row, 'x');
    expect(annotations.setComment(MAX_OWN_COMMENTS, 'x')).toMatchObject({ ok: false, problem: { code: 'too-many-comments' } });
    expect(annotations.setComment(3, 'another')).toMatchObject({ ok: true });
  });
});
