export function sandboxArguments(): string[];
export function electronArguments(files: readonly string[]): string[];
export function electronEnvironment(more?: Readonly<Record<string, string>>): Record<string, string>;
export function ensureSandbox(executable: string): void;
