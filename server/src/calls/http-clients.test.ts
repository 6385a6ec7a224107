/** Requests that an application makes with an HTTP client of its platform: each of these sends the same body. */

import { describe, expect, it } from 'vitest';
import { createPrefilter } from '../sdks/prefilter/prefilter.ts';
import { createRegistry } from '../sdks/registry.ts';
import { linesIn } from './testing.ts';

const isParsed = createPrefilter(createRegistry());
const URL = "'https://api.openai.com/v1/chat/completions'";
const FOUND = 'http http.post openai gpt-6-luna 90';

describe('TypeScript', () => {
  const BODY = "{ model: 'gpt-6-luna', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 90 }";
  const INIT = `{ method: 'POST', body: JSON.stringify(${BODY}) }`;

  it.each([
    ['an Obsidian plugin', `import { requestUrl } from 'obsidian'`, `requestUrl({ url: ${URL}, ...${INIT} })`],
    [
      'a stream of events',
      `import { fetchEventSource } from '@microsoft/fetch-event-source'`,
      `fetchEventSource(${URL}, ${INIT})`,
    ],
    ['Tauri', `import { fetch } from '@tauri-apps/plugin-http'`, `fetch(${URL}, ${INIT})`],
    ['Expo', `import { fetch as expoFetch } from 'expo/fetch'`, `expoFetch(${URL}, ${INIT})`],
    ['Electron', `import { net } from 'electron'`, `net.fetch(${URL}, ${INIT})`],
    [
      'Capacitor',
      `import { CapacitorHttp } from '@capacitor/core'`,
      `CapacitorHttp.post({ url: ${URL}, data: ${BODY} })`,
    ],
    ['a user script', '', `GM_xmlhttpRequest({ method: 'POST', url: ${URL}, data: JSON.stringify(${BODY}) })`],
    ['a user script of today', '', `GM.xmlHttpRequest({ method: 'POST', url: ${URL}, data: JSON.stringify(${BODY}) })`],
    ['undici', `import { request } from 'undici'`, `request(${URL}, ${INIT})`],
    [
      'request',
      `import request from 'request-promise'`,
      `request({ method: 'POST', uri: ${URL}, body: ${BODY}, json: true })`,
    ],
    ['request.post', `import request from 'request'`, `request.post({ url: ${URL}, json: ${BODY} })`],
    ['needle', `import needle from 'needle'`, `needle('post', ${URL}, ${BODY}, { json: true })`],
    ['needle.post', `import needle from 'needle'`, `needle.post(${URL}, ${BODY}, { json: true })`],
    ['wretch', `import wretch from 'wretch'`, `wretch(${URL}).auth(key).post(${BODY}).json()`],
    [
      'wretch in steps',
      `import wretch from 'wretch'`,
      `wretch('https://api.openai.com/v1').url('/chat/completions').headers({}).json(${BODY}).post()`,
    ],
  ])('%s', (_, imported, request) => {
    const text = `${imported}\n${request}\n`;
    expect(linesIn('/app/main.ts', text)).toEqual([FOUND]);
    expect(isParsed(text)).toBe(true);
  });

  it('a GET of the same client is no call', () => {
    expect(linesIn('/app/main.ts', `import needle from 'needle'\nneedle('get', ${URL}, ${BODY})`)).toEqual([]);
  });
});

describe('Python', () => {
  const BODY = "{'model': 'gpt-6-luna', 'messages': [{'role': 'user', 'content': 'hi'}], 'max_completion_tokens': 90}";
  const BYTES = `json.dumps(${BODY}).encode('utf-8')`;

  it.each([
    [
      'urllib',
      'import json, urllib.request',
      `urllib.request.urlopen(urllib.request.Request(${URL}, data=${BYTES}, method='POST'))`,
    ],
    [
      'urllib without a request object',
      'import json\nfrom urllib.request import urlopen',
      `urlopen(${URL}, data=${BYTES})`,
    ],
    [
      'http.client',
      'import json, http.client',
      `http.client.HTTPSConnection('api.openai.com').request('POST', '/v1/chat/completions', json.dumps(${BODY}), {})`,
    ],
    ['urllib3', 'import json, urllib3', `urllib3.PoolManager().request('POST', ${URL}, body=json.dumps(${BODY}))`],
    ['httpx_sse', 'from httpx_sse import connect_sse', `connect_sse(client, 'POST', ${URL}, json=${BODY})`],
    ['cloudscraper', 'import cloudscraper', `cloudscraper.create_scraper().post(${URL}, json=${BODY})`],
    ['curl_cffi', 'from curl_cffi import AsyncSession', `AsyncSession().post(${URL}, json=${BODY})`],
  ])('%s', (_, imported, request) => {
    const text = `${imported}\n${request}\n`;
    expect(linesIn('/app/main.py', text)).toEqual([FOUND]);
    expect(isParsed(text)).toBe(true);
  });

  it.each([
    ['a page', `urlopen(urllib.request.Request('https://api.openai.com/v1/models'))`],
    ['a request that is only built', `urllib.request.Request(${URL}, data=${BYTES})`],
    [
      'a connection to another host',
      `http.client.HTTPSConnection('example.com').request('POST', '/v1/messages', '{}')`,
    ],
  ])('%s is no call', (_, request) => {
    const imported = 'import json, http.client, urllib.request\nfrom urllib.request import urlopen';
    expect(linesIn('/app/main.py', `${imported}\n${request}\n`)).toEqual([]);
  });
});

describe('an address that is one of several', () => {
  const PATH = `class Api {
  path(path: string) {
    let base = '';
    if (settings().isOwn) base = settings().address;
    if (base.length === 0) base = isApp ? 'https://api.moonshot.cn' : '/api/moonshot';
    return [base, path].join('/');
  }
  async chat(messages: Message[]) {
    const body = JSON.stringify({ model: 'kimi-k2', messages, max_tokens: 90 });
    return fetch(this.path('v1/chat/completions'), { method: 'POST', body });
  }
}`;

  it("is the provider's where any of them is", () => {
    expect(linesIn('/app/main.ts', PATH)).toEqual(['http http.post moonshot kimi-k2 90 unknown']);
  });

  it("is the application's own server where none is", () => {
    const own = PATH.replace("isApp ? 'https://api.moonshot.cn' : ", '').replace('settings().address', "'/other'");
    expect(linesIn('/app/main.ts', own)).toEqual([]);
  });
});
