// The application inside the packed Electron runtime: it opens the application named on the command line, as Electron itself does for
// `electron FOLDER`. An ES module, because Electron waits for those before it is ready: the application may do what must come before.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write('no application was named\n');
  app.exit(2);
} else {
  const folder = resolve(named);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version);
  app.setAppPath(folder);
  try {
    await import(pathToFileURL(join(folder, about.main)).href);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  }
}
