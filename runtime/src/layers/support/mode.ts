/** `shadow` records what the layer would have done, and changes nothing. */
export type Mode = 'off' | 'shadow' | 'on';
