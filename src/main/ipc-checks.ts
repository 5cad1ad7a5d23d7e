import { basename } from 'node:path';
import type { ChooseFileRequest, FileKind, SavePathRequest, SaveTextRequest } from '../shared/contract/desktop';

/** An export of this many characters is made by the engine, not passed through the clipboard or a message. */
const LONGEST_TEXT = 256 * 1024 * 1024;
const MOST_KINDS = 20;

export function checked<T>(value: unknown, isValid: (value: unknown) => value is T): T {
  if (!isValid(value)) throw new Error('the argument has another shape than the contract says');
  return value;
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;

export function isSavePathRequest(value: unknown): value is SavePathRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { suggestedName, filters } = value as Partial<Record<keyof SavePathRequest, unknown>>;
  const isName = typeof suggestedName === 'string' && suggestedName.length < 256 && basename(suggestedName) === suggestedName;
  return isName && areFileKinds(filters);
}

export const isSaveTextRequest = (value: unknown): value is SaveTextRequest =>
  isSavePathRequest(value) && 'text' in value && isText(value.text) && (!('isBase64' in value) || typeof value.isBase64 === 'boolean');

export function isChooseFileRequest(value: unknown): value is ChooseFileRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { title, filters, isKey } = value as Partial<Record<keyof ChooseFileRequest, unknown>>;
  return typeof title === 'string' && title.length < 256 && areFileKinds(filters) && ['boolean', 'undefined'].includes(typeof isKey);
}

const areFileKinds = (value: unknown): value is readonly FileKind[] =>
  Array.isArray(value) && value.length <= MOST_KINDS && value.every(isFileKind);

function isFileKind(value: unknown): value is FileKind {
  if (typeof value !== 'object' || value === null) return false;
  const { name, extensions } = value as Partial<Record<keyof FileKind, unknown>>;
  return (
    typeof name === 'string' &&
    Array.isArray(extensions) &&
    extensions.length <= MOST_KINDS &&
    extensions.every((one) => typeof one === 'string')
  );
}
