import { IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import type { StreamFormat, StreamSender } from '../../../shared/contract/stream';
import { texts } from '../../texts';
import { Segments } from '../../widgets/segments/Segments';

const words = texts.stream;

interface ToolbarProps {
  readonly format: StreamFormat;
  onFormat(format: StreamFormat): void;
  readonly sender: StreamSender | null;
  onSender(sender: StreamSender | null): void;
  onCopy(): void;
  onSave(): void;
}

const FORMATS = ['text', 'hex', 'raw'] as const satisfies readonly StreamFormat[];

/** How the stream is shown, whose bytes, and what can be done with them. */
export function Toolbar({ format, onFormat, sender, onSender, onCopy, onSave }: ToolbarProps) {
  return (
    <>
      <Segments label={words.show} name="stream-format" ids={FORMATS} titles={words.formats} chosen={format} onChoose={onFormat} />
      <select
        className="select"
        aria-label={words.who}
        value={sender ?? 'both'}
        onChange={({ target }) => onSender(target.value === 'both' ? null : target.value === '0' ? 0 : 1)}
      >
        <option value="both">{words.both}</option>
        <option value="0">{words.only[0]}</option>
        <option value="1">{words.only[1]}</option>
      </select>
      <button type="button" className="button" data-small title={words.copyHint} onClick={onCopy}>
        <IconCopy size={13} stroke={1.7} aria-hidden />
        {words.copy}
      </button>
      <button type="button" className="button" data-small title={words.saveHint} onClick={onSave}>
        <IconDeviceFloppy size={13} stroke={1.7} aria-hidden />
        {words.save[format]}
      </button>
    </>
  );
}
