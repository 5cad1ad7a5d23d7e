import { setTheme, showsInspector, toggleInspector, useLayout } from '../../../stores/layout';
import { texts } from '../../../texts';
import { THEMES, type ThemeName } from '../../../theme/theme';
import { Row, Switch } from '../parts';
import { mentions, type SectionProps } from '../section';
import styles from '../settings.module.css';

const words = texts.settings.appearance;

/** How the window looks. */
export function AppearanceSection({ query }: SectionProps) {
  const theme = useLayout((state) => state.theme);
  const inspector = useLayout(showsInspector);
  return (
    <>
      {mentions(query, words.theme, words.themeAbout, ...Object.values(words.themes)) && (
        <Row title={words.theme} about={words.themeAbout}>
          <select
            className={styles.select}
            aria-label={words.theme}
            value={theme}
            onChange={({ target }) => setTheme(target.value as ThemeName)}
          >
            {THEMES.map((each) => (
              <option key={each} value={each}>
                {words.themes[each]}
              </option>
            ))}
          </select>
        </Row>
      )}
      {mentions(query, words.inspector, words.inspectorAbout) && (
        <Row title={words.inspector} about={words.inspectorAbout}>
          <Switch label={words.inspector} checked={inspector} onChange={toggleInspector} />
        </Row>
      )}
    </>
  );
}
