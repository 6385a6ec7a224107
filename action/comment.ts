/** The one comment on a pull request: written once, and then edited in place. */
import type { Comment, PullRequestComments } from './github-api.ts';

/** How the program begins a comment. */
const MARK = '<!-- farthing-diff -->';
const UNCHANGED = 'No change in LLM cost.';

/** The first line of the comments about one folder: each folder of a repository has its own. */
export function markFor(folder: string): string {
  return folder === '.' ? MARK : `<!-- farthing-diff ${encodeURIComponent(folder)} -->`;
}

/** @param text as the program wrote it: empty where no call changed */
export async function writeComment(
  text: string,
  mark: string,
  known: readonly Comment[],
  comments: PullRequestComments,
): Promise<void> {
  const marked = known.filter(({ body }) => body.startsWith(mark));
  // Anyone may begin a comment in this way, and what others wrote is never edited.
  const author = marked.length === 0 ? null : await comments.author();
  const own = marked.find((one) => one.author === author);
  if (own === undefined) {
    if (text !== '') await comments.create(text.replace(MARK, mark));
    return;
  }
  // What an earlier push changed is gone again.
  const body = text === '' ? `${mark}\n${UNCHANGED}\n` : text.replace(MARK, mark);
  if (own.body.trim() !== body.trim()) await comments.edit(own.id, body);
}

/** The text without its mark. */
export function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length).trimStart() : text;
}
