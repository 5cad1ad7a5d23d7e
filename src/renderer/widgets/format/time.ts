export * from '../../../shared/base/format-time';
