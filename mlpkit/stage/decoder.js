// The decoder: the bytes of a block (see mlpkit/stage/encoding.py) -> states, each a list of operations.
//
// An operation is one array of 32-bit words (see mlpkit/stage/__init__.py), shared by all states that have it.

const HEADS = {3: 1, 4: 1, 5: 4, 6: 8, 7: 6, 8: 1, 10: 4};      // words of the payload before the rows; SHAPES: 1 + 4 times the first
const ROWS = {1: 'pp', 2: 'cpp', 3: 'pp', 4: 'ppwwww', 6: 'b', 7: 'wppw', 8: 'w', 9: 'pp'};
const UNITS = [1, 2, 8, 16];
const GRADIENT = 3;

class Decoder {
  constructor() { this.known = []; this.last = []; this.before = []; }

  /** -> [[operation, ...], ...]. Blocks of one encoder are decoded in their order. */
  decode(data) {
    this.bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.i = 0;
    const first = this.number();
    this.pixels = this.i + first;
    return Array.from({length: this.number()}, () => {
      const now = [];
      for (let place = 0, count = this.number(); place < count; place++) {
        const which = this.number();
        if (which === 1) this.known.push(this.operation(this.last[place], this.before[place]));
        now.push(which === 0 ? this.last[place] : which === 1 ? this.known.at(-1) : this.known[which - 2]);
      }
      [this.last, this.before] = [now, this.last];
      return now.map(operation => operation.words);
    });
  }

  number() {
    let byte = this.bytes[this.i++], value = byte & 127;
    for (let bits = 7; byte > 127; bits += 7) { byte = this.bytes[this.i++]; value |= (byte & 127) << bits; }
    return value >>> 0;
  }

  signed() { const value = this.number(); return value & 1 ? ~(value >>> 1) : value >>> 1; }

  operation(last, before) {
    const [op, unit, time, space, first, width, count] = Array.from({length: 7}, () => this.number());
    const like = last?.op === op ? last.head : [], head = new Int32Array(5 + first);
    for (let k = 0; k < head.length; k++) head[k] = this.signed() + (like[k] ?? 0);
    const columns = ROWS[op] ?? '', rows = this.rows(columns.length, count);
    const lags = space === GRADIENT ? [1, width] : Array(space).fill(1);
    for (const lag of lags) for (let from = 0, k = lag * columns.length; k < rows.length; k++) rows[k] += rows[from++];
    if (time) this.add(rows, last.rows, columns.length, time);
    if (time === 2) this.add(rows, before.rows, columns.length, -1);
    return {op, head, rows, words: this.words(op, head, rows, columns, UNITS[unit], first)};
  }

  rows(columns, count) {
    const rows = new Int32Array(count * columns);
    for (let c = 0; c < columns; c++) for (let k = c; k < rows.length; k += columns) rows[k] = this.signed();
    return rows;
  }

  /** Add `factor` times the rows of an earlier operation, of which the last one is repeated. */
  add(rows, earlier, columns, factor) {
    const end = earlier.length - columns;
    for (let k = 0; k < rows.length; k++) rows[k] += factor * earlier[k < earlier.length ? k : end + k % columns];
  }

  words(op, head, rows, columns, unit, first) {
    const begin = HEADER + first, floats = head => new Float32Array(head.buffer, head.byteOffset, head.length);
    const picture = op === OP.IMAGE ? 1 : op === OP.PICTURE ? 2 : 0, frame = floats(head);
    const count = picture ? picture * frame[7] * frame[8] : columns === 'b' ? rows.length >> 2 : rows.length;
    const ints = new Uint32Array(begin + count), words = view(ints);
    ints[0] = op;
    ints.set(head.subarray(0, 5), 1);
    ints[6] = first + count;
    ints.set(head.subarray(5), HEADER);
    if (picture) {
      words.bytes.set(this.bytes.subarray(this.pixels, this.pixels += 4 * count), 4 * begin);
    } else if (columns === 'b') {
      for (let k = 0; k < rows.length; k++) rows[k] &= 255;
      words.bytes.set(rows, 4 * begin);
    } else {
      [...columns].forEach((kind, c) => {
        const factor = kind === 'p' ? 1 / unit : 1, out = kind === 'w' ? ints : words.floats;
        for (let k = c; k < rows.length; k += columns.length) out[begin + k] = rows[k] * factor;
      });
    }
    return words;
  }
}
