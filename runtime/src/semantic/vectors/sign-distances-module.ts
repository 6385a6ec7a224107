/**
 * The WebAssembly module of `webAssemblyVisitor`. It is written as its instructions, so that it needs no build step and no
 * binary file. In the text format:
 *
 * ```wat
 * (module
 *   (memory (export "memory") 1)
 *   (func (export "compare")
 *     (param $stride i32) (param $a i32) (param $b i32) (param $c i32) (param $d i32) (param $max i32) (result i32)
 *     (local $at i32) (local $listed i32) (local $place i32)
 *     ;; four copies of each word, and of the largest distance
 *     (local $a4 v128) (local $b4 v128) (local $c4 v128) (local $d4 v128) (local $max4 v128) (local $four v128)
 *     (loop $next
 *       ;; $four: the ones in a ^ (the first word), b ^ (the second word), c ^ (the third), d ^ (the fourth) of four vectors
 *       (v128.store offset=DISTANCES (local.get $at) (local.get $four))
 *       (if (v128.any_true (i32x4.le_s (local.get $four) (local.get $max4)))
 *         (then
 *           (i32.store offset=NEAR (local.get $listed) (local.get $at))
 *           (local.set $listed (i32.add (local.get $listed) (i32.const 4)))))
 *       (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $stride))))
 *     (local.get $listed)))
 * ```
 *
 * `$stride` is the size in bytes of the first words of all vectors. The codes are those of the WebAssembly specification, version
 * 2.0, chapter 5.
 */
import { BLOCK_SIZE, FILTER_WORDS } from './block.ts';

const [I32, V128] = [0x7f, 0x7b];
const [STRIDE, WORDS, MAX, AT, LISTED, PLACE, COPIES, MAX_COPIES, FOUR] = [0, 1, 5, 6, 7, 8, 9, 13, 14];
const DISTANCES = BLOCK_SIZE * FILTER_WORDS * Uint32Array.BYTES_PER_ELEMENT;
const NEAR = DISTANCES + BLOCK_SIZE * Int32Array.BYTES_PER_ELEMENT;

export function signDistancesModule(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...vector([I32, I32, I32, I32, I32, I32]), ...vector([I32])]),
    ...section(3, vector([0])),
    ...section(5, [1, 0x00, 1]),
    ...section(7, [2, ...text('memory'), 0x02, 0, ...text('compare'), 0x00, 0]),
    ...section(10, [1, ...sized(compare())]),
  ]);
}

function compare(): number[] {
  return [
    ...[2, 3, I32, 6, V128],
    ...[0, 1, 2, 3].flatMap((word) => [...get(WORDS + word), ...I32X4_SPLAT, ...set(COPIES + word)]),
    ...[...get(MAX), ...I32X4_SPLAT, ...set(MAX_COPIES)],
    ...LOOP,
    ...[...get(AT), ...set(PLACE), ...onesOfFour(0)],
    ...[1, 2, 3].flatMap((word) => [
      ...[...get(PLACE), ...get(STRIDE), I32_ADD, ...set(PLACE)],
      ...[...onesOfFour(word), ...I8X16_ADD],
    ]),
    ...[...I16X8_ADD_PAIRS, ...I32X4_ADD_PAIRS, ...set(FOUR)],
    ...[...get(AT), ...get(FOUR), ...V128_STORE, ALIGNED_16, ...unsigned(DISTANCES)],
    ...[...get(FOUR), ...get(MAX_COPIES), ...I32X4_LE, ...V128_ANY_TRUE, ...IF],
    ...[...get(LISTED), ...get(AT), I32_STORE, ALIGNED_4, ...unsigned(NEAR)],
    ...[...get(LISTED), I32_CONST, 4, I32_ADD, ...set(LISTED)],
    END,
    ...[...get(AT), I32_CONST, 16, I32_ADD, LOCAL_TEE, AT, ...get(STRIDE), I32_LT, BR_IF, 0],
    END,
    ...[...get(LISTED), END],
  ];
}

/** The ones in each byte of a word of four vectors, where it differs. */
function onesOfFour(word: number): number[] {
  return [...get(PLACE), ...V128_LOAD, ALIGNED_16, 0, ...get(COPIES + word), ...V128_XOR, ...I8X16_POPCNT];
}

const [IF, LOOP] = [
  [0x04, 0x40],
  [0x03, 0x40],
];
const [END, BR_IF, LOCAL_GET, LOCAL_SET, LOCAL_TEE] = [0x0b, 0x0d, 0x20, 0x21, 0x22];
const [I32_STORE, I32_CONST, I32_LT, I32_ADD] = [0x36, 0x41, 0x49, 0x6a];
/** Hints, as powers of two. */
const [ALIGNED_4, ALIGNED_16] = [2, 4];
const V128_LOAD = simd(0x00);
const V128_STORE = simd(0x0b);
const I32X4_SPLAT = simd(0x11);
const I32X4_LE = simd(0x3d);
const V128_XOR = simd(0x51);
const V128_ANY_TRUE = simd(0x53);
const I8X16_POPCNT = simd(0x62);
const I8X16_ADD = simd(0x6e);
const I16X8_ADD_PAIRS = simd(0x7d);
const I32X4_ADD_PAIRS = simd(0x7f);

function simd(instruction: number): readonly number[] {
  return [0xfd, ...unsigned(instruction)];
}

function get(local: number): number[] {
  return [LOCAL_GET, local];
}

function set(local: number): number[] {
  return [LOCAL_SET, local];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

function vector(items: readonly number[]): number[] {
  return [...unsigned(items.length), ...items];
}

function text(name: string): number[] {
  return sized([...Buffer.from(name)]);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
