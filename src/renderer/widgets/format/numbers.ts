export * from '../../../shared/base/format-numbers';
