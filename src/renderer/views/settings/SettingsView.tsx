import { IconCheck, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { hideSettings, useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { Notice } from '../../widgets/notice/Notice';
import { useSaved } from './saving';
import { isNamed, mentions, type SectionEntry } from './section';
import { SECTIONS } from './sections';
import styles from './settings.module.css';

const words = texts.settings;

/** One section, or all that the words in the search field are found in. */
export function SettingsView() {
  const [search, setSearch] = useState(() => useLayout.getState().settingsSearch);
  const [chosen, setChosen] = useState(SECTIONS[0]?.id ?? '');
  useFocusBack();
  const query = search.trim().toLowerCase();
  const found = query === '' ? SECTIONS : SECTIONS.filter(({ title, about, keywords }) => mentions(query, title, about, ...keywords));
  const shown = query === '' ? found.filter(({ id }) => id === chosen) : found;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (search === '') hideSettings();
    else setSearch('');
  };
  const choose = (id: string): void => {
    setSearch('');
    setChosen(id);
  };

  return (
    <section className={styles.view} aria-label={words.title} onKeyDown={onKeyDown} data-testid="settings">
      <nav className={styles.list} aria-label={words.list}>
        <div className={styles.head}>
          <h2 className={styles.heading}>{words.title}</h2>
          <button type="button" className="icon-button" aria-label={words.close} title={`${words.close} (Esc)`} onClick={hideSettings}>
            <IconX size={15} aria-hidden />
          </button>
        </div>
        <label className={styles.search}>
          <IconSearch size={14} aria-hidden />
          <span className="visually-hidden">{words.search}</span>
          <input
            type="text"
            placeholder={words.search}
            value={search}
            // biome-ignore lint/a11y/noAutofocus: who opens the settings looks for one of them
            autoFocus
            spellCheck={false}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
        {SECTIONS.map((section) => (
          <button
            key={section.id}
            type="button"
            className={styles.entry}
            aria-current={query === '' && section.id === chosen ? 'page' : undefined}
            data-found={query !== '' && found.includes(section) ? '' : undefined}
            onClick={() => choose(section.id)}
          >
            {section.title}
          </button>
        ))}
      </nav>
      <div className={styles.page}>
        <Saved />
        {shown.map((section) => (
          <Section key={section.id} section={section} query={isNamed(section, query) ? '' : query} />
        ))}
        {shown.length === 0 && <Notice title={words.nothing(search.trim())} sentence={words.nothingHint} />}
      </div>
    </section>
  );
}

function Section({ section, query }: { readonly section: SectionEntry; readonly query: string }) {
  const { id, title, about, component: Component } = section;
  return (
    <section className={styles.section} aria-labelledby={`settings-${id}`}>
      <h2 id={`settings-${id}`} className={styles.title}>
        {title}
      </h2>
      <p className={styles.lead}>{about}</p>
      <Component query={query} />
    </section>
  );
}

/** What had the focus when the settings opened has it again when they close, unless something else took it. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}

/** Long enough to be seen. */
const SAVED_MS = 2500;

/** Appears for a moment whenever something was kept. */
function Saved() {
  const count = useSaved((state) => state.count);
  // What was saved before the page was opened is no news.
  const [told, setTold] = useState(count);
  useEffect(() => {
    const timer = setTimeout(() => setTold(count), SAVED_MS);
    return () => clearTimeout(timer);
  }, [count]);
  return (
    <div className={styles.savedPlace} role="status">
      {count !== told && (
        <span className={styles.saved}>
          <IconCheck size={14} aria-hidden />
          {words.saved}
        </span>
      )}
    </div>
  );
}
