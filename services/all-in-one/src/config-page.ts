import { noteOf, variableNames } from './config.ts';

const HEAD = `# Configuration

Generated from services/all-in-one/src/config.ts by \`npm run docs:config\`; a test compares them.

A process reads these environment variables once, at its start, and nothing else. A wrong value, or a name that looks
like one of these and is not (\`DATABSE_URL\`, \`NARAVARD_PORT\`), keeps it from starting. Secrets may come by file:
\`PAGE_KEY_FILE=/run/secrets/page-key\`. \`npm run -s print-config\` prints what a process would run with, secrets hidden.

| Variable | What it is | Default |
|---|---|---|
`;

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const rows = variableNames.map((name) => {
    const note = noteOf(name);
    const about = note.secret ? `${note.about} Secret: may be given as \`${name}_FILE\`.` : note.about;
    return `| \`${name}\` | ${about} | ${note.default} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

if (import.meta.main) process.stdout.write(configurationPage());
