/**
 * Plain HTTP clients: one descriptor a calling convention, one SDK name for all. A request is a call only where its URL
 * is a provider's; `endpoints.ts` reads the URL.
 */
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, RequestShape, SdkDescriptor } from '../descriptor.ts';
import { methods } from './shapes.ts';

/** `fetch(url, {method, body})`, `got(url, {json})`, `ky(url, {json})`, `UrlFetchApp.fetch(url, {payload})`. */
const FETCH: CallDescriptor = {
  api: 'http.post',
  family: 'text',
  http: 'any',
  positional: ['url|...', '...'],
  roles: {
    url: ['url', 'uri'],
    method: ['method'],
    body: ['body', 'json', 'data', 'content', 'payload'],
    baseUrl: ['prefixUrl', 'baseURL', 'base_url'],
    timeout: ['timeout', 'signal'],
  },
};
/** `got.post(url, {json})`: the function itself posts. */
const POST: CallDescriptor = { ...FETCH, http: 'post' };
const CREATE: MethodDescriptor = {
  returns: 'Client',
  roles: { baseUrl: ['baseURL', 'prefixUrl'], timeout: ['timeout'], body: ['body', 'json'] },
};
/** `superagent.post(url).send(body)`. */
const STARTED: MethodDescriptor = { returns: 'Started', positional: ['url'], roles: { url: ['url'] } };
const FETCHER: ExportDescriptor = { call: FETCH };

export const httpFetch: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: [
    '<global>',
    ...[
      'node-fetch',
      'node-fetch-native',
      'cross-fetch',
      'isomorphic-fetch',
      'undici',
      'ofetch',
      'got',
      'ky',
      'superagent',
    ],
    ...['request', 'request-promise', 'request-promise-native', '@microsoft/fetch-event-source'],
    // What replaces `fetch` in an application, a plugin or a browser's extension.
    ...['expo/fetch', '@tauri-apps/plugin-http', '@tauri-apps/api/http', 'electron', 'obsidian', '@capacitor/core'],
  ],
  exports: {
    '': { is: 'Client' },
    default: { is: 'Client' },
    fetch: FETCHER,
    'globalThis.fetch': FETCHER,
    'window.fetch': FETCHER,
    'global.fetch': FETCHER,
    'self.fetch': FETCHER,
    'UrlFetchApp.fetch': FETCHER,
    $fetch: FETCHER,
    ofetch: FETCHER,
    request: FETCHER,
    requestUrl: FETCHER,
    fetchEventSource: FETCHER,
    'net.fetch': FETCHER,
    GM_xmlhttpRequest: FETCHER,
    'GM.xmlHttpRequest': FETCHER,
    'CapacitorHttp.post': { call: POST },
    'CapacitorHttp.request': FETCHER,
    got: { is: 'Client' },
    ky: { is: 'Client' },
    superagent: { is: 'Superagent' },
    'superagent.post': { creates: 'Started', positional: ['url'], roles: { url: ['url'] } },
  },
  types: {
    Client: {
      methods: {
        '': { call: FETCH },
        ...methods(POST, ['post', 'stream.post']),
        request: { call: FETCH },
        stream: { call: FETCH },
        ...{ create: CREATE, extend: CREATE },
      },
    },
    Superagent: { methods: { post: STARTED } },
    Started: {
      methods: {
        set: { returns: 'self' },
        auth: { returns: 'self' },
        timeout: { returns: 'self' },
        send: { call: { ...POST, positional: ['body'], roles: { body: ['body'] } } },
      },
    },
  },
  markers: [],
};

/** `needle('post', url, data, options)`. */
const NEEDLE: CallDescriptor = { ...FETCH, positional: ['method', 'url', 'data'] };
/** `needle.post(url, data, options)`. */
const NEEDLE_POST: CallDescriptor = { ...POST, positional: ['url', 'data'] };

export const needle: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: ['needle'],
  exports: { '': { is: 'Needle' }, default: { is: 'Needle' } },
  types: { Needle: { methods: { '': { call: NEEDLE }, request: { call: NEEDLE }, post: { call: NEEDLE_POST } } } },
  markers: [],
};

/** `wretch(base).url(path).json(body).post()`, `wretch(url).post(body)`: each step adds to the request. */
const WRETCH: ExportDescriptor = { creates: 'Request', positional: ['base'], roles: { baseUrl: ['base'] } };

/** Methods that give the request with what they are given. */
function adding(shape: RequestShape, names: readonly string[]): Record<string, MethodDescriptor> {
  return Object.fromEntries(names.map((name) => [name, { ...shape, returns: 'self' }]));
}

export const wretch: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: ['wretch'],
  exports: { '': WRETCH, default: WRETCH },
  types: {
    Request: {
      methods: {
        ...adding({}, ['accept', 'addon', 'auth', 'catcher', 'content', 'defer', 'errorType', 'headers']),
        ...adding({}, ['middlewares', 'options', 'resolve']),
        ...adding({ positional: ['url'], roles: { url: ['url'] } }, ['url']),
        ...adding({ positional: ['body'], roles: { body: ['body'] } }, ['json', 'body']),
        post: { call: { ...POST, positional: ['body', 'path'], roles: { url: ['path'], body: ['body'] } } },
      },
    },
  },
  markers: [],
};

/** `axios(config)`, `axios(url, config)`, `axios.request(config)`. */
const AXIOS: CallDescriptor = {
  ...FETCH,
  roles: {
    url: ['url'],
    model: ['params.model'],
    method: ['method'],
    body: ['data'],
    baseUrl: ['baseURL'],
    timeout: ['timeout'],
  },
};
/** `axios.post(url, data, config)`. */
const AXIOS_POST: CallDescriptor = { ...AXIOS, http: 'post', positional: ['url', 'data', '...'] };
const AXIOS_CREATE: ExportDescriptor = { creates: 'Axios', roles: { baseUrl: ['baseURL'], timeout: ['timeout'] } };

export const axios: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: ['axios', '@nestjs/axios'],
  exports: {
    '': { is: 'Axios' },
    default: { is: 'Axios' },
    axios: { is: 'Axios' },
    create: AXIOS_CREATE,
    Axios: AXIOS_CREATE,
    AxiosInstance: AXIOS_CREATE,
    HttpService: AXIOS_CREATE,
  },
  types: {
    Axios: {
      members: { axiosRef: 'Axios' },
      methods: {
        '': { call: AXIOS },
        ...methods(AXIOS_POST, ['post', 'postForm']),
        request: { call: AXIOS },
        create: { returns: 'Axios', roles: { baseUrl: ['baseURL'], timeout: ['timeout'] } },
      },
    },
  },
  markers: [],
};

/** `requests.post(url, data, json, ...)`; httpx and aiohttp take the same by name. */
const PYTHON_POST: CallDescriptor = {
  ...FETCH,
  http: 'post',
  positional: ['url', 'data', 'json'],
  roles: {
    url: ['url'],
    model: ['params.model'],
    body: ['json', 'data', 'content', 'body'],
    timeout: ['timeout'],
  },
};
/** `requests.request("POST", url, json=...)`, `httpx.stream("POST", url, json=...)`. */
const PYTHON_REQUEST: CallDescriptor = {
  ...PYTHON_POST,
  http: 'any',
  positional: ['method', 'url'],
  roles: { ...PYTHON_POST.roles, method: ['method'] },
};
/** `connect_sse(client, "POST", url, json=...)`. */
const PYTHON_EVENTS: CallDescriptor = { ...PYTHON_REQUEST, positional: ['client', 'method', 'url'] };
const SESSION: ExportDescriptor = {
  creates: 'Session',
  positional: ['base_url'],
  roles: { baseUrl: ['base_url'], timeout: ['timeout'] },
};
const PYTHON = {
  post: { call: PYTHON_POST },
  request: { call: PYTHON_REQUEST },
  stream: { call: PYTHON_REQUEST },
};

export const pythonHttp: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: [
    ...['requests', 'httpx', 'aiohttp', 'curl_cffi', 'curl_cffi.requests', 'niquests', 'urllib3', 'httpx_sse'],
    ...['cloudscraper', 'tls_client', 'primp'],
  ],
  exports: {
    ...PYTHON,
    connect_sse: { call: PYTHON_EVENTS },
    aconnect_sse: { call: PYTHON_EVENTS },
    PoolManager: { creates: 'Session', roles: {} },
    create_scraper: { creates: 'Session', roles: {} },
    AsyncSession: { ...SESSION, positional: [] },
    /** `requests.Session()` has no parameter that is an address. */
    Session: { creates: 'Session', roles: {} },
    session: { creates: 'Session', roles: {} },
    Client: { ...SESSION, positional: [] },
    AsyncClient: { ...SESSION, positional: [] },
    ClientSession: SESSION,
  },
  types: { Session: { methods: PYTHON } },
  markers: [],
};

/** `Request(url, data, method="POST")`, opened by `urlopen`. */
const URLLIB: CallDescriptor = {
  ...PYTHON_POST,
  http: 'any',
  positional: ['url', 'data'],
  roles: { ...PYTHON_POST.roles, method: ['method'] },
};
/** `HTTPSConnection(host).request("POST", path, body)`. */
const CONNECTION: ExportDescriptor = {
  creates: 'Connection',
  positional: ['host'],
  roles: { baseUrl: ['host'], timeout: ['timeout'] },
};

/** `https.request({hostname, path, method})`, whose body is written afterwards: `request.write(body)`, `request.end(body)`. */
const OPENED: ExportDescriptor = {
  creates: 'Opened',
  positional: ['url|...', '...'],
  roles: { url: ['url', 'path'], baseUrl: ['hostname', 'host'], method: ['method'], timeout: ['timeout'] },
};
const WRITE: MethodDescriptor = {
  call: { ...FETCH, positional: ['body'], roles: { body: ['body'] }, asksWith: 'body' },
};

/** The clients of the standard libraries of Node and Python. Both languages have a module `http`. */
export const standardLibrary: SdkDescriptor = {
  name: 'http',
  isTransport: true,
  provider: 'unknown',
  modules: ['https', 'http', 'node:https', 'node:http', 'urllib.request', 'http.client'],
  exports: {
    '': { is: 'Node' },
    default: { is: 'Node' },
    request: OPENED,
    Request: { creates: 'Request', positional: ['url', 'data'], roles: URLLIB.roles ?? {} },
    urlopen: { sendsCommand: true, call: URLLIB },
    HTTPSConnection: CONNECTION,
    HTTPConnection: CONNECTION,
    'client.HTTPSConnection': CONNECTION,
    'client.HTTPConnection': CONNECTION,
  },
  types: {
    Node: { methods: { request: { ...OPENED, returns: 'Opened' } } },
    Opened: { methods: { write: WRITE, end: WRITE } },
    Request: { command: URLLIB },
    Connection: { methods: { request: { call: { ...PYTHON_REQUEST, positional: ['method', 'url', 'body'] } } } },
  },
  markers: [],
};
