/** A light in a port. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <circle cx="12" cy="12" r="9.5" fill="none" stroke="var(--accent)" strokeWidth="1.8" />
      <circle cx="12" cy="12" r="4.6" fill="var(--accent)" />
    </svg>
  );
}
