/** Preferences that outlive the window. What was stored is looked at before it is believed; a full or broken store costs the preference only. */
export function load<T>(key: string, isValid: (value: unknown) => value is T, fallback: T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

export function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing that a person could do about it, and nothing is lost but the preference.
  }
}
