/**
 * What a report may show as a model's name. The evaluator follows values wherever they come from, including files that
 * the program reads; a report is shown to people who may not see those files. So a value only counts as a name if it
 * looks like one, whatever its source.
 */

/** The characters of all ids that providers give, deployments, ARNs and aliases (`~openai/gpt-latest`) included. */
const NAME = /^[A-Za-z0-9._:/@+~-]{1,200}$/;
/** How keys of well-known services begin, and an address with a password in it. A key fits the alphabet of names. */
const KEY =
  /(?:^|[/:@])(?:sk-|[rp]k_(?:live|test)_|gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|A(?:KIA|SIA)[A-Z0-9]{12}|AIza|ya29\.|hf_[A-Za-z0-9]{8}|npm_[A-Za-z0-9]{20}|gsk_[A-Za-z0-9]{12}|eyJ[A-Za-z0-9_-]{8})|:\/\/[^/]*@/;

/** `text` if it can be a model's name, else null. */
export function asModelName(text: string | null): string | null {
  return text !== null && NAME.test(text) && !KEY.test(text) ? text : null;
}
