/** Models under names of the code's own: a request for `smart` goes to one of the deployments that a router has by that name. */
import { alternativesOf, literalText, NULL, oneOf, unknown } from '../evaluate/lattice.ts';
import type { ObjectValue, Value } from '../evaluate/values.ts';
import type { DeploymentFields } from './descriptor.ts';
import { fieldAt, fieldsOf } from './fields.ts';
import type { Roles } from './roles.ts';

interface Deployment {
  readonly name: string | null;
  readonly model: Value;
  /** True if it is reached at an address of its own: what is served there is not certain. */
  readonly isElsewhere: boolean;
}

/** `roles` with the model of the router's deployment in the place of its name; unchanged where there is no router. */
export function withDeployments(roles: Roles, fields: DeploymentFields | undefined): Roles {
  const model = roles.values.get('model');
  const list = roles.values.get('deployments')?.value ?? roles.open.get('deployments')?.[0];
  if (fields === undefined || model === undefined || list === undefined) return roles;
  const value = deployedModel(list, model.value, fields);
  return { ...roles, values: new Map(roles.values).set('model', { ...model, value }) };
}

/** The models of the deployments that `name` may mean. */
function deployedModel(list: Value, name: Value, fields: DeploymentFields): Value {
  const lists = alternativesOf(list).filter((one) => one.kind === 'array');
  const isWhole = lists.length === alternativesOf(list).length && lists.every(({ open }) => open.length === 0);
  const asked = literalText(name);
  const matching = lists
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.kind === 'object' ? [deploymentOf(item, fields)] : []))
    .filter((one) => asked === null || one.name === null || isFor(asked, one.name));
  const models = matching.flatMap((one) => modelOf(one, name) ?? []);
  const isCertain = isWhole && asked !== null && matching.every((one) => one.name !== null && !one.isElsewhere);
  if (isCertain && models.length > 0 && models.length === matching.length) return oneOf(models);
  const origin = 'origin' in name ? name.origin : null;
  return unknown('configuration', models.length === 0 ? null : oneOf(models), origin);
}

function deploymentOf(item: ObjectValue, { name, model, address }: DeploymentFields): Deployment {
  const fields = fieldsOf(item);
  const valueAt = (path: string): Value => fieldAt(fields, path).entry?.value ?? NULL;
  return {
    name: literalText(valueAt(name)),
    model: valueAt(model),
    isElsewhere: valueAt(address).kind !== 'null',
  };
}

/** `groq/*` is for all names that begin like it. */
function isFor(asked: string, name: string): boolean {
  return name.endsWith('*') ? asked.startsWith(name.slice(0, -1)) : asked === name;
}

/** What a pattern passes on, if it changes nothing of the name. */
function modelOf({ name, model }: Deployment, asked: Value): Value | null {
  const pattern = literalText(model);
  if (pattern?.endsWith('*') !== true) return model;
  return pattern === name && literalText(asked) !== null ? asked : null;
}
