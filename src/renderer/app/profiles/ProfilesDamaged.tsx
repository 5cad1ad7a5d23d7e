import { IconAlertTriangle } from '@tabler/icons-react';
import { dismissProblem, useProfiles } from '../../stores/profiles';
import { Banner } from '../frame/Banner';

/** The file with the profiles could not be used: what became of it. */
export function ProfilesDamaged() {
  const problem = useProfiles((state) => state.problem);
  if (!problem) return null;
  const text = [problem.sentence, problem.next].filter(Boolean).join(' ');
  return <Banner icon={<IconAlertTriangle size={15} aria-hidden />} testId="profiles-damaged" text={text} onDismiss={dismissProblem} />;
}
