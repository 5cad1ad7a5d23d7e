export function nativeProgram(name: 'portlight-capture' | 'portlight-send'): string;
export function ensureNative(name?: 'portlight-capture' | 'portlight-send'): Promise<boolean>;
