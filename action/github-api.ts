/** The parts of GitHub's REST API for comments on a pull request (https://docs.github.com/en/rest/issues/comments). */
import type { Environment } from './context.ts';

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  /** `OWNER`, `MEMBER`, `COLLABORATOR`, `CONTRIBUTOR`, `NONE` and others. */
  readonly association: string;
}

export interface PullRequestComments {
  /** In the order in which they were written. */
  readonly list: () => Promise<readonly Comment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly edit: (id: number, body: string) => Promise<void>;
  /** Who writes comments with this token. */
  readonly author: () => Promise<string>;
}

/** GitHub refused a request, or did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Of HTTP; null without an answer. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

const PAGE = 100;
/** A pull request with more comments than this is not read to its end. */
const MAX_PAGES = 100;
/** Milliseconds. */
const TIMEOUT = 30_000;
/** The author of comments that are written with the token of a workflow. */
const WORKFLOW_BOT = 'github-actions[bot]';

export function commentsOn(pullRequest: number, token: string, env: Environment): PullRequestComments {
  const api = (env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, '');
  const issues = `/repos/${env.GITHUB_REPOSITORY ?? ''}/issues`;

  const request = async (method: string, path: string, data?: object): Promise<unknown> => {
    let response: Response;
    try {
      response = await fetch(api + path, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'user-agent': 'farthing',
          'x-github-api-version': '2022-11-28',
        },
        signal: AbortSignal.timeout(TIMEOUT),
        ...(data === undefined ? {} : { body: JSON.stringify(data) }),
      });
    } catch (error) {
      throw new ApiError(`GitHub's API at ${api} does not answer (${reasonOf(error)})`, null);
    }
    if (!response.ok) throw new ApiError(`${method} ${path} was answered with ${response.status}`, response.status);
    try {
      return await response.json();
    } catch (error) {
      throw new ApiError(`the answer of ${method} ${path} cannot be read (${reasonOf(error)})`, response.status);
    }
  };

  return {
    list: async () => {
      const found: Comment[] = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const entries = await request('GET', `${issues}/${pullRequest}/comments?per_page=${PAGE}&page=${page}`);
        if (!Array.isArray(entries)) break;
        found.push(...entries.map(commentOf));
        if (entries.length < PAGE) break;
      }
      return found;
    },
    create: async (body) => {
      await request('POST', `${issues}/${pullRequest}/comments`, { body });
    },
    edit: async (id, body) => {
      await request('PATCH', `${issues}/comments/${id}`, { body });
    },
    author: async () => {
      try {
        const user = await request('GET', '/user');
        return typeof user === 'object' && user !== null && 'login' in user ? String(user.login) : WORKFLOW_BOT;
      } catch (error) {
        // The token of a workflow belongs to no user.
        if (error instanceof ApiError && (error.status === 401 || error.status === 403 || error.status === 404))
          return WORKFLOW_BOT;
        throw error;
      }
    },
  };
}

interface Listed {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly login?: string } | null;
  readonly author_association?: string;
}

/** A user who was deleted is null. */
function commentOf({ id, body, user, author_association: association }: Listed): Comment {
  return { id, body: body ?? '', author: user?.login ?? '', association: association ?? 'NONE' };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error
    ? ('code' in cause ? String(cause.code) : cause.message) || error.message
    : error.message;
}
