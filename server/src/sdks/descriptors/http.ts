/**
 * Plain HTTP clients: one descriptor a calling convention, one SDK name for all. A request is a call only where its URL
 * is a provider's; `endpoints.ts` reads the URL.
 */
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, SdkDescriptor } from '../descriptor.ts';
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
  modules: ['<global>', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'undici', 'ofetch', 'got', 'ky', 'superagent'],
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
  modules: ['requests', 'httpx', 'aiohttp', 'curl_cffi.requests', 'niquests'],
  exports: {
    ...PYTHON,
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
