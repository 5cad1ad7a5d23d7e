/** The severity whose colours a risk has; null: none. */
export function riskLevel(risk: number): 'critical' | 'high' | 'medium' | 'low' | null {
  if (risk >= 75) return 'critical';
  if (risk >= 50) return 'high';
  if (risk >= 25) return 'medium';
  return risk > 0 ? 'low' : null;
}
