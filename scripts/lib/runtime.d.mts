export interface ElectronRuntime {
  readonly executable: string;
  readonly version: string;
  readonly official: boolean;
}

export function ensureRuntime(): Promise<ElectronRuntime>;
