import { IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import type { StreamFormat, StreamSender } from '../../../shared/contract/stream';
import { texts } from '../../texts';
import styles from './stream.module.css';

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
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">{words.show}</legend>
        {FORMATS.map((each) => (
          <label key={each} className={styles.format} data-chosen={each === format ? '' : undefined}>
            <input
              type="radio"
              name="stream-format"
              className="visually-hidden"
              checked={each === format}
              onChange={() => onFormat(each)}
            />
            {words.formats[each]}
          </label>
        ))}
      </fieldset>
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
