import { expect, test } from 'vitest';
import { settingsIn } from './settings-text.ts';

const stated = (path: string, text: string) =>
  settingsIn(path, text).map(({ name, value, line }) => `${name} = ${value} at ${line}`);

test.each([
  ['.env.example', 'MODEL=gpt-6-sol\n# SMALL="gpt-6-luna" # or another\nexport KEY=\nURL=${HOST}/v1\n'],
  ['Dockerfile', 'ENV MODEL=gpt-6-sol\nARG SMALL gpt-6-luna\nRUN X=1\n'],
  ['fly.toml', 'MODEL = "gpt-6-sol"\n  # SMALL = "gpt-6-luna"\n[env]\n'],
  [
    'compose.yaml',
    'MODEL: gpt-6-sol\nlist: ["SMALL=\'gpt-6-luna\'", "KEY", "URL=${HOST}"]\nkey: ${KEY}\n'.replace(
      '", "KEY',
      '",\n  "KEY',
    ),
  ],
  ['values.yaml', 'MODEL: ${MODEL:-gpt-6-sol}\nSMALL: &small gpt-6-luna\ncopy: [*small]\n'],
  [
    'vercel.json',
    '{ // why\n  "MODEL": "gpt-6-sol"'.replace('{ // why\n  ', '{ /* why */ ') +
      ',\n "SMALL": "gpt-6-luna",\n "crons": [] }',
  ],
])('%s', (path, text) => {
  expect(stated(`/app/${path}`, text)).toEqual(['MODEL = gpt-6-sol at 1', 'SMALL = gpt-6-luna at 2']);
});

test('of a template in Helm, with the lines of the file', () => {
  const template = `{{- if .Values.enabled }}
env:
  {{- with .Values.extra }}
  - name: MODEL
    value: gpt-6-sol
  - name: KEY
    value: {{ .Values.key | quote }}
  {{- end }}
  - name: SMALL
    value: "{{ .Values.small | default "gpt-6-luna" }}"
---
kind: ConfigMap
data:
  LARGE: gpt-6-sol
{{- end }}
`;
  expect(stated('/app/charts/app/templates/web.yaml', template)).toEqual([
    'MODEL = gpt-6-sol at 5',
    'kind = ConfigMap at 12',
    'LARGE = gpt-6-sol at 14',
  ]);
});
