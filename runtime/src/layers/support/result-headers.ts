/** The headers in which an application reads a call's result, through its SDK's access to the response. */
export const RESULT_HEADERS = {
  call: 'x-farthing-call',
  origin: 'x-farthing-origin',
  cost: 'x-farthing-cost',
  costBasis: 'x-farthing-cost-basis',
  saved: 'x-farthing-saved',
  model: 'x-farthing-model',
} as const;
