/** The arms of an experiment, and the one that a call is in. */
export const ARMS = ['control', 'treatment'] as const;
export type ArmName = (typeof ARMS)[number];

export interface Arm {
  readonly experiment: string;
  readonly name: ArmName;
  /** The tier of `route` in the place of the feature's. */
  readonly tier?: string | undefined;
}
