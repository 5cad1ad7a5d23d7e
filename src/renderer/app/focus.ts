let filterInput: HTMLInputElement | null = null;

/** The filter bar says where it is; returns how to take that back. */
export function bindFilterInput(input: HTMLInputElement | null): () => void {
  filterInput = input;
  return () => {
    filterInput = null;
  };
}

/** Where the focus was before the filter took it. */
let before: HTMLElement | null = null;

export function focusFilter(): void {
  const { activeElement } = document;
  if (activeElement !== filterInput) before = activeElement instanceof HTMLElement ? activeElement : null;
  filterInput?.focus();
  filterInput?.select();
}

/** Gives the focus back to where it was. */
export function leaveFilter(): void {
  filterInput?.blur();
  if (before?.isConnected) before.focus();
}
