let filterInput: HTMLInputElement | null = null;

/** The filter bar says where it is; returns how to take that back. */
export function bindFilterInput(input: HTMLInputElement | null): () => void {
  filterInput = input;
  return () => {
    filterInput = null;
  };
}

export function focusFilter(): void {
  filterInput?.focus();
  filterInput?.select();
}
