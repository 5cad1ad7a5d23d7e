import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/details.css';
import './theme/form.css';
import './theme/toolbar.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { wire } from './app/wiring';
import { applyTheme, savedTheme } from './theme/theme';

applyTheme(savedTheme());
wire();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
