export declare function eventStream(...events: readonly (readonly [type: string, payload: object])[]): Uint8Array;
export declare function exception(type: string, payload: object): Uint8Array;
