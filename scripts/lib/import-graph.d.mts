export interface ImportRule {
  readonly folder: string;
  readonly from: readonly string[];
  readonly notFrom?: readonly string[];
  readonly packages?: readonly string[];
  readonly notPackages?: readonly string[];
  readonly apart?: boolean;
}

export function importsIn(text: string): string[];
export function findViolations(root: string, rules: readonly ImportRule[]): string[];
