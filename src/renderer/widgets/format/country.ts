const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** 'Germany' of 'DE'; a code that is none stays itself: databases have their own. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;
}
